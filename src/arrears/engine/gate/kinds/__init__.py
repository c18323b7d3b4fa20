"""Kinds of rule: each module here is one, found by its name; its ``read`` makes an evaluator of a file's parameters."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator

Reader = Callable[[Parameters], Evaluator]


@cache
def kinds() -> Mapping[str, Reader]:
    """Return every kind of rule by its name."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(__path__):
        found[module.name] = importlib.import_module(f"{__name__}.{module.name}").read
    return MappingProxyType(found)
