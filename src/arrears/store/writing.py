"""One row added or changed by a statement that is prepared once a connection: for what every contact writes.

What an added row leaves unsaid the database fills in, and its guards speak, as for any other writer.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db.models import JSONField
from psycopg.types.json import Jsonb

from arrears.store import answers
from arrears.store.columns import Table


def added(table: type[Table], *, using: str = "default", **columns: Any) -> int:
    """Add a row of ``columns``, named as the database names them, and return its id."""
    ((found,),) = answers.prepared(*_asked(table, columns, "RETURNING id"), using=using)
    return int(found)


def add(table: type[Table], rows: Iterable[dict[str, Any]], *, using: str = "default") -> None:
    """Add a few rows, of the same columns or not, each by a statement of its own."""
    for columns in rows:
        answers.changed(*_asked(table, columns, ""), using=using)


def change(table: type[Table], row_id: int, *, using: str = "default", **columns: Any) -> bool:
    """Write ``columns``, named as the database names them, into the row of an id; False where the scope sees none."""
    marks, is_json = _marks(table, tuple(columns))
    text = f"UPDATE {_meta(table).db_table} SET {marks} WHERE id = %s"
    return answers.changed(text, [*_values(columns, is_json), row_id], using=using) == 1


@cache
def _marks(table: type[Table], names: tuple[str, ...]) -> tuple[str, tuple[bool, ...]]:
    return ", ".join(f"{name} = %s" for name in names), _which_are_json(table, names)


def _asked(table: type[Table], columns: dict[str, Any], returning: str) -> tuple[str, Sequence[Any]]:
    text, is_json = _statement(table, tuple(columns), returning)
    return text, _values(columns, is_json)


@cache
def _statement(table: type[Table], names: tuple[str, ...], returning: str) -> tuple[str, tuple[bool, ...]]:
    marks = ", ".join("%s" for _ in names)
    text = f"INSERT INTO {_meta(table).db_table} ({', '.join(names)}) VALUES ({marks}) {returning}".strip()
    return text, _which_are_json(table, names)


def _which_are_json(table: type[Table], names: tuple[str, ...]) -> tuple[bool, ...]:
    kinds = {field.column: field for field in _meta(table).concrete_fields}
    return tuple(isinstance(kinds[name], JSONField) for name in names)


def _values(columns: Mapping[str, Any], is_json: Sequence[bool]) -> list[Any]:
    return [Jsonb(value) if each else value for value, each in zip(columns.values(), is_json, strict=True)]


def _meta(table: type[Table]) -> Any:
    return table._meta  # noqa: SLF001 - the documented name under which Django tells what a table is made of
