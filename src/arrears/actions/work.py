"""The day's work: one person at a time, held for one collector, decided and asked about again before being served.

The list comes from the night; what happened since wins. Who has paid is off it, who asked to be called at three is up
at three, and whoever the gate refuses is left for a better hour without anybody having to look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Final

from arrears.actions import contacts, history, people
from arrears.actions.mistakes import mistake
from arrears.actions.open_hours import open_from
from arrears.actions.still_to_work import Work, may_need_the_gate, own_team, still_to_work
from arrears.engine.gate import Verdict
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import day_bounds, local_day
from arrears.kernel.problems import Problem
from arrears.packs.dispositions import dispositions, skip_reasons
from arrears.store.doors import contact_records as records
from arrears.store.doors import ongoing, serving, work_holds
from arrears.store.doors.serving import Candidate, Rules
from arrears.store.scope import current

HELD_FOR: Final = timedelta(minutes=30)
"""How long a person stays with a collector who does nothing: a house assumption, so that nobody is locked away."""

_BATCHES: Final = (20, 200, 2_000)
"""How many of the list are read at a time: few at first, as the first mostly will do."""
_MOST_DECIDED: Final = 400
"""How many are decided about anew before we say that nobody is left: a house limit on how long one waits."""
_LONGEST_CALL: Final = timedelta(hours=14)
"""A call without an end is still going on for so long, as on the screen: a working day."""


@dataclass(frozen=True, slots=True)
class Served:
    """The person a collector works now, and why: the lead debt, what to do, and how they may be reached.

    ``contact_point`` and ``verdict`` are those of the first number that the gate lets through; None where the next
    action is no contact, or where the person is on the line already: then nothing is decided about them anew.
    """

    person: int
    account: int | None
    next_action: str
    tier: int
    wave: int
    held_until: datetime
    contact_point: int | None = None
    verdict: Verdict | None = None


def get_next(staff: int | None = None, *, now: datetime, using: str = "default") -> Served | None:
    """Hold the next person for the collector and return them; None where nobody is left who may be worked now.

    Who holds somebody already gets the same person again, while on the line or as long as there is still something to
    do; else the person is let go. Otherwise the list is walked in its order; whoever another collector is just being
    served is passed by without waiting, and so is whose hours are closed. Each other candidate is decided about again
    and asked about at the gate first. ``staff`` is the user of the scope unless said.
    """
    who = staff or current(using).user
    assert who is not None
    held = serving.held_for(who, now, using=using)
    if held is not None and (kept := _keep(held, who, now, using)) is not None:
        return kept
    for candidate in islice(_open_now(who, now, using), _MOST_DECIDED):
        served = _serve(candidate, who, now, using)
        if served is not None:
            return served
    return None


def next_opening(staff: int | None = None, *, now: datetime, using: str = "default") -> datetime | None:
    """Return when the hours of the first closed person on the collector's list open; None where none is closed."""
    who = staff or current(using).user
    assert who is not None
    found = (at for batch in _candidates(who, now, using) for _, at in _with_hours(batch, now, using))
    return min((at for at in found if at is not None and at > now), default=None)


def _keep(person: int, who: int, now: datetime, using: str) -> Served | None:
    """Prolong one's hold on a person; None, and the hold is gone, where nothing is left to do with them."""
    until = now + HELD_FOR
    found = records.reached_person(person, using=using)
    work: Work | None = None
    if found is not None and who not in ongoing.on_the_line(person, now - _LONGEST_CALL, using=using):
        held = Candidate(person, 0, found.owner, 0, who, 0, 0, 0, 0, is_asked_for=False, is_back=True)
        work = still_to_work(held, now, using)
        if work is None:
            work_holds.release_person(person, who, using=using)
            history.append("person_released", owner=found.owner, person=person, now=now, using=using)
            return None
    work_holds.hold_person(person, who, now=now, until=until, using=using)
    if work is None:
        return Served(person, None, "", 0, 0, until)
    return Served(person, work.found.account, work.action, work.found.tier, 0, until, work.contact_point, work.verdict)


def _open_now(who: int, now: datetime, using: str) -> Iterator[Candidate]:
    """Yield whose hours are open, or who needs none, in the order of the list."""
    for batch in _candidates(who, now, using):
        yield from (one for one, at in _with_hours(batch, now, using) if at == now)


def _with_hours(batch: list[Candidate], now: datetime, using: str) -> list[tuple[Candidate, datetime | None]]:
    """Return candidates with the instant from which they may be worked, ``now`` for who needs no call."""
    hours = dict(zip(batch, open_from(batch, now=now, using=using), strict=True))
    return [(one, hours[one] if may_need_the_gate(one) else now) for one in batch]


def _candidates(who: int, now: datetime, using: str) -> Iterator[list[Candidate]]:
    zone = _zone(using)
    today = local_day(now, zone)
    team = own_team(using=using)
    skip = 0
    for most in _BATCHES:
        found = serving.servable(
            who,
            today=today,
            day=epoch_day(today),
            since=day_bounds(today, zone)[0],
            back_since=now - contacts.SAME_DAY_RETURN,
            now=now,
            rules=_rules(),
            most=most,
            skip=skip,
            team=team,
            using=using,
        )
        yield found
        skip += most
        if len(found) < most:
            return


@cache
def _rules() -> Rules:
    return Rules(
        passes_on=tuple(reason.code for reason in skip_reasons().values() if reason.passes_on),
        returns_today=tuple(one.code for one in dispositions().values() if one.returns_today),
    )


def _serve(candidate: Candidate, who: int, now: datetime, using: str) -> Served | None:
    """Hold a candidate who is still to be worked and may be reached; None where it is not so or they are taken."""
    if not serving.has_turn(candidate.person, using=using):
        return None
    work = still_to_work(candidate, now, using)
    if work is None:
        return None
    until = now + HELD_FOR
    if not work_holds.hold_person(candidate.person, who, now=now, until=until, using=using):
        return None
    history.append(
        "person_served",
        owner=candidate.owner,
        person=candidate.person,
        account=work.found.account,
        now=now,
        using=using,
        run=candidate.run,
        rank=candidate.rank,
        next_action=work.action,
    )
    return Served(
        candidate.person,
        work.found.account,
        work.action,
        candidate.tier,
        candidate.wave,
        until,
        work.contact_point,
        work.verdict,
    )


def skip(person: int, reason: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Pass over the person one holds, for a reason of the list; counted, and back after the time the reason says."""
    known = skip_reasons().get(reason)
    if known is None:
        return mistake("skip_reason_unknown", "reason", said=reason)
    staff = current(using).user
    assert staff is not None
    found = records.reached_person(person, using=using)
    if found is None or not work_holds.release_person(person, staff, using=using):
        return mistake("not_held_by_you")
    on = local_day(now, _zone(using))
    returns_at = now + timedelta(minutes=known.in_minutes)
    serving.add_skip(person, found.owner, staff, reason=reason, on=on, at=now, returns_at=returns_at, using=using)
    history.append(
        "person_skipped",
        owner=found.owner,
        person=person,
        now=now,
        using=using,
        reason=reason,
        returns_at=returns_at.isoformat(),
        skips_today=serving.skips_of(person, on, using=using),
        tells_supervisor=known.tells_supervisor,
    )
    return None


def release(person: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Let go of the person one holds, after the note or without a call; they stay where they are on the list."""
    staff = current(using).user
    assert staff is not None
    found = records.reached_person(person, using=using)
    if found is None or not work_holds.release_person(person, staff, using=using):
        return mistake("not_held_by_you")
    history.append("person_released", owner=found.owner, person=person, now=now, using=using)
    return None


def hand_over(
    person: int,
    *,
    staff: int | None,
    team: str = "",
    now: datetime,
    until: datetime | None = None,
    using: str = "default",
) -> Problem | None:
    """Hand a person to a collector or a team by hand (P15), as a supervisor or manager; the newest in force wins."""
    if not people.is_in_charge(using=using):
        return mistake("may_not_decide")
    found = records.reached_person(person, using=using)
    if found is None:
        return mistake("person_not_found", "person")
    serving.add_assignment(person, found.owner, staff=staff, team=team, at=now, until=until, using=using)
    history.append("person_handed_over", owner=found.owner, person=person, now=now, using=using, to=staff, team=team)
    return None


@dataclass(frozen=True, slots=True)
class Today:
    """A collector's day in numbers. Money is (currency, minor units); promises are counted by their hour."""

    on: date
    target: int
    tried: int
    reached: int
    promises_taken: int
    promised: tuple[tuple[str, int], ...]
    skips: int
    due_by_hour: tuple[tuple[int, int], ...]
    kept: int


def today(staff: int, *, now: datetime) -> Today:
    """Return how the collector's day stands: the list, what is done of it, which promises fall due at which hour."""
    from arrears.store.doors import days

    zone = _zone("default")
    on = local_day(now, zone)
    start = day_bounds(on, zone)[0]
    done = days.done_since(start, staff)
    waves = days.waves_of_day(epoch_day(on), start, staff)
    due = days.promises_due(on, staff, epoch_day(on))
    hours = sorted({promise.due_hour for promise in due})
    return Today(
        on=on,
        target=sum(wave.members for wave in waves),
        tried=sum(wave.tried for wave in waves),
        reached=done.right_party,
        promises_taken=done.promises,
        promised=done.promised,
        skips=done.skips,
        due_by_hour=tuple((hour, sum(promise.due_hour == hour for promise in due)) for hour in hours),
        kept=sum(promise.state in {"kept", "provisional"} for promise in due),
    )


def _zone(using: str) -> str:
    return records.house_of(current(using).organisation, using=using).timezone
