"""What the gate is told of the book: how debts stand, whose clock counts, whose holds reach whom."""

from datetime import date
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def dial(working: WorkingBook, loan: Any, clock: str = "11:00", on: date = MONDAY, staff: int | None = None) -> Any:
    from arrears.actions import contacts

    with working.hands_of(staff or working.alice, on):
        return contacts.take_permit(contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(on, clock))


def refusing(refused: Any) -> list[str]:
    from arrears.actions.contacts import Refused

    assert isinstance(refused, Refused)
    return [spoken.rule.id for spoken in refused.verdict.refusing]


def written(working: WorkingBook) -> dict[str, int]:
    return {table: working.rows(table) for table in ("permit", "attempt", "event", "touched", "incident", "hold")}


def refresh(working: WorkingBook, account: int) -> None:
    from arrears.actions import positions

    with working.nobody():
        positions.refresh([account], now=at(MONDAY), using="night")


def test_a_debt_paid_in_full_is_not_called_about_and_nothing_is_written(working, loan):
    working.pay(loan, MONDAY, 60_000)
    before = written(working)
    refused = dial(working, loan)
    assert refusing(refused) == ["core.debt_over"]
    assert refused.verdict.refusing[0].facts["status"] == "paid"
    assert written(working) == before


def test_a_debt_that_was_sold_is_not_called_about_and_nothing_is_written(working, loan):
    from arrears.domain.entries import EntryKind

    working.enter(loan.account, EntryKind.SALE, date(2026, 2, 27), 0)
    refresh(working, loan.account)
    before = written(working)
    refused = dial(working, loan)
    assert refusing(refused) == ["core.debt_over"]
    assert refused.verdict.refusing[0].facts["status"] == "sold"
    assert written(working) == before
