"""Parties: the people and companies, with what reaches them. A known number's data are brought up to date (P19)."""

import polars as pl

from arrears.actions.imports import people
from arrears.actions.imports.intake import Brought, Intake, checked, once, together
from arrears.store.doors import intake as door

_CHANGING = ("full_name", "given_name", "family_name", "language", "country", "region")


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Add the persons that are new, bring the known up to date, and keep what reaches them."""
    rows, twice = once(rows, "person_number")
    rows, faults = checked(rows, (people.named().is_null(), "full_name", "missing"))
    joined = rows.join(intake.persons(rows["person_number"]), on="person_number", how="left", maintain_order="left")
    fresh = joined.filter(pl.col("person_id").is_null()).drop("person_id")
    known = joined.filter(pl.col("person_id").is_not_null())
    added = people.add_persons(intake, fresh) if fresh.height else None
    changed = _bring_up_to_date(intake, known) if known.height else 0
    intake.meet(known["person_id"] if changed else known["person_id"].head(0))
    intake.forget()
    everybody = [known] if added is None else [known, fresh.join(added, on="person_number", how="left")]
    people.add_points(intake, pl.concat(everybody, how="diagonal"))
    return Brought(fresh.height + changed, known.height - changed, together((twice, faults)))


def _bring_up_to_date(intake: Intake, known: pl.DataFrame) -> int:
    """Set names, place and language of known persons where the file says them; return how many changed."""
    said = known.with_columns(people.named().alias("full_name")).select(
        pl.col("person_id").alias("id"),
        pl.lit(intake.owner.id).alias("organisation_id"),
        pl.col("person_number").alias("number"),
        pl.coalesce("person_kind", pl.lit("natural")).alias("kind"),
        pl.coalesce("full_name", "person_name").alias("full_name"),
        pl.col("given_name").fill_null(""),
        pl.col("family_name").fill_null(""),
        pl.coalesce("language", "person_language").alias("language"),
        pl.coalesce("country", "person_country").alias("country"),
        pl.coalesce("region", "person_region", pl.lit("")).alias("region"),
    )
    return door.add_or_change("person", said, ("id",), _CHANGING, using=intake.using)
