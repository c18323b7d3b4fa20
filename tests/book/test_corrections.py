"""What takes something off a debt names the entry it corrects, keeps within it, and waits for a second human."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

pytestmark = pytest.mark.usefixtures("book")
MON = date(2026, 3, 2)


@pytest.fixture
def working() -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    """600.00 owed of 1200.00."""
    return working.loan(unpaid_since=date(2025, 11, 25))


@pytest.fixture
def fran(working: WorkingBook) -> int:
    return hire(working.lender, ["finance"])


@pytest.fixture
def fred(working: WorkingBook) -> int:
    return hire(working.lender, ["finance"])


def note(working: WorkingBook, loan: Any, by: int, amount: int, *, corrects: int = 0, **said: Any) -> Any:
    from arrears.actions import debt_events

    told = {"reason": "it was billed twice", "key": f"{amount}", "now": at(MON), **said}
    with working.hands_of(by, MON):
        name = told.pop("name", "adjustment")
        return debt_events.note(loan.account, name, amount_minor=amount, corrects=corrects, **told)


def confirm(working: WorkingBook, asked: Any, by: int, *, is_right: bool = True) -> Any:
    from arrears.actions import corrections

    with working.hands_of(by, MON):
        return corrections.confirm_correction(asked.id, is_right=is_right, now=at(MON))


def take_back(working: WorkingBook, entry: int, by: int) -> Any:
    from arrears.actions import debt_events

    with working.hands_of(by, MON):
        return debt_events.take_back(entry, reason="noted in error", now=at(MON))


def owed(working: WorkingBook, loan: Any) -> int:
    from arrears.engine.ledger import by_day
    from arrears.kernel.epoch import epoch_day

    return by_day.contractual(working.position(loan.account), epoch_day(MON))


def entry_of(loan: Any, kind: int) -> int:
    from arrears.store.tables.account import Entry

    return int(Entry.objects.using("report").filter(account_id=loan.account, kind=kind).earliest("pk").pk)


def test_a_cost_is_not_adjusted_on_its_own_day_but_taken_back(working: WorkingBook, loan: Any, fran: int) -> None:
    cost = note(working, loan, fran, 5_000, name="cost", reason="bailiff")
    before = owed(working, loan)
    assert note(working, loan, fran, -5_000, corrects=cost).code == "corrects_same_day"
    assert owed(working, loan) == before
    take_back(working, cost, fran)
    assert owed(working, loan) == before - 5_000


def test_nobody_takes_a_debt_away_by_adjusting_it(working: WorkingBook, loan: Any, fran: int) -> None:
    from arrears.domain.entries import EntryKind

    other = working.loan(unpaid_since=date(2025, 11, 25))
    found = note(working, loan, fran, -60_000)
    assert (found.code, "propose a waiver" in found.remedy.said_in("en")) == ("corrects_missing", True)
    for wrong in (entry_of(loan, EntryKind.PAYMENT), entry_of(other, EntryKind.OPENING), 999_999):
        assert note(working, loan, fran, -60_000, corrects=wrong).code == "corrects_missing"
    assert owed(working, loan) == 60_000


def test_a_correction_counts_once_a_second_human_confirms_it(
    working: WorkingBook, loan: Any, fran: int, fred: int
) -> None:
    cost = note(working, loan, working.dora, 5_000, name="cost", on=MON - timedelta(days=1))
    asked = note(working, loan, fran, -2_000, corrects=cost)
    assert (note(working, loan, fran, -2_000, corrects=cost), owed(working, loan)) == (asked, 65_000)
    assert confirm(working, asked, fran).code == "own_report"
    assert confirm(working, asked, working.dora).code == "may_not_note"
    entry = confirm(working, asked, fred)
    assert (isinstance(entry, int), owed(working, loan)) == (True, 63_000)
    assert confirm(working, asked, fred).code == "report_decided"
    assert isinstance(take_back(working, entry, fred), int)
    assert owed(working, loan) == 65_000


def test_what_is_refused_changes_nothing(working: WorkingBook, loan: Any, fran: int, fred: int) -> None:
    cost = note(working, loan, working.dora, 5_000, name="cost", on=MON - timedelta(days=1))
    assert confirm(working, note(working, loan, fran, -2_000, corrects=cost), fred, is_right=False) is None
    assert owed(working, loan) == 65_000


def test_corrections_take_together_no_more_than_the_entry_added(
    working: WorkingBook, loan: Any, fran: int, fred: int
) -> None:
    cost = note(working, loan, working.dora, 5_000, name="cost", on=MON - timedelta(days=1))
    assert note(working, loan, fran, -5_001, corrects=cost).code == "corrects_too_much"
    first = note(working, loan, fran, -3_000, corrects=cost)
    second = note(working, loan, fran, -2_500, corrects=cost)
    assert isinstance(confirm(working, first, fred), int)
    assert owed(working, loan) == 62_000
    assert confirm(working, second, fred).code == "corrects_too_much"
    assert note(working, loan, fran, -2_001, corrects=cost, key="x").code == "corrects_too_much"
    assert owed(working, loan) == 62_000


def test_who_errs_today_takes_it_back_alone_and_no_further(working: WorkingBook, loan: Any, fran: int) -> None:
    cost = note(working, loan, fran, 5_000, name="cost", on=MON - timedelta(days=1))
    assert isinstance(note(working, loan, fran, -5_000, corrects=cost), int)
    assert owed(working, loan) == 60_000
    assert note(working, loan, fran, -1, corrects=cost).code == "corrects_too_much"


def test_an_entry_that_was_taken_back_is_not_corrected(working: WorkingBook, loan: Any, fran: int) -> None:
    cost = note(working, loan, fran, 5_000, name="cost", on=MON - timedelta(days=1))
    assert isinstance(take_back(working, cost, fran), int)
    assert note(working, loan, fran, -5_000, corrects=cost).code == "corrects_missing"
    assert owed(working, loan) == 60_000
