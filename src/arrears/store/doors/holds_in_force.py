"""Every hold in force, for the page that shows them: whom or what it holds, since when, on which proof, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from arrears.store.doors.holds import Placed, placed
from arrears.store.tables.account import Account
from arrears.store.tables.person import Person
from arrears.store.tables.promise import Hold
from arrears.store.tables.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A hold with the person's name and country, the debt's number where it is about one, and who placed it."""

    hold: Placed
    person: int | None
    name: str
    country: str
    number: str
    placed_by: str


def holds_in_force(
    at: datetime, *, kind: str = "", ids: Sequence[int] | None = None, most: int = 300, using: str = "default"
) -> tuple[InForce, ...]:
    """Return the holds in force at an instant, those that end soonest first and those without an end last.

    ``kind`` narrows it to one kind, ``ids`` to those holds, ended ones too.
    """
    rows = Hold.objects.using(using)
    found = rows.filter(pk__in=ids) if ids is not None else rows.filter(from_at__lte=at).filter(_stands(at))
    if kind:
        found = found.filter(kind=kind)
    return _named(list(found.order_by("until_at", "from_at", "pk")[:most]), using)


def _stands(at: datetime) -> Q:
    return Q(until_at__isnull=True) | Q(until_at__gt=at)


def _named(rows: Sequence[Hold], using: str) -> tuple[InForce, ...]:
    owed = Account.objects.using(using).filter(pk__in={row.account_id for row in rows if row.account_id})
    accounts = {pk: (number, person) for pk, number, person in owed.values_list("pk", "number", "person_id")}
    debtors = {row.pk: row.person_id or accounts.get(row.account_id or 0, ("", None))[1] for row in rows}
    people = Person.objects.using(using).filter(pk__in={who for who in debtors.values() if who})
    known = {pk: (name, country) for pk, name, country in people.values_list("pk", "full_name", "country")}
    staff = Staff.objects.using(using).filter(pk__in={row.made_by_id for row in rows if row.made_by_id})
    makers = dict(staff.values_list("pk", "full_name"))
    return tuple(
        InForce(
            hold=placed(row),
            person=debtors[row.pk],
            name=known.get(debtors[row.pk] or 0, ("", ""))[0],
            country=known.get(debtors[row.pk] or 0, ("", ""))[1],
            number=accounts.get(row.account_id or 0, ("", None))[0],
            placed_by=makers.get(row.made_by_id or 0, ""),
        )
        for row in rows
    )
