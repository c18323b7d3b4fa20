"""Commission on both sides, claw-back by derivation, and clients' money that is never anybody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)
TERMS = {
    "tiers": {"by": "cumulated", "steps": [{"from": 0, "rate_ppm": 250_000}, {"from": 15_000, "rate_ppm": 200_000}]}
}


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def placed(working: WorkingBook) -> Any:
    """Return a loan of the lender placed with the agency on 20 February, and the placement."""
    from arrears.actions import commission

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    with working.hands_of(working.dora, MONDAY):
        made = commission.open_placement(
            working.agency, [loan.account], name="February", currency_code="USD", terms=TERMS,
            from_on=date(2026, 2, 20), in_default_on=date(2026, 2, 15), now=at(MONDAY),
        )  # fmt: skip
    assert isinstance(made, int)
    return loan, made


def balances(organisation: int) -> dict[str, int]:
    from arrears.store.doors import book_balances

    return {each.code: each.balance for each in book_balances.balances(organisation, using="night") if each.balance}


def booked(placement: int, on: date = MONDAY) -> Any:
    from arrears.actions import commission

    return commission.post(placement, on, now=at(on))


def test_commission_is_booked_on_both_sides_and_only_once(working, placed):
    loan, placement = placed
    working.pay(loan, MONDAY, 20_000)
    assert booked(placement).earned == 4_750
    assert (balances(working.lender)["5200"], balances(working.lender)["2030"]) == (4_750, -4_750)
    assert balances(working.agency) == {"1200": 4_750, "4140": -4_750}
    assert (booked(placement).creditor, booked(placement).holder) == (0, 0)


def test_a_reversal_claws_back_exactly_what_the_payment_earned(working, placed):
    from arrears.actions import commission, payments
    from arrears.store.doors import placements

    loan, placement = placed
    working.pay(loan, MONDAY, 10_000)
    booked(placement)
    second = working.pay(loan, MONDAY, 12_000)
    assert booked(placement).creditor == 1_250 + 1_400
    with working.nobody():
        payments.reverse(second, value_date=MONDAY, reason="R01", now=at(MONDAY), using="night")
    found = booked(placement)
    assert (found.earned, found.creditor, found.holder) == (2_500, -2_650, -2_650)
    lines = commission.statement_lines(placements.posted(placement, commission.HOLDER, using="night"))
    assert [(line["amount"], line["commission"], line.get("is_taken_back", False)) for line in lines.values()] == [
        (10_000, 2_500, False),
        (12_000, 0, True),
    ]


def test_each_side_sees_its_own_postings_and_a_stranger_none(working, placed):
    from arrears.store.tables.placement import CommissionPosted, Placement

    loan, placement = placed
    working.pay(loan, MONDAY, 10_000)
    booked(placement)
    for staff, side in ((working.alice, "creditor"), (working.bob, "holder")):
        with working.hands_of(staff, MONDAY):
            assert [row.side for row in CommissionPosted.objects.all()] == [side]
            assert Placement.objects.count() == 1


def test_the_night_posts_commission(working, placed):
    loan, _ = placed
    working.pay(loan, MONDAY, 10_000)
    night = working.night_before(MONDAY + timedelta(days=1))
    assert {step.step.name: step.figures for step in night.steps}["post_commission"] == {"placements": 1, "moved": 1}
    assert balances(working.agency)["1200"] == 2_500


def trust_account(working: WorkingBook) -> int:
    from arrears.actions import trust

    with working.hands_of(working.bob, MONDAY):
        made = trust.open_account("Clients", "USD")
    assert isinstance(made, int)
    return made


def received(working: WorkingBook, account: int, amount: int, reference: str, on: date = MONDAY) -> Any:
    from arrears.actions import trust

    with working.hands_of(working.bob, MONDAY):
        return trust.receive(account, working.lender, amount, on, reference=reference, now=at(MONDAY))


def remitted(working: WorkingBook, account: int, way: str, reference: str = "2026-03") -> Any:
    from arrears.actions import trust
    from arrears.actions.remittances import Remittance

    with working.hands_of(working.bob, MONDAY):
        return trust.remit(
            account, working.lender, Remittance(way), MONDAY, released_until=MONDAY, reference=reference,
            now=at(MONDAY),
        )  # fmt: skip


def test_money_received_for_a_client_is_owed_to_it(working):
    account = trust_account(working)
    first = received(working, account, 20_000, "A")
    assert received(working, account, 20_000, "A") == first
    assert (first.number, first.balance) == (1, 20_000)
    assert balances(working.agency) == {"1050": 20_000, "2020": -20_000}


@pytest.mark.parametrize(
    ("way", "kept", "sent"), [("gross", 0, 20_000), ("net", 2_500, 17_500), ("combined", 4_750, 15_250)]
)
def test_a_remittance_passes_on_gross_net_or_combined(working, placed, way, kept, sent):
    from arrears.actions import entries
    from arrears.domain.entries import EntryKind

    loan, placement = placed
    working.pay(loan, MONDAY - timedelta(days=1), 10_000)
    with working.hands_of(working.dora, MONDAY):
        direct = entries.post_entry(
            loan.account, EntryKind.PAYMENT_DIRECT, amount_minor=10_000, value_date=MONDAY, reason="", source_kind="t",
            source_ref="1", now=at(MONDAY),
        )  # fmt: skip
    assert isinstance(direct, int), direct
    booked(placement)
    account = trust_account(working)
    received(working, account, 20_000, "A")
    done = remitted(working, account, way)
    assert (done.commission, done.amount, done.is_new) == (kept, sent, True)
    again = remitted(working, account, way)
    assert (again.commission, again.amount, again.is_new) == (kept, sent, False)
    found = balances(working.agency)
    assert (found.get("1050", 0), found.get("2020", 0), found.get("1040", 0)) == (0, 0, kept)


def test_a_client_is_never_below_zero_and_the_remedy_works(working):
    from arrears.actions import trust
    from arrears.kernel.problems import Problem

    account = trust_account(working)
    received(working, account, 20_000, "A")
    remitted(working, account, "gross")
    with working.hands_of(working.bob, MONDAY):
        refused = trust.take_back("A", MONDAY, now=at(MONDAY))
        assert isinstance(refused, Problem)
        assert refused.code == "client_below_zero"
        trust.fund(account, working.lender, 20_000, MONDAY, reference="own", now=at(MONDAY))
        taken = trust.take_back("A", MONDAY, now=at(MONDAY))
    assert not isinstance(taken, Problem)
    assert taken.balance == 0


def test_of_many_who_take_out_the_last_money_at_once_the_database_lets_one(working):
    from arrears.engine.books.journals import Line
    from arrears.store.doors import books, trust
    from arrears.store.scope import scope

    account = trust_account(working)
    received(working, account, 10_000, "A")
    with scope(working.agency, None, using="night"):
        (client,) = trust.clients(working.agency, using="night")
        period = books.first_open(working.agency, using="night")
    assert period is not None
    barrier = Barrier(8)

    def take(number: int) -> bool:
        from django.db import connections

        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=60)
            with scope(working.agency, working.bob):
                journal = books.write_journal(
                    books.NewJournal(
                        owner=working.agency,
                        book_day=1,
                        period=period.id,
                        kind="trust",
                        lines=lines,
                        made_at=at(MONDAY),
                    )
                )
                new = trust.NewTrustLine(
                    owner=working.agency, client=client.id, kind="remittance", amount_minor=-6_000, value_date=MONDAY,
                    book_day=1, journal=journal, source_kind="race", source_ref=str(number), made_at=at(MONDAY),
                    made_by=None,
                )  # fmt: skip
                return trust.add_line(new, using="default") is not None
        finally:
            connections.close_all()

    lines = (Line("client_money", "USD", 6_000), Line("trust_bank", "USD", -6_000))
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, range(8))) == [False] * 7 + [True]
    assert trust.clients(working.agency, using="night")[0].balance == 4_000


def test_bank_book_and_clients_are_reconciled_item_by_item(working):
    from arrears.actions import trust_reconciling
    from arrears.store.doors import trust

    number = trust_account(working)
    received(working, number, 10_000, "A", MONDAY - timedelta(days=20))
    received(working, number, 5_000, "B", MONDAY - timedelta(days=1))
    with working.hands_of(working.bob, MONDAY):
        (account,) = trust.accounts(working.agency)
        trust.add_bank_line(working.agency, number, MONDAY - timedelta(days=19), 10_000, "1", using="default")
        trust.add_bank_line(working.agency, number, MONDAY, -25, "2", words="bank fee", using="default")
        trust.add_bank_line(working.agency, number, MONDAY, 9_975, "end", is_balance=True, using="default")
        assert trust_reconciling.match_lines(account, MONDAY) == 1
        found = trust_reconciling.reconcile(account, MONDAY)
        early = trust_reconciling.reconcile(account, MONDAY - timedelta(days=2))
    assert (found.bank, found.book, found.owed, found.unexplained) == (9_975, 15_000, 15_000, 0)
    assert [(line.source_ref, found.age(line)) for line in found.not_at_the_bank] == [("B", 1)]
    assert [(line.words, found.age(line)) for line in found.not_in_the_book] == [("bank fee", 0)]
    assert not found.is_reconciled
    assert (early.bank, early.book, early.owed, early.not_at_the_bank) == (None, 10_000, 10_000, ())
