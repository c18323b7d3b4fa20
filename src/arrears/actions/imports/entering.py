"""Entries posted by the part of a file: completed with whose they are and on which book day, each source once."""

from typing import Final, NamedTuple

import polars as pl

from arrears.actions.imports.intake import Intake, faults_where
from arrears.store.doors import intake as door

_OPTIONAL: Final = {
    "detail": pl.lit(0, pl.Int32),
    "reverses_id": pl.lit(None, pl.Int64),
    "instruction": pl.lit(None, pl.String),
}


class Posting(NamedTuple):
    """Entries of one source: account, kind, value date, amounts in minor units, the reference that posts them once.

    ``is_payment`` says that promises may be kept or broken by them.
    """

    source_kind: str
    rows: pl.DataFrame
    is_payment: bool = False


def enter(intake: Intake, posting: Posting) -> pl.DataFrame:
    """Post entries and remember whom they touch.

    Returns ``place`` (of the row), ``entry_id`` and ``is_same`` of those that were there before.
    """
    if not posting.rows.height:
        return pl.DataFrame(schema=door.ENTRY_FOUND)
    frame = posting.rows.select(
        pl.lit(intake.owner.id).alias("organisation_id"),
        "account_id",
        "kind",
        "value_date",
        pl.lit(intake.day.day, pl.Int32).alias("book_day"),
        "amount_minor",
        "principal_minor",
        *(pl.col(name) if name in posting.rows.columns else said.alias(name) for name, said in _OPTIONAL.items()),
        pl.lit(posting.source_kind).alias("source_kind"),
        "source_ref",
        pl.lit(intake.staff, pl.Int64).alias("posted_by_id"),
    )
    found = door.post(frame, using=intake.using, expect_known=posting.source_kind in intake.knows_some)
    if found.height:
        intake.knows_some.add(posting.source_kind)
        frame = frame.with_row_index("place").join(found, on="place", how="anti")
    intake.touch(frame["account_id"], by_payment=posting.is_payment)
    return found


def taken_by_others(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Return as faults the rows whose ``reference`` belongs to an entry that says something else."""
    other = rows.with_row_index("place").join(found.filter(~pl.col("is_same")), on="place", how="semi")
    return faults_where(other, pl.lit(value=True), "reference", "reference_taken")
