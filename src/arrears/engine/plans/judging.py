"""Judging plans, and the promises beside them, by the payments on their debts (P34, P35, P36).

Plans and promises of the same debts draw on the same money, each cent once, in the order of their deadlines; with the
same deadline the plan comes first. A promise that names an instalment of a plan is no second undertaking: it says when
the plan's money will come, and is judged by the money that counts for the plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arrears.domain.entries import Entry
from arrears.domain.plans import Instalment, Kept, Plan, PlanJudgement, PlanState
from arrears.domain.promises import Judgement, Promise
from arrears.domain.terms import Terms
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.ledger.promises import judged, standing_payments, undertaken
from arrears.engine.plans.counting import Paid, Share, counted
from arrears.engine.plans.counting import Undertaking as Undertaken
from arrears.kernel.calendars import Place, add_business_days


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt as judging needs it: its entries, its terms, where banks are open for it."""

    entries: Sequence[Entry]
    terms: Terms
    place: Place


@dataclass(frozen=True, slots=True)
class PromiseOn:
    """A promise on an account; ``of_plan`` is the plan whose instalment it names, 0 for none."""

    account: int
    promise: Promise
    of_plan: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of promises and plans, by their ids."""

    promises: Mapping[int, Judgement]
    plans: Mapping[int, PlanJudgement]


def judge_together(
    promises: Sequence[PromiseOn],
    plans: Sequence[Plan],
    debts: Mapping[int, Debt],
    as_of: date,
    known_on: int = EVERYTHING,
) -> Judged:
    """Judge everything undertaken on ``debts`` at the end of ``as_of``, by entries known on a book day.

    ``debts`` must hold every debt that one of the plans covers, and every one with a promise. Withdrawn promises and
    plans that ended are the caller's to leave out.
    """
    payments = _payments(debts, as_of, known_on)
    known = {plan.id for plan in plans}
    own = [each for each in promises if each.of_plan not in known]
    everything = [*(_of_promise(each, debts) for each in own), *(one for plan in plans for one in of_plan(plan))]
    shares = counted(payments, everything)
    found = {each.promise.id: _judged(each, shares["promise", each.promise.id], debts, as_of) for each in own}
    results: dict[int, PlanJudgement] = {}
    for plan in plans:
        parts = [shares["plan", plan.id, each.number] for each in plan.instalments]
        results[plan.id] = _plan(plan, parts, as_of)
        named = [each for each in promises if each.of_plan == plan.id]
        found |= _of_the_plan(named, parts, payments, debts, as_of)
    return Judged(found, results)


def _payments(debts: Mapping[int, Debt], as_of: date, known_on: int) -> list[Paid]:
    found = [
        (account, entry)
        for account, debt in debts.items()
        for entry in standing_payments(debt.entries, as_of, known_on)
    ]
    return sorted(found, key=lambda paid: (paid[1].value_date, paid[1].id))


def _of_promise(each: PromiseOn, debts: Mapping[int, Debt]) -> Undertaken:
    debt = debts[each.account]
    return undertaken(each.promise, each.account, debt.terms, debt.place)


def of_plan(plan: Plan) -> list[Undertaken]:
    """Return the instalments of a plan as what they undertake; money counts for one however late it comes."""
    return [
        Undertaken(
            key=("plan", plan.id, each.number),
            accounts=plan.accounts,
            since=plan.agreed_on,
            until=None,
            deadline=add_business_days(each.due, plan.bank_days, plan.place),
            amount=each.amount,
            after_entry=plan.after_entry,
            rank=(0, plan.id, each.number),
        )
        for each in plan.instalments
    ]


def _judged(each: PromiseOn, shares: list[Share], debts: Mapping[int, Debt], as_of: date) -> Judgement:
    debt = debts[each.account]
    return judged(each.promise, shares, debt.terms, debt.place, as_of)


def _of_the_plan(
    named: Sequence[PromiseOn],
    parts: Sequence[list[Share]],
    payments: Sequence[Paid],
    debts: Mapping[int, Debt],
    as_of: date,
) -> dict[int, Judgement]:
    """Judge the promises that name instalments of a plan by the money that counts for that plan, each cent once."""
    if not named:
        return {}
    sums: dict[int, int] = {}
    for entry, part in (share for own in parts for share in own):
        sums[entry.id] = sums.get(entry.id, 0) + part
    inflow = [(account, _of_amount(entry, sums[entry.id])) for account, entry in payments if entry.id in sums]
    wide = [_wide(_of_promise(each, debts), debts) for each in named]
    shares = counted(inflow, wide)
    return {
        each.promise.id: _judged(each, shares["promise", each.promise.id], debts, as_of) for each in named
    }  # fmt: skip


def _of_amount(entry: Entry, amount: int) -> Entry:
    return Entry(entry.id, entry.kind, entry.value_date, entry.book_day, amount)


def _wide(one: Undertaken, debts: Mapping[int, Debt]) -> Undertaken:
    """Let money for any debt of the plan keep a promise about one of its instalments."""
    return Undertaken(
        one.key, frozenset(debts), one.since, one.until, one.deadline, one.amount, one.after_entry, one.rank
    )


def _plan(plan: Plan, parts: Sequence[list[Share]], as_of: date) -> PlanJudgement:
    kept = tuple(_kept(plan, each, shares, as_of) for each, shares in zip(plan.instalments, parts, strict=True))
    everything = [share for shares in parts for share in shares]
    latest = max((entry.value_date for entry, _ in everything), default=None)
    until = latest + timedelta(days=plan.returns_days) if latest else None
    return PlanJudgement(
        plan=plan.id,
        state=_state(plan, kept),
        instalments=kept,
        paid=sum(part for _, part in everything),
        entries=tuple(sorted({entry.id for entry, _ in everything})),
        firm_after=until if until and as_of <= until else None,
    )


def _kept(plan: Plan, each: Instalment, shares: list[Share], as_of: date) -> Kept:
    deadline = add_business_days(each.due, plan.bank_days, plan.place)
    need, met_on, paid = max(0, each.amount - plan.tolerance), None, 0
    for entry, part in shares:
        paid += part
        if met_on is None and paid >= need:
            met_on = entry.value_date
    return Kept(each, paid, deadline, _standing(plan, met_on is not None, deadline, as_of), met_on)


def _standing(plan: Plan, is_met: bool, deadline: date, as_of: date) -> str:  # noqa: FBT001 - one reading of it
    if is_met:
        return "paid"
    if as_of <= deadline:
        return "open"
    return "behind" if as_of <= deadline + timedelta(days=plan.grace_days) else "missed"


def _state(plan: Plan, kept: Sequence[Kept]) -> PlanState:
    missed = sum(each.standing == "missed" for each in kept)
    if missed >= plan.default_after > 0:
        return PlanState.DEFAULTED
    if missed:
        return PlanState.MISSED
    if any(each.standing == "behind" for each in kept):
        return PlanState.BEHIND
    return PlanState.COMPLETED if all(each.standing == "paid" for each in kept) else PlanState.ON_TIME
