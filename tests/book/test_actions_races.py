"""Races with real connections: the next person, the last permitted call, posting while a book day closes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

TUESDAY = date(2026, 3, 3)
#: The embedded server takes so many; each taker of a race has a connection of its own.
TAKERS = 16


@pytest.fixture
def working(shared_book: str) -> WorkingBook:
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


def test_sixteen_collectors_ask_for_the_next_person_and_nobody_is_served_twice(working):
    from arrears.actions import work
    from arrears.store.tables.work import WorkHold

    loans = [working.loan(unpaid_since=date(2026, 2, 10)) for _ in range(TAKERS + 4)]
    collectors = [hire(working.lender, ["collector"]) for _ in range(TAKERS)]
    working.night_before(TUESDAY)
    with working.hands_of(working.dora, TUESDAY):
        for loan in loans:
            work.hand_over(loan.person, staff=None, now=at(TUESDAY, "06:00"))

    def ask(number: int) -> int | None:
        with working.hands_of(collectors[number], TUESDAY):
            served = work.get_next(now=at(TUESDAY, "10:00"))
        return served.person if served else None

    served = at_once(TAKERS, ask)
    assert None not in served
    assert len(set(served)) == TAKERS
    held = WorkHold.objects.using("report").filter(staff_id__in=collectors).values_list("staff_id", "person_id")
    assert dict(held) == dict(zip(collectors, served, strict=True))


def test_thirty_two_ask_for_the_last_permitted_call_and_one_gets_it(working):
    from arrears.actions import contacts
    from arrears.store.tables.contact import Attempt, Permit

    loan = working.loan(unpaid_since=date(2026, 2, 15))

    def ask(number: int) -> str:
        with working.hands_of(working.alice, TUESDAY):
            approach = contacts.Approach(person=loan.person, contact_point=loan.phone)
            answer = contacts.take_permit(approach, now=at(TUESDAY, "11:00") + timedelta(seconds=number))
        return type(answer).__name__

    for clock in ("09:00", "10:00"):  # two of the three that the house allows in a day
        with working.hands_of(working.alice, TUESDAY):
            contacts.take_permit(
                contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(TUESDAY, clock)
            )
    answers = at_once(32, ask)
    assert sorted(answers) == ["Refused"] * 31 + ["Taken"]
    assert Permit.objects.using("report").filter(person_id=loan.person).count() == 3
    assert Attempt.objects.using("report").filter(person_id=loan.person, outcome="started").count() == 3
    assert working.position(loan.account).calls_slots == 3


def test_payments_posted_while_the_book_day_closes_are_all_there_and_each_belongs_to_one_day(working):
    from arrears.actions import payments
    from arrears.store import bookday
    from arrears.store.scope import scope
    from arrears.store.tables.account import Entry, Touched

    loan = working.loan(unpaid_since=date(2026, 2, 15), instalments=24)
    with scope(working.lender, None, using="night"):
        first: Any = bookday.opened(working.lender, using="night")

    def act(number: int) -> None:
        with scope(working.lender, None, using="night"):
            if number == 0:
                bookday.close(working.lender, first.business_date + timedelta(days=1), now=at(TUESDAY), using="night")
                return
            for turn in range(3):
                payments.post(
                    loan.account, 1_000 + number, TUESDAY, reference=f"race/{number}/{turn}",
                    now=at(TUESDAY, "12:00") + timedelta(seconds=8 * turn + number), using="night",
                )  # fmt: skip

    at_once(9, act)
    paid = Entry.objects.using("report").filter(account_id=loan.account, amount_minor__lt=10_000)
    assert paid.count() == 24
    days = set(paid.values_list("book_day", flat=True))
    assert days <= {first.day, first.day + 1}
    assert (
        set(
            Touched.objects.using("report")
            .filter(account_id=loan.account, book_day__gte=first.day)
            .values_list("book_day", flat=True)
        )
        >= days
    )
    assert working.position(loan.account).paid_minor == 60_000 + sum(3 * (1_000 + number) for number in range(1, 9))
