"""Judging plans and the promises beside them together, and writing down what changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.actions import history, positions
from arrears.domain.plans import JUDGED, PlanJudgement, PlanState
from arrears.domain.promises import Judgement
from arrears.engine.plans.judging import Debt, PromiseOn, judge_together
from arrears.kernel.hours import local_day
from arrears.store import bookday
from arrears.store.doors import plans
from arrears.store.doors import positions as bases
from arrears.store.doors import promises as rows
from arrears.store.doors.plans import Standing
from arrears.store.doors.positions import Basis
from arrears.store.doors.promises import Standing as Promised

_EVENTS: Final = {
    PlanState.ON_TIME: "plan_on_time_again",
    PlanState.BEHIND: "plan_behind",
    PlanState.MISSED: "plan_missed",
    PlanState.DEFAULTED: "plan_defaulted",
    PlanState.COMPLETED: "plan_completed",
}


@dataclass(frozen=True, slots=True)
class Together:
    """Plans, with every debt whose money they or each other draw on."""

    plans: tuple[Standing, ...]
    accounts: frozenset[int]


def drawing_together(accounts: Iterable[int], *, using: str = "default") -> Together:
    """Return the plans on ``accounts`` that payments judge, and on the debts of those plans, and so on."""
    reached = set(accounts)
    if not reached or not plans.have_plans(sorted(reached), using=using):
        return Together((), frozenset())
    found: tuple[Standing, ...] = ()
    while True:
        found = tuple(plans.of_accounts(reached, JUDGED, using=using))
        covered = {account for plan in found for account in plan.shape.amounts}
        if covered <= reached:
            return Together(found, frozenset(covered))
        reached |= covered


def hold_together(accounts: Iterable[int], *, using: str = "default") -> None:
    """Keep other writers out of the positions of ``accounts`` and of the debts that draw on the same money, in order.

    Whoever posts or judges does this first, a file of them for all of its debts at once: two payments on two debts of
    one plan then wait for each other, and never each for the other.
    """
    wanted = positions.ids(accounts)
    reached = [drawing_together(part.tolist(), using=using).accounts for part in _in_ranges(wanted)]
    everything = positions.ids(set(wanted.tolist()).union(*reached)) if any(reached) else wanted
    for part in _in_ranges(everything):
        bases.hold_rows(part, using=using)


def _in_ranges(accounts: positions.Ints) -> Iterator[positions.Ints]:
    for start in range(0, len(accounts), positions.RANGE):
        yield accounts[start : start + positions.RANGE]


def judge_plans(accounts: Iterable[int], *, now: datetime, using: str = "default") -> list[int]:
    """Judge the plans on ``accounts``, and their promises with them; return the accounts of plans that changed."""
    from arrears.actions import promises  # it judges plans along with promises, so it stands above this module

    wanted = list(accounts)
    before = drawing_together(wanted, using=using)
    promises.judge(wanted, now=now, using=using)
    return sorted(before.accounts)


def judge_debts(
    together: Together,
    promised: dict[int, list[Promised]],
    *,
    now: datetime,
    using: str = "default",
) -> tuple[dict[int, Judgement], set[int]]:
    """Judge plans with the promises on their debts; write plans down. Return promises judged, and accounts changed."""
    found = bases.bases_of(positions.ids(together.accounts), using=using)
    facts = rows.facts_of([basis.account for basis in found], using=using)
    judgements: dict[int, Judgement] = {}
    changed: set[int] = set()
    for zone in sorted({basis.timezone for basis in found}):
        own = {basis.account: basis for basis in found if basis.timezone == zone}
        debts = {
            account: Debt(facts[account], positions.terms_of(basis), basis.place) for account, basis in own.items()
        }
        mine = [plan for plan in together.plans if set(plan.shape.amounts) <= set(own)]
        said = [_said(each, own[account]) for account in own for each in promised.get(account, ())]
        judgeable = [plan.judged_from(local_day(plan.agreed_at, zone)) for plan in mine if plan.agreed_at]
        today = local_day(now, zone)
        results = judge_together(said, judgeable, debts, today)
        judgements |= results.promises
        for plan in mine:
            if plan.id in results.plans and _write(plan, results.plans[plan.id], zone, now, using):
                changed |= set(plan.shape.amounts)
    return judgements, changed


def _said(each: Promised, basis: Basis) -> PromiseOn:
    return PromiseOn(each.account, each.said(local_day(each.taken_at, basis.timezone)), each.plan or 0)


def _write(plan: Standing, found: PlanJudgement, zone: str, now: datetime, using: str) -> bool:
    """Write down what became of a plan; return whether anything changed. Its state alone is told in history."""
    after = found.next_due
    paid_of_next = next((each.paid for each in found.instalments if each.instalment is after), 0)
    says = {
        "state": found.state.value,
        "kept_minor": found.paid,
        "next_due_on": after.due if after else None,
        "next_due_minor": after.amount - paid_of_next if after else 0,
        "behind_since": found.behind_since,
        "behind_minor": found.behind_minor,
        "firm_after": found.firm_after,
    }
    if all(getattr(plan, name) == value for name, value in says.items()):
        return False
    day = bookday.stamp(plan.owner, using=using).day
    plans.change(plan.id, only_in=JUDGED, using=using, judged_on=local_day(now, zone), judged_book_day=day, **says)
    if plan.state is not found.state:
        history.append(
            _EVENTS[found.state], owner=plan.owner, person=plan.person, now=now, using=using, plan=plan.id,
            was=plan.state.value, kept_minor=found.paid, behind_minor=found.behind_minor,
        )  # fmt: skip
    return True
