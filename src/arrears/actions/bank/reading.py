"""Lines of statements as columns: what came in, in which state it starts, and what the matching is asked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from arrears.domain.statements import Line, LineStatus, ReferenceKind, Return, ReturnKind, Statement, line_keys
from arrears.kernel.epoch import epoch_day
from arrears.store.doors import statements as door

COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "place": pl.Int32,
    "line_key": pl.String,
    "booked_on": pl.Date,
    "value_on": pl.Date,
    "amount_minor": pl.Int64,
    "currency": pl.String,
    "said_references": pl.String,
    "asked_references": pl.List(pl.String),
    "payer_name": pl.String,
    "payer_account": pl.String,
    "remittance": pl.String,
    "bank_code": pl.String,
    "is_return": pl.Boolean,
    "return_reason": pl.String,
    "returned_ref": pl.String,
    "state": pl.String,
}

_BANKS_OWN: Final = frozenset({ReferenceKind.BANK, ReferenceKind.TRANSACTION, ReferenceKind.CLEARING})
"""Numbers that banks give to bookings: shown to whoever decides, but no debtor wrote them."""
_OTHER_IS_THE_DEBTORS: Final = frozenset({"BAI2", "MT940", "MT942"})
"""Formats that have no kind of their own for the payer's number with us (BAI2 ``IDNM``, the ``ID`` of MT940)."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of one statement as `COLUMNS`, and how many of it no money moved for."""

    lines: pl.DataFrame
    not_booked: int


def rows_of(statement: Statement, today: date, file_key: str) -> Rows:
    """Return the booked lines of a statement and the returns told apart from bookings.

    A line that is only announced is left out: it comes again when it is booked.
    """
    items = list(zip(statement.items, line_keys(statement), strict=True))
    booked = [(item, key) for item, key in items if item.status == LineStatus.BOOKED and item.amount_minor]
    banks_own = _BANKS_OWN if statement.source_format in _OTHER_IS_THE_DEBTORS else _BANKS_OWN | {ReferenceKind.OTHER}
    found = [row for item, key in booked for row in _rows(item, key, today, banks_own)]
    found += [_returned(each, f"{file_key}/{each.id}", today) for each in statement.returns if _undoes(each)]
    placed = [(place, *row) for place, row in enumerate(found)]
    return Rows(pl.DataFrame(placed, schema=COLUMNS, orient="row"), len(items) - len(booked))


def _undoes(told: Return) -> bool:
    return told.kind in {ReturnKind.RETURN, ReturnKind.REJECTION} and told.amount_minor != 0


def _rows(item: Line, key: str, today: date, banks_own: frozenset[ReferenceKind]) -> Iterator[tuple[object, ...]]:
    """Yield a line; a return whose charges the bank took with it is two, so that it has the amount of its payment."""
    if not (item.is_return and item.charges_minor):
        yield _row(item, key, today, banks_own)
        return
    yield _row(replace(item, amount_minor=item.amount_minor + item.charges_minor), key, today, banks_own)
    charges = replace(item, amount_minor=-item.charges_minor, is_return=False, is_reversal=False, returned_ref="")
    yield _row(charges, f"{key}/charges", today, banks_own)


def _row(item: Line, key: str, today: date, banks_own: frozenset[ReferenceKind]) -> tuple[object, ...]:
    value_on = item.value_on or item.booked_on or today
    is_back = item.is_return or item.is_reversal
    return (
        key, item.booked_on, value_on, item.amount_minor, item.currency,
        json.dumps([reference.text for reference in item.references], ensure_ascii=False),
        [reference.text for reference in item.references if reference.kind not in banks_own],
        item.payer_name or item.ultimate_payer, item.payer_account, item.remittance, item.bank_code, is_back,
        item.return_reason, item.returned_ref, _state(item.amount_minor, is_back=is_back),
    )  # fmt: skip


def _state(amount_minor: int, *, is_back: bool) -> str:
    if amount_minor > 0:
        return "suspense"
    return "return_open" if is_back else "outgoing"


def _returned(told: Return, key: str, today: date) -> tuple[object, ...]:
    refs = json.dumps([reference.text for reference in told.references], ensure_ascii=False)
    first = told.references[0].text if told.references else ""
    return (
        key, told.on, told.on or today, -abs(told.amount_minor), told.currency, refs, [], told.debtor_name,
        told.debtor_account, told.words, told.kind, True, told.reason, first, "return_open",
    )  # fmt: skip


def asked(lines: pl.DataFrame, owner: int) -> pl.DataFrame:
    """Return lines of money in as the matching takes them, numbered by their order in ``lines``."""
    keys = [door.payer_key(account, owner) for account in lines["payer_account"]]
    return lines.with_row_index("line").select(
        "line",
        pl.col("amount_minor").alias("amount"),
        pl.Series("day", [epoch_day(on) for on in lines["value_on"]], dtype=pl.Int32),
        pl.col("asked_references").alias("references"),
        pl.col("remittance").alias("text"),
        "payer_name",
        pl.Series("payer_account", keys, dtype=pl.String),
    )
