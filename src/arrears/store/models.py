"""Finds the tables: every file of ``tables/`` is imported, none is listed."""

import importlib
import pkgutil

from arrears.store import tables

for _found in pkgutil.iter_modules(tables.__path__):
    importlib.import_module(f"{tables.__name__}.{_found.name}")
