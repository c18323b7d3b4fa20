"""Re-age, waiver, settlement and charge-off are never a cure: in the position, in roll rates, in what came back."""

from datetime import date
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.entries import EntryKind
from arrears.kernel.epoch import NO_DATE

pytestmark = pytest.mark.usefixtures("book")
MON = date(2026, 3, 2)
MONTH_ENDS = (date(2026, 2, 28), date(2026, 3, 31))
LATE, PAID_OFF, CHARGED_OFF, RELIEF = 2, 5, 6, 7


@pytest.fixture
def working() -> WorkingBook:
    return settle()


def rolled(working: WorkingBook) -> list[tuple[int, int]]:
    """From where to where accounts went over March."""
    from arrears.reports.roll_rates import roll_rates

    with working.nobody():
        counts = roll_rates(MONTH_ENDS, using="night").counts
    return [(int(row), int(column)) for row, column in zip(*counts.nonzero(), strict=True)]


def late(working: WorkingBook) -> Any:
    """One instalment of 100.00, the last of its loan, unpaid for 34 days at the end of February."""
    return working.loan(unpaid_since=date(2026, 1, 25), instalments=7, paid=6)


def enter(working: WorkingBook, loan: Any, kind: EntryKind, amount: int = 0, principal: int = 0) -> Any:
    from arrears.actions import positions

    working.enter(loan.account, kind, MON, amount, principal=principal)
    with working.nobody():
        positions.refresh([loan.account], now=at(MON), using="night")
    return working.position(loan.account)


@pytest.mark.parametrize(
    ("kind", "amount", "principal", "went_to"),
    [
        (EntryKind.RE_AGE, 0, 0, RELIEF),
        (EntryKind.WAIVER, 10_000, 10_000, RELIEF),
        (EntryKind.SETTLEMENT, 10_000, 10_000, RELIEF),
        (EntryKind.CHARGE_OFF, 10_000, 0, CHARGED_OFF),
        (EntryKind.PAYMENT, 10_000, 0, PAID_OFF),
    ],
)
def test_only_payments_cure(working: WorkingBook, kind: EntryKind, amount: int, principal: int, went_to: int) -> None:
    loan = late(working)
    row = enter(working, loan, kind, amount, principal)
    assert (row.cured_day != NO_DATE) == (kind is EntryKind.PAYMENT)
    assert rolled(working) == [(LATE, went_to)]


def test_a_re_aged_debt_did_not_come_back(working: WorkingBook) -> None:
    from arrears.reports.came_back import cohorts
    from arrears.store.doors import book_figures

    loan = working.loan(unpaid_since=date(2026, 2, 28), instalments=7, paid=6)
    enter(working, loan, EntryKind.RE_AGE)
    manager = hire(working.lender, ["manager"])
    with working.hands_of(manager, MON):
        moved = book_figures.movements(date(2026, 2, 20), date(2026, 3, 20), "USD")
    (cohort,) = cohorts(moved, date(2026, 2, 20), date(2026, 3, 20))
    assert (cohort.accounts, cohort.soon.accounts, cohort.later.accounts, cohort.still_out) == (1, 0, 0, 1)
