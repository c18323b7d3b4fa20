"""The books as beancount text: plain accounts and transactions that another program can read and check."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from arrears.kernel.money import currency, plain
from arrears.store.doors import book_balances
from arrears.store.doors.book_balances import LineOfBooks

_ROOTS: Final = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}


def text(
    owner: int, name: str, *, since: date | None = None, until: date | None = None, using: str = "default"
) -> Iterator[str]:
    """Yield the books of ``owner`` as beancount text, an account opened where it is first used.

    A journal is a transaction of the business date of its book day; one that sets a closed period right says which.
    """
    yield f'option "title" "{_quoted(name)}"\n'
    opened: set[str] = set()
    lines = book_balances.lines_of_books(owner, since=since, until=until, using=using)
    for _, together in groupby(lines, key=lambda line: line.journal):
        journal = list(together)
        for line in journal:
            if account_name(line) not in opened:
                opened.add(account_name(line))
                yield f"\n{line.business_date.isoformat()} open {account_name(line)}"
        yield from _transaction(journal)


def _transaction(journal: list[LineOfBooks]) -> Iterator[str]:
    first = journal[0]
    said = " ".join(part for part in (first.kind, first.number or first.why) if part)
    yield f'\n\n{first.business_date.isoformat()} * "{_quoted(said)}"\n  journal: "{first.journal}"\n'
    yield f'  period: "{first.period_from:%Y-%m}"\n'
    if first.concerns_from:
        yield f'  concerns: "{first.concerns_from:%Y-%m}"\n'
    for line in journal:
        yield f"  {account_name(line)}  {plain(line.amount, currency(line.currency))} {line.currency}\n"


def account_name(line: LineOfBooks) -> str:
    """Return the account's name as beancount wants it: a root, then the code with the English name."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", line.names["en"]).strip("-")
    return f"{_ROOTS[line.gl_kind]}:{line.code}-{words}"


def _quoted(said: str) -> str:
    return said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
