"""Facts as they are kept with what they are said of: read in numbers, added and taken away by name."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connections

from arrears.facts.asked import Bearer

_TABLES: Final = {
    Bearer.ACCOUNT: "account",
    Bearer.PERSON: "person",
    Bearer.CONTACT_POINT: "contact_point",
}


def keep(bearer: Bearer, ids: Sequence[int], facts: Mapping[str, Any], *, using: str = "default") -> int:
    """Write facts by name over those of accounts, persons or contact points; return how many rows were found.

    A value of None takes the fact away. Raises KeyError for a bearer whose facts are kept elsewhere.
    """
    said = {name: value for name, value in facts.items() if value is not None}
    gone = [name for name, value in facts.items() if value is None]
    statement = f"UPDATE {_TABLES[bearer]} SET facts = (facts - %s::text[]) || %s::jsonb WHERE id = ANY(%s)"
    with connections[using].cursor() as cursor:
        cursor.execute(statement, [gone, _json(said), list(ids)])
        return int(cursor.rowcount)


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, default=str, ensure_ascii=False)


_COLUMNS: Final = {
    ("account", "status"): "status",
    ("person", "country"): "country",
    ("person", "region"): "region",
    ("contact_point", "source"): "source",
}


def keep_column(bearer: Bearer, name: str, ids: Sequence[int], value: str, *, using: str = "default") -> int:
    """Write one of the few facts that are columns of their own; return how many rows were found."""
    table = _TABLES[bearer]
    column = _COLUMNS[table, name]
    with connections[using].cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = ANY(%s)", [value, list(ids)])
        return int(cursor.rowcount)
