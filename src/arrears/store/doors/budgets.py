"""Budgets as they were said: their lines, whose they are, with consent and for one purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from arrears.domain.plans import Rhythm
from arrears.store.scope import current
from arrears.store.tables.plan import Budget, BudgetLine


@dataclass(frozen=True, slots=True)
class Said:
    """One line: so much, so often."""

    name: str
    amount_minor: int
    rhythm: Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A budget: its lines, what they come to in a month, when money comes, what else is expected."""

    owner: int
    person: int
    currency: str
    income_minor: int
    costs_minor: int
    pay_rhythm: Rhythm
    pay_on: date
    rises_on: date | None
    rise_minor: int
    lump_on: date | None
    lump_minor: int
    lines: Sequence[Said]
    attempt: int | None
    at: datetime
    book_day: int
    id: int = 0
    made_by: str = ""

    @property
    def surplus_minor(self) -> int:
        """What is left in a month; below zero where costs are higher."""
        return self.income_minor - self.costs_minor


PURPOSE = "affordable_plan"


def add(kept: Kept, *, using: str = "default") -> int:
    """Write a budget down, return its id; who asked for it has said that the person agreed to its being kept."""
    scope = current(using)
    own = {"organisation_id": kept.owner, "by_organisation_id": scope.organisation, "person_id": kept.person}
    row = Budget.objects.using(using).create(
        **own,
        attempt_id=kept.attempt,
        made_by_id=scope.user,
        made_at=kept.at,
        book_day=kept.book_day,
        currency=kept.currency,
        income_minor=kept.income_minor,
        costs_minor=kept.costs_minor,
        pay_rhythm=kept.pay_rhythm.value,
        pay_on=kept.pay_on,
        rises_on=kept.rises_on,
        rise_minor=kept.rise_minor,
        lump_on=kept.lump_on,
        lump_minor=kept.lump_minor,
        consented=True,
        purpose=PURPOSE,
    )
    lines = [
        BudgetLine(**own, budget_id=row.pk, name=line.name, amount_minor=line.amount_minor, rhythm=line.rhythm.value)
        for line in kept.lines
    ]
    BudgetLine.objects.using(using).bulk_create(lines)
    return int(row.pk)


def latest(person_id: int, *, currency: str = "", using: str = "default") -> Kept | None:
    """Return the newest budget of a person, in ``currency`` where one is said; None where there is none in sight."""
    rows = Budget.objects.using(using).filter(person_id=person_id).select_related("made_by")
    rows = rows.filter(currency=currency) if currency else rows
    row = rows.order_by("-made_at", "-pk").first()
    return None if row is None else _kept(row, using)


def budget(budget_id: int, *, using: str = "default") -> Kept | None:
    """Return a budget; None where the scope sees no such one."""
    row = Budget.objects.using(using).filter(pk=budget_id).select_related("made_by").first()
    return None if row is None else _kept(row, using)


def _kept(row: Budget, using: str) -> Kept:
    lines = BudgetLine.objects.using(using).filter(budget_id=row.pk).order_by("pk")
    return Kept(
        id=row.pk,
        owner=row.organisation_id,
        person=row.person_id,
        currency=row.currency,
        income_minor=row.income_minor,
        costs_minor=row.costs_minor,
        pay_rhythm=Rhythm(row.pay_rhythm),
        pay_on=row.pay_on,
        rises_on=row.rises_on,
        rise_minor=row.rise_minor,
        lump_on=row.lump_on,
        lump_minor=row.lump_minor,
        lines=[Said(line.name, line.amount_minor, Rhythm(line.rhythm)) for line in lines],
        attempt=row.attempt_id,
        at=row.made_at,
        book_day=row.book_day,
        made_by=row.made_by.full_name if row.made_by else "",
    )
