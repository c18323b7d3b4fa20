"""The day's work: one person at a time, held for one collector, decided and asked about again before being served.

The list comes from the night; what happened since wins. Who has paid is off it, who asked to be called at three is up
at three, and whoever the gate refuses is left for a better hour without anybody having to look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from arrears.actions import contacts, history, people
from arrears.actions.decisions import Redecided
from arrears.actions.mistakes import mistake
from arrears.engine.gate import Answer, Verdict
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import day_bounds, local_day
from arrears.kernel.problems import Problem
from arrears.packs.dispositions import dispositions, skip_reasons
from arrears.packs.loading import load
from arrears.store.doors import contact_records as records
from arrears.store.doors import serving, work_holds, workers
from arrears.store.doors.serving import Candidate, Rules
from arrears.store.scope import current

HELD_FOR: Final = timedelta(minutes=30)
"""How long a person stays with a collector who does nothing: a house assumption, so that nobody is locked away."""

CALLS: Final = frozenset(
    {
        "call",
        "check_promise",
        "answer_broken_promise",
        "agree_arrangement",
        "negotiate",
        "find_person",
        "review_recovery",
    }
)
CONTACTS: Final = CALLS | {"look_after_cure", "send_message", "send_reminder"}
"""Next actions that reach out to the person; for the others no leave of the gate is needed."""

_BATCH: Final = 20
_MOST_LOOKED_AT: Final = 400


@dataclass(frozen=True, slots=True)
class Served:
    """The person a collector works now, and why: the lead debt, what to do, and how they may be reached.

    ``contact_point`` and ``verdict`` are those of the first number that the gate lets through; None where the next
    action is no contact, or where the person was already held when this was asked.
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

    Who holds somebody already gets the same person again. Otherwise the list is walked in its order; whoever another
    collector is just being served is passed by without waiting. Each candidate is decided about again and asked about
    at the gate first. ``staff`` is the user of the scope unless said.
    """
    who = staff or current(using).user
    assert who is not None
    held = serving.held_for(who, now, using=using)
    if held is not None:
        until = now + HELD_FOR
        work_holds.hold_person(held, who, now=now, until=until, using=using)
        return Served(held, None, "", 0, 0, until)
    for candidate in _candidates(who, now, using):
        served = _serve(candidate, who, now, using)
        if served is not None:
            return served
    return None


def _candidates(who: int, now: datetime, using: str) -> Iterator[Candidate]:
    zone = _zone(using)
    today = local_day(now, zone)
    for skip in range(0, _MOST_LOOKED_AT, _BATCH):
        found = serving.servable(
            who,
            today=today,
            day=epoch_day(today),
            since=day_bounds(today, zone)[0],
            back_since=now - contacts.SAME_DAY_RETURN,
            now=now,
            rules=_rules(),
            most=_BATCH,
            skip=skip,
            using=using,
        )
        yield from found
        if len(found) < _BATCH:
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
    found = _what_now(candidate, now, using)
    if found is None:
        return None
    action = load().name("next_action", found.next_action)
    point: int | None = None
    verdict: Verdict | None = None
    if action in CONTACTS:
        reached = _reachable(candidate.person, now, using)
        if reached is None:
            return None
        point, verdict = reached
    until = now + HELD_FOR
    if not work_holds.hold_person(candidate.person, who, now=now, until=until, using=using):
        return None
    history.append(
        "person_served",
        owner=candidate.owner,
        person=candidate.person,
        account=found.account,
        now=now,
        using=using,
        run=candidate.run,
        rank=candidate.rank,
        next_action=action,
    )
    return Served(candidate.person, found.account, action, candidate.tier, candidate.wave, until, point, verdict)


def _what_now(candidate: Candidate, now: datetime, using: str) -> Redecided | None:
    """Decide about the person again; None where nothing is left for us to do today: paid, promised, stopped, moved."""
    scope = current(using)
    decided = people.redecide([candidate.person], now=now, using=using)
    found = next((one for one in decided if one.working == scope.organisation), None)
    if found is None or not (found.is_listed or (candidate.is_back and _is_still_to_call(found, now, using))):
        return None
    return found if candidate.staff or _is_of_our_team(found, using) else None


def _is_still_to_call(found: Redecided, now: datetime, using: str) -> bool:
    """Return whether who is back on the list, because nothing rang or they asked for it, is still to be called."""
    action = load().name("next_action", found.next_action)
    is_due = found.next_on <= epoch_day(local_day(now, _zone(using)))
    return action in CALLS and (is_due or action != "check_promise")


def _is_of_our_team(found: Redecided, using: str) -> bool:
    """Return whether the pool's person is of the collector's team; who is in none the strategy names serves all."""
    own = workers.own(using=using)
    strategy = load()
    team = strategy.facts["owner_team"].number_of(own.team) if own and own.team else None
    return not team or found.owner_team == team


def _reachable(person: int, now: datetime, using: str) -> tuple[int, Verdict] | None:
    """Return the first telephone number of the person that the gate does not refuse now, with its verdict."""
    phones = records.phones_of(person, using=using)
    for point, verdict in contacts.dry_verdicts(person, phones, now=now, using=using).items():
        if isinstance(verdict, Verdict) and verdict.answer is not Answer.REFUSE:
            return point, verdict
    return None


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
    due = days.promises_due(on, staff)
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
