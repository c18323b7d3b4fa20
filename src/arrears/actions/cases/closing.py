"""Closing a case file with what was found, and taking it up again."""

from datetime import datetime
from typing import Final

from arrears.actions import history, holds, noting
from arrears.actions.cases import running
from arrears.actions.cases.answering import may_answer, sure
from arrears.actions.cases.mistakes import mistake
from arrears.actions.cases.opening import follow, place_holds
from arrears.domain.case_files import CaseState, Finding, StepKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import case_files as rows
from arrears.store.doors import contact_records as records
from arrears.store.doors import holds as hold_rows
from arrears.store.doors.case_files import Kept

VOID: Final = frozenset({Finding.WITHDRAWN, Finding.MISTAKEN})
"""Findings by which there was nothing to answer: the holds end with the case."""


def close(case: int, finding: str, because: str, *, now: datetime, using: str = "default") -> Kept | Problem:
    """Close a case file with what was found, for a reason; return it.

    A case that waits for an answer is closed only as withdrawn or mistaken, which ends its holds. In every other case
    holds stand as the answer left them: what was confirmed stays stopped after the file is closed.
    """
    found = rows.locked(case, using=using)
    if found is None:
        return mistake("case_not_found")
    if (refused := _refused(found, finding, because, now, using)) is not None:
        return refused
    result = Finding(finding)
    if result in VOID and (stuck := _release(found, because, now, using)) is not None:
        return stuck
    running.drop(found, now=now, using=using)
    note = noting.keep(found.owner, found.person, because, account=None, now=now, using=using)
    rows.add_step(found, StepKind.CLOSED, at=now, note=note, facts={"finding": finding}, using=using)
    rows.change(case, state=CaseState.CLOSED, finding=result, closed_at=now, using=using)
    running.refresh(case, using=using)
    history.append(
        "case_closed", owner=found.owner, person=found.person, now=now, using=using, case=case, finding=finding
    )
    follow(found, now=now, using=using)
    return sure(case, using)


def _refused(found: Kept, finding: str, because: str, now: datetime, using: str) -> Problem | None:
    if not may_answer(using=using):
        return mistake("may_not_answer")
    if found.state is CaseState.CLOSED:
        return mistake("case_over")
    if finding not in set(Finding):
        return mistake("finding_unfit", "finding")
    if not because.strip():
        return mistake("reason_missing", "because")
    is_done = found.state is CaseState.ANSWERED or (found.holds and not _standing(found, now, using))
    return None if is_done or Finding(finding) in VOID else mistake("unanswered")


def _standing(found: Kept, now: datetime, using: str) -> list[int]:
    placed = (hold_rows.hold(hold, using=using) for hold in found.holds)
    return [one.id for one in placed if one is not None and (one.until is None or one.until > now)]


def _release(found: Kept, because: str, now: datetime, using: str) -> Problem | None:
    for hold in _standing(found, now, using):
        done = holds.release(hold, because, now=now, proof={"case": found.id}, using=using)
        if done is not None:
            return done
    return None


def reopen(case: int, because: str, *, now: datetime, using: str = "default") -> Kept | Problem:
    """Take up a closed case file again: its holds are placed anew, and its clocks run from today.

    Anybody who works with the person may do it, as anybody may open one.
    """
    found = rows.locked(case, using=using)
    if found is None:
        return mistake("case_not_found")
    if found.state is not CaseState.CLOSED:
        return mistake("case_open")
    if not because.strip():
        return mistake("reason_missing", "because")
    record = records.record_of(found.person, now, using=using)
    assert record is not None
    note = noting.keep(found.owner, found.person, because, account=None, now=now, using=using)
    turn = rows.add_step(found, StepKind.REOPENED, at=now, note=note, facts={}, using=using)
    standing = _standing(found, now, using)
    placed = standing or place_holds(found, {}, record.owner.timezone, now=now, turn=turn, using=using)
    facts = {name: said for name, said in found.facts.items() if name != "answer"}
    rows.change(
        case,
        state=CaseState.OPEN,
        finding="",
        closed_at=None,
        facts=facts,
        holds=[*found.holds, *(hold for hold in placed if hold not in found.holds)],
        using=using,
    )
    running.start(sure(case, using), record, local_day(now, record.owner.timezone), turn=turn, using=using)
    history.append("case_reopened", owner=found.owner, person=found.person, now=now, using=using, case=case)
    follow(found, now=now, using=using)
    return sure(case, using)
