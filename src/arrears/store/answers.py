"""Statements that a page asks again and again, prepared once a connection.

Row-level security makes a wide statement dear to plan: prepared, it is planned once and then only run. The plan goes by
the functions of the scope, which the database asks anew each time, so it serves every organisation.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import psycopg
from django.db import connections
from psycopg.types.json import JsonbLoader

Rows = list[tuple[Any, ...]]
Values = Mapping[str, Any] | Sequence[Any]

#: Django switches preparing off for a connection. Switched on, this many repetitions are needed before a statement is
#: prepared that nobody asked to prepare: none ever is.
_ONLY_WHEN_ASKED: Final = sys.maxsize

#: Up to so many people a statement is worth keeping; beyond, what it returns costs more than its plan.
FEW: Final = 50


def prepared(statement: str, values: Values, *, using: str = "default") -> Rows:
    """Return the rows of a statement, in the caller's transaction; JSON comes as Python values."""
    connection = connections[using]
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = _ONLY_WHEN_ASKED
    with psycopg.Cursor(raw) as cursor:
        cursor.adapters.register_loader("jsonb", JsonbLoader)  # Django hands JSON over as text
        cursor.execute(statement, values, prepare=True)
        return cursor.fetchall()


def prepared_rows(
    statement: str, values: Values, dtype: np.dtype[np.void], *, using: str = "default"
) -> npt.NDArray[np.void]:
    """Return the rows of a statement whose columns are those of ``dtype``, none of them NULL.

    For a few rows; many come cheaper by `arrears.store.copying`, which plans its statement each time.
    """
    found = prepared(statement, values, using=using)
    for place, name in enumerate(dtype.names or ()):
        if dtype[name].kind == "M":
            found = [(*row[:place], _in_utc(row[place]), *row[place + 1 :]) for row in found]
    return np.array(found, dtype)


def _in_utc(moment: datetime) -> datetime:
    """Return an instant as NumPy takes it: UTC, and no zone said."""
    return moment.astimezone(UTC).replace(tzinfo=None)
