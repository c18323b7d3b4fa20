"""Relations: who besides the main debtor is party to a debt, in which role, and why they may be told of it."""

import polars as pl

from arrears.actions.imports.intake import Brought, Intake, checked, together
from arrears.store.doors import intake as door

_LIABLE = ("debtor", "co_obligor", "guarantor")


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Add parties to known debts; without a said ground, who is liable may be told, and nobody else."""
    rows, unknown = intake.with_accounts(rows)
    rows, nobody = intake.with_persons(rows.drop("person_id"))
    rows = rows.with_columns(
        pl.coalesce("disclosure_basis", _ground()).alias("disclosure_basis"),
        pl.coalesce("from_on", "account_opened_on").alias("from_on"),
    )
    rows, faults = checked(rows, (pl.col("until_on") < pl.col("from_on"), "until_on", "runs_backward"))
    frame = rows.select(
        pl.lit(intake.owner.id).alias("organisation_id"),
        "account_id",
        "person_id",
        "role",
        "disclosure_basis",
        "from_on",
        "until_on",
    ).unique(["person_id", "account_id", "role", "from_on"], keep="last", maintain_order=True)
    new = door.add_or_change(
        "account_party",
        frame,
        ("person_id", "account_id", "role", "from_on"),
        ("disclosure_basis", "until_on"),
        using=intake.using,
    )
    intake.meet(rows["person_id"] if new else rows["person_id"].head(0))
    intake.touch(rows["account_id"] if new else rows["account_id"].head(0))
    return Brought(new, rows.height - new, together((unknown, nobody, faults)))


def _ground() -> pl.Expr:
    """A spouse, a minor's parent, a guardian, an executor count as the consumer in law only where the file says so."""
    return pl.when(pl.col("role").is_in(_LIABLE)).then(pl.lit("liable")).otherwise(pl.lit("none"))
