"""A cut that grows between approval and booking is booked only as far as the level that approved it reaches."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.concessions import ConcessionKind, Part, State
from arrears.domain.entries import EntryKind

pytestmark = pytest.mark.usefixtures("book")
MON = date(2026, 3, 2)
TUE, CLEAR = MON + timedelta(days=1), MON + timedelta(days=10)


@pytest.fixture
def working() -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    """600.00 owed, the oldest instalment for 97 days."""
    return working.loan(unpaid_since=date(2025, 11, 25))


def told(working: WorkingBook, verb: str, *said: Any, by: int, on: date = MON, **more: Any) -> Any:
    from arrears.actions import concessions

    with working.hands_of(by, on):
        return getattr(concessions, verb)(*said, now=at(on), **more)


def settled_for_450(working: WorkingBook, loan: Any) -> tuple[int, Any]:
    """90.00 are paid, then a cut of 60.00 is approved by a senior collector and taken; return it, and the 90.00."""
    senior = hire(working.lender, ["senior"])
    early = working.pay(loan, MON - timedelta(days=3), 9_000)
    parts = [Part(MON + timedelta(days=4), 45_000)]
    made = told(
        working, "propose", loan.account, ConcessionKind.SETTLEMENT, parts, by=working.alice, reason="ill", key="1"
    )
    assert (made.state, made.weighed.level.name, made.weighed.cut_minor) == (State.AWAITING, "senior", 6_000)
    assert told(working, "decide", made.id, approve=True, reason="fair", by=senior).state is State.APPROVED
    assert told(working, "accept", made.id, by=working.alice).state is State.ACCEPTED
    return int(made.id), early


def returned(working: WorkingBook, payment: Any, on: date) -> None:
    from arrears.actions import payments

    with working.nobody():
        payments.reverse(payment, value_date=on, reason="R10", now=at(on), using="night")


def night(working: WorkingBook, loan: Any, on: date) -> None:
    from arrears.actions import concessions

    with working.nobody():
        concessions.judge([loan.account], now=at(on, "02:00"), using="night")


def state(number: int) -> str:
    from arrears.store.tables.concession import Concession

    return Concession.objects.using("report").get(pk=number).state


def owed(working: WorkingBook, loan: Any, on: date) -> int:
    from arrears.engine.ledger import by_day
    from arrears.kernel.epoch import epoch_day

    return by_day.contractual(working.position(loan.account), epoch_day(on))


def waits(working: WorkingBook) -> list[tuple[int, int, int]]:
    """What waits to be confirmed: offer, cut, level."""
    from arrears.store.doors import concessions as rows

    with working.hands_of(working.dora, CLEAR):
        found = rows.unconfirmed()
    return [(one.offered.id, facts["unconfirmed_minor"], facts["level"]) for one, facts in found]


def test_a_cut_that_grew_beyond_who_approved_it_waits_to_be_confirmed(working: WorkingBook, loan: Any) -> None:
    number, early = settled_for_450(working, loan)
    working.pay(loan, TUE, 45_000)
    returned(working, early, TUE)
    assert waits(working) == []
    night(working, loan, CLEAR)
    assert (state(number), owed(working, loan, CLEAR)) == ("paid", 15_000)
    assert waits(working) == [(number, 15_000, 3)]
    night(working, loan, CLEAR + timedelta(days=1))
    assert waits(working) == [(number, 15_000, 3)]
    said: dict[str, Any] = {"cut_minor": 15_000, "reason": "The bank was late", "on": CLEAR}
    senior = hire(working.lender, ["senior"])
    assert told(working, "confirm_cut", number, by=senior, **said).code == "beyond_authority"
    assert told(working, "confirm_cut", number, by=working.alice, **said).code == "own_offer"
    assert told(working, "confirm_cut", number, by=working.dora, **{**said, "reason": " "}).code == "reason_missing"
    assert told(working, "confirm_cut", number, by=working.dora, **{**said, "cut_minor": 1}).code == "cut_has_changed"
    assert told(working, "confirm_cut", number, by=working.dora, **said).state is State.COMPLETED
    assert (owed(working, loan, CLEAR), waits(working)) == (0, [])
    assert told(working, "confirm_cut", number, by=working.dora, **said).code == "not_unconfirmed"


def test_a_cut_that_grows_after_it_was_booked_is_taken_back_until_confirmed(working: WorkingBook, loan: Any) -> None:
    number, early = settled_for_450(working, loan)
    working.pay(loan, TUE, 45_000)
    night(working, loan, CLEAR)
    assert (state(number), owed(working, loan, CLEAR)) == ("completed", 0)
    returned(working, early, CLEAR)
    assert (state(number), owed(working, loan, CLEAR)) == ("paid", 15_000)
    assert waits(working) == [(number, 15_000, 3)]
    done = told(working, "confirm_cut", number, by=working.dora, cut_minor=15_000, reason="The bank was late", on=CLEAR)
    assert (done.state, owed(working, loan, CLEAR)) == (State.COMPLETED, 0)


def test_what_comes_late_within_the_level_bothers_nobody(working: WorkingBook, loan: Any) -> None:
    number, _ = settled_for_450(working, loan)
    working.pay(loan, TUE, 45_000)
    working.enter(loan.account, EntryKind.COST, MON, 700)
    night(working, loan, CLEAR)
    assert (state(number), owed(working, loan, CLEAR), waits(working)) == ("completed", 0, [])


def test_the_payment_of_a_settlement_that_waits_goes_back_and_nothing_waits(working: WorkingBook, loan: Any) -> None:
    number, early = settled_for_450(working, loan)
    paid = working.pay(loan, TUE, 45_000)
    returned(working, early, TUE)
    night(working, loan, CLEAR)
    returned(working, paid, CLEAR)
    assert (state(number), owed(working, loan, CLEAR), waits(working)) == ("reinstated", 60_000, [])
