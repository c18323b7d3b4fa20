"""Proposing other rules, and deciding about it: nothing changes before a second person has seen what it would do."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import history, people
from arrears.actions.rule_books import book_for, book_with
from arrears.actions.rule_settings import limits_gone, mistake_in, problem_of, settle_approved
from arrears.domain.holds import HoldKind
from arrears.domain.rule_settings import PackKind, ProposalState, RuleAct, Settled, gate_on, with_act
from arrears.engine.gate import RuleBook
from arrears.engine.gate.rules import Severity
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs import compliance
from arrears.packs.compliance import PackBrokenError
from arrears.packs.compliance.files import Files, ReadPack, book_of, core_problems, is_own, read_files, read_own
from arrears.store.doors import holds
from arrears.store.doors import rule_settings as rows
from arrears.store.scope import current

DECIDES: Final = frozenset({"compliance", "manager"})
"""Who approves other rules, wherever it is asked from."""
Said = dict[str, Any]
"""An organisation's settings (JSON)."""


def propose(
    changes: Sequence[Settled],
    files: Files | None = None,
    *,
    reason: str,
    from_on: date,
    now: datetime,
    using: str = "default",
) -> int | list[Problem]:
    """Keep a proposal of changes to settings, of a folder of rules, or both, and return its id; nothing changes yet.

    ``files`` without a head of their own are rules that the organisation adds, in place of those it added before; with
    one they are a whole pack. Every mistake is returned at once.
    """
    organisation = current(using).organisation
    settings, zone = rows.lock_settings(organisation, using=using)
    problems = [] if reason.strip() else [problem_of("no_reason", "reason")]
    if from_on < local_day(now, zone):
        problems.append(problem_of("in_the_past", "from_on"))
    problems += mistakes_in_files(files) if files is not None else []
    if problems:
        return problems
    acts = [*changes, *([] if files is None else [_taking(files, from_on)])]
    problems = _mistakes(acts, settings, files, from_on, now, using) if acts else [problem_of("no_change")]
    if problems:
        return problems
    return _kept(acts, files, reason=reason.strip(), from_on=from_on, now=now, using=using)


def mistakes_in_files(files: Files) -> list[Problem]:
    """Return everything that keeps a folder of rules from being worked by."""
    if is_own(files):
        return book_of(compliance.shipped(), read_own(files))[1]
    return [*core_problems(files, compliance.shipped_files()), *book_of(read_files(files))[1]]


def _taking(files: Files, from_on: date) -> Settled:
    kind = PackKind.OWN if is_own(files) else PackKind.WHOLE
    return Settled(act=RuleAct.TAKE_PACK, rule=kind.value, from_on=from_on, pack=_read(files).content_hash)


def _read(files: Files) -> ReadPack:
    return read_own(files) if is_own(files) else read_files(files)


def _mistakes(
    acts: Sequence[Settled], settings: Said, files: Files | None, from_on: date, now: datetime, using: str
) -> list[Problem]:
    """Return what is wrong with acts, each judged under those before it and the rules that are proposed."""
    gate, problems = dict(gate_on(settings.get("gate", {}), from_on)), []
    try:
        book = book_for([settings], from_on, using=using) if files is None else _book_of(files)
    except PackBrokenError:
        return mistakes_in_files(files or {})
    if files is not None:
        problems += holds_unkept(book_for([settings], from_on, using=using), book, now, using=using)
    for act in acts:
        found = mistake_in(act, gate, book, may_loosen=True)
        if found is not None:
            problems.append(found)
        else:
            gate = with_act(gate, act, from_on)
    return [*problems, *limits_gone(gate, book)]


def holds_unkept(before: RuleBook, after: RuleBook, at: datetime, *, using: str) -> list[Problem]:
    """Return a problem for each kind of hold that stands, that rules in force heed, and no rule would heed then."""
    lost = heeded(before) - heeded(after)
    standing = holds.standing_kinds(current(using).organisation, at, using=using) if lost else {}
    return [
        problem_of("hold_unkept", "folder", kind=kind.value, count=str(standing[kind]))
        for kind in sorted(lost)
        if standing.get(kind)
    ]


def heeded(book: RuleBook) -> frozenset[HoldKind]:
    """Return the kinds of hold that a rule which ships on refuses for."""
    bars = (rule for rule in book.rules if rule.severity is Severity.BLOCK and rule.ships_on)
    return frozenset(kind for rule in bars for kind in getattr(rule.evaluator, "holds", ()))


def _book_of(files: Files) -> Any:  # Any: a rule book
    return book_with(None, files) if is_own(files) else book_with(files, None)


def _kept(
    acts: Sequence[Settled], files: Files | None, *, reason: str, from_on: date, now: datetime, using: str
) -> int:
    organisation, staff = current(using).organisation, current(using).user
    pack = None
    if files is not None:
        read = _read(files)
        kind = PackKind.OWN if is_own(files) else PackKind.WHOLE
        pack = rows.keep_pack(
            organisation,
            kind,
            version=read.version,
            content_hash=read.content_hash,
            files=files,
            now=now,
            using=using,
        )
    book_day = history.append("rules_proposed", owner=organisation, now=now, using=using, pack=pack)
    return rows.add_proposal(
        organisation,
        [as_said(act) for act in acts],
        pack=pack,
        reason=reason,
        from_on=from_on,
        staff=staff,
        now=now,
        book_day=book_day,
        using=using,
    )


def as_said(act: Settled) -> dict[str, Any]:
    """Return an act as plain values for JSON."""
    return {**asdict(act), "act": act.act.value, "from_on": act.from_on.isoformat()}


def as_act(said: Mapping[str, Any], from_on: date) -> Settled:
    """Return the act that was kept as plain values, to hold from ``from_on``."""
    return Settled(**{**said, "act": RuleAct(said["act"]), "from_on": from_on})


def proposed_settings(settings: Mapping[str, Any], found: rows.Proposal, on: date) -> Said:
    """Return an organisation's settings as they would be on a day if the proposal held then."""
    gate = dict(gate_on(settings.get("gate", {}), on))
    for said in found.changes:
        gate = with_act(gate, as_act(said, on), on)
    return {**settings, "gate": gate}


def approve(number: int, *, why: str = "", now: datetime, using: str = "default") -> Problem | None:
    """Let a proposal take effect on its day, or today where that has passed; asked of somebody who did not make it."""
    found = rows.proposal(number, locked=True, using=using)
    problem = _undecided(found, using)
    if problem is not None or found is None:
        return problem
    problem = _unseen_by_two(found, using)
    if problem is not None:
        return problem
    settings, zone = rows.lock_settings(found.organisation, using=using)
    today = local_day(now, zone)
    from_on = max(found.from_on, today)
    acts = [as_act(said, from_on) for said in found.changes]
    for act in acts:
        mistake = _mistake_by_now(act, settings, found, from_on, using)
        if mistake is not None:
            return mistake
    problem = _unfit_by_now(settings, found, from_on, now, using)
    if problem is not None:
        return problem
    for act in acts:
        settle_approved(act, settings, today, found, now=now, using=using)
    _decide(found, ProposalState.APPROVED, why, now, using)
    return None


def drop(number: int, *, why: str, now: datetime, using: str = "default") -> Problem | None:
    """Let a proposal fall, with a reason; whoever made it may do so too."""
    found = rows.proposal(number, locked=True, using=using)
    problem = _undecided(found, using)
    if problem is not None or found is None:
        return problem
    if not why.strip():
        return problem_of("no_reason", "reason")
    _decide(found, ProposalState.DROPPED, why.strip(), now, using)
    return None


def _undecided(found: rows.Proposal | None, using: str) -> Problem | None:
    if found is None or found.organisation != current(using).organisation:
        return problem_of("no_proposal")
    return problem_of("decided") if found.state is not ProposalState.WAITING else None


def _unseen_by_two(found: rows.Proposal, using: str) -> Problem | None:
    """Return why whoever asks is not the second person that a proposal needs, or cannot have seen what it does."""
    if current(using).user is None or current(using).user == found.made_by:
        return problem_of("own_proposal")
    if DECIDES.isdisjoint(people.own_roles(using=using)):
        return problem_of("may_not_decide")
    return problem_of("not_tried") if found.tried_at is None else None


def _mistake_by_now(act: Settled, settings: Said, found: rows.Proposal, from_on: date, using: str) -> Problem | None:
    """Return what speaks against an act since it was proposed; that it is so already is no mistake then."""
    book = book_for([proposed_settings(settings, found, from_on)], from_on, using=using)
    mistake = mistake_in(act, gate_on(settings.get("gate", {}), from_on), book, may_loosen=True)
    return None if mistake is None or mistake.code == "is_so" else mistake


def _unfit_by_now(settings: Said, found: rows.Proposal, from_on: date, now: datetime, using: str) -> Problem | None:
    """Return why the book as it stands now cannot go on under the proposal: limits set and holds placed since."""
    proposed = proposed_settings(settings, found, from_on)
    book = book_for([proposed], from_on, using=using)
    unkept = holds_unkept(book_for([settings], from_on, using=using), book, now, using=using)
    return next(iter([*unkept, *limits_gone(gate_on(proposed.get("gate", {}), from_on), book)]), None)


def _decide(found: rows.Proposal, state: ProposalState, why: str, now: datetime, using: str) -> None:
    history.append(f"rules_{state.value}", owner=found.organisation, now=now, using=using, proposal=found.id)
    rows.decide(found.id, state, why=why, staff=current(using).user, now=now, using=using)
