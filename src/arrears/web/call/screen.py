"""What the call screen shows, gathered once for a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from arrears.actions import contacts, promises
from arrears.actions.disputed_parts import REST_ONLY, Part, parts_of
from arrears.actions.plans.drafting import IN_THE_WAY
from arrears.engine.gate import Answer, Effect, Spoken, Verdict
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import is_zone, local_time
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES, Text
from arrears.packs.loading import load
from arrears.store.doors import histories, ongoing, plans
from arrears.store.doors import promises as promises_made
from arrears.store.doors.cases import Case, Point, case_of, last_feed_at
from arrears.store.doors.histories import Happening
from arrears.store.doors.ongoing import Call
from arrears.store.doors.plans import Standing as Plan
from arrears.store.doors.promises import Standing
from arrears.web import spoken
from arrears.web.call import track
from arrears.web.call.handover import handover, is_talk
from arrears.web.call.owed import Owed, cost_of_waiting, owed_on

WORKING_DAY: Final = timedelta(hours=14)
_LIVE: Final = {"open", "written_off"}
_SIGNALS: Final = {
    Answer.ALLOW: "good",
    Answer.ALLOW_WITH_NOTICE: "good",
    Answer.ASK_HUMAN: "wait",
    Answer.REFUSE: "late",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate's answer about one contact point, as the page shows it."""

    verdict: Verdict | None
    problem: Problem | None

    @property
    def may_go(self) -> bool:
        """Whether one may dial now without asking anybody."""
        return self.verdict is not None and self.verdict.may_go

    @property
    def must_ask(self) -> bool:
        """Whether a named human may let it go."""
        return self.verdict is not None and self.verdict.answer is Answer.ASK_HUMAN

    @property
    def is_open(self) -> bool:
        """Whether one may dial now, by oneself or with a reason."""
        return self.may_go or self.must_ask

    @property
    def signal(self) -> str:
        """How loudly the answer speaks."""
        return _SIGNALS[self.verdict.answer] if self.verdict else "late"

    @property
    def answer(self) -> str:
        """The answer's code, for its words."""
        return self.verdict.answer.name.lower() if self.verdict else "refuse"

    @property
    def barring(self) -> tuple[Spoken, ...]:
        """The rules that stand in the way, the strictest first."""
        if self.verdict is None:
            return ()
        found = [one for one in self.verdict.spoken if one.effect is Effect.BARS and one.answer > Answer.ALLOW]
        return tuple(sorted(found, key=lambda one: -one.answer))

    @property
    def next_permitted(self) -> datetime | None:
        """When it may be done next, where it may not be done now."""
        return self.verdict.next_permitted if self.verdict and not self.may_go else None


@dataclass(frozen=True, slots=True)
class Reach:
    """A contact point with the key that leads to it, the clocks on its wall, and the gate's answer.

    ``rest_gate`` answers for a call about no more than what is not disputed, where no other may be made.
    """

    point: Point
    key: str
    clocks: tuple[tuple[str, datetime], ...]
    gate: Gate | None
    is_in_use: bool
    rest_gate: Gate | None = None


@dataclass(frozen=True)
class Screen:
    """Everything of one case. What is only to be seen is read when it is: a post that leads on shows none of it."""

    case: Case
    staff: Any  # Any: the staff member, whose type is chosen by settings
    now: datetime
    today: date
    zone: str
    owed: tuple[Owed, ...]
    lead: Owed | None
    call: Call | None

    @cached_property
    def reaches(self) -> tuple[Reach, ...]:
        """The contact points, with the gate's answer for each number while nobody is on the line."""
        return _reaches(self.case, self.call, self.now, has_rest=any(part.rest_minor for part in self.parts.values()))

    @cached_property
    def parts(self) -> dict[int, Part]:
        """The parts that are disputed, by debt."""
        found = parts_of(self.case.who.id, [one.debt.id for one in self.owed], self.now, self.today)
        return {part.account: part for part in found}

    @cached_property
    def with_parts(self) -> tuple[tuple[Owed, Part | None], ...]:
        """What is owed on each debt, with the part of it that is disputed."""
        return tuple((one, self.parts.get(one.debt.id)) for one in self.owed)

    @property
    def lead_part(self) -> Part | None:
        """The disputed part of the debt that is talked about first, where it leaves a rest."""
        part = self.parts.get(self.lead.debt.id) if self.lead else None
        return part if part and part.rest_minor else None

    @property
    def to_ask_minor(self) -> int:
        """What is asked for first: what is past due, less what is disputed, as that may be the part that is late."""
        if self.lead is None:
            return 0
        part = self.parts.get(self.lead.debt.id)
        return max(self.lead.ask_minor - part.disputed_minor, 0) if part else self.lead.ask_minor

    @property
    def rest_reach(self) -> Reach | None:
        """The first number on which only a call about the rest may be made now."""
        return next((reach for reach in self.reaches if reach.rest_gate), None)

    @cached_property
    def history(self) -> tuple[Happening, ...]:
        """What happened, the latest first."""
        return histories.history_of(self.case.who.id, [debt.id for debt in self.case.debts])

    @cached_property
    def open_promises(self) -> tuple[Standing, ...]:
        """What is promised on the debts and still to come."""
        return tuple(promises_made.open_on([debt.id for debt in self.case.debts]))

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans of the person that run, wait or are in default."""
        return tuple(one for one in plans.of_person(self.case.who.id) if one.state in IN_THE_WAY)

    @cached_property
    def handover(self) -> str:
        """The last contact in a paragraph, for whoever comes next (P32)."""
        return handover(self.history, self.zone)

    @cached_property
    def decision(self) -> tuple[dict[str, Text], str]:
        """The words of what the strategy decided about the lead debt, and its tone by name."""
        return _decided(self.lead, self.today)

    @property
    def decided(self) -> dict[str, Text]:
        """The words of what the strategy decided."""
        return self.decision[0]

    @property
    def tone(self) -> str:
        """The tone by name."""
        return self.decision[1]

    @cached_property
    def feed_at(self) -> datetime | None:
        """When the payments last came in."""
        return last_feed_at(self.case.who.organisation)

    @cached_property
    def speech(self) -> track.Speech:
        """What may be said, with the figures of this case."""
        latest = self.today + timedelta(days=self.promise_days)
        return _speech(self, latest)

    @property
    def cost_of_a_week(self) -> int:
        """What a week more costs on the lead debt, in minor units."""
        return cost_of_waiting(self.lead, 7) if self.lead else 0

    @cached_property
    def promise_days(self) -> int:
        """How many days ahead a promise on the lead debt may lie."""
        return promises.horizon_days(self.lead.debt.id, self.today) if self.lead else 0

    @property
    def is_verified(self) -> bool:
        """Whether somebody proved to be this person on the call that is going on."""
        return self.call is not None and bool(self.call.is_verified)

    @property
    def verification_failed(self) -> bool:
        """Whether it was asked for on this call and not passed."""
        return self.call is not None and self.call.is_verified is False

    @property
    def best(self) -> Reach | None:
        """The first number that may be dialled now."""
        return next((reach for reach in self.reaches if reach.gate and reach.gate.may_go), None)

    @property
    def next_permitted(self) -> datetime | None:
        """When the first of the numbers may be dialled, where none may be now."""
        times = [reach.gate.next_permitted for reach in self.reaches if reach.gate and reach.gate.next_permitted]
        return min(times) if times and not self.best else None

    @property
    def last_promise(self) -> Happening | None:
        """The promise taken last."""
        return next((one for one in self.history if one.kind == "promise"), None)

    @property
    def holds(self) -> tuple[Happening, ...]:
        """The holds in force."""
        found = (one for one in self.history if one.kind == "hold")
        return tuple(one for one in found if one.until is None or one.until > self.now)


def screen_of(person_id: int, staff: Any, now: datetime, zone: str) -> Screen | None:  # Any: the staff member
    """Return the case of a person as the screen shows it; None where this scope may not see it."""
    today = local_time(now, zone).date()
    case = case_of(person_id, today)
    if case is None:
        return None
    owed = tuple(owed_on(debt, today) for debt in case.debts)
    live = [one for one in owed if one.debt.status in _LIVE]
    lead = max(live or owed, key=lambda one: (one.state.days_past_due, one.ask_minor), default=None)
    call = ongoing.call_in_progress(person_id, staff.pk, now - WORKING_DAY)
    return Screen(case, staff, now, today, zone, owed, lead, call)


def _reaches(case: Case, call: Call | None, now: datetime, *, has_rest: bool) -> tuple[Reach, ...]:
    found, digit = [], 0
    gates = _gates(case, now) if call is None else {}
    rests = _gates(case, now, {REST_ONLY: True}) if call is None and has_rest else {}
    for point in case.points:
        is_phone = point.kind == "phone"
        digit += is_phone
        clocks = tuple((zone, local_time(now, zone)) for zone in point.timezones if is_zone(zone))
        in_use = call is not None and call.contact_point == point.id
        key = str(digit) if is_phone and digit < 10 else ""  # noqa: PLR2004 - keys 1 to 9
        gate, rest = gates.get(point.id), rests.get(point.id)
        is_only_way = rest is not None and gate is not None and not gate.is_open and rest.is_open
        found.append(Reach(point, key, clocks, gate, in_use, rest if is_only_way else None))
    return tuple(found)


def _gates(case: Case, now: datetime, facts: Mapping[str, object] | None = None) -> dict[int, Gate]:
    """Ask about a call to each telephone number; the book is read once for all of them."""
    phones = [point.id for point in case.points if point.kind == "phone"]
    answers = contacts.dry_verdicts(case.who.id, phones, now=now, facts=facts) if phones else {}
    return {
        point: Gate(None, answer) if isinstance(answer, Problem) else Gate(answer, None)
        for point, answer in answers.items()
    }


_SHOWN: Final = ("tone", "stage", "treatment", "next_action")


def _decided(lead: Owed | None, today: date) -> tuple[dict[str, Text], str]:
    """Return the words of what the strategy decided about the lead debt, and its tone by name."""
    found = ongoing.decided([lead.debt.id], epoch_day(today)).get(lead.debt.id) if lead else None
    if found is None:
        return {}, "service"
    strategy = load()
    codes = {fact: strategy.facts[fact].code_of(getattr(found, fact)) for fact in _SHOWN}
    tone = codes["tone"]
    return {fact: code.words for fact, code in codes.items() if code}, tone.name if tone else "service"


def _speech(screen: Screen, latest: date) -> track.Speech:
    case, staff, lead, tone = screen.case, screen.staff, screen.lead, screen.tone
    language = case.who.language[:2]
    return track.Speech(
        language=language if language in LANGUAGES else spoken.language(),
        tone=tone if tone in track.TONES else "service",
        figures={
            "collector": staff.full_name,
            "person": case.who.name,
            "organisation": staff.organisation.name,
            "creditor": case.who.owner_name,
            **(_figures(lead, screen, latest) if lead else {}),
        },
        true=_true(lead, is_own=staff.organisation_id == case.who.organisation),
        is_verified=screen.is_verified,
    )


def _figures(lead: Owed, screen: Screen, latest: date) -> track.Figures:
    code, late, history, asked = lead.debt.currency, lead.state, screen.history, screen.to_ask_minor
    promised = next((one for one in history if one.kind == "promise" and one.state in {"broken", "part_kept"}), None)
    talked = _last_talk(history, lead.state.oldest_unpaid, screen.zone)
    return {
        "amount": (lambda: spoken.money(asked, code)) if asked or not lead.ask_minor else None,
        "days": str(late.days_past_due),
        "due_date": (lambda: spoken.day(late.oldest_unpaid)) if late.oldest_unpaid else None,
        "cost_per_day": (lambda: spoken.money(lead.charge_per_day_minor, code)) if lead.charge_per_day_minor else None,
        "latest_date": lambda: spoken.day(latest),
        "last_promise": (lambda: _promised(promised)) if promised else None,
        "spoken_on": (lambda: spoken.day(talked)) if talked else None,
    }


def _last_talk(history: Sequence[Happening], since: date | None, zone: str) -> date | None:
    """Return the day on which the person was last spoken to about money due since ``since``; None where never."""
    talks = (one.at for one in history if one.kind == "contact" and one.at and is_talk(one))
    day = next((local_time(at, zone).date() for at in talks), None)
    return day if day and since and day >= since else None


def _promised(one: Happening) -> str:
    return _("%(amount)s by %(day)s") % {
        "amount": spoken.money(one.amount_minor, one.currency),
        "day": spoken.day(one.due_on),
    }


def _true(lead: Owed | None, *, is_own: bool) -> frozenset[str]:
    """Return which consequences are true of this account (P25): nothing else may be said.

    ``is_own``: the owner works it; an agency's head office takes nothing over.
    """
    if lead is None:
        return frozenset()
    said = {
        "late_charge_runs": lead.charge_per_day_minor > 0,
        "reported_to_bureau": bool(lead.debt.facts.get("reported_to_bureau")),
        "hand_over_ahead": is_own and 0 < lead.state.days_past_due <= 30,  # noqa: PLR2004 - the branch keeps M1 (P02)
    }
    return frozenset(name for name, is_so in said.items() if is_so)
