"""Fixed-width rows: one NumPy dtype makes the table's columns and the stride of its binary COPY, so they agree.

All columns are NOT NULL and 2, 4 or 8 bytes wide; what is not known is a named sentinel, never NULL, for a NULL would
break the constant stride. ``i2 i4 i8`` are smallint, integer, bigint; ``M8[us]`` is timestamptz.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import models

Dtype = np.dtype[np.void]


def field_for(kind: "np.dtype[Any]") -> "models.Field[Any, Any]":  # Any: NumPy's and Django's own parameters
    """Return the Django field of one column; raises ValueError for a type without a fixed width in PostgreSQL."""
    match kind.kind, kind.itemsize:
        case ("i", 2) | ("i", 1) | ("u", 1) | ("b", 1):
            return models.SmallIntegerField()
        case ("i", 4) | ("u", 2):
            return models.IntegerField()
        case ("i", 8) | ("u", 4):
            return models.BigIntegerField()
        case "M", 8:
            return models.DateTimeField()
        case _:
            raise ValueError(f"{kind} has no fixed-width column in PostgreSQL")


def fields_of(dtype: Dtype, *, but: tuple[str, ...] = ()) -> "dict[str, models.Field[Any, Any]]":
    """Return the fields of a row in the order of ``dtype``, without the columns in ``but``."""
    kinds: Mapping[str, tuple[Any, ...]] = dtype.fields or {}  # Any: NumPy's own
    return {name: field_for(kinds[name][0]) for name in dtype.names or () if name not in but}
