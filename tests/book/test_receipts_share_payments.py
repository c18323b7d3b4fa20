"""One payment over several debts of a person: all of it or none, by the debtor's word, then by the rule."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from tests.takings_desk import MON, Desk, desk, say
from tests.working_book import Loan, at


@pytest.fixture
def till(shared_book: str) -> Iterator[Desk]:
    with desk() as made:
        yield made


def second(till: Desk, days_later: int = 5) -> Loan:
    """Another loan of the same person: its one instalment due fell due some days after the first loan's."""
    from datetime import date

    from arrears.actions import positions
    from arrears.store.tables.account import Account, AccountParty

    loan = till.working.loan(unpaid_since=date(2026, 2, 10) + timedelta(days=days_later))
    Account.objects.using("night").filter(pk=loan.account).update(person_id=till.loan.person)
    AccountParty.objects.using("night").filter(account_id=loan.account).update(until_on=None)
    with till.working.nobody():
        positions.refresh([loan.account], now=at(MON), using="night")
    return loan


def paid(till: Desk, amount: int, reference: str = "R-1", **said: Any) -> Any:
    from arrears.actions.takings import receipts

    with till.hands():
        return receipts.post_shared(
            till.loan.person, amount, MON, owner=till.working.lender, currency="USD",
            reference=f"{reference}-{till.loan.person}", now=at(MON, "12:00"), **said,
        )  # fmt: skip


def parts(till: Desk, receipt: Any) -> dict[int, int]:
    from arrears.store.doors import receipts

    with till.hands():
        return {part.account: part.amount_minor for part in receipts.parts_of(receipt.id)}


def test_the_oldest_debt_is_paid_first_and_each_gets_one_entry(till: Desk) -> None:
    other = second(till)
    made = paid(till, 15_000)
    assert parts(till, made) == {till.loan.account: 10_000, other.account: 5_000}
    assert till.entries() == [("PAYMENT", 10_000)]
    assert till.working.position(other.account).due_unpaid_minor == 5_000


def test_the_debtors_word_comes_first_and_is_kept(till: Desk) -> None:
    other = second(till)
    made = paid(till, 12_000, directed={other.account: 9_000})
    assert parts(till, made) == {till.loan.account: 3_000, other.account: 9_000}
    assert made.directed == {str(other.account): 9_000}


def test_an_organisation_chooses_its_rule(till: Desk) -> None:
    other = second(till)
    say(till.working.lender, share_rule="pro_rata")
    assert parts(till, paid(till, 9_001)) == {till.loan.account: 4_501, other.account: 4_500}


def test_a_disputed_debt_gets_nothing_unsaid_and_money_for_nobody_is_asked_about(till: Desk) -> None:
    from arrears.actions import holds

    other = second(till)
    with till.hands():
        holds.place("dispute", person=till.loan.person, account=till.loan.account, now=at(MON, "10:00"))
    assert parts(till, paid(till, 15_000)) == {other.account: 15_000}
    with till.hands():
        holds.place("dispute", person=till.loan.person, account=None, now=at(MON, "10:00"))
    refused = paid(till, 100, "R-2")
    assert refused.code == "ask_the_debtor"
    assert "1006.30(c)" in refused.said_in("en")
    assert parts(till, paid(till, 100, "R-3", directed={till.loan.account: 100})) == {till.loan.account: 100}


def test_what_exceeds_all_is_credit_on_the_debt_it_came_for(till: Desk) -> None:
    other = second(till)
    made = paid(till, 25_000, came_for=other.account)
    assert parts(till, made) == {till.loan.account: 10_000, other.account: 15_000}
    assert till.working.position(other.account).credit_minor == 5_000


def test_the_same_reference_posts_once_and_a_different_payment_under_it_is_refused(till: Desk) -> None:
    second(till)
    first = paid(till, 15_000)
    assert paid(till, 15_000) == first
    assert paid(till, 15_001).code == "over"
    assert till.entries() == [("PAYMENT", 10_000)]


def test_taking_a_receipt_back_takes_back_all_of_it_once(till: Desk) -> None:
    from arrears.actions.takings import receipts

    other = second(till)
    made = paid(till, 15_000)
    for _ in range(2):
        with till.hands():
            back: Any = receipts.reverse_receipt(made.id, value_date=MON, reason="R01", now=at(MON, "13:00"))
        assert back.reversed_because == "R01"
    assert till.position().due_unpaid_minor == 10_000
    assert till.working.position(other.account).due_unpaid_minor == 10_000
    assert till.entries() == [("PAYMENT", 10_000), ("REVERSAL", 10_000)]


def test_a_part_that_cannot_be_posted_leaves_nothing_of_the_whole(till: Desk) -> None:
    from arrears.actions import payments
    from arrears.store.tables.taking import Receipt

    other = second(till)
    with till.hands():
        payments.post(other.account, 7, MON, reference=f"R-9-{till.loan.person}/{other.account}", now=at(MON))
    refused = paid(till, 15_000, "R-9")
    assert refused.code == "reference_taken"
    assert till.entries() == []
    assert not Receipt.objects.using("report").filter(reference=f"R-9-{till.loan.person}").exists()


@pytest.mark.parametrize(
    ("amount", "said", "code"),
    [
        (0, {}, "amount_missing"),
        (100, {"directed": 200}, "directed_too_much"),
        (100, {"stranger": 1}, "nothing_to_share"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(till: Desk, amount: int, said: Any, code: str) -> None:
    directed = {till.loan.account: said["directed"]} if "directed" in said else {-1: 1} if said else {}
    assert paid(till, amount, directed=directed).code == code
    assert till.entries() == []


def test_payments_at_once_share_what_is_really_asked(till: Desk) -> None:
    other = second(till)

    def teller(number: int) -> Any:
        from django.db import connections

        try:
            return paid(till, 5_000, f"R-{number}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as crowd:
        made = list(crowd.map(teller, range(4)))
    assert all(hasattr(one, "reference") for one in made)
    for loan in (till.loan, other):
        position = till.working.position(loan.account)
        assert (position.due_unpaid_minor, position.credit_minor) == (0, 0)
