"""Ways to find what no row of words can name: each module is one, found by its name."""

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Final

Finder = Callable[..., Iterable[tuple[int, int]]]
"""``find(folded, setting, rule, language)`` gives spans of the folded text; (0, 0) for the words as a whole."""


def _found() -> dict[str, Any]:
    return {module.name: import_module(f"{__name__}.{module.name}").find for module in pkgutil.iter_modules(__path__)}


FINDERS: Final[Mapping[str, Finder]] = _found()
