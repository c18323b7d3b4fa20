"""Statements that a page asks again and again, prepared once a connection.

Row-level security makes a wide statement dear to plan: prepared, it is planned once and then only run. The plan goes by
the functions of the scope, which the database asks anew each time, so it serves every organisation.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connections
from psycopg.types.json import JsonbLoader

Rows = list[tuple[Any, ...]]


def prepared(statement: str, values: Mapping[str, Any], *, using: str = "default") -> Rows:
    """Return the rows of a statement with named places, in the caller's transaction; JSON comes as Python values."""
    connection = connections[using]
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.adapters.register_loader("jsonb", JsonbLoader)  # Django hands JSON over as text
        cursor.execute(statement, values, prepare=True)
        return cursor.fetchall()
