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
from django.db.backends.base.base import BaseDatabaseWrapper
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
    return _fetched(statement, values, using, is_kept=True)


def asked(statement: str, values: Values, many: int, *, using: str = "default") -> Rows:
    """Return the rows of a statement about ``many`` rows: prepared for a few of them, planned for what it is else."""
    return _fetched(statement, values, using, is_kept=many <= FEW)


def _fetched(statement: str, values: Values, using: str, *, is_kept: bool) -> Rows:
    connection = connections[using]
    with connection.wrap_database_errors:
        cursor = _cursor_of(connection)
        cursor.execute(statement, values, prepare=is_kept)
        return cursor.fetchall() if cursor.rownumber is not None else []  # None: it returns no rows


def changed(statement: str, values: Values, *, using: str = "default") -> int:
    """Run a prepared statement that writes; return how many rows it wrote."""
    connection = connections[using]
    with connection.wrap_database_errors:
        cursor = _cursor_of(connection)
        cursor.execute(statement, values, prepare=True)
        return cursor.rowcount


_KEPT: Final = "arrears_cursor"


def _cursor_of(connection: BaseDatabaseWrapper) -> "psycopg.Cursor[tuple[Any, ...]]":
    """Return the cursor that is kept for prepared statements as long as the connection lasts: a page asks many."""
    connection.ensure_connection()
    raw = connection.connection
    kept: psycopg.Cursor[tuple[Any, ...]] | None = getattr(connection, _KEPT, None)
    if kept is None or kept.connection is not raw:
        raw.prepare_threshold = _ONLY_WHEN_ASKED
        kept = psycopg.Cursor(raw)
        kept.adapters.register_loader("jsonb", JsonbLoader)  # Django hands JSON over as text
        setattr(connection, _KEPT, kept)
    return kept


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
