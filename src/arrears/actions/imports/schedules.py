"""Schedules: the instalments of a debt, past and to come."""

import polars as pl

from arrears.actions.imports.entering import Posting, enter, taken_by_others
from arrears.actions.imports.intake import Brought, Intake, checked, once, together
from arrears.domain.entries import EntryKind


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Post each instalment once; without a reference its account with number or due date tells it."""
    number = pl.coalesce(pl.col("number").cast(pl.String), pl.col("due_on").cast(pl.String))
    rows = rows.with_columns(
        pl.coalesce("reference", pl.col("account_number") + "/" + number).alias("reference"),
        pl.coalesce("principal", pl.col("amount") - pl.col("interest"), "amount").alias("principal"),
    )
    rows, faults = checked(
        rows,
        (pl.col("amount") <= 0, "amount", "not_above_zero"),
        (pl.col("principal") < 0, "interest", "part_above_whole"),
        (pl.col("principal") > pl.col("amount"), "principal", "part_above_whole"),
    )
    rows, unknown = intake.with_accounts(rows)
    rows, other = checked(rows, (pl.col("currency") != pl.col("account_currency"), "currency", "other_currency"))
    rows, twice = once(rows, "reference")
    found = enter(intake, Posting("schedule", _entries(rows)))
    taken = taken_by_others(rows, found)
    return Brought(
        rows.height - found.height, found.height - taken.height, together((faults, unknown, other, twice, taken))
    )


def _entries(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        "account_id",
        pl.lit(int(EntryKind.INSTALMENT_DUE), pl.Int16).alias("kind"),
        pl.col("due_on").alias("value_date"),
        pl.col("amount").alias("amount_minor"),
        pl.col("principal").alias("principal_minor"),
        pl.col("number").fill_null(0).cast(pl.Int32).alias("detail"),
        pl.col("reference").alias("source_ref"),
    )
