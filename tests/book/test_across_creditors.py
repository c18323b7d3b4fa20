"""One person counted across creditors: off unless both say on what basis, and then only an instant is ever learnt."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections
from tests.working_book import WorkingBook, at, settle

TUESDAY = date(2026, 3, 3)
BASIS = {"basis": "agreement of the regulator of 2 January 2026", "limit": 2, "days": 7}


@pytest.fixture
def identifier() -> str:
    """A national identifier of this test alone: the books of others stay in the database."""
    return f"{uuid4().int % 10**9:09}"


@pytest.fixture
def two(shared_book: str) -> tuple[WorkingBook, WorkingBook]:
    return settle(), settle()


def takes_part(book: WorkingBook, said: dict[str, Any] | None) -> None:
    from arrears.store.tables.organisation import Organisation

    row = Organisation.objects.using("night").get(pk=book.lender)
    row.settings = {**row.settings, "gate": {"across_creditors": said} if said else {}}
    row.save(using="night")


def known_as(book: WorkingBook, person: int, identifier: str) -> None:
    from arrears.store import sealed
    from arrears.store.tables.person import Person

    Person.objects.using("night").filter(pk=person).update(
        national_id_sealed=sealed.seal(identifier, f"person.national_id {person}"),
        national_id_index=sealed.blind(identifier, book.lender),
    )


def ask(book: WorkingBook, loan: Any, clock: str) -> Any:
    from arrears.actions import contacts

    with book.hands_of(book.alice, TUESDAY):
        approach = contacts.Approach(person=loan.person, contact_point=loan.phone)
        return contacts.take_permit(approach, now=at(TUESDAY, clock))


def called(book: WorkingBook, identifier: str, clocks: tuple[str, ...]) -> None:
    loan = book.loan(unpaid_since=date(2026, 2, 15))
    known_as(book, loan.person, identifier)
    for clock in clocks:
        assert type(ask(book, loan, clock)).__name__ == "Taken"


def test_two_creditors_who_take_part_count_the_person_together_and_learn_an_instant(two, identifier):
    ours, others = two
    for book in two:
        takes_part(book, BASIS)
    called(others, identifier, ("09:00", "10:00"))
    loan = ours.loan(unpaid_since=date(2026, 2, 15))
    known_as(ours, loan.person, f"{identifier[:3]}-{identifier[3:5]}-{identifier[5:]}")

    refused = ask(ours, loan, "11:00")

    [spoken] = refused.verdict.refusing
    assert spoken.rule.id == "house.across"
    # The second last of two contacts was at 09:00 in New York on the 3rd: its week is over on the 10th, told at day's end.
    assert spoken.until == datetime(2026, 3, 11, tzinfo=UTC)
    assert spoken.facts == {"until": "2026-03-10 20:00"}
    assert set(spoken.as_record()["facts"]) == {"until"}


def test_one_contact_less_than_the_limit_is_no_bar(two, identifier):
    ours, others = two
    for book in two:
        takes_part(book, BASIS)
    called(others, identifier, ("09:00",))
    loan = ours.loan(unpaid_since=date(2026, 2, 15))
    known_as(ours, loan.person, identifier)

    assert type(ask(ours, loan, "11:00")).__name__ == "Taken"


@pytest.mark.parametrize(
    ("ours_says", "others_say"),
    [(None, BASIS), (BASIS, None), ({**BASIS, "basis": "  "}, BASIS)],
    ids=["we take no part", "they take no part", "no basis is no part"],
)
def test_who_takes_no_part_neither_counts_nor_is_counted(two, identifier, ours_says, others_say):
    ours, others = two
    takes_part(ours, ours_says)
    takes_part(others, others_say)
    called(others, identifier, ("09:00", "10:00"))
    loan = ours.loan(unpaid_since=date(2026, 2, 15))
    known_as(ours, loan.person, identifier)

    assert type(ask(ours, loan, "11:00")).__name__ == "Taken"


def test_somebody_of_whom_no_identifier_is_known_is_not_counted_with_anybody(two, identifier):
    ours, others = two
    for book in two:
        takes_part(book, BASIS)
    called(others, identifier, ("09:00", "10:00"))

    assert type(ask(ours, ours.loan(unpaid_since=date(2026, 2, 15)), "11:00")).__name__ == "Taken"


def test_the_database_shows_nobody_the_rows_of_others(two, identifier):
    ours, others = two
    takes_part(others, BASIS)
    called(others, identifier, ("09:00",))

    with ours.hands_of(ours.alice, TUESDAY), connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM across_contact")
        assert cursor.fetchone() == (0,)
        with pytest.raises(DatabaseError, match="row-level security"):
            cursor.execute(
                "INSERT INTO across_contact (organisation_id, person_key, at) VALUES (%s, sha256('x'), now())",
                [others.lender],
            )


def test_rows_that_no_window_reaches_any_more_go(two, identifier):
    from arrears.store.tables.across import AcrossContact

    ours, _ = two
    takes_part(ours, BASIS)
    loan = ours.loan(unpaid_since=date(2026, 2, 15))
    known_as(ours, loan.person, identifier)
    ask(ours, loan, "09:00")
    old = AcrossContact.objects.using("night").filter(organisation_id=ours.lender)
    old.update(at=at(TUESDAY) - timedelta(days=61))

    ask(ours, loan, "12:00")

    [left] = AcrossContact.objects.using("report").filter(organisation_id=ours.lender)
    assert left.at == at(TUESDAY, "12:00")
