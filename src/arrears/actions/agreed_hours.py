"""Hours that were agreed with a person: from one hour before until one hour after (P34), by their own clock."""

from datetime import datetime, timedelta
from typing import Final

from arrears.domain.holds import WeeklyWindow
from arrears.kernel.hours import local_time
from arrears.store.doors import contact_records as records

AROUND: Final = timedelta(hours=1)


def around(at: datetime, zone: str) -> WeeklyWindow:
    """Return the window around the instant ``at``, by the clock of ``zone``, on the one date it starts on."""
    start, until = (local_time(at + step, zone) for step in (-AROUND, AROUND))
    return WeeklyWindow(frozenset((start.weekday(),)), start.time(), until.time(), on=start.date())


def zone_of(person: int, owner: int, *, using: str = "default") -> str:
    """Return the zone by which an hour is agreed with a person: the first of theirs, else that of the debt's owner."""
    reached = records.reached_person(person, using=using)
    zones = reached.zones if reached else ()
    return zones[0] if zones else records.house_of(owner, using=using).timezone
