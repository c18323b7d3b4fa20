"""Answering a case file: what was sent, when, and whether it lets contact go on (12 CFR 1006.38; DISP 1.6)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import history, holds, noting, people
from arrears.actions.cases import running
from arrears.actions.cases.mistakes import mistake
from arrears.actions.cases.opening import follow
from arrears.domain.case_files import CaseState, StepKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.clocks import Answer, answers
from arrears.store.doors import case_files as rows
from arrears.store.doors import contact_records as records
from arrears.store.doors.case_files import Kept

MOST_WORDS: Final = 4_000


def answer(
    case: int,
    code: str,
    *,
    now: datetime,
    words: str = "",
    paper: Mapping[str, str] | None = None,
    using: str = "default",
) -> Kept | Problem:
    """Note how a case file was answered; return it as it stands then.

    ``code`` is one of `packs.clocks.answers`; ``paper`` says what was sent: ``name``, ``sent_on`` (ISO), and where
    there are such ``reference`` and ``sha256``. A final answer takes a role that may release holds. Whatever is not
    what the law waits for leaves the hold in force, and the case open.
    """
    found = rows.locked(case, using=using)
    if found is None:
        return mistake("case_not_found")
    said = answers().get(code)
    if said is None or found.kind not in said.kinds:
        return mistake("answer_unfit", "answer")
    record = records.record_of(found.person, now, using=using)
    assert record is not None
    lets_go = said.lets_go(found.kind, (*record.person.places, *(debt.place for debt in record.owed)))
    if (refused := _refused(found, said, words, paper or {}, record.owner.timezone, now, using)) is not None:
        return refused
    is_final = said.is_final and (lets_go or not said.ends_hold)
    released = _let_go(found, said, paper or {}, now=now, using=using) if lets_go else []
    if isinstance(released, Problem):
        return released
    met = running.meet(found, code, now=now, using=using)
    note = noting.keep(found.owner, found.person, words, account=None, now=now, using=using) if words.strip() else None
    step = {"answer": code, "released": released, "met": list(met), **({"paper": dict(paper)} if paper else {})}
    rows.add_step(found, StepKind.ANSWERED, at=now, note=note, facts=step, using=using)
    if is_final:
        rows.change(case, state=CaseState.ANSWERED, facts={**found.facts, "answer": code}, using=using)
    running.refresh(case, using=using)
    history.append(
        "case_answered",
        owner=found.owner,
        person=found.person,
        now=now,
        using=using,
        case=case,
        answer=code,
        is_final=is_final,
        released=released,
    )
    follow(found, now=now, using=using)
    return sure(case, using)


def sure(case: int, using: str) -> Kept:
    """Return a case file that is there."""
    found = rows.kept(case, using=using)
    assert found is not None
    return found


def may_answer(*, using: str = "default") -> bool:
    """Return whether the user's roles reach so far that they answer and close case files."""
    return not holds.MAY_RELEASE.isdisjoint(people.own_roles(using=using))


def _refused(
    found: Kept, said: Answer, words: str, paper: Mapping[str, str], zone: str, now: datetime, using: str
) -> Problem | None:
    if said.is_final and not may_answer(using=using):
        return mistake("may_not_answer")
    if found.state is CaseState.CLOSED:
        return mistake("case_over")
    if found.state is CaseState.ANSWERED:
        return mistake("case_answered")
    if said.only_again and "duplicate_of" not in found.facts:
        return mistake("not_again", "answer")
    if len(words) > MOST_WORDS:
        return mistake("words_too_long", "words")
    return wrong_paper(paper, zone, now) if said.needs_paper or paper else None


def wrong_paper(paper: Mapping[str, str], zone: str, now: datetime) -> Problem | None:
    """Return what is wrong with a paper: it has a name, and a day that has come."""
    try:
        sent = date.fromisoformat(paper.get("sent_on", ""))
    except ValueError:
        return mistake("paper_missing", "sent_on")
    if not paper.get("name", "").strip():
        return mistake("paper_missing", "paper")
    return mistake("paper_ahead", "sent_on") if sent > local_day(now, zone) else None


def _let_go(found: Kept, said: Answer, paper: Mapping[str, Any], *, now: datetime, using: str) -> list[int] | Problem:
    released = []
    for hold in found.holds:
        done = holds.release(
            hold, f"case_file/{found.id}: {said.code}", now=now, proof={"answer": dict(paper)}, using=using
        )
        if done is None:
            released.append(hold)
        elif done.code != "hold_not_found":  # one that ended by itself needs nobody to end it
            return done
    return released
