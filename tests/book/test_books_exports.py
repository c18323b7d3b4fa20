"""Exports: the trial balance adds up, and another program reads the books and finds no fault."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from beancount import loader
from beancount.core import data, realization
from click.testing import CliRunner
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def told(working: WorkingBook) -> WorkingBook:
    """Return a book with payments, a reversal, a closed month and what came after it."""
    from arrears.actions import books, payments
    from arrears.store.doors import books as door

    first, second = (working.loan(unpaid_since=date(2026, 2, 10 + n)) for n in range(2))
    paid = working.pay(first, MONDAY, 4_000)
    working.pay(second, MONDAY, 90_000)
    with working.nobody():
        payments.reverse(paid, value_date=MONDAY, reason='R01 "unpaid"', now=at(MONDAY), using="night")
        march = door.first_open(working.lender, using="night")
        assert march is not None
        books.close_period(march.id, now=at(MONDAY), using="night")
    working.pay(first, MONDAY - timedelta(days=1), 3_000)
    return working


def beancount_of(working: WorkingBook) -> str:
    from arrears.reports import beancount

    return "".join(beancount.text(working.lender, 'Meadow "Loans"', using="night"))


def test_beancount_reads_the_books_and_finds_no_fault(told):
    from arrears.reports.trial_balance import trial_balances

    entries, errors, _ = loader.load_string(beancount_of(told))
    assert errors == []
    transactions = [entry for entry in entries if isinstance(entry, data.Transaction)]
    assert [each.meta.get("concerns") for each in transactions][-1] == "2026-03"
    real = realization.realize(entries)
    (trial,) = trial_balances(told.lender, using="night")
    for row in trial.rows:
        (account,) = [each for each in realization.iter_children(real) if f":{row.code}-" in each.account]
        held = account.balance.get_currency_units("USD").number
        assert held * 100 == row.balance, row.code


def test_the_trial_balance_adds_up_and_so_does_the_general_ledger(told):
    from arrears.reports import trial_balance

    (trial,) = trial_balance.trial_balances(told.lender, using="night")
    assert trial.out_by == 0
    assert trial.debit == trial.credit > 0
    rows = list(csv.DictReader(io.StringIO("".join(trial_balance.general_ledger_csv(told.lender, using="night")))))
    by_code: dict[str, int] = {}
    for row in rows:
        by_code[row["code"]] = by_code.get(row["code"], 0) + round(100 * float(row["amount"]))
    assert {code: amount for code, amount in by_code.items() if amount} == {
        row.code: row.balance for row in trial.rows if row.balance
    }
    said = list(csv.DictReader(io.StringIO(trial_balance.as_csv([trial], "es"))))
    assert said[0]["name"] == "Bancos"


def test_the_trial_balance_of_a_period_holds_its_own_journals_alone(told):
    from arrears.reports import trial_balance

    (april,) = trial_balance.trial_balances(told.lender, since=date(2026, 4, 1), using="night")
    assert {row.code: row.balance for row in april.rows} == {"1000": 3_000, "1100": -3_000}


def test_the_command_shows_exports_and_proves(told, tmp_path, monkeypatch):
    import contextlib

    from arrears.cli import books

    monkeypatch.setattr(books, "book_open", contextlib.nullcontext)

    def run(*words: str) -> Any:
        return CliRunner().invoke(books.command, list(words), catch_exceptions=False)

    assert run("trial", "Meadow Loans").output.startswith(
        "code,kind,name,currency,debit,credit,balance\n1000,asset,Bank"
    )
    file = tmp_path / "books.beancount"
    assert run("export", "Meadow Loans", "--as", "beancount", "--to", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8") == beancount_of(told).replace('Meadow \\"Loans\\"', "Meadow Loans")
    assert "it balances" in run("prove", "Meadow Loans").output
    assert run("close", "Meadow Loans", "2031-01").exit_code == 1
