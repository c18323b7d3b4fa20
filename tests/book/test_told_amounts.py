"""What was told of money: kept once said, listed with both figures when later knowledge makes it wrong, set right by name."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

from arrears.domain.entries import EntryKind
from arrears.kernel.problems import Problem

TODAY = date(2026, 3, 2)
A_DAY = timedelta(days=1)


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def late_loan(working: WorkingBook) -> Any:
    """A loan with an instalment of 100.00 unpaid for 20 days."""
    return working.loan(unpaid_since=TODAY - 20 * A_DAY)


def told(working: WorkingBook, account: int, **more: Any) -> int:
    from arrears.actions import told as telling

    with working.hands_of(working.alice, TODAY):
        made = telling.tell(account, "letter", TODAY, now=at(TODAY), **more)
    assert isinstance(made, int), made
    return made


def repairs(working: WorkingBook) -> Any:
    from arrears.actions import told as telling

    with working.hands_of(working.dora, TODAY):
        return telling.repairs(working.lender)


def test_nothing_is_to_be_repaired_while_nothing_new_is_known(working: WorkingBook) -> None:
    loan = late_loan(working)
    told(working, loan.account)
    assert repairs(working) == ()
    assert "amounts_told" in working.events(account_id=loan.account)


def test_a_payment_of_tomorrow_makes_nothing_wrong_that_was_told_today(working: WorkingBook) -> None:
    loan = late_loan(working)
    told(working, loan.account)
    working.pay(loan, TODAY + A_DAY, 5_000)
    assert repairs(working) == ()


def test_a_backdated_payment_lists_what_was_told_with_both_figures_and_the_entry(working: WorkingBook) -> None:
    loan = late_loan(working)
    made = told(working, loan.account)
    paid = working.pay(loan, TODAY - 15 * A_DAY, 10_000)
    (wrong,) = repairs(working)
    assert (wrong.said.id, wrong.said.by, wrong.terms_changed) == (made, "Somebody", False)
    assert wrong.told["contractual"] - wrong.right["contractual"] == 10_000
    assert (wrong.told["days_past_due"], wrong.right["days_past_due"]) == (20, 0)
    assert [entry.id for entry in wrong.because] == [paid]


def test_a_returned_payment_makes_wrong_what_was_told_before_it_came_back(working: WorkingBook) -> None:
    from arrears.actions import payments

    loan = late_loan(working)
    paid = working.pay(loan, TODAY - 10 * A_DAY, 10_000)
    told(working, loan.account)
    with working.nobody():
        payments.reverse(paid, value_date=TODAY + A_DAY, reason="AC04", now=at(TODAY + A_DAY), using="night")
    (wrong,) = repairs(working)
    assert wrong.right["contractual"] - wrong.told["contractual"] == 10_000
    assert [(entry.kind, entry.reverses) for entry in wrong.because] == [(EntryKind.REVERSAL, paid)]


def test_corrected_terms_make_wrong_what_was_computed_by_the_old_ones(working: WorkingBook) -> None:
    from arrears.store.tables.account import Product

    loan = late_loan(working)
    told(working, loan.account)
    Product.objects.using("night").update(terms={"late_charge": {"rate_ppm": 365_000 // 2}})
    (wrong,) = repairs(working)
    assert wrong.terms_changed
    assert wrong.because == ()
    assert wrong.told["charges"] == 0
    assert wrong.right["charges"] > 0


def test_a_named_human_marks_a_repair_once_and_it_leaves_the_list(working: WorkingBook) -> None:
    from arrears.actions import told as telling

    loan = late_loan(working)
    made = told(working, loan.account)
    working.pay(loan, TODAY - 15 * A_DAY, 10_000)
    with working.nobody():
        nameless = telling.mark_repaired(made, "refunded", now=at(TODAY), using="night")
    with working.hands_of(working.dora, TODAY):
        wrong_way = telling.mark_repaired(made, "forgotten", now=at(TODAY))
        assert telling.mark_repaired(made, "corrected_letter", now=at(TODAY)) is None
        again = telling.mark_repaired(made, "corrected_letter", now=at(TODAY))
    codes = [found.code for found in (nameless, wrong_way, again) if isinstance(found, Problem)]
    assert codes == ["named_human", "remedy_unknown", "not_told"]
    assert repairs(working) == ()
    assert working.events(account_id=loan.account)[-1] == "telling_repaired"


def test_what_was_told_is_never_changed_nor_taken_away(working: WorkingBook) -> None:
    from django.db import DatabaseError, connections

    loan = late_loan(working)
    told(working, loan.account, document=b"a page")
    for verb in ("UPDATE told SET kind = 'charge'", "DELETE FROM told"):
        with working.nobody(), pytest.raises(DatabaseError), connections["night"].cursor() as cursor:
            cursor.execute(verb)
        connections["night"].close()


def test_an_agency_without_the_account_can_neither_tell_nor_see_it(working: WorkingBook) -> None:
    from arrears.actions import told as telling

    loan = late_loan(working)
    told(working, loan.account)
    with working.hands_of(working.bob, TODAY):
        refused = telling.tell(loan.account, "letter", TODAY, now=at(TODAY))
        seen = telling.repairs(working.lender)
    assert isinstance(refused, Problem)
    assert seen == ()


@pytest.mark.parametrize("kind", ["rumour", ""])
def test_only_known_ways_of_telling_are_kept(working: WorkingBook, kind: str) -> None:
    from arrears.actions import told as telling

    loan = late_loan(working)
    with working.hands_of(working.alice, TODAY):
        refused = telling.tell(loan.account, kind, TODAY, now=at(TODAY))
    assert isinstance(refused, Problem)
