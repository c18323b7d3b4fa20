"""The trial balance: every account of the books with its debits and credits, in each currency by itself."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from arrears.engine.books.chart import Kind
from arrears.kernel.money import currency, plain
from arrears.kernel.texts import LANGUAGES, Text
from arrears.store.doors import book_balances
from arrears.store.doors.book_balances import Balance


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The accounts of one currency that anything was posted to; minor units, debits and credits both above zero."""

    currency: str
    rows: tuple[Balance, ...]

    @property
    def debit(self) -> int:
        """Return the sum of balances on the debit side."""
        return sum(max(0, row.balance) for row in self.rows)

    @property
    def credit(self) -> int:
        """Return the sum of balances on the credit side."""
        return sum(max(0, -row.balance) for row in self.rows)

    @property
    def out_by(self) -> int:
        """Return debits less credits: 0, always."""
        return self.debit - self.credit

    def of(self, kind: Kind) -> int:
        """Return the balance of all accounts of a kind."""
        return sum(row.balance for row in self.rows if row.kind == kind)


def trial_balances(
    owner: int, *, since: date | None = None, until: date | None = None, using: str = "default"
) -> tuple[TrialBalance, ...]:
    """Return the trial balance of each currency of ``owner``, over the periods that begin between two days."""
    found: dict[str, list[Balance]] = {}
    for row in book_balances.balances(owner, since=since, until=until, using=using):
        found.setdefault(row.currency, []).append(row)
    return tuple(TrialBalance(code, tuple(rows)) for code, rows in found.items())


def name_in(names: dict[str, str], language: str) -> str:
    """Return an account's name in a language."""
    return Text(*(names.get(each, names.get("en", "")) for each in LANGUAGES)).said_in(language)


def as_csv(balances: Iterable[TrialBalance], language: str = "en") -> str:
    """Return trial balances as CSV: code, kind, name, currency, debit, credit, balance in major units."""
    rows: list[list[object]] = [
        [row.code, row.kind, name_in(row.names, language), row.currency,
         *(plain(amount, currency(row.currency)) for amount in (row.debit, row.credit, row.balance))]
        for each in balances for row in each.rows
    ]  # fmt: skip
    return _csv(["code", "kind", "name", "currency", "debit", "credit", "balance"], rows)


_HEADING: Final = [
    "journal", "date", "period", "concerns", "kind", "why", "account", "debts", "code", "name", "currency", "amount",
]  # fmt: skip


def general_ledger_csv(
    owner: int,
    *,
    since: date | None = None,
    until: date | None = None,
    language: str = "en",
    using: str = "default",
) -> Iterator[str]:
    """Yield the general ledger as CSV, a line of the books a row, in the order of journals."""
    yield _csv(_HEADING, [])
    for line in book_balances.lines_of_books(owner, since=since, until=until, using=using):
        concerns = f"{line.concerns_from:%Y-%m}" if line.concerns_from else ""
        yield _csv([], [[
            line.journal, line.business_date.isoformat(), f"{line.period_from:%Y-%m}", concerns, line.kind, line.why,
            line.number, line.accounts, line.code, name_in(line.names, language), line.currency,
            plain(line.amount, currency(line.currency)),
        ]])  # fmt: skip


def _csv(heading: list[str], rows: list[list[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if heading:
        writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue()
