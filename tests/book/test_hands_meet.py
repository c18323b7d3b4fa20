"""Where one part of the book hands over to the next: stories that no part can pass alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def placed(working: WorkingBook) -> Any:
    made = working.loan(unpaid_since=date(2026, 2, 15))
    working.place(made, from_on=MONDAY - timedelta(days=3), in_default_since=date(2026, 2, 15))
    return made


def test_an_agency_decides_about_a_person_before_any_night_of_the_owner(working: WorkingBook, placed: Any) -> None:
    from arrears.actions import people
    from arrears.store.tables.work import Decision, PackVersion

    assert not PackVersion.objects.using("report").filter(organisation_id=working.lender).exists()
    with working.hands_of(working.bob, MONDAY):
        (found,) = people.redecide([placed.person], now=at(MONDAY))
    assert (found.working, found.account) == (working.agency, placed.account)
    (version,) = PackVersion.objects.using("report").all()
    assert version.organisation_id == working.lender
    decided = Decision.objects.using("report").get(account_id=placed.account)
    assert decided.pack_version_id == version.pk


def test_an_agency_tells_of_its_own_calls_before_any_night_of_the_owner(working: WorkingBook, placed: Any) -> None:
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role

    told = contacts.Told(
        owner=working.lender, person=placed.person, accounts=(placed.account,), contact_point=placed.phone,
        role=Role.DEBTOR, channel=Channel.CALL, origin=Origin.AGENCY_REPORTED, direction=Direction.TO_PERSON,
        outcome=Outcome.NO_ANSWER, at=at(MONDAY, "10:00"), source_kind="dialler", source_ref=f"{placed.account}/1",
    )  # fmt: skip
    with working.hands_of(working.bob, MONDAY):
        kept = contacts.record_elsewhere(told, now=at(MONDAY, "18:00"))
    assert not hasattr(kept, "code"), kept
    assert working.position(placed.account).calls_slots == 1


def test_nobody_keeps_a_version_of_the_rules_for_an_owner_out_of_reach(working: WorkingBook) -> None:
    from django.db.utils import DatabaseError
    from psycopg import errors

    from arrears.store.doors import rules_in_force

    other = settle()
    with pytest.raises((DatabaseError, errors.InsufficientPrivilege)), working.hands_of(working.bob, MONDAY):
        rules_in_force.keep_version(other.lender, version="x", content_hash=b"x" * 32, codes={}, now=at(MONDAY))
