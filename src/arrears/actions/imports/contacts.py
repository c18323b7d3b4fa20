"""Contacts from a file: what was done before this book began (origin historic), and what others report since.

All count in every window like any other. What was done to a person after the book began had no permit of ours: it opens
an incident, whatever the file calls it.
"""

import polars as pl

from arrears.actions import history
from arrears.actions.history import Happened
from arrears.actions.imports import people
from arrears.actions.imports.contact_points import normalised
from arrears.actions.imports.intake import Brought, Intake, checked, once, together
from arrears.domain.contacts import KIND_OF_POINT, MEDIUM_OF, Channel, IncidentKind, Origin
from arrears.store import bookday, copying
from arrears.store.doors import intake as door
from arrears.store.scope import current


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Add past contacts with the main debtor, or with the person they name; each reference once.

    Without a reference who, how and when tell one from another.
    """
    own = pl.concat_str("account_number", "channel", pl.col("at").dt.epoch("s").cast(pl.String), separator="/")
    rows, ahead = checked(rows, (pl.col("at") > intake.now, "at", "still_ahead"))
    rows, unknown = intake.with_accounts(rows)
    rows = rows.with_columns(pl.coalesce("reference", own).alias("source_ref"), pl.col("person_id").alias("debtor_id"))
    named, nobody = intake.with_persons(rows.filter(pl.col("person_number").is_not_null()).drop("person_id"))
    rows = pl.concat([rows.filter(pl.col("person_number").is_null()), named], how="diagonal")
    rows, twice = once(rows, "source_ref")
    fresh = rows.join(
        door.attempts_known(rows["source_ref"].to_list(), using=intake.using), on="source_ref", how="anti"
    )
    fresh = fresh.with_columns(pl.Series("id", copying.reserve_ids("attempt", fresh.height, using=intake.using)))
    fresh = _at_points(intake, fresh.with_columns(_origin(intake).alias("origin")))
    door.add("attempt", _attempts(intake, fresh), using=intake.using)
    door.add("attempt_account", _about(intake, fresh), using=intake.using)
    _open_incidents(intake, fresh.filter(pl.col("origin") == Origin.AGENCY_REPORTED.value))
    intake.touch(fresh["account_id"])
    return Brought(fresh.height, rows.height - fresh.height, together((ahead, unknown, nobody, twice)))


def _origin(intake: Intake) -> pl.Expr:
    """Return how each contact came into the book, as `elsewhere.origin_of` says of one that is told by hand."""
    began = bookday.began_at(intake.owner.id, using=intake.using)
    historic = pl.lit(Origin.HISTORIC.value)
    if began is None:
        return historic
    told = pl.when(pl.col("direction") == "inbound").then(pl.lit(Origin.INBOUND.value))
    return pl.when(pl.col("at") < began).then(historic).otherwise(told.otherwise(pl.lit(Origin.AGENCY_REPORTED.value)))


def _open_incidents(intake: Intake, rows: pl.DataFrame) -> None:
    """Open an incident about each contact that nobody had leave for, and tell history of it."""
    if rows.is_empty():
        return
    own = pl.lit(intake.owner.id)
    kind = IncidentKind.UNPERMITTED_CONTACT.value
    ids = copying.reserve_ids("incident", rows.height, using=intake.using)
    said = rows.with_columns(pl.Series("incident_id", ids))
    facts = pl.concat_str(pl.lit('{"source": "import", "channel": "'), "channel", pl.lit('"}'))
    incidents = said.select(
        pl.col("incident_id").alias("id"),
        own.alias("organisation_id"),
        own.alias("by_organisation_id"),
        "person_id",
        pl.col("id").alias("attempt_id"),
        pl.lit(kind).alias("kind"),
        facts.alias("facts"),
        pl.lit(intake.now).alias("opened_at"),
    )
    door.add("incident", incidents, using=intake.using)
    told = [
        Happened(
            kind="incident_opened",
            owner=intake.owner.id,
            person=row["person_id"],
            staff=current(intake.using).user,
            facts={"incident": row["incident_id"], "incident_kind": kind, "channel": row["channel"],
                "origin": row["origin"]},
        )
        for row in said.iter_rows(named=True)
    ]  # fmt: skip
    history.append_all(told, now=intake.now, using=intake.using)


def _at_points(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the contact point of their person that the address used is; null where it is none of theirs."""
    kinds = [KIND_OF_POINT.get(MEDIUM_OF[Channel(channel)]) for channel in rows["channel"]]
    normal = [
        people.compared(kind, normalised(kind, said, intake.owner.country)) if kind and said else None
        for kind, said in zip(kinds, rows["address_used"], strict=True)
    ]
    rows = rows.with_columns(
        pl.Series("point_kind", kinds, dtype=pl.String), pl.Series("normalised", normal, dtype=pl.String)
    )
    points = door.points_of(rows["person_id"].unique().to_list(), using=intake.using)
    return rows.join(points, on=["person_id", "point_kind", "normalised"], how="left", maintain_order="left")


def _attempts(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    own = pl.lit(intake.owner.id)
    is_debtor = pl.col("person_id") == pl.col("debtor_id")
    return rows.select(
        "id",
        own.alias("organisation_id"),
        own.alias("by_organisation_id"),
        "person_id",
        "origin",
        pl.when(pl.col("direction") == "inbound")
        .then(pl.lit("from_person"))
        .otherwise(pl.lit("to_person"))
        .alias("direction"),
        pl.coalesce("role", pl.when(is_debtor).then(pl.lit("debtor")).otherwise(pl.lit("unknown"))).alias("role"),
        "channel",
        "contact_point_id",
        pl.col("address_used").fill_null("").alias("address"),
        pl.col("at").alias("started_at"),
        pl.lit(intake.day.day, pl.Int32).alias("book_day"),
        pl.lit("import").alias("source_kind"),
        "source_ref",
        "outcome",
        pl.col("at").alias("outcome_at"),
    )


def _about(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    own = pl.lit(intake.owner.id)
    return rows.select(
        own.alias("organisation_id"), own.alias("by_organisation_id"), "account_id", pl.col("id").alias("attempt_id")
    )
