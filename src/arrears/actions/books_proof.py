"""The proof of the books: the debts and the general ledger say the same, and it adds up to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arrears.actions import books, positions
from arrears.engine.books.journals import differs
from arrears.engine.books.purposes import OF_DEBTS
from arrears.store.doors import book_balances, due, suspense
from arrears.store.doors import books as door
from arrears.store.doors import positions as rows_of
from arrears.store.layouts_books import POSTED

Ints = npt.NDArray[np.int64]
BATCH: Final = 20_000
_PROVED: Final = frozenset((*OF_DEBTS, "suspense"))


@dataclass(frozen=True, slots=True)
class Proved:
    """What a proof found: purposes whose sums differ, currencies out of balance, debts posted otherwise than derived.

    Differences are the general ledger's amount less the debts', minor units.
    """

    accounts: int
    unequal: Mapping[str, int] = field(default_factory=dict)
    out_of_balance: Mapping[str, int] = field(default_factory=dict)
    differing: tuple[int, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Return whether nothing differs."""
        return not (self.unequal or self.out_of_balance or self.differing)


def prove(owner: int, *, one_in: int = 1, nth: int = 0, using: str = "night") -> Proved:
    """Compare the books of ``owner`` with its debts: the sums of all, and one debt in so many from its entries.

    Suspense is compared with the lines of bank statements that wait.

    A debt is derived as of the day it was posted for, so that time alone makes no difference.
    """
    accounts = due.every_nth_account(owner, one_in, nth)
    found: list[int] = []
    for start in range(0, len(accounts), BATCH):
        found += _differing(accounts[start : start + BATCH], using).tolist()
    general = book_balances.general_ledger(owner, using=using)
    totals: dict[str, int] = {}
    for (_, currency), amount in general.items():
        totals[currency] = totals.get(currency, 0) + amount
    return Proved(
        len(accounts),
        _unequal(general, _with_suspense(book_balances.sub_ledger(owner, using=using), owner, using)),
        {currency: amount for currency, amount in totals.items() if amount},
        tuple(found),
    )


def _with_suspense(debts: Mapping[tuple[str, str], int], owner: int, using: str) -> dict[tuple[str, str], int]:
    """Return what the debts say and the lines of the bank that wait, which are received and owed."""
    found = dict(debts)
    for code, amount in suspense.waiting(owner, using=using).items():
        found["received", code] = found.get(("received", code), 0) + amount
        found["suspense", code] = -amount
    return found


def _unequal(
    general: Mapping[tuple[tuple[str, ...], str], int], debts: Mapping[tuple[str, str], int]
) -> dict[str, int]:
    """Return by how much accounts that stand for debts and suspense alone differ, by purposes and currency."""
    keys = {key for key in general if set(key[0]) <= _PROVED}
    left = dict(debts)
    out = {}
    for purposes, currency in sorted(keys):
        own = sum(left.pop((purpose, currency), 0) for purpose in purposes)
        if own != general[purposes, currency]:
            out[f"{'+'.join(purposes)} {currency}"] = general[purposes, currency] - own
    return out | {f"{purpose} {currency}": -amount for (purpose, currency), amount in left.items()}


def _differing(accounts: Ints, using: str) -> Ints:
    """Return those of ``accounts`` whose posted purposes are not what their entries make of them.

    A debt that was never posted counts where it has any flow: a book from before the books waits for its first night.
    """
    posted = door.posted_of(accounts, using=using)
    never = np.zeros(len(accounts) - len(posted), POSTED)
    never["account"] = np.setdiff1d(accounts, posted["account"])
    never["as_of"] = posted["as_of"].max(initial=0)
    found = [np.zeros(0, np.int64)]
    rows = np.concatenate((posted, never))
    rows = rows[np.argsort(rows["account"])]
    for day in np.unique(rows["as_of"]):
        own = rows[rows["as_of"] == day]
        ids = own["account"].astype(np.int64)
        bases, entries = rows_of.bases_of(ids, using=using), rows_of.entries_of(ids, using=using)
        fresh = books.derived_at(positions.remade, bases, entries, _as_date(int(day)))
        found.append(ids[differs(fresh, books.purposes_of(own))])
    return np.sort(np.concatenate(found))


def _as_date(day: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + day)


def named(proved: Proved) -> dict[str, Any]:  # Any: figures of a night, JSON
    """Return a proof as figures: counts, and what differs by name."""
    return {
        "accounts": proved.accounts,
        "differing": len(proved.differing),
        "named": {str(account): 1 for account in proved.differing[:20]},
        "unequal": dict(proved.unequal),
        "out_of_balance": dict(proved.out_of_balance),
    }


def faults(proved: Proved) -> tuple[str, ...]:
    """Return what a proof found in plain words: none where the books are sound."""
    return (
        *(f"the books in {currency} are out by {amount}" for currency, amount in proved.out_of_balance.items()),
        *(f"the books' {name} differs from the debts by {amount}" for name, amount in proved.unequal.items()),
        *((f"{len(proved.differing)} debts are posted otherwise than derived",) if proved.differing else ()),
    )
