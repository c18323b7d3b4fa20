"""Other entries: fees, adjustments, charge-offs, recoveries, waivers and what else happens to a debt."""

from typing import Final

import polars as pl

from arrears.actions.imports.entering import Posting, enter, taken_by_others
from arrears.actions.imports.intake import Brought, Intake, checked, once, together
from arrears.actions.imports.payments import latest_value_date
from arrears.domain.entries import CASH_KINDS, EntryKind

_TELLS_A_DAY: Final = ("payoff", "acceleration")
_CODES: Final = {kind.name.lower(): int(kind) for kind in EntryKind}
_WITHOUT_AMOUNT: Final = ("payoff", "acceleration", "sale")
_MAY_BE_BELOW: Final = ("adjustment",)
_WITHOUT_PART: Final = tuple(kind.name.lower() for kind in CASH_KINDS)


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Post each entry once; without a reference its account, kind and day tell it.

    What `domain.entry_faults` refuses of one entry is refused here of columns, and so is a day that has not come.
    """
    own = pl.concat_str("account_number", "entry_kind", pl.col("value_date").cast(pl.String), separator="/")
    rows = rows.with_columns(pl.coalesce("reference", own).alias("reference"))
    amount, kind = pl.col("amount"), pl.col("entry_kind")
    rows, faults = checked(
        rows,
        (amount.is_null() & ~kind.is_in(_WITHOUT_AMOUNT), "amount", "missing"),
        ((amount <= 0) & ~kind.is_in((*_WITHOUT_AMOUNT, *_MAY_BE_BELOW)), "amount", "not_above_zero"),
        (pl.col("principal").abs() > amount.abs(), "principal", "part_above_whole"),
        ((pl.col("principal").fill_null(0).sign() * amount.sign()) < 0, "principal", "part_above_whole"),
        (kind.is_in(_WITHOUT_PART) & (pl.col("principal").fill_null(0) != 0), "principal", "not_a_number"),
        (kind.is_in(_TELLS_A_DAY) & (amount.fill_null(0) != 0), "amount", "not_a_number"),
        (pl.col("value_date") > latest_value_date(intake), "value_date", "paid_ahead"),
    )
    rows, unknown = intake.with_accounts(rows)
    rows, other = checked(rows, (pl.col("currency") != pl.col("account_currency"), "currency", "other_currency"))
    rows, twice = once(rows, "reference")
    found = enter(intake, Posting("entry", _entries(rows), is_payment=True))
    taken = taken_by_others(rows, found)
    faults = together((faults, unknown, other, twice, taken))
    return Brought(rows.height - found.height, found.height - taken.height, faults)


def _entries(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        "account_id",
        pl.col("entry_kind").replace_strict(_CODES, return_dtype=pl.Int16).alias("kind"),
        "value_date",
        pl.col("amount").fill_null(0).alias("amount_minor"),
        pl.col("principal").fill_null(0).alias("principal_minor"),
        pl.col("reference").alias("source_ref"),
    )
