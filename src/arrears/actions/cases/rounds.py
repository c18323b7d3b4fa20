"""The round of clocks: a duty whose day is over is missed, opens an incident and shows first; a chance is just over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from arrears.actions import history
from arrears.actions.cases import running
from arrears.domain.case_files import CaseState, ClockState, StepKind
from arrears.kernel.hours import local_day
from arrears.packs.clocks import clock
from arrears.store.doors import care
from arrears.store.doors import case_files as rows
from arrears.store.doors import contact_records as records
from arrears.store.doors.case_files import Kept, Running
from arrears.store.scope import scope

NIGHT = "night"


def go_round(organisation: int, *, now: datetime, using: str = NIGHT) -> Mapping[str, int]:
    """Settle every clock of an organisation's case files whose last day is over; return how many were missed and over.

    With it goes what was told under a consent that was taken back (``erased``).

    Each case in a transaction of its own; what was settled meanwhile is left as it is, so the round may be gone twice.
    """
    done = {"missed": 0, "over": 0, "erased": 0}
    with scope(organisation, None, using=using):
        done["erased"] = care.erase_withdrawn(organisation, at=now, using=using)
        today = local_day(now, records.house_of(organisation, using=using).timezone)
        past = rows.clocks_past(organisation, today, using=using)
    for one in past:
        with scope(organisation, None, using=using):
            found = rows.locked(one.case, using=using)
            if found is None:
                continue
            settled = _settle(found, one, now=now, using=using)
            done[settled] += 1 if settled else 0
    return done


def _settle(found: Kept, one: Running, *, now: datetime, using: str) -> str:
    rule = clock(one.rule)
    is_missed = (rule is None or rule.is_duty) and found.state is not CaseState.CLOSED
    state = ClockState.MISSED if is_missed else ClockState.DROPPED
    if not rows.settle_clock(one.id, state, at=now, using=using):
        return "over"
    facts: dict[str, Any] = {"case": found.id, "rule": one.rule, "due_on": str(one.due_on)}
    if is_missed:
        facts["incident"] = rows.open_incident(found, facts=facts, at=now, using=using)
        rows.add_step(found, StepKind.MISSED, at=now, note=None, facts=facts, using=using)
        history.append("case_clock_missed", owner=found.owner, person=found.person, now=now, using=using, **facts)
    elif rule is not None and rule.ends_hold:
        rows.add_step(found, StepKind.HOLD_CHANGED, at=now, note=None, facts=facts, using=using)
        history.append("case_period_over", owner=found.owner, person=found.person, now=now, using=using, **facts)
    running.refresh(found.id, using=using)
    return "missed" if is_missed else "over"
