"""Facts that the gate asks for by name: what each is, whose it is, who can supply it, what to do where it is missing.

A new one is a new line in one of these files, or a new file with its own ``ASKED``: all are found.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier

__all__ = ["Asked", "Bearer", "Shape", "Supplier", "asked_facts"]


@cache
def asked_facts() -> Mapping[str, Asked]:
    """Return every fact that the gate may ask for, by name; raises ``ValueError`` where two files declare one."""
    found: dict[str, Asked] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        for asked in getattr(import_module(f"{__name__}.{module}"), "ASKED", ()):
            if asked.name in found:
                raise ValueError(f"two asked facts are called {asked.name}")
            found[asked.name] = asked
    return MappingProxyType(found)
