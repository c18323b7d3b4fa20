"""Bringing a book in: rows found by their owner's own numbers, and rows added by COPY, each once.

For the night's role, which row-level security does not bind (COPY FROM is refused under it): every query names the
organisation of the open scope. Frames carry the table's own column names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl
import psycopg
from django.db import connections, transaction
from psycopg import sql

from arrears.store import copying
from arrears.store.scope import current
from arrears.store.standing import TAKEN_OUT_BY, TO_REVERSE
from arrears.store.tables.account import Product
from arrears.store.tables.feed import ImportBatch
from arrears.store.tables.organisation import Organisation

FEW: Final = 20_000
"""Up to so many numbers are asked for one by one; for more, the whole book's numbers are read once."""


@dataclass(frozen=True, slots=True)
class Owner:
    """An organisation into whose book something is brought."""

    id: int
    name: str
    country: str
    timezone: str
    language: str


def owners(*, using: str = "night") -> tuple[Owner, ...]:
    """Return the organisations that own debts: creditors and the house, by name. Needs no scope."""
    rows = Organisation.objects.using(using).filter(kind__in=("creditor", "house", "agency")).order_by("name", "pk")
    return tuple(Owner(row.pk, row.name, row.country, row.timezone, row.language) for row in rows)


def add_owner(name: str, country: str, timezone: str, language: str, *, using: str = "night") -> Owner:
    """Add a creditor and return it."""
    row = Organisation(name=name, kind="creditor", country=country, timezone=timezone, language=language)
    row.save(using=using, force_insert=True)
    return Owner(row.pk, name, country, timezone, language)


def staff_called(username: str, organisation_id: int, *, using: str = "night") -> int | None:
    """Return the id of somebody who works for an organisation; None where nobody is called so."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT id FROM staff WHERE username = %s AND organisation_id = %s", [username, organisation_id])
        found = cursor.fetchone()
    return int(found[0]) if found else None


ACCOUNT: Final = {
    "account_number": pl.String,
    "account_id": pl.Int64,
    "person_id": pl.Int64,
    "account_currency": pl.String,
    "account_opened_on": pl.Date,
    "account_original_minor": pl.Int64,
    "account_status": pl.String,
}
PERSON: Final = {
    "person_number": pl.String,
    "person_id": pl.Int64,
    "person_name": pl.String,
    "person_country": pl.String,
    "person_region": pl.String,
    "person_language": pl.String,
}
_ACCOUNTS: Final = (
    "SELECT number, id, person_id, currency, opened_on, original_minor, status FROM account WHERE organisation_id = %s"
)
_PERSONS: Final = "SELECT number, id, full_name, country, region, language FROM person WHERE organisation_id = %s"


def accounts(numbers: Sequence[str] | None = None, *, using: str = "night") -> pl.DataFrame:
    """Return the owner's accounts as `ACCOUNT`; those of ``numbers``, or all."""
    return _numbered(_ACCOUNTS, numbers, ACCOUNT, using)


def persons(numbers: Sequence[str] | None = None, *, using: str = "night") -> pl.DataFrame:
    """Return the owner's persons as `PERSON`; those of ``numbers``, or all."""
    return _numbered(_PERSONS, numbers, PERSON, using)


def _numbered(query: str, numbers: Sequence[str] | None, schema: Mapping[str, Any], using: str) -> pl.DataFrame:
    values: list[object] = [current(using).organisation]
    if numbers is not None:
        query, values = f"{query} AND number = ANY(%s)", [*values, list(numbers)]
    return read_frame(query, values, schema, using=using)


def read_frame(
    query: str,
    values: Sequence[object],
    schema: Mapping[str, Any],  # Any: Polars' own data types
    *,
    using: str = "night",
) -> pl.DataFrame:
    """Return the rows of a SELECT as a frame with the columns of ``schema``, in its order."""
    with (
        connections[using].cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)", values or None) as out,
    ):
        raw = b"".join(bytes(message) for message in out)
    if not raw:
        return pl.DataFrame(schema=dict(schema))
    return pl.read_csv(raw, has_header=False, schema=dict(schema))


@dataclass(frozen=True, slots=True)
class Kept:
    """A product as it stands."""

    id: int
    code: str
    currency: str


def products(*, using: str = "night") -> dict[str, Kept]:
    """Return the owner's products by code."""
    rows = Product.objects.using(using).filter(organisation_id=current(using).organisation)
    return {row.code: Kept(row.pk, row.code, row.currency) for row in rows}


def add_product(
    code: str,
    *,
    name: str,
    debt_kind: str,
    consumer_purpose: bool | None,
    currency: str,
    terms: Mapping[str, Any],  # JSON
    using: str = "night",
) -> Kept:
    """Add a product of the owner."""
    row = Product(
        organisation_id=current(using).organisation,
        code=code,
        name=name,
        debt_kind=debt_kind,
        consumer_purpose=consumer_purpose,
        currency=currency,
        terms=dict(terms),
    )
    row.save(using=using, force_insert=True)
    return Kept(row.pk, code, currency)


def add(table: str, frame: pl.DataFrame, *, using: str = "night") -> int:
    """COPY rows into a table; return how many."""
    return copying.write_frame(table, frame, using=using) if frame.height else 0


def add_new(table: str, frame: pl.DataFrame, key: Sequence[str], *, using: str = "night") -> int:
    """Add the rows whose ``key`` is not there yet; return how many were."""
    return _merged(table, frame, sql.SQL("({}) DO NOTHING").format(_names(key)), using)


def add_or_change(
    table: str, frame: pl.DataFrame, key: Sequence[str], changing: Sequence[str], *, using: str = "night"
) -> int:
    """Add rows, or set the ``changing`` columns of those whose ``key`` is there and that differ; return how many."""
    own = sql.Identifier(table)
    fresh = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in changing)
    differ = sql.SQL(" OR ").join(
        sql.SQL("{0}.{1} IS DISTINCT FROM excluded.{1}").format(own, sql.Identifier(name)) for name in changing
    )
    rule = sql.SQL("({}) DO UPDATE SET {} WHERE {}").format(_names(key), fresh, differ)
    return _merged(table, frame, rule, using)


def _merged(table: str, frame: pl.DataFrame, rule: sql.Composed, using: str) -> int:
    if not frame.height:
        return 0
    staged = stage(table, frame, using=using)
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT {}").format(
        sql.Identifier(table), _names(frame.columns), _names(frame.columns), sql.Identifier(staged), rule
    )
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def stage(table: str, frame: pl.DataFrame, *, using: str = "night") -> str:
    """COPY rows into a passing table with columns of the same types as ``table``'s, and return its name.

    It is gone at the end of the transaction; columns that ``table`` does not have are kept as whole numbers.
    """
    staged = f"incoming_{table}"
    own = {field.column for field in _fields(table)}
    kept = [name for name in frame.columns if name in own]
    more = [name for name in frame.columns if name not in own]
    extra = sql.SQL("").join(sql.SQL(", 0::bigint AS {}").format(sql.Identifier(name)) for name in more)
    with connections[using].cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(staged)))
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {}{} FROM public.{} WITH NO DATA").format(
                sql.Identifier(staged), _names(kept), extra, sql.Identifier(table)
            )
        )
        copying.write_frame(staged, frame.select(*kept, *more), using=using)
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(staged)))
    return staged


def _fields(table: str) -> list[Any]:
    from django.apps import apps

    found = next(model for model in apps.get_app_config("store").get_models() if model._meta.db_table == table)  # noqa: SLF001
    return list(found._meta.concrete_fields)  # noqa: SLF001 - Django's documented way to a model's columns


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


ENTRY_FOUND: Final = {"place": pl.UInt32, "entry_id": pl.Int64, "is_same": pl.Boolean}
_FOUND: Final = """
    SELECT i.place, e.id, e.account_id = i.account_id AND e.amount_minor = i.amount_minor
           AND e.value_date = i.value_date AND e.kind = i.kind AND e.principal_minor = i.principal_minor
    FROM incoming_entry i
    JOIN entry e ON (e.organisation_id, e.source_kind, e.source_ref) = (i.organisation_id, i.source_kind, i.source_ref)
    ORDER BY i.place"""


def post(frame: pl.DataFrame, *, using: str = "night", expect_known: bool = False) -> pl.DataFrame:
    """Add entries, each source once; return as `ENTRY_FOUND` those that were posted before.

    ``frame`` is in the entry table's columns. Most files are new, so a plain COPY is tried first; where one row is
    known, the part is sorted out by a join. ``expect_known`` says that it will be.
    """
    if not expect_known:
        try:
            with transaction.atomic(using=using):
                copying.write_frame("entry", frame, using=using)
        except psycopg.errors.UniqueViolation as known:
            if known.diag.constraint_name != "entry_posted_once":
                raise
        else:
            return pl.DataFrame(schema=ENTRY_FOUND)
    stage("entry", frame.with_row_index("place"), using=using)
    found = read_frame(_FOUND, [], {**ENTRY_FOUND, "is_same": pl.String}, using=using)
    fresh = frame.with_row_index("place").join(found, on="place", how="anti", maintain_order="left").drop("place")
    add("entry", fresh, using=using)
    return found.with_columns(pl.col("is_same") == "t")


def entries_by_source(source_kind: str, refs: Sequence[str], *, using: str = "night") -> pl.DataFrame:
    """Return the entries of a source by its references, with the entry that takes each out (null: it stands).

    ``to_reverse`` is what a reversal of it has to name: itself, or the last of the reversals that gave it back.
    """
    query = (
        "SELECT e.source_ref, e.id, e.account_id, e.kind, e.amount_minor, e.value_date, e.book_day, "
        f"{TAKEN_OUT_BY}, {TO_REVERSE} "
        "FROM entry e WHERE e.organisation_id = %s AND e.source_kind = %s AND e.source_ref = ANY(%s)"
    )
    schema = {
        "source_ref": pl.String,
        "entry_id": pl.Int64,
        "entry_account_id": pl.Int64,
        "entry_kind": pl.Int16,
        "entry_amount_minor": pl.Int64,
        "entry_value_date": pl.Date,
        "entry_book_day": pl.Int32,
        "reversed_by": pl.Int64,
        "to_reverse": pl.Int64,
    }
    return read_frame(query, [current(using).organisation, source_kind, list(refs)], schema, using=using)


def start_batch(
    kind: str,
    file_name: str,
    file_hash: bytes,
    mapping: Mapping[str, Any],
    staff: int | None,
    *,
    now: datetime,
    using: str = "night",
) -> int:
    """Add the record of a file that begins to come in; return its id."""
    row = ImportBatch(
        organisation_id=current(using).organisation,
        kind=kind,
        file_name=file_name,
        file_hash=file_hash,
        mapping=dict(mapping),
        staff_id=staff,
        started_at=now,
    )
    row.save(using=using, force_insert=True)
    return int(row.pk)


def end_batch(batch_id: int, state: str, *, now: datetime, using: str = "night", **rows: int) -> None:
    """Note what came of a file: ``done`` or ``failed``, and its rows read, new, known and refused."""
    batches = ImportBatch.objects.using(using).filter(pk=batch_id, organisation_id=current(using).organisation)
    batches.update(state=state, finished_at=now, **{f"rows_{name}": count for name, count in rows.items()})


def waiting_lines(*, using: str = "night") -> list[str]:
    """Return the references of feed lines that wait for a debt."""
    query = "SELECT source_ref FROM payment_line WHERE organisation_id = %s AND state = 'unmatched'"
    found = read_frame(query, [current(using).organisation], {"source_ref": pl.String}, using=using)
    return list(found["source_ref"])


def mark_returned(returned: pl.DataFrame, *, using: str = "night") -> None:
    """Note on the lines of payments (``entry_id``, ``return_reason``) that their bank took them back.

    One that was given back to us since, and stands, is left as it is.
    """
    with connections[using].cursor() as cursor:
        cursor.executemany(
            "UPDATE payment_line SET state = 'returned', reason = %s WHERE entry_id = %s AND organisation_id = %s "
            "AND NOT public.entry_stands(entry_id)",
            [(reason, entry, current(using).organisation) for entry, reason in returned.iter_rows()],
        )


def points_of(persons: Sequence[int], *, using: str = "night") -> pl.DataFrame:
    """Return the contact points of persons as ``person_id``, ``point_kind``, ``normalised``, ``contact_point_id``."""
    query = (
        "SELECT person_id, kind, normalised, id FROM contact_point WHERE organisation_id = %s AND person_id = ANY(%s)"
    )
    schema = {"person_id": pl.Int64, "point_kind": pl.String, "normalised": pl.String, "contact_point_id": pl.Int64}
    return read_frame(query, [current(using).organisation, list(persons)], schema, using=using)


def attempts_known(refs: Sequence[str], *, using: str = "night") -> pl.DataFrame:
    """Return the references of past contacts that were brought in before, as ``source_ref``."""
    query = (
        "SELECT source_ref FROM attempt WHERE organisation_id = %s AND source_kind = 'import' AND source_ref = ANY(%s)"
    )
    return read_frame(query, [current(using).organisation, list(refs)], {"source_ref": pl.String}, using=using)


def accounts_with_position(accounts: Sequence[int], *, using: str = "night") -> list[int]:
    """Return those of ``accounts`` that have a position already."""
    query = "SELECT account FROM account_position WHERE account = ANY(%s)"
    return read_frame(query, [list(accounts)], {"account": pl.Int64}, using=using)["account"].to_list()


def currencies(*, using: str = "night") -> list[str]:
    """Return the currencies of the owner's products."""
    return sorted({kept.currency for kept in products(using=using).values()})


def refresh_statistics(*, using: str = "night") -> None:
    """Let the planner know how large the tables have become; a night right after a great import relies on it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT public.refresh_statistics()")


def take_back(*, using: str = "night") -> None:
    """Let the transaction of the open scope end without a trace: what was rehearsed has been seen."""
    transaction.set_rollback(True, using=using)


def account_ids(*, using: str = "night") -> npt.NDArray[np.int64]:
    """Return the ids of all accounts of the organisation in scope, ascending."""
    query = "SELECT id FROM account WHERE organisation_id = %s ORDER BY id"
    found = copying.read(query, [current(using).organisation], np.dtype([("id", "i8")]), using=using)
    return found["id"].astype(np.int64)
