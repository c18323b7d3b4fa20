"""A payment, its reversal and the reversal of that: every figure that shows the money says what the ledger says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.plan_desk import made, night_judges, standing
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.entries import EntryKind

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
FRIDAY = date(2026, 3, 6)
PAID = 10_000


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def take_back(working: WorkingBook, entry: int, on: date = TUESDAY) -> int:
    from arrears.actions import entries

    with working.nobody():
        done = entries.reverse_entry(entry, value_date=on, reason="R01", now=at(on), using="night")
    assert isinstance(done, int), done
    return done


def feed_line(working: WorkingBook, loan: Any, entry: int) -> Callable[[], str]:
    from arrears.store.tables.feed import ImportBatch, PaymentLine

    told = {field.attname for field in ImportBatch._meta.concrete_fields}
    said = {
        "organisation_id": working.lender,
        "kind": "payments",
        "file_name": "march.csv",
        "started_at": at(MONDAY),
    }
    batch = ImportBatch.objects.using("night").create(**{name: value for name, value in said.items() if name in told})
    line = PaymentLine.objects.using("night").create(
        organisation_id=working.lender, batch_id=batch.pk, line=1, source_ref="P-1", value_date=MONDAY,
        amount_minor=PAID, currency="USD", state="matched", account_id=loan.account, entry_id=entry,
    )  # fmt: skip
    return lambda: str(PaymentLine.objects.using("report").get(pk=line.pk).state)


def figures(working: WorkingBook, loan: Any, entry: int) -> dict[str, int]:
    """Everything in the book that shows what was paid on Monday."""
    from arrears.store.doors import book_figures, cash_today, days, positions, traces

    with working.hands_of(working.dora, MONDAY):
        by_day = book_figures.cash_by_day(MONDAY, MONDAY, "USD")
        found = {
            "cash of the day": sum(minor for _, minor in days.cash_on(MONDAY)),
            "cash by day": sum(each.amount_minor for each in by_day),
            "cash today": cash_today.all_money(MONDAY, "USD").in_minor,
        }
    with working.nobody():
        found["position"] = positions.read([loan.account], using="night")[loan.account].paid_minor - 60_000
        found["traces"] = (traces.payment_of(entry, loan.person, using="night") or (0, 0))[1]
    return found


def trial_balance(working: WorkingBook) -> dict[str, int]:
    from arrears.store.doors import book_balances

    return {each.code: each.balance for each in book_balances.balances(working.lender, using="night") if each.balance}


def test_figures_promise_line_and_books_follow_a_payment_that_goes_and_comes_back(working: WorkingBook) -> None:
    from arrears.actions import promises
    from arrears.store.tables.promise import Promise

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    with working.hands_of(working.alice, MONDAY):
        taken: Any = promises.take(
            loan.account, now=at(MONDAY, "09:00"), amount_minor=PAID, due_on=MONDAY, due_hour=15, means="transfer",
            may_call=True, may_write=False,
        )  # fmt: skip
    before = trial_balance(working)
    payment = working.pay(loan, MONDAY, PAID)
    after = trial_balance(working)
    line = feed_line(working, loan, payment)

    def seen() -> tuple[dict[str, int], int, str, dict[str, int]]:
        kept = Promise.objects.using("report").get(pk=taken.id).kept_minor
        return figures(working, loan, payment), kept, line(), trial_balance(working)

    everywhere = figures(working, loan, payment)
    assert set(everywhere.values()) == {PAID}, everywhere
    stands = (everywhere, PAID, "matched", after)
    gone = (dict.fromkeys(everywhere, 0), 0, "returned", before)
    assert seen() == stands
    first = take_back(working, payment)
    assert seen() == gone
    second = take_back(working, first)
    assert seen() == stands
    third = take_back(working, payment)
    assert seen() == gone
    assert take_back(working, payment) == first
    assert take_back(working, third) > third > second
    assert seen() == stands


def test_a_plan_counts_a_payment_that_came_back(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    due = standing(working, plan).next_due_on
    payment = working.pay(loan, due, 10_000)
    night_judges(working, loan, due)
    paid = standing(working, plan)
    back = take_back(working, payment, due)
    night_judges(working, loan, due)
    assert standing(working, plan).next_due_on == due
    take_back(working, back, due)
    night_judges(working, loan, due)
    assert (standing(working, plan).next_due_on, standing(working, plan).state) == (paid.next_due_on, paid.state)
    assert paid.next_due_on != due


def test_a_settlement_is_paid_by_a_payment_that_came_back(working: WorkingBook) -> None:
    from arrears.actions import concessions
    from arrears.domain.concessions import ConcessionKind, Part
    from arrears.store.tables.concession import Concession

    loan, grace = working.loan(unpaid_since=date(2025, 11, 25)), hire(working.lender, ["manager"])
    with working.hands_of(working.alice, MONDAY):
        offer: Any = concessions.propose(
            loan.account, kind=ConcessionKind.SETTLEMENT, reason="A brother pays", key="1", now=at(MONDAY),
            parts=[Part(FRIDAY, 55_000)],
        )  # fmt: skip
    assert not isinstance(offer, list), offer
    with working.hands_of(grace, MONDAY):
        concessions.decide(offer.id, approve=True, reason="Better than waiting", now=at(MONDAY))
    with working.hands_of(working.alice, MONDAY):
        concessions.accept(offer.id, now=at(MONDAY))
    states = []
    entry = working.pay(loan, FRIDAY, 55_000)
    for _ in range(3):
        states.append(Concession.objects.using("report").get(pk=offer.id).state)
        entry = take_back(working, entry, FRIDAY)
    assert states == ["paid", "accepted", "paid"]


def test_commission_is_earned_again_by_a_payment_that_came_back(working: WorkingBook) -> None:
    from arrears.actions import commission

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    terms = {"tiers": {"by": "cumulated", "steps": [{"from": 0, "rate_ppm": 250_000}]}}
    with working.hands_of(working.dora, MONDAY):
        placement = commission.open_placement(
            working.agency, [loan.account], name="February", currency_code="USD", terms=terms,
            from_on=date(2026, 2, 20), in_default_on=date(2026, 2, 15), now=at(MONDAY),
        )  # fmt: skip
    assert isinstance(placement, int)
    earned = []
    entry = working.pay(loan, MONDAY, PAID)
    for _ in range(3):
        booked: Any = commission.post(placement, TUESDAY, now=at(TUESDAY))
        earned.append(booked.earned)
        entry = take_back(working, entry)
    assert earned == [2_500, 0, 2_500]


def test_the_database_and_the_ledger_call_the_same_entries_live(working: WorkingBook) -> None:
    from django.db import connections

    from arrears.domain.entries import Entry, taken_out

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    for depth in range(4):
        entry = working.enter(loan.account, EntryKind.PAYMENT_SEEN, MONDAY, PAID + depth)
        for _ in range(depth):
            entry = working.enter(loan.account, EntryKind.REVERSAL, TUESDAY, PAID, reverses=entry)
        if depth % 2:
            continue
        cleared = working.enter(loan.account, EntryKind.PAYMENT, MONDAY, PAID + depth, reverses=entry)
        working.enter(loan.account, EntryKind.REVERSAL, TUESDAY, PAID, reverses=cleared)
    with connections["report"].cursor() as cursor:
        cursor.execute("SELECT id, kind, coalesce(reverses_id, 0), public.entry_stands(id) FROM entry ORDER BY id")
        rows = cursor.fetchall()
    facts = [Entry(row[0], EntryKind(row[1]), MONDAY, 1, 0, reverses=row[2]) for row in rows]
    assert {row[0] for row in rows if not row[3]} == taken_out(facts)


def test_a_sighting_given_back_is_replaced_by_its_cleared_payment(working: WorkingBook) -> None:
    from arrears.actions import payments

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    with working.nobody():
        seen: Any = payments.post(
            loan.account, PAID, MONDAY, reference="S-1", now=at(MONDAY), is_cleared=False, using="night"
        )
    take_back(working, take_back(working, seen.entry))
    assert working.position(loan.account).pending_minor == PAID
    with working.nobody():
        payments.post(loan.account, PAID, MONDAY, reference="S-1", now=at(MONDAY), using="night")
    found = working.position(loan.account)
    assert (found.pending_minor, found.paid_minor) == (0, 60_000 + PAID)


def test_a_fee_given_back_counts_against_the_contracts_cap_again_and_the_refusal_speaks_of_money(
    working: WorkingBook,
) -> None:
    from arrears.actions import entries
    from arrears.kernel.problems import Problem
    from arrears.store.tables.account import Product

    loan = working.loan(unpaid_since=date(2026, 2, 25))
    Product.objects.using("night").update(terms={"late_charge": {"cap_minor": 2_000}})

    def fee(amount: int, ref: str) -> Any:
        with working.hands_of(working.dora, TUESDAY):
            return entries.post_entry(
                loan.account, EntryKind.FEE, amount_minor=amount, value_date=TUESDAY, reason="R", source_kind="by_hand",
                source_ref=ref, now=at(TUESDAY),
            )  # fmt: skip

    take_back(working, take_back(working, fee(1_500, "1")))
    refused = fee(501, "2")
    assert isinstance(refused, Problem)
    assert "$5.00 is left" in refused.reason.en
    assert "5,00" in refused.reason.es
    assert isinstance(fee(500, "3"), int)
