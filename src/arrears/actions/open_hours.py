"""From when a call to each of many people is open, by clock, place and calendar alone: asked before anything dearer.

What it says closed the gate would refuse as well; who passes is still asked about there. Whoever agreed to hours of
their own is never closed here, because the clock is then not the last word.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from arrears.actions.agreed_hours import AROUND
from arrears.actions.gatekeeping import collector_kind
from arrears.actions.rule_books import book_for, settings_of
from arrears.engine.allocate.openings import opening_of
from arrears.engine.allocate.waves import MINUTES_OF_DAY
from arrears.engine.gate import CollectorKind, RuleBook, Settings
from arrears.kernel.hours import day_bounds, instant_of, local_day
from arrears.store.doors import consents, readings
from arrears.store.doors import contact_records as records
from arrears.store.doors.readings import Shared
from arrears.store.doors.serving import Candidate
from arrears.store.scope import current


def open_from(candidates: Sequence[Candidate], *, now: datetime, using: str = "default") -> tuple[datetime | None, ...]:
    """Return the instant from which each may be called: ``now`` where the hours are open, else the next opening.

    Looks at today and tomorrow on the person's own calendar; None where neither has an open hour. One query for all.
    """
    if not candidates:
        return ()
    shared = readings.shared_of([one.account for one in candidates], using=using)
    agreed = consents.with_agreed_hours(
        [one.person for one in candidates], now, agreed_until=now + 2 * AROUND, using=using
    )
    house = records.house_of(current(using).organisation, using=using)
    kind = collector_kind(house.kind, house.settings)
    rules = {owner: _rules(house, owner, now, using) for owner in {one.owner for one in candidates}}
    return tuple(
        now
        if one.is_asked_for or one.person in agreed or not _is_known(at)
        else _opens(at, now, kind, *rules[one.owner])
        for one, at in zip(candidates, shared, strict=True)
    )


def _rules(house: records.House, owner: int, now: datetime, using: str) -> tuple[RuleBook, Settings]:
    both = {house.id: house.settings, owner: records.house_of(owner, using=using).settings}
    said, on = list(both.values()), local_day(now, house.timezone)
    return book_for(said, on, using=using), settings_of(said, on, using=using)


def _is_known(at: Shared) -> bool:
    """Return whether the clock alone can say no: there is one, and the hours kept for consumers are meant."""
    return bool(at.zones) and at.consumer_purpose is not False


def _opens(
    at: Shared, now: datetime, kind: CollectorKind | None, book: RuleBook, settings: Settings
) -> datetime | None:
    today = local_day(now, at.zones[0])
    for day in (today, today + timedelta(days=1)):
        hours = _hours(at, day, kind, book, settings)
        if hours is not None and now < hours[1]:
            return max(now, hours[0])
    return None


def _hours(
    at: Shared, day: date, kind: CollectorKind | None, book: RuleBook, settings: Settings
) -> tuple[datetime, datetime] | None:
    """Return the instants ``[from, until)`` between which a call is open on a day; None where it is not at all."""
    zone = at.zones[0]
    opens, closes = opening_of(book, day, places=at.places[:1], zones=at.zones, collector=kind, settings=settings)
    if opens == closes:
        return None
    end = day_bounds(day, zone)[1] if closes >= MINUTES_OF_DAY else instant_of(day, _wall(closes), zone, later=True)
    return instant_of(day, _wall(opens), zone), end


def _wall(minute: int) -> time:
    return time(*divmod(minute, 60))
