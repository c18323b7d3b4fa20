"""The books under many hands: payments at once, and a period that closes while somebody posts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def at_once(takers: int, act: Callable[[int], Any]) -> list[Any]:
    """Let ``takers`` threads, each with its own connections, begin at the same moment; return what each got."""
    barrier = Barrier(takers)

    def run(number: int) -> Any:
        from django.db import connections

        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=60)
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(takers) as pool:
        return list(pool.map(run, range(takers)))


def is_sound(working: WorkingBook) -> bool:
    from arrears.actions import books_proof

    with working.nobody():
        return books_proof.prove(working.lender, using="night").is_sound


def balance(working: WorkingBook, code: str) -> int:
    from arrears.store.doors import book_balances

    return sum(each.balance for each in book_balances.balances(working.lender, using="night") if each.code == code)


def test_payments_at_once_on_one_debt_are_all_posted_and_once(working):
    from arrears.actions import payments

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    before = balance(working, "1000")

    def pay(number: int) -> Any:
        with working.hands_of(working.alice, MONDAY):
            return payments.post(loan.account, 1_000 + number, MONDAY, reference=f"r-{number}", now=at(MONDAY))

    assert all(isinstance(each, payments.Posted) for each in at_once(6, pay))
    assert balance(working, "1000") - before == sum(1_000 + n for n in range(6))
    assert is_sound(working)


def test_a_period_closes_between_postings_and_nothing_falls_between(working):
    from arrears.actions import books, payments
    from arrears.store.doors import books as door
    from arrears.store.tables.books import Journal

    loans = [working.loan(unpaid_since=date(2026, 2, 15)) for _ in range(5)]
    march = door.first_open(working.lender, using="night")
    assert march is not None

    def act(number: int) -> Any:
        with working.hands_of(working.alice, MONDAY):
            if number == 4:
                return books.close_period(march.id, now=at(MONDAY))
            return payments.post(loans[number].account, 2_000, MONDAY, reference=f"c-{number}", now=at(MONDAY))

    done = at_once(5, act)
    assert isinstance(done[4], books.ClosedPeriod)
    assert all(isinstance(each, payments.Posted) for each in done[:4])
    late = Journal.objects.using("night").exclude(period_id=march.id)
    assert all(journal.concerns_id == march.id for journal in late)
    assert balance(working, "1000") == 5 * 60_000 + 4 * 2_000
    assert is_sound(working)


def test_two_that_decide_for_the_first_time_keep_one_version_of_the_rules(working):
    """Both look before either has written: the second waits at the constraint and takes the version of the first."""
    from arrears.store.doors import rules_in_force
    from arrears.store.tables.work import PackVersion

    looked = Barrier(2)
    before = PackVersion.objects.using("night").count()

    def keep(number: int) -> int:
        with working.hands_of(working.alice, MONDAY):
            rules_in_force.latest_version(working.lender)
            looked.wait(timeout=60)
            return rules_in_force.keep_version(
                working.lender, version="first", content_hash=b"the same", codes={}, now=at(MONDAY)
            )

    one, other = at_once(2, keep)
    assert one == other
    assert PackVersion.objects.using("night").count() == before + 1


def test_whoever_waited_for_a_version_that_was_rolled_back_keeps_its_own(working):
    from django.db import connections

    from arrears.store.doors import rules_in_force
    from arrears.store.tables.work import PackVersion

    kept = Barrier(2)

    def keep(number: int) -> int:
        with working.hands_of(working.alice, MONDAY):
            if number == 1:
                kept.wait(timeout=60)
            made = rules_in_force.keep_version(
                working.lender, version="first", content_hash=b"the other", codes={}, now=at(MONDAY)
            )
            if number == 0:
                kept.wait(timeout=60)
                connections["default"].set_rollback(True)
            return made

    undone, standing = at_once(2, keep)
    found = list(PackVersion.objects.using("night").filter(content_hash=b"the other").values_list("pk", flat=True))
    assert found == [standing]
    assert undone != standing
