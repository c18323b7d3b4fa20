"""What a budget says against a plan: nobody is held to more than they told us that they can pay (P36, R16)."""

from arrears.actions.plans.budgets import means_of
from arrears.actions.plans.mistakes import wrong
from arrears.domain.plans import Outline
from arrears.engine.plans.carrying import too_high
from arrears.engine.plans.proposals import Means
from arrears.engine.plans.schedule import schedule
from arrears.kernel.problems import Problem
from arrears.store.doors import budgets
from arrears.store.doors.plans import Standing


def against(
    outline: Outline, budget: int | None, *, person: int, currency: str, using: str = "default"
) -> list[Problem]:
    """Return what the budget of a plan says against an outline; a plan without a budget is nobody's mistake."""
    if budget is None:
        return []
    found = budgets.budget(budget, using=using)
    if found is None or (found.person, found.currency) != (person, currency):
        return [wrong("budget_not_theirs", "budget")]
    return beyond(outline, means_of(found, outline.first, outline.rhythm))


def beyond(outline: Outline, means: Means) -> list[Problem]:
    """Return the mistake that an instalment of an outline is higher than what ``means`` leave at the time."""
    instalments = schedule(outline)
    if isinstance(instalments, Problem):
        return []  # said where the schedule itself is looked at
    high = too_high(outline, instalments, means)
    return [wrong("above_surplus", "each", number=high.number)] if high else []


def against_edit(plan: Standing, outline: Outline, *, using: str = "default") -> list[Problem]:
    """Return what speaks against an edit: the plan's budget, or the newer one that the person has given since."""
    if plan.budget is None:
        return []
    newest = budgets.latest(plan.person, currency=plan.currency, using=using)
    budget = newest.id if newest else plan.budget
    return against(outline, budget, person=plan.person, currency=plan.currency, using=using)
