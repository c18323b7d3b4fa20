"""What is known about an account, a column at a time: name, type, unit, what null means, where it comes from.

A new fact is a new line in one of these files, or a new file with its own ``FACTS``: all are found.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from arrears.facts.fact import NULL, Code, Fact, Kind

__all__ = ["NULL", "Code", "Fact", "Kind", "registry"]


@cache
def registry() -> Mapping[str, Fact]:
    """Return every declared fact by name; raises ``ValueError`` where two files declare the same name."""
    found: dict[str, Fact] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        for fact in getattr(import_module(f"{__name__}.{module}"), "FACTS", ()):
            if fact.name in found:
                raise ValueError(f"two facts are called {fact.name}")
            found[fact.name] = fact
    return MappingProxyType(found)
