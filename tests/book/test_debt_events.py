"""Debt events: each an entry of its own, by those who may, and none of them a cure; a sale ends contact."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.kernel.epoch import NO_DATE, epoch_day

pytestmark = pytest.mark.usefixtures("book")
MON = date(2026, 3, 2)


@pytest.fixture
def working() -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2025, 11, 25))


@pytest.fixture
def grace(working: WorkingBook) -> int:
    return hire(working.lender, ["manager"])


def note(working: WorkingBook, loan: Any, name: str, by: int, **said: Any) -> Any:
    from arrears.actions import debt_events

    told = {"reason": "as decided on Monday", "key": name, "now": at(MON), **said}
    with working.hands_of(by, MON):
        return debt_events.note(loan.account, name, **told)


def take_back(working: WorkingBook, entry: int, by: int) -> Any:
    from arrears.actions import debt_events

    with working.hands_of(by, MON):
        return debt_events.take_back(entry, reason="noted in error", now=at(MON))


def owed(working: WorkingBook, loan: Any, on: date = MON) -> tuple[int, int]:
    """What the debtor owes and what the creditor carries."""
    from arrears.engine.ledger import by_day

    row = working.position(loan.account)
    return by_day.contractual(row, epoch_day(on)), row.book_minor


def gate(working: WorkingBook, loan: Any) -> set[str]:
    from arrears.actions import contacts

    with working.hands_of(working.alice, MON):
        verdict: Any = contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(MON, "11:00")
        )
    return {spoken.rule.id for spoken in verdict.refusing}


def test_a_charge_off_moves_the_books_alone_and_recovery_goes_on(working: WorkingBook, loan: Any, grace: int) -> None:
    assert owed(working, loan) == (60_000, 60_000)
    assert isinstance(note(working, loan, "charge_off", grace), int)
    assert owed(working, loan) == (60_000, 0)
    working.pay(loan, MON, 10_000)
    assert owed(working, loan)[0] == 50_000
    row = working.position(loan.account)
    assert (row.charged_off_minor, row.cured_day, row.relief_day) == (60_000, NO_DATE, epoch_day(MON))
    assert note(working, loan, "charge_off", grace, key="again").code == "nothing_carried"


def test_a_sale_ends_contact_and_taking_it_back_opens_it(working: WorkingBook, loan: Any, grace: int) -> None:
    before = gate(working, loan)
    sold = note(working, loan, "sale", grace)
    assert gate(working, loan) - before == {"core.debt_over"}
    assert owed(working, loan)[1] == 0
    assert isinstance(take_back(working, sold, grace), int)
    assert gate(working, loan) == before
    assert owed(working, loan) == (60_000, 60_000)


def test_an_acceleration_makes_all_due_today(working: WorkingBook, loan: Any, grace: int) -> None:
    note(working, loan, "acceleration", grace)
    assert working.position(loan.account).due_unpaid_minor == 60_000
    assert working.position(loan.account).next_due_day == NO_DATE


def test_a_deferral_moves_what_falls_due_and_is_no_cure(working: WorkingBook, loan: Any) -> None:
    note(working, loan, "deferral", working.dora, until=MON + timedelta(days=60))
    row = working.position(loan.account)
    assert row.next_due_day == epoch_day(MON + timedelta(days=60))
    assert (row.cured_day, row.relief_day) == (NO_DATE, epoch_day(MON))


def test_a_freeze_stops_charges_until_its_day(working: WorkingBook, loan: Any) -> None:
    from arrears.actions import positions
    from arrears.store.tables.account import Product

    Product.objects.using("night").update(terms={"late_charge": {"rate_ppm": 365_000}})
    later = MON + timedelta(days=30)
    note(working, loan, "charge_freeze", working.dora, until=later)
    with working.nobody():
        positions.refresh([loan.account], now=at(MON), using="night")
    frozen = owed(working, loan, MON)[0]
    with working.nobody():
        positions.refresh([loan.account], now=at(later), using="night")
    assert owed(working, loan, later)[0] == frozen
    assert owed(working, loan, later + timedelta(days=10))[0] > frozen


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("cost", {}, "amount_missing"),
        ("deferral", {}, "end_missing"),
        ("deferral", {"until": MON}, "end_missing"),
        ("charge_freeze", {}, "end_missing"),
        ("cost", {"amount_minor": 100, "reason": " "}, "reason_missing"),
        ("cost", {"amount_minor": -100}, "amount_below_zero"),
        ("cost", {"amount_minor": 100, "on": MON + timedelta(days=1)}, "value_date_ahead"),
        ("waiver", {"amount_minor": 100}, "event_unknown"),
        ("re_age", {}, "event_unknown"),
    ],
)
def test_what_cannot_be_noted(
    working: WorkingBook, loan: Any, grace: int, name: str, said: dict[str, Any], expected: str
) -> None:
    assert note(working, loan, name, grace, **said).code == expected


def test_a_collector_notes_none_of_them_and_a_machine_neither(working: WorkingBook, loan: Any) -> None:
    from arrears.actions import debt_events

    for name in debt_events.EVENTS:
        assert note(working, loan, name, working.alice, amount_minor=100).code == "may_not_note"
    with working.nobody():
        found = debt_events.note(loan.account, "sale", reason="x", key="x", now=at(MON), using="night")
    assert getattr(found, "code", "") == "human_needed"


def report(working: WorkingBook, loan: Any, by: int, amount: int = 10_000, on: date = MON) -> Any:
    from arrears.actions import debt_events

    with working.hands_of(by, MON):
        return debt_events.report_direct(
            loan.account, amount_minor=amount, on=on, words="paid at the branch", key=f"{by}", now=at(MON)
        )


def confirm(working: WorkingBook, number: int, by: int, *, is_right: bool = True) -> Any:
    from arrears.actions import debt_events

    with working.hands_of(by, MON):
        return debt_events.confirm_direct(number, is_right=is_right, now=at(MON))


def test_a_direct_payment_counts_once_the_creditor_confirms_it(working: WorkingBook, loan: Any) -> None:
    working.place(loan, from_on=MON - timedelta(days=9), in_default_since=date(2025, 11, 25))
    number = report(working, loan, working.bob)
    assert owed(working, loan)[0] == 60_000
    assert confirm(working, number, working.alice).code == "may_not_note"
    assert isinstance(confirm(working, number, working.dora), int)
    assert owed(working, loan)[0] == 50_000
    assert confirm(working, number, working.dora).code == "report_decided"
    assert working.events(account_id=loan.account) == ["direct_payment_reported", "direct_payment_posted"]


def test_who_reports_does_not_confirm_and_what_was_not_paid_changes_nothing(working: WorkingBook, loan: Any) -> None:
    number = report(working, loan, working.dora)
    assert confirm(working, number, working.dora).code == "own_report"
    assert confirm(working, number, hire(working.lender, ["finance"]), is_right=False) is None
    assert owed(working, loan)[0] == 60_000
    assert report(working, loan, working.alice, on=MON + timedelta(days=1)).code == "day_ahead"
