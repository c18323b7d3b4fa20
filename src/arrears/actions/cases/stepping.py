"""What happens in a case file between opening and answer: notes, papers, contacts, more time, an end in sight."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import history, holds, noting
from arrears.actions.cases import charges, running
from arrears.actions.cases.answering import MOST_WORDS, may_answer, sure, wrong_paper
from arrears.actions.cases.mistakes import mistake
from arrears.actions.cases.opening import follow
from arrears.domain.case_files import CaseKind, CaseState, ClockState, StepKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.clocks import clock
from arrears.store.doors import case_files as rows
from arrears.store.doors import contact_records as records
from arrears.store.doors.case_files import Kept, Running
from arrears.store.doors.contact_records import Record

ATTORNEY: Final = "house.attorney"
_BY_HAND: Final = frozenset({StepKind.NOTED, StepKind.PAPER, StepKind.CONTACTED})


def taken_up(case: int, now: datetime, using: str) -> tuple[Kept, Record] | Problem:
    """Return a case file that is not closed, its row held, and the record around its person."""
    found = rows.locked(case, using=using)
    if found is None:
        return mistake("case_not_found")
    if found.state is CaseState.CLOSED:
        return mistake("case_over")
    record = records.record_of(found.person, now, using=using)
    assert record is not None
    return found, record


def keep_step(
    found: Kept, kind: StepKind, words: str, facts: Mapping[str, object], *, now: datetime, using: str
) -> None:
    """Add a step with its note and its event."""
    note = noting.keep(found.owner, found.person, words, account=None, now=now, using=using) if words.strip() else None
    rows.add_step(found, kind, at=now, note=note, facts=facts, using=using)
    history.append(
        "case_step_taken", owner=found.owner, person=found.person, now=now, using=using, case=found.id, step=kind.value
    )


def add_step(
    case: int,
    kind: str,
    *,
    now: datetime,
    words: str = "",
    paper: Mapping[str, str] | None = None,
    using: str = "default",
) -> Kept | Problem:
    """Add a note, a paper (``name``, ``sent_on``, ``reference``, ``sha256``) or a contact to a case file.

    A contact with the person's attorney starts the time that the attorney has to answer.
    """
    taken = taken_up(case, now, using)
    if isinstance(taken, Problem):
        return taken
    found, record = taken
    if kind not in _BY_HAND:
        return mistake("step_unfit", "step")
    if len(words) > MOST_WORDS:
        return mistake("words_too_long", "words")
    if not words.strip() and not paper:
        return mistake("reason_missing", "words")
    zone = record.owner.timezone
    if (paper or kind == StepKind.PAPER) and (wrong := wrong_paper(paper or {}, zone, now)) is not None:
        return wrong
    keep_step(found, StepKind(kind), words, {"paper": dict(paper)} if paper else {}, now=now, using=using)
    if kind == StepKind.CONTACTED and found.kind is CaseKind.ATTORNEY and "contacted_on" not in found.facts:
        _attorney_contacted(found, record, now=now, using=using)
    return sure(case, using)


def _attorney_contacted(found: Kept, record: Record, *, now: datetime, using: str) -> None:
    today = local_day(now, record.owner.timezone)
    rows.change(found.id, facts={**found.facts, "contacted_on": today.isoformat()}, using=using)
    rule = clock(ATTORNEY)
    assert rule is not None
    running.begin(sure(found.id, using), rule, today, running.calendar_of(record), using=using)
    running.refresh(found.id, using=using)


def excuse_attorney(
    case: int, because: str, *, now: datetime, has_agreed: bool = False, using: str = "default"
) -> Kept | Problem:
    """Let contact with the person go on: the attorney agreed to it, or was silent beyond reason (12 CFR 1006.6(b)(2)).

    How long is reasonable is the house's own clock; before it has run out, silence excuses nothing.
    """
    taken = taken_up(case, now, using)
    if isinstance(taken, Problem):
        return taken
    found, record = taken
    if found.kind is not CaseKind.ATTORNEY:
        return mistake("only_of")
    if not because.strip():
        return mistake("reason_missing", "because")
    due = next((one.due_on for one in rows.clocks_of(case, using=using) if one.rule == ATTORNEY), None)
    if not has_agreed and (due is None or local_day(now, record.owner.timezone) <= due):
        return mistake("attorney_still_in_time", day=due.isoformat() if due else "–")
    for hold in found.holds:
        if (refused := holds.say(hold, {"excused_from": now.isoformat()}, now=now, using=using)) is not None:
            return refused
    keep_step(found, StepKind.HOLD_CHANGED, because, {"excused": True, "agreed": has_agreed}, now=now, using=using)
    return sure(case, using)


def end_treatment(
    case: int, ended_on: date, *, now: datetime, words: str = "", using: str = "default"
) -> Kept | Problem:
    """Note that crisis treatment ended: the moratorium, its hold and its frozen charges end thirty days later."""
    taken = taken_up(case, now, using)
    if isinstance(taken, Problem):
        return taken
    found, record = taken
    if found.kind is not CaseKind.CRISIS_MORATORIUM or "treatment_ended_on" in found.facts:
        return mistake("only_of")
    if ended_on > local_day(now, record.owner.timezone):
        return mistake("paper_ahead", "ended_on")
    rows.change(case, facts={**found.facts, "treatment_ended_on": ended_on.isoformat()}, using=using)
    found = sure(case, using)
    days = running.moratorium_of(found)
    assert days is not None
    assert days.last is not None
    assert days.over_on is not None
    over = running.midnight(days.over_on, record.owner.timezone)
    for hold in found.holds:
        told = {"treatment_ended_on": ended_on.isoformat()}
        if (refused := holds.say(hold, told, until=max(over, now), now=now, using=using)) is not None:
            return refused
    rule = clock(running.CRISIS)
    assert rule is not None
    running.begin(found, rule, ended_on, running.calendar_of(record), using=using)
    keep_step(found, StepKind.HOLD_CHANGED, words, {"treatment_ended_on": ended_on.isoformat()}, now=now, using=using)
    if (wrong := charges.end_on(found, days.last, now=now, using=using)) is not None:
        return wrong
    running.refresh(case, using=using)
    follow(found, now=now, using=using)
    return found


def extend(case: int, clock_id: int, because: str, *, now: datetime, using: str = "default") -> Kept | Problem:
    """Put off a clock by the further period that its rule allows, for a reason, before it has run out.

    The old day stays on record, put off; the new one is counted from it. A hold that ends with the clock ends later.
    """
    taken = taken_up(case, now, using)
    if isinstance(taken, Problem):
        return taken
    found, record = taken
    running_now = next((one for one in rows.clocks_of(case, using=using) if one.id == clock_id), None)
    if (refused := _not_extended(running_now, because, local_day(now, record.owner.timezone), using)) is not None:
        return refused
    assert running_now is not None
    assert running_now.due_on is not None
    rule = clock(running_now.rule)
    assert rule is not None
    due = rule.more[running_now.turn].ends(running_now.due_on, running.calendar_of(record))
    rows.settle_clock(running_now.id, ClockState.PUT_OFF, at=now, using=using)
    rows.start_clock(
        found, rule.id, counted_from=running_now.due_on, due_on=due, turn=running_now.turn + 1, using=using
    )
    if rule.ends_hold:
        over = running.midnight(due + timedelta(days=1), record.owner.timezone)
        for hold in found.holds:
            if (wrong := holds.say(hold, {"extended": True}, until=over, now=now, using=using)) is not None:
                return wrong
    keep_step(found, StepKind.EXTENDED, because, {"rule": rule.id, "due_on": due.isoformat()}, now=now, using=using)
    running.refresh(case, using=using)
    follow(found, now=now, using=using)
    return sure(case, using)


def _not_extended(one: Running | None, because: str, today: date, using: str) -> Problem | None:
    rule = None if one is None else clock(one.rule)
    if one is None or rule is None or one.due_on is None:
        return mistake("task_not_found")
    if not may_answer(using=using):
        return mistake("may_not_answer")
    if not because.strip():
        return mistake("reason_missing", "because")
    if one.due_on < today:
        return mistake("too_late_to_extend")
    is_running = one.state is ClockState.RUNNING
    return None if is_running and one.turn < len(rule.more) else mistake("no_more_time")


def settle_task(case: int, clock_id: int, *, now: datetime, words: str = "", using: str = "default") -> Kept | Problem:
    """Note that a task of a case file was done: an agency told, the records searched, an executor found."""
    taken = taken_up(case, now, using)
    if isinstance(taken, Problem):
        return taken
    found, _ = taken
    task = next((one for one in rows.clocks_of(case, using=using) if one.id == clock_id and one.due_on is None), None)
    if task is None or not rows.settle_clock(task.id, ClockState.MET, at=now, using=using):
        return mistake("task_not_found")
    keep_step(found, StepKind.MET, words, {"rule": task.rule, "about": task.about}, now=now, using=using)
    return sure(case, using)
