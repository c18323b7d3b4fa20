"""The plan board: plans by what they want of somebody, each with its person and debts by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from arrears.domain.plans import ACTIVE, PlanState
from arrears.store.doors import plans
from arrears.store.doors.plans import Standing
from arrears.store.tables.account import Account
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff


@dataclass(frozen=True, slots=True)
class Named:
    """Whose plan it is, over which debts, and who made, approved or ended it."""

    person: int
    name: str
    numbers: tuple[str, ...]
    made_by: str
    approved_by: str
    ended_by: str


@dataclass(frozen=True, slots=True)
class Row:
    """A plan on the board."""

    plan: Standing
    named: Named


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the board: ``late``, ``waiting``, ``proposed``, ``review``, ``ending`` or ``on_time``."""

    name: str
    rows: tuple[Row, ...]


def board(today: date, soon: date) -> tuple[Part, ...]:
    """Return the board's parts: who is behind first; ``soon`` is until when a last instalment counts as near."""
    running = plans.listed({*ACTIVE, PlanState.DEFAULTED})
    waiting, proposed = plans.with_edits_asked(), plans.listed({PlanState.PROPOSED})
    late = [each for each in running if each.state is not PlanState.ON_TIME]
    on_time = [each for each in running if each.state is PlanState.ON_TIME]
    review = [each for each in running if each.review_on and each.review_on <= today]
    ending = [each for each in on_time if each.last_due_on and each.last_due_on <= soon]
    names = named([*running, *waiting, *proposed])
    return tuple(
        Part(name, tuple(Row(each, names[each.id]) for each in found))
        for name, found in (
            ("late", late), ("waiting", waiting), ("review", review), ("ending", ending), ("proposed", proposed),
            ("on_time", on_time),
        )
    )  # fmt: skip


def named(found: Sequence[Standing]) -> dict[int, Named]:
    """Return the names around plans, by plan."""
    people = dict(Person.objects.filter(pk__in={each.person for each in found}).values_list("pk", "full_name"))
    accounts = numbers(account for each in found for account in each.shape.amounts)
    hands = {hand for each in found for hand in (each.made_by, each.approved_by, each.ended_by) if hand}
    staff = dict(Staff.objects.filter(pk__in=hands).values_list("pk", "full_name"))
    return {
        each.id: Named(
            each.person,
            people.get(each.person, ""),
            tuple(accounts.get(account, "") for account in each.shape.amounts),
            staff.get(each.made_by or 0, ""),
            staff.get(each.approved_by or 0, ""),
            staff.get(each.ended_by or 0, ""),
        )
        for each in found
    }


def numbers(accounts: Iterable[int]) -> dict[int, str]:
    """Return the numbers of accounts, by id."""
    return dict(Account.objects.filter(pk__in=set(accounts)).values_list("pk", "number"))
