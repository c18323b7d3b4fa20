"""The form that writes the rest of a plan anew: its debts, its shape, and the new schedule before it is agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arrears.actions.plans.changing import Rewritten
from arrears.domain.plans import Instalment, Outline
from arrears.kernel.calendars import Place
from arrears.kernel.problems import Problem
from arrears.store.doors import plan_board
from arrears.store.doors.cases import Case
from arrears.store.doors.plans import Standing
from arrears.web.numbers import wholes
from arrears.web.plans import forms


@dataclass(frozen=True, slots=True)
class Rest:
    """What was typed: the outline of what is still to come, and what the plan covers where its debts were changed."""

    outline: Outline
    amounts: dict[int, int] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment to come, and what is left of the plan once it is paid; minor units."""

    instalment: Instalment
    left: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """The new schedule: what is to come and whether somebody must approve it."""

    rows: tuple[Row, ...]
    total: int
    needs_approval: bool


@dataclass(frozen=True, slots=True)
class DebtOfPlan:
    """A debt that the plan covers, or may: ``covers`` minor units, 0 for one that is not in it."""

    account: int
    number: str
    covers: int
    is_chosen: bool


def debts(plan: Standing, case: Case | None, chosen: Sequence[str]) -> list[DebtOfPlan]:
    """Return the debts of the plan, then the other open ones of its debtor in the same currency."""
    numbers = plan_board.numbers(plan.shape.amounts)
    others = {
        debt.id: debt.number
        for debt in (case.debts if case else ())
        if debt.role == "debtor" and debt.status == "open" and debt.currency == plan.currency
    }
    covers = plan.shape.amounts
    return [
        DebtOfPlan(account, number, covers.get(account, 0), str(account) in chosen if chosen else account in covers)
        for account, number in {**numbers, **others}.items()
    ]


def read(plan: Standing, typed: forms.Typed, chosen: Sequence[str]) -> Rest | list[Problem]:
    """Read the form; without a word on debts the plan keeps its own."""
    problems: list[Problem] = []
    first = forms.typed_first(typed, problems)
    amounts = _amounts(plan, typed, chosen)
    if isinstance(amounts, list):
        problems += amounts
    if problems or first is None or isinstance(amounts, list):
        return problems
    total = (sum(amounts.values()) if amounts else plan.shape.total) - plan.kept_minor
    made = forms.typed_outline(typed, plan.currency, total, first, Place(plan.shape.place.country, ""))
    return Rest(made, amounts) if isinstance(made, Outline) else made


def _amounts(plan: Standing, typed: forms.Typed, chosen: Sequence[str]) -> dict[int, int] | list[Problem] | None:
    """Return what the plan is to cover of each debt; None where that stays as it is."""
    if not chosen:
        return None
    own = plan.shape.amounts
    picked = wholes(chosen)
    found = forms.amounts_of(typed, picked, own, plan.currency)
    return None if found == dict(own) else found


def ahead(found: Rewritten, first: date) -> Ahead:
    """Return the instalments from ``first`` on, with what each leaves of the plan."""
    coming = [each for each in found.shape.instalments if each.nominal >= first]
    total = left = sum(each.amount for each in coming)
    rows = []
    for each in coming:
        left -= each.amount
        rows.append(Row(each, left))
    return Ahead(tuple(rows), total, found.needs_approval)
