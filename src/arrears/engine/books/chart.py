"""A chart of accounts: which account of the books stands for which purposes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from arrears.engine.books.purposes import PURPOSES
from arrears.kernel.texts import Text


class Kind(StrEnum):
    """What an account of the books is; its usual side follows."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


KIND_WORDS: Mapping[Kind, Text] = {
    Kind.ASSET: Text("Assets", "Activo", "资产"),
    Kind.LIABILITY: Text("Liabilities", "Pasivo", "负债"),
    Kind.EQUITY: Text("Equity", "Patrimonio neto", "所有者权益"),
    Kind.INCOME: Text("Income", "Ingresos", "收入"),
    Kind.EXPENSE: Text("Expenses", "Gastos", "费用"),
}


@dataclass(frozen=True, slots=True)
class GlAccount:
    """An account of the books: its code, what it is, its names, the purposes that are posted to it."""

    code: str
    kind: Kind
    names: Text
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All accounts of an organisation's books, each purpose on exactly one."""

    accounts: tuple[GlAccount, ...]

    def of(self, purpose: str) -> GlAccount:
        """Return the account of a purpose; raises KeyError for a purpose that no account stands for."""
        return next(self._of(purpose))

    def _of(self, purpose: str) -> Iterator[GlAccount]:
        yield from (account for account in self.accounts if purpose in account.purposes)
        raise KeyError(purpose)


def faults(chart: Chart) -> list[str]:
    """Return what is wrong with a chart, in plain words: codes twice, purposes missing, twice or unknown."""
    codes = [account.code for account in chart.accounts]
    purposes = [purpose for account in chart.accounts for purpose in account.purposes]
    return [
        *(f"code {code} stands twice" for code in sorted({each for each in codes if codes.count(each) > 1})),
        *(f"purpose {name} has no account" for name in PURPOSES if name not in purposes),
        *(f"purpose {name} has {purposes.count(name)} accounts" for name in PURPOSES if purposes.count(name) > 1),
        *(f"purpose {name} is not known" for name in sorted(set(purposes) - set(PURPOSES))),
    ]
