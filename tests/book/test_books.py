"""The books: derived less posted, balanced by the database, closed for good, and always equal to the debts."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import Error, connections
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def trial(working: WorkingBook) -> dict[str, int]:
    """Return the balance of each account of the books by its code."""
    from arrears.store.doors import book_balances

    return {each.code: each.balance for each in book_balances.balances(working.lender, using="night") if each.balance}


def agrees(working: WorkingBook) -> bool:
    """Return whether the debts and the books say the same of every purpose."""
    from arrears.actions import books_proof

    with working.nobody():
        return books_proof.prove(working.lender, using="night").is_sound


def pay(working: WorkingBook, account: int, amount: int, on: date = MONDAY, ref: str = "p") -> Any:
    from arrears.actions import payments

    with working.hands_of(working.alice, MONDAY):
        return payments.post(account, amount, on, reference=f"{ref}-{account}-{on}-{amount}", now=at(MONDAY))


def test_a_loan_brought_in_stands_in_the_books_as_what_flowed_on_it(working):
    working.loan(unpaid_since=date(2026, 2, 15), paid=6)
    assert trial(working) == {"1000": 60_000, "1100": 60_000, "3000": -120_000}
    assert agrees(working)


def test_a_payment_posts_its_difference_and_nothing_else(working):
    from arrears.store.tables.books import Journal, JournalLine

    loan = working.loan(unpaid_since=date(2026, 2, 15), paid=6)
    before = Journal.objects.using("night").count()
    pay(working, loan.account, 4_000)
    (made,) = Journal.objects.using("night").order_by("pk")[before:]
    lines = JournalLine.objects.using("night").filter(journal=made).order_by("gl_account__code")
    assert [(line.gl_account.code, line.currency, line.amount_minor) for line in lines] == [
        ("1000", "USD", 4_000),
        ("1100", "USD", -4_000),
    ]
    assert (made.kind, made.account_id, made.made_by_id, made.concerns_id) == (
        "posting", loan.account, working.alice, None,
    )  # fmt: skip
    assert agrees(working)


def test_an_overpayment_is_owed_to_the_debtor(working):
    loan = working.loan(unpaid_since=date(2026, 2, 15), paid=6)
    pay(working, loan.account, 65_000)
    found = trial(working)
    assert found["2000"] + found.get("1100", 0) == -5_000
    assert agrees(working)


def test_a_reversal_brings_back_exactly_what_was(working):
    from arrears.actions import payments

    loan = working.loan(unpaid_since=date(2026, 2, 15), paid=6)
    before = trial(working)
    paid = pay(working, loan.account, 4_000)
    with working.hands_of(working.alice, MONDAY):
        payments.reverse(paid.entry, value_date=MONDAY, reason="R01", now=at(MONDAY))
    assert trial(working) == before
    assert agrees(working)


def test_relief_and_charge_off_go_where_they_belong(working):
    from arrears.actions import positions
    from arrears.domain.entries import EntryKind

    loan = working.loan(unpaid_since=date(2026, 2, 15), paid=6)
    working.enter(loan.account, EntryKind.WAIVER, date(2026, 2, 20), 1_000, principal=1_000)
    working.enter(loan.account, EntryKind.FEE, date(2026, 2, 20), 1_500)
    working.enter(loan.account, EntryKind.CHARGE_OFF, date(2026, 2, 21), 60_500)
    working.enter(loan.account, EntryKind.RECOVERY, date(2026, 2, 22), 10_000)
    with working.nobody():
        positions.refresh([loan.account], now=at(MONDAY), using="night")
    found = trial(working)
    assert found["5100"] == 1_000
    assert found["4110"] == -1_500
    assert found["5120"] == 60_500
    assert found["1030"] == 10_000
    assert sum(found[code] for code in ("1100", "1120", "1190") if code in found) == 0
    assert found["4130"] == -10_000
    assert agrees(working)


def test_postgresql_itself_refuses_a_journal_that_does_not_balance(working):
    from arrears.actions import books
    from arrears.engine.books.journals import Line

    with (
        pytest.raises(Error, match="does not balance") as refused,
        working.hands_of(working.alice, MONDAY),
    ):
        books.post_lines(
            working.lender, "suspense", [Line("suspense", "USD", -500), Line("received", "USD", 400)], now=at(MONDAY)
        )
    assert isinstance(refused.value.__cause__, psycopg.errors.IntegrityError)


def test_dollars_do_not_balance_euros(working):
    from arrears.actions import books
    from arrears.engine.books.journals import Line

    with pytest.raises(Error, match="does not balance"), working.hands_of(working.alice, MONDAY):
        books.post_lines(
            working.lender, "suspense", [Line("suspense", "USD", -500), Line("received", "EUR", 500)], now=at(MONDAY)
        )


def test_a_journal_that_stands_takes_no_more_lines_and_no_change(working):
    loan = working.loan(unpaid_since=date(2026, 2, 15))
    pay(working, loan.account, 4_000)
    more = (
        "INSERT INTO journal_line (organisation_id, journal_id, gl_account_id, currency, amount_minor) "
        "SELECT organisation_id, journal_id, gl_account_id, 'EUR', amount_minor FROM journal_line"
    )
    for statement, refusal in (
        (more, "takes no more lines"),
        ("DELETE FROM journal_line", "denied"),
        ("UPDATE journal SET why = 'x'", "denied"),
    ):
        with pytest.raises(Error, match=refusal), working.nobody(), connections["night"].cursor() as cursor:
            cursor.execute(statement)


def test_what_comes_later_never_reopens_a_period_but_adjusts_and_says_which(working):
    from arrears.actions import books
    from arrears.store.doors import books as door
    from arrears.store.tables.books import Journal

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    with working.hands_of(working.alice, MONDAY):
        march = door.first_open(working.lender)
        assert march is not None
        closed = books.close_period(march.id, now=at(MONDAY))
        assert isinstance(closed, books.ClosedPeriod)
    assert (closed.until_on, closed.next_from) == (date(2026, 3, 31), date(2026, 4, 1))
    before = trial(working)
    pay(working, loan.account, 4_000, on=date(2026, 3, 1))
    (made,) = Journal.objects.using("night").filter(concerns_id=march.id)
    assert (made.kind, made.period.from_on) == ("adjustment", date(2026, 4, 1))
    assert trial(working)["1000"] == before["1000"] + 4_000
    assert agrees(working)


def test_a_closed_period_is_refused_by_postgresql_and_never_opened_again(working):
    from arrears.actions import books
    from arrears.store.doors import books as door

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    pay(working, loan.account, 4_000)
    with working.hands_of(working.alice, MONDAY):
        march = door.first_open(working.lender)
        assert march is not None
        books.close_period(march.id, now=at(MONDAY))
    into = "INSERT INTO journal (organisation_id, book_day, period_id, kind, made_at) VALUES (%s, 1, %s, 'suspense', now())"
    for statement, said in (
        (into, [working.lender, march.id]),
        ("UPDATE period SET state = 'open' WHERE organisation_id = %s AND id = %s", [working.lender, march.id]),
    ):
        with pytest.raises(Error, match="closed"), working.nobody(), connections["night"].cursor() as cursor:
            cursor.execute(statement, said)


def test_periods_close_in_their_order(working):
    from arrears.actions import books
    from arrears.kernel.problems import Problem
    from arrears.store.doors import books as door

    working.loan(unpaid_since=date(2026, 2, 15))
    with working.hands_of(working.alice, MONDAY):
        april = door.period_of(working.lender, date(2026, 4, 1))
        refused = books.close_period(april.id, now=at(MONDAY))
    assert isinstance(refused, Problem)
    assert refused.code == "not_the_first_open"


def test_another_organisation_sees_nothing_of_the_books(working):
    from arrears.store.tables.books import AccountPosted, GlAccount, Journal, JournalLine, Period

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    pay(working, loan.account, 4_000)
    for table in (Journal, JournalLine, Period, GlAccount, AccountPosted):
        with working.hands_of(working.bob, MONDAY):
            assert table.objects.count() == 0, table
        with working.hands_of(working.alice, MONDAY):
            assert table.objects.count() > 0, table


def charged(working: WorkingBook) -> Any:
    """Return a loan on which a late charge of 12 % a year runs, posted as of Monday."""
    from arrears.actions import positions
    from arrears.store.tables.account import Product

    loan = working.loan(unpaid_since=date(2026, 2, 1))
    Product.objects.using("night").update(terms={"late_charge": {"rate_ppm": 120_000}})
    with working.nobody():
        positions.refresh([loan.account], now=at(MONDAY), using="night")
    return loan


def test_time_alone_is_posted_once(working):
    from arrears.actions import books_accrual
    from arrears.store.tables.books import Journal

    charged(working)
    first, count = trial(working), Journal.objects.using("night").count()
    later = MONDAY + timedelta(days=10)
    with working.nobody():
        moved = [books_accrual.accrue(working.lender, later, since=99, now=at(later), using="night") for _ in range(2)]
    assert moved == [1, 0]
    assert Journal.objects.using("night").count() == count + 1
    # 12 % on 100.00 for 29 days and on 200.00 for the one day since 1 March is 0.986; ten days more on 200.00 make 1.644.
    assert (first["1130"], trial(working)["1130"]) == (99, 164)
    assert trial(working)["4120"] == -trial(working)["1130"]
    assert agrees(working)


def test_a_night_posts_and_proves_and_a_second_one_finds_nothing(working):
    from arrears.store.tables.books import Journal

    charged(working)
    first = working.night_before(MONDAY + timedelta(days=1))
    figures = {step.step.name: step.figures for step in first.steps}
    assert (figures["post_books"]["behind"], figures["post_books"]["accrued"]) == (1, 0)
    assert Journal.objects.using("night").latest("pk").kind == "accrual"
    count = Journal.objects.using("night").count()
    assert working.night_before(MONDAY + timedelta(days=1)) is None
    assert Journal.objects.using("night").count() == count
    second = working.night_before(MONDAY + timedelta(days=2))
    figures = {step.step.name: step.figures for step in second.steps}
    assert (figures["post_books"]["behind"], figures["post_books"]["accrued"]) == (0, 1)
    sunday = working.night_before(date(2026, 3, 8))
    figures = {step.step.name: step.figures for step in sunday.steps}
    assert (figures["prove_books"]["accounts"], figures["prove_books"]["differing"]) == (0, 0)
    assert figures["prove_books"]["unequal"] == figures["prove_books"]["out_of_balance"] == {}
    assert agrees(working)


def test_a_holders_hand_posts_nothing_and_the_owners_night_makes_it_good(working):
    from arrears.actions import positions
    from arrears.store.tables.books import Journal

    loan = charged(working)
    working.place(loan, from_on=date(2026, 2, 20), in_default_since=date(2026, 2, 1))
    count = Journal.objects.using("night").count()
    later = MONDAY + timedelta(days=2)
    with working.hands_of(working.bob, later):
        positions.refresh([loan.account], now=at(later))
    assert Journal.objects.using("night").count() == count
    working.night_before(later + timedelta(days=1))
    assert Journal.objects.using("night").count() == count + 1
    assert agrees(working)
