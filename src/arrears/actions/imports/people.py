"""Persons and how they are reached, as rows of tables: names put together, identifiers sealed, numbers in place."""

from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
import polars as pl
from phonenumbers import timezone as phone_zones

from arrears.actions.imports.intake import Intake
from arrears.packs.places import zones_of_place
from arrears.store import copying, sealed
from arrears.store.doors import intake as door

POINTS = (
    ("mobile", "phone", "mobile"),
    ("work_phone", "phone", "work"),
    ("home_phone", "phone", "home"),
    ("email", "email", "other"),
    ("address", "address", "home"),
)
"""Columns beside a person that are contact points: the column, its kind, its use."""
_UNKNOWN_ZONE = "Etc/Unknown"


def named() -> pl.Expr:
    """Return each row's full name: as given, else put together in the order of the name's own script."""
    given, family = pl.col("given_name").fill_null(""), pl.col("family_name").fill_null("")
    is_han = (family + given).str.contains(r"^[\u3400-\u9fff·]+$")
    composed = pl.when(is_han).then(family + given).otherwise((given + " " + family).str.strip_chars())
    return pl.coalesce("full_name", pl.when(composed != "").then(composed))


def add_persons(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    """Add persons (one row each, their number new to the owner); return ``person_number`` with ``person_id``."""
    ids = copying.reserve_ids("person", rows.height, using=intake.using)
    frame = rows.select(
        pl.Series("id", ids),
        pl.lit(intake.owner.id).alias("organisation_id"),
        pl.col("person_number").alias("number"),
        pl.coalesce("person_kind", pl.lit("natural")).alias("kind"),
        pl.coalesce(named(), "person_number").alias("full_name"),
        pl.col("given_name").fill_null(""),
        pl.col("family_name").fill_null(""),
        pl.coalesce("language", pl.lit(intake.owner.language)).alias("language"),
        pl.coalesce("country", pl.lit(intake.owner.country)).alias("country"),
        pl.col("region").fill_null(""),
        *_sealed(intake, rows, ids.tolist()),
    )
    door.add("person", frame, using=intake.using)
    intake.meet(frame["id"])
    return frame.select(pl.col("number").alias("person_number"), pl.col("id").alias("person_id"))


def _sealed(intake: Intake, rows: pl.DataFrame, ids: list[int]) -> Iterator[pl.Series]:
    """Yield the sealed columns as PostgreSQL reads bytes; nothing is sealed where nothing was given."""
    said = list(zip(ids, rows["national_id"], strict=True))
    born = zip(ids, rows["birth_date"], strict=True)
    yield pl.Series(
        "national_id_sealed",
        [_bytes(each and sealed.seal(each, f"person.national_id {i}")) for i, each in said],
        pl.String,
    )
    yield pl.Series(
        "national_id_index", [_bytes(each and sealed.blind(each, intake.owner.id)) for _, each in said], pl.String
    )
    yield pl.Series(
        "birth_date_sealed",
        [_bytes(each and sealed.seal(each.isoformat(), f"person.birth_date {i}")) for i, each in born],
        pl.String,
    )


def _bytes(value: bytes | str | None) -> str | None:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else None


def add_points(intake: Intake, rows: pl.DataFrame) -> int:
    """Add the contact points that stand in columns beside each ``person_id``; return how many are new or changed."""
    frames = [
        rows.filter(pl.col(column).is_not_null()).select(
            "person_id",
            pl.lit(kind).alias("kind"),
            pl.lit(use).alias("use"),
            pl.col(column).alias("value"),
            pl.col(column).alias("normalised"),
            "country",
            "region",
            pl.lit(str(intake.source)).alias("source"),
            pl.lit(value=True).alias("is_valid"),
        )
        for column, kind, use in POINTS
        if column in rows.columns
    ]
    return keep_points(intake, pl.concat(frames)) if frames else 0


def keep_points(intake: Intake, points: pl.DataFrame) -> int:
    """Add contact points or change those that are known; return how many were new or changed (P19)."""
    if not points.height:
        return 0
    normal = points.with_columns(
        pl.when(pl.col("kind") == "phone")
        .then("normalised")
        .otherwise(pl.col("normalised").str.to_lowercase().str.replace_all(r"\s+", " "))
        .alias("normalised"),
        pl.col("country").fill_null(""),
        pl.col("region").fill_null(""),
    ).unique(["person_id", "kind", "normalised"], keep="last", maintain_order=True)
    intake.meet(normal["person_id"])
    frame = normal.with_columns(_zones(normal), pl.lit(intake.owner.id).alias("organisation_id"))
    return door.add_or_change(
        "contact_point", frame, ("person_id", "kind", "normalised"), ("use", "is_valid", "source"), using=intake.using
    )


def compared(kind: str, normalised: str | None) -> str | None:
    """Return a normalised point as the book compares it: what is no telephone in lower case and with single spaces."""
    return normalised if normalised is None or kind == "phone" else " ".join(normalised.lower().split())


def _zones(points: pl.DataFrame) -> pl.Series:
    """Return every time zone to which each contact point may lead, as PostgreSQL reads a list.

    A number tells by its first digits, an address by its place; a number that tells nothing leads to its country.
    """
    words = [
        "{" + ",".join(_zones_of_point(*point)) + "}"
        for point in points.select("kind", "normalised", "country", "region").iter_rows()
    ]
    return pl.Series("timezones", words, dtype=pl.String)


def _zones_of_point(kind: str, normalised: str, country: str, region: str) -> tuple[str, ...]:
    if kind == "phone":
        return zones_of(normalised) or zones_of_place(country)
    return zones_of_place(country, region) if kind == "address" else ()


def zones_of(number: str) -> tuple[str, ...]:
    """Return the time zones in which an E.164 number may be: by its first digits, so many numbers cost one look."""
    return _zones_of_prefix(number[:8], len(number))


@lru_cache(maxsize=100_000)
def _zones_of_prefix(prefix: str, length: int) -> tuple[str, ...]:
    try:
        number = phonenumbers.parse(prefix.ljust(length, "0"), None)
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in phone_zones.time_zones_for_number(number) if zone != _UNKNOWN_ZONE)
