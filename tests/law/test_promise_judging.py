"""Promises judged by payments (P34, P35)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.entries import CASH_KINDS, Entry, EntryKind, taken_out
from arrears.domain.promises import Judgement, Outcome, Promise
from arrears.domain.terms import Terms
from arrears.engine.ledger.promises import judge_promises
from arrears.kernel.calendars import Place, is_business_day

TERMS = Terms(bank_days=2, returns_days=5)
HERE = Place("US")
FRIDAY = date(2026, 5, 15)
"""Two business days on is Tuesday, 19 May 2026."""


def paid(number: int, day: date, amount: int = 100, book_day: int = 1) -> Entry:
    return Entry(number, EntryKind.PAYMENT, day, book_day, amount)


def promise(number: int = 1, due: date = FRIDAY, amount: int = 100, after: int = 0) -> Promise:
    return Promise(number, date(2026, 5, 13), due, amount, after)


def judged(promises: list[Promise], entries: list[Entry], as_of: date) -> tuple[Judgement, ...]:
    return judge_promises(promises, entries, TERMS, HERE, as_of)


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2026, 5, 12), Outcome.BROKEN),
        (date(2026, 5, 13), Outcome.KEPT),
        (date(2026, 5, 15), Outcome.KEPT),
        (date(2026, 5, 19), Outcome.KEPT),
        (date(2026, 5, 20), Outcome.BROKEN),
    ],
)
def test_a_payment_counts_from_the_day_of_the_promise_to_its_due_date_and_two_bank_days(
    day: date, outcome: Outcome
) -> None:
    assert judged([promise()], [paid(1, day)], date(2026, 6, 30))[0].outcome is outcome


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [(date(2026, 5, 15), Outcome.OPEN), (date(2026, 5, 19), Outcome.OPEN), (date(2026, 5, 20), Outcome.BROKEN)],
)
def test_a_promise_without_money_is_open_until_the_bank_days_are_over(as_of: date, outcome: Outcome) -> None:
    assert judged([promise()], [], as_of)[0].outcome is outcome


def test_money_that_came_before_the_promise_on_the_same_day_does_not_count() -> None:
    entries = [paid(7, date(2026, 5, 13)), paid(8, date(2026, 5, 13), 40)]
    it = judged([promise(after=7)], entries, date(2026, 6, 30))[0]
    assert (it.outcome, it.paid, it.still_to_come, it.entries) == (Outcome.PART_KEPT, 40, 60, (8,))


@pytest.mark.parametrize(("amount", "outcome"), [(99, Outcome.PART_KEPT), (100, Outcome.KEPT), (101, Outcome.KEPT)])
def test_a_promise_is_kept_by_its_whole_amount(amount: int, outcome: Outcome) -> None:
    assert judged([promise()], [paid(1, FRIDAY, amount)], date(2026, 6, 30))[0].outcome is outcome


@pytest.mark.parametrize(("as_of", "firm_after"), [(date(2026, 5, 20), date(2026, 5, 20)), (date(2026, 5, 21), None)])
def test_a_kept_promise_is_provisional_while_the_bank_may_take_the_money_back(
    as_of: date, firm_after: date | None
) -> None:
    it = judged([promise()], [paid(1, FRIDAY)], as_of)[0]
    assert (it.outcome, it.firm_after, it.is_provisional) == (Outcome.KEPT, firm_after, firm_after is not None)


def test_a_returned_payment_breaks_the_promise_again() -> None:
    entries = [
        paid(1, FRIDAY),
        Entry(2, EntryKind.REVERSAL, FRIDAY + timedelta(days=4), 2, 100, reverses=1),
    ]
    before = judge_promises([promise()], entries, TERMS, HERE, date(2026, 5, 21), 1)
    after = judge_promises([promise()], entries, TERMS, HERE, date(2026, 5, 21), 2)
    assert (before[0].outcome, after[0].outcome) == (Outcome.KEPT, Outcome.BROKEN)


def test_money_seen_and_not_cleared_keeps_no_promise() -> None:
    seen = Entry(1, EntryKind.PAYMENT_SEEN, FRIDAY, 1, 100)
    assert judged([promise()], [seen], FRIDAY)[0].outcome is Outcome.OPEN


def test_what_the_promise_due_first_does_not_need_counts_for_the_next() -> None:
    first, second = promise(1), promise(2, FRIDAY + timedelta(days=3))
    made = judged([second, first], [paid(1, FRIDAY, 160)], date(2026, 6, 30))
    assert [(each.outcome, each.paid, each.still_to_come, each.entries) for each in made] == [
        (Outcome.PART_KEPT, 60, 40, (1,)),
        (Outcome.KEPT, 100, 0, (1,)),
    ]


def test_one_payment_keeps_two_promises_and_no_cent_of_it_counts_twice() -> None:
    promises = [promise(1), promise(2, FRIDAY + timedelta(days=3)), promise(3, FRIDAY + timedelta(days=4))]
    made = judged(promises, [paid(1, FRIDAY, 200)], date(2026, 6, 30))
    assert [each.outcome for each in made] == [Outcome.KEPT, Outcome.KEPT, Outcome.BROKEN]


def test_the_next_payment_goes_to_the_next_promise_once_the_first_is_met() -> None:
    promises = [promise(1), promise(2, FRIDAY + timedelta(days=3))]
    entries = [paid(1, FRIDAY), paid(2, FRIDAY)]
    assert [each.entries for each in judged(promises, entries, date(2026, 6, 30))] == [(1,), (2,)]


days = st.integers(0, 30).map(lambda n: date(2026, 5, 1) + timedelta(days=n))
promises_made = st.lists(
    st.builds(
        lambda taken, ahead, amount, after: (taken, taken + timedelta(days=ahead), amount, after),
        days,
        st.integers(0, 9),
        st.integers(1, 300),
        st.integers(0, 4),
    ),
    max_size=5,
).map(lambda made: [Promise(number, *each) for number, each in enumerate(made, start=1)])
payments_made = st.lists(st.tuples(days, st.integers(0, 300), st.booleans()), max_size=8).map(
    lambda made: [
        Entry(
            n, EntryKind.PAYMENT if is_paid else EntryKind.REVERSAL, day, 1, amount, 0, 0 if is_paid else max(1, n - 1)
        )
        for n, (day, amount, is_paid) in enumerate(made, start=1)
    ]
)


@settings(deadline=None, max_examples=60)
@given(promises_made, payments_made, days)
def test_each_cent_that_stands_counts_at_most_once_and_inside_its_promise(
    promises: list[Promise], entries: list[Entry], as_of: date
) -> None:
    made = judged(promises, entries, as_of)
    used = {entry for each in made for entry in each.entries}
    reversed_ids = taken_out(entries)
    by_id = {entry.id: entry for entry in entries}
    assert sum(it.paid for it in made) <= sum(by_id[entry].amount for entry in used)
    for said, it in zip(promises, made, strict=True):
        assert len(it.entries) == len(set(it.entries))
        assert it.paid + it.still_to_come == said.amount
        assert it.paid <= sum(by_id[entry].amount for entry in it.entries)
        for entry in it.entries:
            assert by_id[entry].kind in CASH_KINDS
            assert entry not in reversed_ids
            assert entry > said.after_entry
            assert said.taken_on <= by_id[entry].value_date <= min(it.deadline, as_of)


@settings(deadline=None, max_examples=60)
@given(promises_made, payments_made, days, st.integers(0, 300))
def test_a_payment_that_comes_in_two_parts_on_its_day_counts_for_what_the_whole_would(
    promises: list[Promise], entries: list[Entry], as_of: date, cut: int
) -> None:
    payments = [entry for entry in entries if entry.kind in CASH_KINDS]
    whole = [Entry(each.id * 2, each.kind, each.value_date, 1, each.amount) for each in payments]
    parts = [
        Entry(each.id * 2 + n, each.kind, each.value_date, 1, amount)
        for each in payments
        for n, amount in enumerate((min(cut, each.amount), max(0, each.amount - cut)))
    ]
    said = [Promise(each.id, each.taken_on, each.due, each.amount, each.after_entry * 2 + 1) for each in promises]
    outcomes = [[(it.outcome, it.paid, it.firm_after) for it in judged(said, made, as_of)] for made in (whole, parts)]
    assert outcomes[0] == outcomes[1]


@settings(deadline=None, max_examples=60)
@given(promises_made, payments_made, days)
def test_the_order_in_which_facts_are_given_makes_no_difference(
    promises: list[Promise], entries: list[Entry], as_of: date
) -> None:
    backwards = judged(promises[::-1], entries[::-1], as_of)
    assert backwards[::-1] == judged(promises, entries, as_of)


@settings(deadline=None, max_examples=60)
@given(days, st.sampled_from(["US", "CN", "ES", "MX", "AE"]))
def test_a_deadline_is_two_business_days_of_the_place_after_the_due_date(due: date, country: str) -> None:
    place = Place(country)
    it = judge_promises([promise(due=due)], [], TERMS, place, due)[0]
    between = [due + timedelta(days=n) for n in range(1, (it.deadline - due).days + 1)]
    assert sum(is_business_day(day, place) for day in between) == 2
    assert is_business_day(it.deadline, place)
