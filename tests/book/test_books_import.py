"""A whole book imported is one journal of a handful of lines, and the general ledger is what its debts say."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
DEBTS = 620


@pytest.fixture
def lender(book: str) -> Any:
    from arrears.store import bookday
    from arrears.store.doors import intake
    from arrears.store.scope import scope

    owner = intake.add_owner("Meadow Loans", "US", "America/New_York", "en")
    with scope(owner.id, None, using="night"):
        bookday.open_first(owner.id, DAY, now=NOW, using="night")
    return owner


def bring(owner: Any, folder: Path, **texts: str) -> None:
    from arrears.actions.imports import run
    from arrears.engine.intake import files

    planned = []
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.write_text(text)
        shape = files.look_at(path)
        assert isinstance(shape, files.Shape), shape
        each = run.plan(shape, owner, None, run.Defaults(currency="USD"), business_date=DAY.isoformat())
        assert isinstance(each, run.Planned), each
        planned.append(each)
    assert all(result.refused == 0 for result in run.bring(planned, owner, now=NOW))


def test_an_imported_book_is_one_journal_and_every_debt_is_posted(lender: Any, tmp_path: Path) -> None:
    from arrears.actions import books_proof
    from arrears.store.doors import book_balances
    from arrears.store.scope import scope
    from arrears.store.tables.books import AccountPosted, Journal, JournalLine

    numbers = [f"A-{n:04}" for n in range(DEBTS)]
    debts = "\n".join(
        ["loan_number,name,principal,origination date", *(f"{n},Ana {n},300.00,2025-12-01" for n in numbers)]
    )
    due = "\n".join(
        [
            "loan number,due date,amount,principal,number",
            *(f"{n},2026-02-0{1 + m},110.00,100.00,{1 + m}" for n in numbers for m in (0, 1)),
        ]
    )
    paid = "\n".join(["loan number,payment date,amount,payment id", *(f"{n},2026-02-03,110.00,P-{n}" for n in numbers)])
    bring(lender, tmp_path, debts=debts, schedules=due, payments=paid)
    (made,) = Journal.objects.using("night").all()
    assert (made.kind, made.accounts) == ("opening", DEBTS)
    assert JournalLine.objects.using("night").count() == 5
    assert AccountPosted.objects.using("night").count() == DEBTS
    bring(
        lender,
        tmp_path,
        more="loan number,payment date,amount,payment id\nA-0000,2026-03-01,60.00,Q-1\nA-0001,2026-03-01,60.00,Q-2\n",
    )
    second = Journal.objects.using("night").latest("pk")
    assert (second.kind, second.accounts) == ("posting", 2)
    with scope(lender.id, None, using="night"):
        proved = books_proof.prove(lender.id, using="night")
    assert (proved.accounts, proved.is_sound) == (DEBTS, True)
    bank = next(each for each in book_balances.balances(lender.id, using="night") if each.code == "1000")
    assert bank.balance == DEBTS * 11_000 + 12_000
