"""Contact with one person counted across creditors (R09): off, unless an organisation says on what lawful basis.

Each organisation that takes part adds its own contacts under a keyed hash of the person's national identifier. Of the
others it learns one thing, from when on another contact is within its limit: never a count, a reason or a name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from arrears.store.doors import across as rows
from arrears.store.doors import contact_records as records
from arrears.store.scope import current

SETTING: Final = "across_creditors"
LONGEST_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class TakesPart:
    """On what basis an organisation counts with others, and how many contacts in how many days it lets be."""

    basis: str
    most: int
    days: int


def takes_part(settings: Mapping[str, Any]) -> TakesPart | None:
    """Return how an organisation counts with others; None where it does not, which is so unless it names a basis."""
    said = settings.get("gate", {}).get(SETTING) or {}
    if not str(said.get("basis", "")).strip():
        return None
    days = min(max(int(said.get("days", 7)), 1), LONGEST_DAYS)
    return TakesPart(str(said["basis"]), max(int(said.get("limit", 7)), 1), days)


def not_before(record: records.Record, *, now: datetime, using: str = "default") -> datetime | None:
    """Return from when on one more contact with the person is within the limit across creditors; None where it is."""
    part = takes_part(record.house.settings)
    key = None if part is None else rows.key_of(record.person.id, record.person.place[:2], using=using)
    if part is None or key is None:
        return None
    return rows.not_before(key, now=now, most=part.most, days=part.days, using=using)


def note(person: int, at: datetime, *, using: str = "default") -> bool:
    """Count a contact of ours across creditors; return whether it was (it is not where we take no part)."""
    if takes_part(records.house_of(current(using).organisation, using=using).settings) is None:
        return False
    reached = records.reached_person(person, using=using)
    key = None if reached is None else rows.key_of(person, reached.place[:2], using=using)
    if key is None:
        return False
    rows.add(key, at, using=using)
    return True
