"""Making a plan: proposed, agreed by the person, approved where it must be, declined by a named human (P36, R10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from arrears.actions import acts, entries, history, noting, people, positions
from arrears.actions.plans import affording
from arrears.actions.plans.drafting import Draft, Drafted, draft, may_agree
from arrears.actions.plans.judging import judge_plans
from arrears.actions.plans.mistakes import wrong
from arrears.actions.promises import MEANS
from arrears.domain.contacts import Act
from arrears.domain.entries import EntryKind
from arrears.domain.plans import AgreedBy, Charges, PlanState
from arrears.engine.plans.proposals import months_of
from arrears.kernel.epoch import epoch_day
from arrears.kernel.problems import Problem
from arrears.packs.plans import rules
from arrears.store import bookday, locks
from arrears.store.doors import attempts, plan_debts, plans
from arrears.store.doors.plans import Made, Shape, Standing
from arrears.store.scope import current

FREEZE: Final = "plan_freeze"
"""Source kind of the entries by which a plan stops charges."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How somebody said yes: in a call (its attempt), or by a letter or the portal (its reference)."""

    how: AgreedBy
    attempt: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A plan in the book and how it stands: ``on_time``, ``proposed``, or ``awaiting_approval``."""

    plan: int
    state: PlanState


def make(
    said: Draft,
    *,
    means: str,
    now: datetime,
    agreement: Agreement | None = None,
    budget: int | None = None,
    using: str = "default",
) -> Result | list[Problem]:
    """Write a plan down. Without an ``agreement`` it is a proposal that binds nobody until the person says yes.

    Agreed and within the authority of who agrees, it runs at once; else it waits for a supervisor or manager. With a
    ``budget`` no instalment may be above what that one leaves; without one a plan is possible as well.
    """
    locks.lock_person(said.person, using=using)
    found = draft(said, now=now, using=using)
    problems = [] if isinstance(found, Drafted) else list(found)
    if means not in MEANS:
        problems.append(wrong("means_missing", "means"))
    if agreement is not None:
        problems += _mistakes_of_agreement(agreement, said.person, using)
    if isinstance(found, Drafted):
        problems += affording.against(
            said.outline, budget, person=said.person, currency=found.currency, using=using
        )  # fmt: skip
    if problems or not isinstance(found, Drafted):
        return problems
    made = Made(
        owner=found.owner,
        person=said.person,
        currency=found.currency,
        means=means,
        attempt=agreement.attempt if agreement else None,
        budget=budget,
        review_on=found.shape.from_on + timedelta(days=rules().review_every_days),
        at=now,
        book_day=bookday.stamp(found.owner, using=using).day,
        shape=found.shape,
    )
    plan = plans.add(made, state=PlanState.PROPOSED, using=using)
    _tell(plan, found.owner, said.person, "plan_proposed", now, using, total=found.shape.total)
    if agreement is None:
        return Result(plan, PlanState.PROPOSED)
    return _agreed(_sure(plan, using), agreement, now, using)


def agree(plan_id: int, agreement: Agreement, *, now: datetime, using: str = "default") -> Result | list[Problem]:
    """Note that the person said yes to a plan that was proposed, and how (R10)."""
    found = plans.plan(plan_id, using=using)
    if found is None:
        return [wrong("plan_not_found")]
    locks.lock_person(found.person, using=using)
    found = _sure(plan_id, using)
    if found.state is not PlanState.PROPOSED:
        return [wrong("plan_not_waiting")]
    if problems := _mistakes_of_agreement(agreement, found.person, using):
        return problems
    return _agreed(found, agreement, now, using)


def _mistakes_of_agreement(agreement: Agreement, person: int, using: str) -> list[Problem]:
    """Return why there is no yes: a call needs the attempt on which this person was verified, else a reference."""
    if agreement.how is AgreedBy.CALL:
        begun = attempts.attempt(agreement.attempt, using=using) if agreement.attempt else None
        verified = attempts.verification_of(agreement.attempt, using=using) if agreement.attempt else None
        is_yes = begun is not None and begun.person == person and verified is not None and verified[0]
    else:
        is_yes = bool(agreement.reference.strip())
    return [] if is_yes else [wrong("agreement_missing", "agreed_by")]


def _agreed(found: Standing, agreement: Agreement, now: datetime, using: str) -> Result | list[Problem]:
    evidence = {"attempt": agreement.attempt, "reference": agreement.reference.strip()}
    charges = Charges(found.shape.charges)
    may = may_agree(months_of(found.shape.instalments), charges, using=using)
    state = PlanState.ON_TIME if may else PlanState.AWAITING_APPROVAL
    plans.change(
        found.id,
        using=using,
        state=state.value,
        agreed_at=now,
        agreed_by=agreement.how.value,
        attempt_id=agreement.attempt,
        evidence={name: value for name, value in evidence.items() if value},
        after_entry=plan_debts.latest_entry(found.shape.amounts, using=using),
    )
    _tell(found.id, found.owner, found.person, "plan_agreed", now, using, how=agreement.how.value)
    if state is PlanState.ON_TIME:
        problems = begin(_sure(found.id, using), now=now, using=using)
        return problems or Result(found.id, state)
    return Result(found.id, state)


def begin(plan: Standing, *, now: datetime, using: str = "default") -> list[Problem]:
    """Let a plan run: charges stop where it says so, its debts and person are decided about anew."""
    if problems := freeze(plan, plan.shape, plan.version, now=now, using=using):
        return problems
    judge_plans(plan.shape.amounts, now=now, using=using)
    follow(plan, now=now, using=using)
    return []


def freeze(
    plan: Standing, shape: Shape, version: int, *, now: datetime, until: date | None = None, using: str = "default"
) -> list[Problem]:
    """Post the entries by which charges rest until after the last instalment, or end on ``until``."""
    if shape.charges != Charges.FROZEN.value:
        return []
    end = epoch_day(until) if until else epoch_day(shape.instalments[-1].due) + 1
    problems = []
    for account in shape.amounts:
        posted = entries.post_entry(
            account, EntryKind.CHARGE_FREEZE, value_date=shape.from_on if until is None else until, detail=end,
            reason="plan", source_kind=FREEZE,
            source_ref=f"{plan.id}:{version}:{account}" + (f":{end}" if until else ""), now=now, using=using,
        )  # fmt: skip
        problems += [posted] if isinstance(posted, Problem) else []
    return problems


def follow(plan: Standing, *, now: datetime, using: str = "default") -> None:
    """Make the positions of a plan's debts anew and decide about its person again."""
    positions.refresh(plan.shape.amounts, now=now, using=using)
    people.redecide([plan.person], now=now, using=using)


def approve(plan_id: int, *, now: datetime, using: str = "default") -> list[Problem]:
    """Approve a plan that was agreed beyond somebody's authority, as one who leads and did not make it."""
    found = _waiting(plan_id, using)
    if isinstance(found, Problem):
        return [found]
    if not may_agree(months_of(found.shape.instalments), Charges(found.shape.charges), using=using):
        return [wrong("beyond_your_authority")]
    by = {"approved_by_id": current(using).user, "approved_at": now}
    waiting = (PlanState.AWAITING_APPROVAL,)
    if not plans.change(plan_id, only_in=waiting, using=using, state=PlanState.ON_TIME.value, **by):
        return [wrong("plan_not_waiting")]
    _tell(plan_id, found.owner, found.person, "plan_approved", now, using)
    return begin(_sure(plan_id, using), now=now, using=using)


def decline(plan_id: int, because: str, *, now: datetime, using: str = "default") -> list[Problem]:
    """Refuse a plan that was agreed: a named human who leads does, with a reason; nothing does so by itself (P35)."""
    found = _waiting(plan_id, using)
    if isinstance(found, Problem):
        return [found]
    if not because.strip():
        return [wrong("reason_missing", "because")]
    if refused := _may_not_decline(found, because, now, using):
        return refused
    noting.keep(
        found.owner,
        found.person,
        because,
        account=min(found.shape.amounts),
        now=now,
        using=using,
    )
    by = {"approved_by_id": current(using).user, "approved_at": now}
    plans.change(plan_id, only_in=(PlanState.AWAITING_APPROVAL,), using=using, state=PlanState.DECLINED.value, **by)
    _tell(plan_id, found.owner, found.person, "plan_declined", now, using)
    follow(found, now=now, using=using)
    return []


def _may_not_decline(found: Standing, because: str, now: datetime, using: str) -> list[Problem]:
    """Return what keeps a plan from being declined: without a named human nobody refuses one (GDPR art 22)."""
    user = current(using).user
    facts = {
        "decided_by": "person" if user else "model",
        **({"approved_by": user, "reviewed_by": user} if user else {}),
    }
    weighed = [
        acts.weigh(Act.REFUSE_PLAN, account, facts=facts, now=now, using=using)
        for account in sorted(found.shape.amounts)
    ]
    answers = [one if isinstance(one, Problem) else one.refusal(because) for one in weighed]
    return [answer for answer in answers if answer is not None]


def _waiting(plan_id: int, using: str) -> Standing | Problem:
    found = plans.plan(plan_id, using=using)
    if found is None:
        return wrong("plan_not_found")
    locks.lock_person(found.person, using=using)
    found = _sure(plan_id, using)
    if found.state is not PlanState.AWAITING_APPROVAL:
        return wrong("plan_not_waiting")
    if not people.is_in_charge(using=using) or found.made_by == current(using).user:
        return wrong("may_not_decide")
    return found


def _sure(plan_id: int, using: str) -> Standing:
    found = plans.plan(plan_id, using=using)
    assert found is not None
    return found


def _tell(plan: int, owner: int, person: int, kind: str, now: datetime, using: str, **facts: Any) -> None:
    history.append(kind, owner=owner, person=person, now=now, using=using, plan=plan, **facts)


def tell(plan: Standing, kind: str, *, now: datetime, using: str = "default", facts: Mapping[str, Any]) -> None:
    """Append what happened to a plan."""
    _tell(plan.id, plan.owner, plan.person, kind, now, using, **facts)
