"""The clocks of a case file: which start with it, what settles them, and the next day on which something is due."""

from datetime import date, datetime, time, timedelta
from typing import Final

from arrears.domain.case_files import CaseKind, CaseState, ClockState, Moratorium, breathing_space, crisis_moratorium
from arrears.kernel.calendars import Place
from arrears.kernel.hours import instant_of
from arrears.packs.clocks import Clock, clock, clocks, clocks_for
from arrears.store.doors import case_files as rows
from arrears.store.doors.case_files import Kept
from arrears.store.doors.contact_records import House, Record

TELL_HOLDER: Final = "house.tell_holder"
FREEZE: Final = "house.freeze_charges"
BREATHING_SPACE: Final = "uk.drs.26"
CRISIS: Final = "uk.drs.32"
ADVISER: Final = "house.adviser"


def start(found: Kept, record: Record, received: date, *, turn: int = 0, using: str = "default") -> None:
    """Start the clocks of a new case file, counted from the days that its facts name."""
    place = _calendar(record.owner, record)
    natural = {"person": record.person.kind}
    chosen = clocks_for(
        found.kind,
        places=(*record.person.places, record.person.place, *(debt.place for debt in record.owed)),
        regulator=found.regulator,
        facts={**natural, **found.facts},
        on=received,
        switched_on=switched_on(record.house, record.owner),
    )
    for one in chosen:
        begin(found, one, received, place, turn=turn, using=using)
    refresh(found.id, using=using)


def begin(found: Kept, one: Clock, received: date, place: Place, *, turn: int = 0, using: str = "default") -> None:
    """Start one clock; a task has no day, and one that is counted from a day nobody knows waits for it."""
    counted = received if one.counted_from == "received" else _told(found, one.counted_from)
    if one.period is None:
        rows.start_clock(found, one.id, counted_from=received, due_on=None, turn=turn, using=using)
    elif counted is not None:
        due = _due(found, one, counted, place)
        rows.start_clock(found, one.id, counted_from=counted, due_on=due, turn=turn, using=using)


def _due(found: Kept, one: Clock, counted: date, place: Place) -> date:
    moratorium = moratorium_of(found)
    if one.ends_hold and moratorium is not None and moratorium.last is not None:
        return moratorium.last
    assert one.period is not None
    return one.period.ends(counted, place)


def _told(found: Kept, fact: str) -> date | None:
    said = found.facts.get(fact)
    return date.fromisoformat(said) if isinstance(said, str) and said else None


def moratorium_of(found: Kept) -> Moratorium | None:
    """Return the days of a moratorium; None where the case is of another kind."""
    registered = _told(found, "registered_on")
    if registered is None:
        return None
    if found.kind is CaseKind.BREATHING_SPACE:
        return breathing_space(registered, _days(BREATHING_SPACE))
    if found.kind is CaseKind.CRISIS_MORATORIUM:
        return crisis_moratorium(registered, _told(found, "treatment_ended_on"), _days(CRISIS))
    return None


def last_day_of_hold(found: Kept) -> date | None:
    """Return the last day on which collection waits for an adviser's plan; None for every other kind of case.

    By the house's own number. One that is over when the letter is opened holds from then all the same.
    """
    wrote = _told(found, "wrote_on")
    if found.kind is not CaseKind.ADVISER or wrote is None:
        return None
    return wrote + timedelta(days=_days(ADVISER))


def _days(name: str) -> int:
    period = clocks()[name].period
    assert period is not None
    return period.number


def switched_on(*houses: House) -> frozenset[str]:
    """Return the clocks that ship off and that these organisations switched on by name."""
    return frozenset(name for one in houses for name in one.settings.get("clocks", {}).get("switched_on", ()))


def _calendar(owner: House, record: Record) -> Place:
    """Return the calendar of business days: the owner's country, with the person's region where it is the same."""
    country, _, region = record.person.place.partition("-")
    return Place(owner.country, region if country == owner.country else "")


def calendar_of(record: Record) -> Place:
    """Return the calendar in which the business days of a person's case files are counted."""
    return _calendar(record.owner, record)


def refresh(case: int, *, using: str = "default") -> None:
    """Keep on the case file the next day on which a duty ends, and whether one was missed and nobody answered yet."""
    running = rows.clocks_of(case, using=using)
    due = [one.due_on for one in running if one.state is ClockState.RUNNING and one.due_on and _is_duty(one.rule)]
    found = rows.kept(case, using=using)
    is_open = found is not None and found.state is CaseState.OPEN
    late = is_open and any(one.state is ClockState.MISSED for one in running)
    rows.change(case, due_on=min(due, default=None), is_late=late, using=using)


def _is_duty(rule: str) -> bool:
    found = clock(rule)
    return found is None or found.is_duty


def meet(found: Kept, answer: str, *, now: datetime, using: str = "default") -> tuple[str, ...]:
    """Stop the running clocks that an answer meets; return their rules."""
    met = []
    for one in rows.clocks_of(found.id, using=using):
        rule = clock(one.rule)
        fits = rule is not None and answer in rule.met_by
        if fits and rows.settle_clock(one.id, ClockState.MET, at=now, using=using):
            met.append(one.rule)
    return tuple(met)


def drop(found: Kept, *, now: datetime, using: str = "default") -> None:
    """Drop what still runs: the case is closed, and nothing is owed in it any more."""
    for one in rows.clocks_of(found.id, using=using):
        rows.settle_clock(one.id, ClockState.DROPPED, at=now, using=using)


def midnight(day: date, zone: str) -> datetime:
    """Return the first instant of a day by the owner's clock."""
    return instant_of(day, time(0), zone)
