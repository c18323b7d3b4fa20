"""Pages over Django's test client on a real database: one town of people for a module, each test's writes undone."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT_CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
A_DAY = timedelta(days=1)
PASSWORD = "correct horse battery staple"


def shared(name: str) -> Any:
    """Return something of the conftest of all tests, which importlib mode does not let us import by name."""
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(ROOT_CONFTEST))
    return getattr(found, name)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The instant at which the pages think they are: a Tuesday, eleven in the morning in New York."""
    from arrears.config import clock

    instant: datetime = shared("NOW") + A_DAY
    monkeypatch.setattr(clock, "now", lambda: instant)
    return instant


@dataclass(frozen=True)
class Town:
    """Who is who: Alice may, Bob may look, Charlie of another organisation must see nothing."""

    people: Any
    alice: str = "alice"
    bob: str = "ann"
    charlie: str = "charlie"


def owe(
    organisation: int, account: int, *, instalments: tuple[int, ...], paid: tuple[tuple[int, int], ...] = ()
) -> None:
    """Let 100.00 have fallen due so many days before today, each time; ``paid`` are days before today and amounts."""
    from arrears.actions import positions
    from arrears.store import bookday
    from arrears.store.scope import scope
    from arrears.store.tables.account import Entry

    today: date = shared("TODAY")
    rows = [(10, 200, 120_000, 120_000, 0)]
    rows += [(40, back, 10_000, 8_000, n) for n, back in enumerate(instalments, start=1)]
    rows += [(80, back, amount, 0, 0) for back, amount in paid]
    with scope(organisation, None, today=today, using="night"):
        day = bookday.stamp(organisation, using="night").day
        for n, (kind, back, amount, principal, detail) in enumerate(rows):
            Entry.objects.using("night").create(
                organisation_id=organisation, account_id=account, kind=kind, value_date=today - timedelta(days=back),
                amount_minor=amount, principal_minor=principal, detail=detail, book_day=day, source_kind="contract",
                source_ref=f"{account}-{n}",
            )  # fmt: skip
        positions.refresh([account], now=shared("NOW"), using="night")


def can_be_called(organisation: int, person: int, number: str, use: str = "mobile") -> int:
    """Give the person a number under New York's clock."""
    from arrears.store.tables.person import ContactPoint

    row = ContactPoint.objects.using("night").create(
        organisation_id=organisation, person_id=person, kind="phone", use=use, value=number, normalised=number,
        country="US", region="US-NY", timezones=["America/New_York"], source="contract", basis="contract",
    )  # fmt: skip
    return int(row.pk)


def staff(username: str, organisation: int, roles: list[str], language: str = "en") -> int:
    """Add somebody who can sign in."""
    from arrears.store.tables.staff import Staff

    row = Staff(username=username, full_name=username.title(), organisation_id=organisation, roles=roles)
    row.language, row.capacity_minutes, row.team = language, 420, "phone"
    row.set_password(PASSWORD)
    row.save(using="night")
    return int(row.pk)


def settle_town() -> Town:
    """Write the people, what they owe and how they are reached, and a night's list."""
    from arrears.jobs.night.nights import run_nights
    from arrears.store import search
    from arrears.store.doors import organisations_at_night
    from arrears.store.scope import scope
    from arrears.store.tables.account import Product
    from arrears.store.tables.organisation import Organisation
    from arrears.store.tables.person import Person
    from arrears.store.tables.staff import Staff

    people = shared("settle_people")()
    lender = people.lender
    night = "night"
    for who in Staff.objects.using(night).all():
        who.set_password(PASSWORD)
        who.save(using=night)
    staff("ann", lender, ["auditor"])
    staff("fred", lender, ["finance"])
    staff("carol", lender, ["compliance"])
    staff("mona", lender, ["manager"])
    staff("adam", lender, ["administrator"])
    Organisation.objects.using(night).filter(pk=lender).update(settings={"from_numbers": ["+12125550199"]})
    terms = {"late_charge": {"rate_ppm": 240_000, "grace_days": 5}}
    Product.objects.using(night).filter(organisation_id=lender).update(terms=terms)
    names = {people.kept_debtor: "María Álvarez", people.placed_debtor: "Wang Xiaoming 王小明"}
    for person, name in names.items():
        Person.objects.using(night).filter(pk=person).update(full_name=name)
    owe(lender, people.kept, instalments=(33, 3), paid=((34, 4_000),))
    owe(lender, people.placed, instalments=(40,))
    can_be_called(lender, people.kept_debtor, "+12125550101")
    can_be_called(lender, people.kept_debtor, "+12125550102", "work")
    can_be_called(lender, people.placed_debtor, "+12125550103")
    with scope(lender, None, using=night):
        search.index([people.kept_debtor, people.placed_debtor], using=night)
    [organisation] = organisations_at_night.organisations([lender])
    list(run_nights(organisation, shared("TODAY") + A_DAY, clock=lambda: shared("NOW") + timedelta(hours=12)))
    return Town(people)


@pytest.fixture
def town(book: str, now: datetime) -> Town:
    """The town, in a book of this test's own."""
    return settle_town()


@pytest.fixture(scope="module")
def standing_town(shared_book: str) -> Iterator[Town]:
    """The town, shared by the tests of a module: each leaves it as it found it, or touches what no other looks at."""
    from arrears.config import clock

    instant: datetime = shared("NOW") + A_DAY
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: instant)
        yield settle_town()


def signed_in(username: str, language: str = "en") -> Any:
    """Return a browser of this person, signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, get_user_model()
    return client
