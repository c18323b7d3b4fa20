"""What a collector is offered to ask for: only what the book can compare, and never the name it read out."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from arrears.store.scope import scope


def called(client: Any, person: int) -> str:
    return str(client.get(f"/call/{person}/").content.decode())


def offered(page: str) -> list[tuple[str, bool]]:
    found = re.findall(r'name="items" value="(\w+)"( checked)?', page)
    return [(code, bool(ticked)) for code, ticked in found]


@pytest.fixture
def alice(town: Any) -> Any:
    """Alice, on a call with María."""
    conftest = Path(__file__).with_name("conftest.py")
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(conftest))
    client = found.signed_in("alice")
    client.post(f"/call/{town.people.kept_debtor}/inbound/")
    return client


def test_only_what_is_on_file_is_offered_and_ticks_outlive_a_mistake(town: Any, alice: Any) -> None:
    from arrears.store.tables.contact import Attempt

    person = town.people.kept_debtor
    assert offered(called(alice, person)) == [("account_number_end", False), ("last_payment", False)]
    attempt = Attempt.objects.using("night").latest("pk").pk
    said = {"attempt": attempt, "items": ["last_payment"], "passed": "yes"}
    answer = alice.post(f"/call/{person}/verify/", said)
    assert answer.status_code == 422
    assert offered(answer.content.decode()) == [("account_number_end", False), ("last_payment", True)]


def test_where_fewer_than_two_items_are_on_file_the_page_says_so(town: Any, alice: Any) -> None:
    from arrears.kernel.epoch import NO_DATE
    from arrears.store.tables.work import AccountPosition

    person = town.people.kept_debtor
    assert "Too little is on file" not in called(alice, person)
    AccountPosition.objects.using("night").update(last_payment_day=NO_DATE)
    page = called(alice, person)
    assert offered(page) == [("account_number_end", False)]
    assert "Too little is on file to verify this person" in page


def test_an_address_offers_its_postcode_where_it_shows_one(town: Any) -> None:
    from arrears.actions.verification import askable
    from arrears.store.doors.cases import case_of
    from arrears.store.tables.person import ContactPoint

    people = town.people
    for value, more in (("Elm Street, Springfield", ["address"]), ("1 Elm Street, 10001", ["postcode", "address"])):
        ContactPoint.objects.using("night").create(
            organisation_id=people.lender, person_id=people.kept_debtor, kind="address", use="home", value=value,
            normalised=value, source="contract", basis="contract",
        )  # fmt: skip
        with scope(people.lender, people.alice):
            case = case_of(people.kept_debtor, date(2026, 3, 3))
        assert case is not None
        assert [item.code for item in askable(case)] == [*more, "account_number_end", "last_payment"]
