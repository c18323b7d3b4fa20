"""Promises to pay that a lender brings along, past and open; what became of them the ledger says, never the file.

They come after the payments of the same import, so that what was kept is known as kept from the first day (P34, P35).
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from arrears.actions import positions
from arrears.actions import promises as taken
from arrears.actions.imports.intake import Brought, Intake, checked, faults_where, once, together
from arrears.domain.entries import Entry, EntryKind
from arrears.domain.promises import Promise
from arrears.engine.ledger.promises import judge_promises
from arrears.kernel.epoch import sure_date
from arrears.kernel.hours import local_day
from arrears.store import copying
from arrears.store.doors import positions as bases
from arrears.store.doors import promises_brought as door
from arrears.store.doors.positions import Basis

END_OF_DAY: Final = 23
"""The hour of a promise whose hour is not known: it is not late before the day is over."""

_JUDGED: Final = {"id": pl.Int64, "state": pl.String, "kept_minor": pl.Int64}


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Add promises, each reference once, and judge them by the payments that are in the book.

    Without a reference the account, the instant it was given and the day it is for tell one from another. A known
    reference that says something else is a fault. Who is named beside the debt must be known; unnamed it is the debtor.
    """
    rows, faults = checked(_completed(intake, rows), *_checks(intake))
    rows, unknown = intake.with_accounts(rows)
    rows, other = checked(rows, (pl.col("currency") != pl.col("account_currency"), "currency", "other_currency"))
    named, nobody = intake.with_persons(rows.filter(pl.col("person_number").is_not_null()).drop("person_id"))
    rows = pl.concat([rows.filter(pl.col("person_number").is_null()), named], how="diagonal")
    rows, twice = once(rows, "reference")
    rows = rows.join(
        door.known(rows["reference"].to_list(), using=intake.using),
        left_on="reference",
        right_on="source_ref",
        how="left",
        maintain_order="left",
    )
    there = rows.filter(pl.col("known_account_id").is_not_null())
    taken_by_others = faults_where(there, _differs(), "reference", "reference_taken")
    fresh = rows.filter(pl.col("known_account_id").is_null())
    if fresh.height:
        _add(intake, fresh)
    return Brought(
        fresh.height,
        there.height - taken_by_others.height,
        together((faults, unknown, other, nobody, twice, taken_by_others)),
    )


def _completed(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    own = pl.concat_str(
        "account_number",
        pl.col("taken_at").dt.epoch("s").cast(pl.String),
        pl.col("due_on").cast(pl.String),
        separator="/",
    )
    return rows.with_columns(
        pl.coalesce("reference", own).alias("reference"),
        pl.col("due_hour").fill_null(END_OF_DAY),
        pl.col("means").fill_null("unknown"),
        pl.col("taken_at").dt.convert_time_zone(intake.owner.timezone).dt.date().alias("taken_on"),
    )


def _checks(intake: Intake) -> tuple[tuple[pl.Expr, str, str], ...]:
    furthest = pl.duration(days=taken.FURTHEST_DAYS)
    return (
        (pl.col("amount") <= 0, "amount", "not_above_zero"),
        (~pl.col("due_hour").is_between(0, END_OF_DAY), "due_hour", "not_a_number"),
        (pl.col("taken_at") > intake.now, "taken_at", "still_ahead"),
        (pl.col("due_on") < pl.col("taken_on"), "due_on", "runs_backward"),
        (pl.col("due_on") > pl.col("taken_on") + furthest, "due_on", "too_far_ahead"),
    )


def _differs() -> pl.Expr:
    return (
        (pl.col("known_account_id") != pl.col("account_id"))
        | (pl.col("known_minor") != pl.col("amount"))
        | (pl.col("known_due_on") != pl.col("due_on"))
    )


def _add(intake: Intake, fresh: pl.DataFrame) -> None:
    """Add promises: judged at once where the account had none, together with the earlier ones where it had some.

    One payment keeps one promise, so an earlier promise of the same account may lose what a new one claims.
    """
    fresh = fresh.with_columns(pl.Series("id", copying.reserve_ids("promise", fresh.height, using=intake.using)))
    accounts = positions.ids(fresh["account_id"].to_list())
    had_some = door.accounts_with_promises(accounts, using=intake.using)
    judged = _judged(intake, fresh.filter(~pl.col("account_id").is_in(had_some.tolist())))
    door.add(_as_rows(intake, fresh.join(judged, on="id", how="left", maintain_order="left")), using=intake.using)
    intake.promised += had_some.tolist()  # judged at the end, when all debts are held that judging may reach
    intake.touch(fresh["account_id"], by_payment=True)


def _judged(intake: Intake, fresh: pl.DataFrame) -> pl.DataFrame:
    """Return ``id``, ``state`` and ``kept_minor`` of each promise by the payments posted so far."""
    accounts = positions.ids(fresh["account_id"].to_list())
    found: list[tuple[int, str, int]] = []
    for start in range(0, len(accounts), positions.RANGE):
        part = accounts[start : start + positions.RANGE]
        payments = _by_account(door.payments_of(part, using=intake.using))
        said = _said(fresh.filter(pl.col("account_id").is_in(part.tolist())))
        for basis in bases.bases_of(part, using=intake.using):
            found += _judged_account(intake, basis, said[basis.account], payments.get(basis.account, []))
    return pl.DataFrame(found, schema=_JUDGED, orient="row")


def _judged_account(
    intake: Intake, basis: Basis, said: list[Promise], payments: list[Entry]
) -> Iterator[tuple[int, str, int]]:
    as_of = local_day(intake.now, basis.timezone)
    for judgement in judge_promises(said, payments, positions.terms_of(basis), basis.place, as_of):
        yield judgement.promise, taken.state_of(judgement), judgement.paid


def _said(rows: pl.DataFrame) -> dict[int, list[Promise]]:
    """Return promises as the ledger judges them, by account, in the order in which they were given."""
    found: dict[int, list[Promise]] = {}
    ordered = rows.sort("taken_at", "id").select("account_id", "id", "taken_on", "due_on", "amount")
    for account, number, taken_on, due_on, amount in ordered.iter_rows():
        found.setdefault(account, []).append(Promise(number, taken_on, due_on, amount))
    return found


def _by_account(rows: np.ndarray) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for row in rows:
        entry = Entry(
            id=int(row["id"]),
            kind=EntryKind(int(row["kind"])),
            value_date=sure_date(int(row["value"])),
            book_day=int(row["book"]),
            amount=int(row["amount"]),
            principal=int(row["principal"]),
            reverses=int(row["reverses"]),
        )
        found.setdefault(int(row["account"]), []).append(entry)
    return found


def _as_rows(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of the table. Whether one may call or write then nobody has said, so one may not."""
    own = pl.lit(intake.owner.id)
    is_judged = (pl.col("state") != "open") | (pl.col("kept_minor") > 0)
    today = local_day(intake.now, intake.owner.timezone)
    return rows.select(
        "id",
        own.alias("organisation_id"),
        own.alias("by_organisation_id"),
        "account_id",
        "person_id",
        pl.lit("promise").alias("kind"),
        pl.col("state").fill_null("open"),
        "taken_at",
        pl.lit(intake.day.day, pl.Int32).alias("book_day"),
        pl.col("amount").alias("amount_minor"),
        "due_on",
        pl.col("due_hour").cast(pl.Int16),
        "means",
        pl.lit(value=False).alias("may_call"),
        pl.lit(value=False).alias("may_write"),
        pl.col("kept_minor").fill_null(0),
        pl.when(is_judged).then(pl.lit(today)).alias("judged_on"),
        pl.when(is_judged).then(pl.lit(intake.day.day, pl.Int32)).alias("judged_book_day"),
        pl.lit(door.SOURCE).alias("source_kind"),
        pl.col("reference").alias("source_ref"),
    )
