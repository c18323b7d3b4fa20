"""Keeping a budget: with consent, for one purpose, by named roles; and what it can carry (P36, R16)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from arrears.actions import history, people
from arrears.actions.plans.mistakes import wrong
from arrears.domain.plans import Rhythm
from arrears.engine.budget.budget import Budget, BudgetLine, summed
from arrears.engine.plans.proposals import Bounds, Means
from arrears.kernel.problems import Problem
from arrears.packs.budget import form
from arrears.packs.plans import rules
from arrears.store import bookday
from arrears.store.doors import budgets, contact_records
from arrears.store.doors.budgets import Kept, Said

SEES_BUDGETS: Final = frozenset({"collector", "senior", "supervisor", "manager", "agency", "compliance"})
KEEPS_BUDGETS: Final = SEES_BUDGETS - {"compliance"}


def keep(
    person: int,
    *,
    currency: str,
    lines: Sequence[Said],
    pay_rhythm: Rhythm,
    pay_on: date,
    consented: bool,
    now: datetime,
    rises_on: date | None = None,
    rise_minor: int = 0,
    lump_on: date | None = None,
    lump_minor: int = 0,
    attempt: int | None = None,
    using: str = "default",
) -> int | list[Problem]:
    """Keep what somebody said of income and costs; return its id.

    ``consented``: they agreed to its being kept to find a plan that they can afford. Nothing about health is asked for,
    and a line that is not on the form is not kept.
    """
    problems = mistakes_of(lines, consented=consented, using=using)
    who = contact_records.reached_person(person, using=using)
    if who is None:
        problems.append(wrong("plan_not_found", "person"))
    if problems or who is None:
        return problems
    made = total_of(lines)
    budget = budgets.add(
        Kept(
            owner=who.owner, person=person, currency=currency, income_minor=made.income, costs_minor=made.costs,
            pay_rhythm=pay_rhythm, pay_on=pay_on, rises_on=rises_on, rise_minor=rise_minor, lump_on=lump_on,
            lump_minor=lump_minor, lines=tuple(lines), attempt=attempt, at=now,
            book_day=bookday.stamp(who.owner, using=using).day,
        ),
        using=using,
    )  # fmt: skip
    history.append("budget_kept", owner=who.owner, person=person, now=now, using=using, budget=budget)
    return budget


def mistakes_of(lines: Sequence[Said], *, consented: bool, using: str = "default") -> list[Problem]:
    """Return what is wrong with a budget before it is kept."""
    if KEEPS_BUDGETS.isdisjoint(people.own_roles(using=using)):
        return [wrong("may_not_see_budgets")]
    known = form().sides
    found = [wrong("line_not_known", line.name, name=line.name) for line in lines if line.name not in known]
    if not any(line.amount_minor > 0 for line in lines):
        found.append(wrong("nothing_said", "lines"))
    if not consented:
        found.append(wrong("consent_missing", "consented"))
    return found


def total_of(lines: Sequence[Said]) -> Budget:
    """Return what lines come to in a month; those that the form does not have are left out."""
    sides = form().sides
    return summed(
        [
            BudgetLine(line.name, line.amount_minor, sides[line.name], line.rhythm)
            for line in lines
            if line.name in sides
        ]
    )


def means_of(budget: Kept, first: date, rhythm: Rhythm | None = None) -> Means:
    """Return what a budget lets somebody pay from ``first`` on, by the rhythm of their pay-day or another."""
    return Means(
        monthly=budget.surplus_minor,
        rhythm=rhythm or budget.pay_rhythm,
        first=first,
        rises_on=budget.rises_on,
        rise=budget.rise_minor,
        lump_on=budget.lump_on,
        lump=budget.lump_minor,
    )


def bounds() -> Bounds:
    """Return the house's bounds of what is proposed."""
    known = rules()
    return Bounds(known.most_months, known.room_percent, known.token_instalments)
