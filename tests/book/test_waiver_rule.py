"""Short by the penalty only: listed, and waived in one step by a named human whose authority reaches."""

from datetime import date
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.entries import EntryKind

pytestmark = pytest.mark.usefixtures("book")
MON = date(2026, 3, 2)


@pytest.fixture
def working() -> WorkingBook:
    return settle()


def fined(working: WorkingBook, penalty: int, *, unpaid: int = 0) -> Any:
    """A fine of 100.00 with a penalty added; all but the penalty and ``unpaid`` is paid."""
    from arrears.actions import positions

    fine = working.loan(unpaid_since=date(2026, 1, 25), instalments=1, paid=0)
    working.enter(fine.account, EntryKind.FEE, date(2026, 2, 20), penalty)
    if unpaid < 10_000:
        working.enter(fine.account, EntryKind.PAYMENT, date(2026, 2, 25), 10_000 - unpaid)
    with working.nobody():
        positions.refresh([fine.account], now=at(MON), using="night")
    return fine


def listed(working: WorkingBook) -> list[tuple[int, int]]:
    from arrears.actions import waiver_rule

    with working.hands_of(working.dora, MON):
        return [(one.account, one.left_minor) for one in waiver_rule.penalty_only()[1]]


def waive(working: WorkingBook, by: int, reason: str = "the town's rule of March") -> Any:
    from arrears.actions import waiver_rule

    with working.hands_of(by, MON):
        return waiver_rule.waive(reason=reason, now=at(MON))


def test_only_debts_that_are_short_by_the_penalty_are_listed(working: WorkingBook) -> None:
    short = fined(working, 3_600)
    fined(working, 3_600, unpaid=100)
    fined(working, 3_600, unpaid=10_000)
    assert listed(working) == [(short.account, 3_600)]


def test_a_manager_waives_them_in_one_step_and_others_ask(working: WorkingBook) -> None:
    first, second = fined(working, 3_600), fined(working, 2_000)
    assert waive(working, working.dora).waiting == 2
    assert working.position(first.account).fees_minor == 3_600
    for one in (first, second):
        assert working.events(account_id=one.account)[-1] == "concession_awaiting"


def test_within_authority_they_are_booked_each_as_an_offer_of_its_own(working: WorkingBook) -> None:
    first, second = fined(working, 3_600), fined(working, 2_000)
    done = waive(working, hire(working.lender, ["manager"]))
    assert (done.waived, done.waiting, done.left) == (2, 0, 0)
    assert [working.position(one.account).fees_minor for one in (first, second)] == [0, 0]
    assert listed(working) == []
    assert working.rows("concession") == 2


def test_a_reason_is_needed(working: WorkingBook) -> None:
    fined(working, 3_600)
    assert waive(working, hire(working.lender, ["manager"]), reason=" ").code == "reason_missing"
