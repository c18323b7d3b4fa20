"""Contact points: numbers, e-mail and postal addresses of known persons, from allowed sources only (R07, R13)."""

from typing import Final

import polars as pl

from arrears.actions.imports import people
from arrears.actions.imports.intake import Brought, Intake, checked, together
from arrears.engine.intake.refusals import ALLOWED_SOURCES
from arrears.engine.intake.values import e164

MOST_POINTS: Final = 12
"""More numbers than this for one person are no contract data but somebody's phone book (R13): none of them is kept."""


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Add what reaches known persons, or bring it up to date (P19)."""
    rows = rows.with_columns(
        pl.col("source").fill_null(str(intake.source)),
        pl.col("is_valid").fill_null(value=True),
        pl.coalesce("point_kind", _kind_by_look()).alias("point_kind"),
    )
    rows, refused = checked(
        rows,
        (~pl.col("source").is_in([str(source) for source in ALLOWED_SOURCES]), "source", "source_not_allowed"),
        (pl.len().over("person_number") > MOST_POINTS, "value", "source_not_allowed"),
    )
    rows, nobody = intake.with_persons(rows)
    rows = rows.with_columns(pl.coalesce("country", "person_country").alias("country"), _normalised(intake, rows))
    rows, faults = checked(
        rows,
        (pl.col("normalised").is_null() & (pl.col("point_kind") == "phone"), "value", "not_a_phone"),
        (pl.col("normalised").is_null() & (pl.col("point_kind") == "email"), "value", "not_an_email"),
    )
    points = rows.select(
        "person_id",
        pl.col("point_kind").alias("kind"),
        _use().alias("use"),
        "value",
        "normalised",
        "country",
        "region",
        "source",
        "is_valid",
    )
    new = people.keep_points(intake, points)
    return Brought(new, rows.height - new, together((refused, nobody, faults)))


def _kind_by_look() -> pl.Expr:
    value = pl.col("value")
    return (
        pl.when(value.str.contains("@"))
        .then(pl.lit("email"))
        .when(value.str.contains(r"^[+\d\s().\-/ext]{6,}$"))
        .then(pl.lit("phone"))
        .otherwise(pl.lit("address"))
    )


def _use() -> pl.Expr:
    by_kind = pl.when(pl.col("point_kind") == "address").then(pl.lit("home")).otherwise(pl.lit("other"))
    return pl.coalesce("use", by_kind)


def _normalised(intake: Intake, rows: pl.DataFrame) -> pl.Series:
    """Return each point as it is compared: E.164, an e-mail in lower case, an address as it is."""
    said = rows.select("point_kind", "value", pl.coalesce("country", "person_country", pl.lit(intake.owner.country)))
    normal = [normalised(kind, value, country) for kind, value, country in said.iter_rows()]
    return pl.Series("normalised", normal, dtype=pl.String)


def normalised(kind: str, value: str, country: str) -> str | None:
    """Return a point as it is kept to be compared: E.164, an e-mail in lower case; None where it is none."""
    if kind == "phone":
        return e164(value, country)
    if kind == "email":
        return value.lower() if value.count("@") == 1 and " " not in value else None
    return value
