"""The books follow a bank statement and each decision about its lines in the same transaction: Bank and Suspense."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.camt import camt, line

pytestmark = pytest.mark.usefixtures("book")

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
DEBTS = """loan number,name,original amount,opened on
LN-100200,Ana Torres,1200.00,2025-10-01
LN-100345,Ben Ochoa,600.00,2025-10-01
"""
SCHEDULES = """loan number,due date,amount
LN-100200,2026-01-15,100.00
LN-100345,2026-02-15,75.50
"""
BANK, DEBTORS, SUSPENSE = "1000", "1100", "2010"


@pytest.fixture
def lender(book: str, tmp_path: Path) -> Any:
    from arrears.actions.imports import desk, run

    owner: Any = desk.new_owner("Meadow Loans", desk.Place("US", "America/New_York", "en"), now=NOW)
    paths = []
    for name, text in (("debts", DEBTS), ("schedules", SCHEDULES)):
        (path := tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        paths.append(path)
    at = desk.desk(owner, run.Defaults(currency="USD"), mapping_at=None, home=None)
    planned, problems = desk.plan_files(at, paths)
    assert not problems
    run.bring(planned, owner, now=NOW)
    return owner


def taken(owner: Any, *lines: dict[str, Any], number: int = 1, **more: Any) -> Any:
    from arrears.actions import bank

    return bank.take_in(camt(*lines, number=number), f"s{number}.xml", owner, now=NOW, **more)


def trial(owner: Any) -> dict[str, int]:
    """Return Bank, debts of principal and Suspense as the trial balance has them, which is proved each time."""
    from arrears.actions import books_proof
    from arrears.store.doors import book_balances
    from arrears.store.scope import scope

    with scope(owner.id, None, using="night"):
        assert books_proof.faults(books_proof.prove(owner.id)) == ()
    found = {each.code: each.balance for each in book_balances.balances(owner.id, using="night")}
    assert sum(found.values()) == 0
    return {code: found.get(code, 0) for code in (BANK, DEBTORS, SUSPENSE)}


def decided(owner: Any, act: str, *words: Any) -> Any:
    from arrears.actions import bank
    from arrears.kernel.problems import Problem
    from arrears.store.scope import scope

    with scope(owner.id, None):
        done = getattr(bank, act)(*words, now=NOW)
    assert not isinstance(done, Problem), done
    return done


def account(number: str) -> int:
    from arrears.store.tables.account import Account

    return int(Account.objects.using("night").get(number=number).pk)


def the_line() -> int:
    from arrears.store.tables.statement import StatementLine

    return int(StatementLine.objects.using("night").get().pk)


UNKNOWN = line("12.34", "rent", "Somebody Else")


def test_money_without_a_debt_stands_in_suspense_until_it_is_accepted_and_again_when_that_is_undone(
    lender: Any,
) -> None:
    before = trial(lender)
    assert (before[BANK], before[SUSPENSE]) == (0, 0)
    taken(lender, UNKNOWN)
    waits = {BANK: 1_234, DEBTORS: before[DEBTORS], SUSPENSE: -1_234}
    assert trial(lender) == waits
    decided(lender, "accept", the_line(), account("LN-100345"))
    assert trial(lender) == {BANK: 1_234, DEBTORS: before[DEBTORS] - 1_234, SUSPENSE: 0}
    decided(lender, "undo", the_line(), "the wrong debt")
    assert trial(lender) == waits


def test_what_is_sure_never_stands_in_suspense_and_the_same_file_again_posts_nothing(lender: Any) -> None:
    before = trial(lender)
    for _ in range(2):
        taken(lender, line("100.00", "loan LN-100200", "Ana Torres"), UNKNOWN)
        assert trial(lender) == {BANK: 11_234, DEBTORS: before[DEBTORS] - 10_000, SUSPENSE: -1_234}


def test_parked_and_to_be_paid_back_stay_in_suspense_and_what_is_not_ours_leaves_it(lender: Any) -> None:
    taken(lender, UNKNOWN)
    for act, note in (("park", "asked the payer"), ("refund_due", "paid twice")):
        decided(lender, act, the_line(), note)
        assert trial(lender)[SUSPENSE] == -1_234
    decided(lender, "not_ours", the_line(), "a transfer of our own")
    assert (trial(lender)[SUSPENSE], trial(lender)[BANK]) == (0, 0)
    decided(lender, "reopen", the_line())
    assert (trial(lender)[SUSPENSE], trial(lender)[BANK]) == (-1_234, 1_234)


def test_a_rehearsal_posts_nothing(lender: Any) -> None:
    before = trial(lender)
    taken(lender, UNKNOWN, is_rehearsal=True)
    assert trial(lender) == before


def test_of_a_line_that_is_on_a_debt_in_part_the_rest_stands_in_suspense(lender: Any) -> None:
    from arrears.actions import payments, suspense
    from arrears.store.doors import bank_lines
    from arrears.store.scope import scope

    before = trial(lender)
    taken(lender, UNKNOWN)
    debt = account("LN-100345")
    with scope(lender.id, None):
        found: Any = bank_lines.held(the_line())
        paid: Any = payments.post(debt, 1_000, date(2026, 3, 2), reference="a part", now=NOW)
        bank_lines.add_match(found, debt, paid.entry, 1_000, "split", now=NOW, score_ppm=0, reasons=())
        suspense.post_suspense(now=NOW)
    assert trial(lender) == {BANK: 1_234, DEBTORS: before[DEBTORS] - 1_000, SUSPENSE: -234}


def test_two_lines_decided_at_once_leave_nothing_behind(lender: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connections

    from arrears.store.tables.statement import StatementLine

    taken(lender, UNKNOWN, line("20.00", "thanks", "Nobody Known"))
    lines = list(StatementLine.objects.using("night").order_by("pk").values_list("pk", flat=True))
    debts = [account("LN-100345"), account("LN-100200")]
    barrier = Barrier(2)

    def decide(place: int) -> None:
        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=60)
            decided(lender, "accept", lines[place], debts[place])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as hands:
        list(hands.map(decide, range(2)))
    assert (trial(lender)[BANK], trial(lender)[SUSPENSE]) == (3_234, 0)


def test_the_proof_names_suspense_that_no_line_of_the_bank_stands_behind(lender: Any) -> None:
    from arrears.actions import books, books_proof
    from arrears.engine.books.journals import Line
    from arrears.store.scope import scope

    with scope(lender.id, None, using="night"):
        books.post_lines(
            lender.id, "suspense", [Line("received", "USD", 700), Line("suspense", "USD", -700)], now=NOW, using="night"
        )
        found = books_proof.prove(lender.id)
    assert found.unequal == {"received USD": 700, "suspense USD": -700}
