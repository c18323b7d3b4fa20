"""Other entries: fees, adjustments, charge-offs, recoveries, waivers and what else happens to a debt."""

from typing import Final

import polars as pl

from arrears.actions.imports.entering import Posting, enter, taken_by_others
from arrears.actions.imports.intake import Brought, Intake, checked, once, together
from arrears.domain.entries import EntryKind

_CODES: Final = {kind.name.lower(): int(kind) for kind in EntryKind}
_WITHOUT_AMOUNT: Final = ("payoff", "acceleration", "sale")
_MAY_BE_BELOW: Final = ("adjustment",)


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Post each entry once; without a reference its account, kind and day tell it."""
    own = pl.concat_str("account_number", "entry_kind", pl.col("value_date").cast(pl.String), separator="/")
    rows = rows.with_columns(pl.coalesce("reference", own).alias("reference"))
    amount, kind = pl.col("amount"), pl.col("entry_kind")
    rows, faults = checked(
        rows,
        (amount.is_null() & ~kind.is_in(_WITHOUT_AMOUNT), "amount", "missing"),
        ((amount <= 0) & ~kind.is_in((*_WITHOUT_AMOUNT, *_MAY_BE_BELOW)), "amount", "not_above_zero"),
        (pl.col("principal").abs() > amount.abs(), "principal", "part_above_whole"),
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
