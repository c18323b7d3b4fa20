"""COPY between PostgreSQL and NumPy by stride.

A row of fixed-width NOT NULL columns has the same length on the wire every time, so a block of rows *is* a structured
array: reading is a view, writing fills the fields, and no value ever becomes a Python object. A NULL would break the
stride; it is noticed and refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db import connections
from psycopg import sql
from psycopg.types.json import Jsonb

from arrears.store import answers

Rows = npt.NDArray[np.void]
Dtype = np.dtype[np.void]

#: How a binary COPY begins and ends: PostgreSQL's documentation of COPY, "Binary Format".
_BEGIN = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
_END = b"\xff\xff"
#: PostgreSQL counts instants from 2000-01-01, NumPy from 1970-01-01; microseconds between.
_EPOCH_GAP = 946_684_800_000_000
BLOCK_ROWS = 16_384


class NotFixedWidthError(ValueError):
    """Rows came with a NULL or with columns of another width than the dtype says."""


@cache
def wire(dtype: Dtype) -> Dtype:
    """Return the dtype of ``dtype``'s row as binary COPY frames it: field count, then a length before each value."""
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name in dtype.names or ():
        fields += [(f"{name} length", ">i4"), (name, _wire_kind(dtype[name]))]
    return np.dtype(fields)


def _wire_kind(kind: "np.dtype[Any]") -> str:  # Any: any scalar kind of NumPy
    width = 8 if kind.kind == "M" else max(kind.itemsize, 2)
    return f">i{width}"


def decode(raw: bytes, dtype: Dtype) -> Rows:
    """Return whole rows of a binary COPY (without its beginning and end) as an array of ``dtype``.

    Raises :class:`NotFixedWidthError` where a value is NULL or of another width.
    """
    framed = np.frombuffer(raw, wire(dtype))
    names = dtype.names or ()
    is_framed = framed["fields"] == len(names)
    for name in names:
        is_framed &= framed[f"{name} length"] == wire(dtype)[name].itemsize
    if not is_framed.all():
        raise NotFixedWidthError("a row holds a NULL or a column of another width")
    rows = np.empty(len(framed), dtype)
    for name in names:
        rows[name] = _from_wire(framed[name], dtype[name])
    return rows


def _from_wire(column: "npt.NDArray[Any]", kind: "np.dtype[Any]") -> "npt.NDArray[Any]":
    return (column.astype("i8") + _EPOCH_GAP).view("M8[us]") if kind.kind == "M" else column


def encode(rows: Rows) -> bytes:
    """Return rows as binary COPY frames them, without its beginning and end."""
    dtype = rows.dtype
    framed = np.empty(len(rows), wire(dtype))
    framed["fields"] = len(dtype.names or ())
    for name in dtype.names or ():
        framed[f"{name} length"] = framed.dtype[name].itemsize
        column = rows[name]
        framed[name] = column.astype("M8[us]").view("i8") - _EPOCH_GAP if column.dtype.kind == "M" else column
    return framed.tobytes()


def read_blocks(
    query: str,
    parameters: Sequence[object],
    dtype: Dtype,
    *,
    using: str = "night",
    block_rows: int = BLOCK_ROWS,
) -> Iterator[Rows]:
    """Stream the rows of a SELECT whose columns are those of ``dtype``, in its order, as blocks of arrays."""
    stride = wire(dtype).itemsize
    with (
        connections[using].cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", parameters or None) as messages,
    ):
        begun, held, size = False, [], 0
        for message in messages:
            held.append(bytes(message))
            size += len(message)
            if size >= stride * block_rows:
                raw = b"".join(held)
                start = 0 if begun else len(_BEGIN)
                whole = start + (len(raw) - start) // stride * stride
                # The two bytes that end the stream may look like the start of a row, never like a whole one.
                yield decode(raw[start:whole], dtype)
                begun, held, size = True, [raw[whole:]], len(raw) - whole
        raw = b"".join(held)[0 if begun else len(_BEGIN) :]
        if raw.removesuffix(_END):
            yield decode(raw.removesuffix(_END), dtype)


def read(query: str, parameters: Sequence[object], dtype: Dtype, *, using: str = "night") -> Rows:
    """Return all rows of a SELECT at once; see `read_blocks`."""
    blocks = list(read_blocks(query, parameters, dtype, using=using))
    return np.concatenate(blocks) if blocks else np.empty(0, dtype)


def table_query(table: str, dtype: Dtype, where: str = "TRUE") -> str:
    """Return the SELECT of a fixed-width table's columns in the order of ``dtype``."""
    return f"SELECT {', '.join(dtype.names or ())} FROM {table} WHERE {where}"


def write(table: str, rows: Rows | Iterable[Rows], *, using: str = "night") -> int:
    """COPY rows into a table whose columns the dtype names; return how many there were.

    Runs in the caller's transaction; the role must be one that row-level security does not bind.
    """
    blocks = iter([rows] if isinstance(rows, np.ndarray) else rows)
    first = next(blocks, None)
    if first is None:
        return 0
    count = 0
    with connections[using].cursor() as cursor, cursor.copy(_into(table, first.dtype.names or (), "BINARY")) as out:
        out.write(_BEGIN)
        for block in chain([first], blocks):
            for at in range(0, len(block), BLOCK_ROWS):
                out.write(encode(block[at : at + BLOCK_ROWS]))
            count += len(block)
        out.write(_END)
    return count


def write_frame(table: str, frame: pl.DataFrame, *, using: str = "night") -> int:
    """COPY a Polars frame into the table's columns of the same names; null becomes NULL, "" stays empty text.

    A list or JSON column is handed over as the text PostgreSQL reads, for instance ``{a,b}`` or ``{"a": 1}``.
    """
    with connections[using].cursor() as cursor, cursor.copy(_into(table, frame.columns, "csv")) as out:
        for part in frame.iter_slices(BLOCK_ROWS * 4):
            out.write(part.write_csv(include_header=False, quote_style="necessary").encode())
    return len(frame)


def _into(table: str, columns: Iterable[str], form: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT {})").format(sql.Identifier(table), names, sql.SQL(form))


def merge(table: str, rows: Rows, key: Sequence[str], *, using: str = "night") -> int:
    """Write rows over those with the same ``key``, or add them; return how many were given.

    For any role: values travel as arrays, one a column; of few rows, together as one document.
    """
    names = rows.dtype.names or ()
    if len(rows) <= answers.FEW:
        answers.prepared(_merging_few(table, rows.dtype, tuple(key)), [document_of(rows)], using=using)
        return len(rows)
    kinds = ", ".join(f"%s::{_array_kind(rows.dtype[name])}" for name in names)
    statement = f"{_into_columns(table, names)} SELECT * FROM unnest({kinds}) {_over(names, key)}"
    with connections[using].cursor() as cursor:
        for at in range(0, len(rows), BLOCK_ROWS):
            block = rows[at : at + BLOCK_ROWS]
            cursor.execute(statement, [_values(block[name]) for name in names])
    return len(rows)


@cache
def _merging_few(table: str, kind: "np.dtype[np.void]", key: tuple[str, ...]) -> str:
    names = kind.names or ()
    return f"{_into_columns(table, names)} SELECT * FROM {given_rows(kind)} {_over(names, key)}"


def given_rows(kind: "np.dtype[np.void]", name_of_all: str = "given") -> str:
    """Return what stands after FROM for rows of ``kind`` that are handed over as one JSON document."""
    columns = ", ".join(f"{name} {_array_kind(kind[name]).removesuffix('[]')}" for name in kind.names or ())
    return f"jsonb_to_recordset(%s) AS {name_of_all}({columns})"


def _into_columns(table: str, names: Iterable[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)})"


def _over(names: Iterable[str], key: Sequence[str]) -> str:
    fresh = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {fresh}"


def document_of(rows: Rows) -> Jsonb:
    """Return a few rows as one JSON document, for `given_rows`."""
    names = rows.dtype.names or ()
    columns = [_values(rows[name]) for name in names]
    return Jsonb([dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)])


def _array_kind(kind: "np.dtype[Any]") -> str:
    if kind.kind == "M":
        return "timestamptz[]"
    return {1: "smallint[]", 2: "smallint[]", 4: "integer[]", 8: "bigint[]"}[kind.itemsize]


def _values(column: "npt.NDArray[Any]") -> list[Any]:
    if column.dtype.kind == "M":
        return [f"{value}+00" for value in np.datetime_as_string(column)]
    return list(column.tolist())


def reserve_ids(table: str, count: int, *, using: str = "night") -> npt.NDArray[np.int64]:
    """Take ``count`` ids from a table's own sequence, in ascending order, for rows whose links must be known first."""
    taken = read(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [f"public.{table}", count],
        np.dtype([("id", "i8")]),
        using=using,
    )
    return np.sort(taken["id"])
