"""Journals: derived less posted, summed by account of the books and currency, balanced by construction."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from arrears.engine.books.purposes import OF_DEBTS

Rows: TypeAlias = NDArray[Any]  # structured


class Line(NamedTuple):
    """An amount for a purpose in a currency: above zero a debit, below a credit; minor units."""

    purpose: str
    currency: str
    amount: int


class UnbalancedError(ValueError):
    """Lines that do not add up to nothing in some currency: a defect of the code that made them."""


def journal(derived: Rows, posted: Rows, currencies: Sequence[str] | NDArray[Any]) -> tuple[Line, ...]:
    """Return the lines that bring what is posted to what is derived; none where both agree.

    ``derived`` and ``posted`` hold the purposes of the same debts in the same order, ``currencies`` the currency of
    each. Currencies are never added together. Raises `UnbalancedError` where a currency's lines do not balance.
    """
    codes = np.asarray(currencies)
    lines = []
    for code in sorted(set(codes.tolist())):
        own = codes == code
        for name in OF_DEBTS:
            amount = int(derived[name][own].sum() - posted[name][own].sum())
            if amount:
                lines.append(Line(name, str(code), amount))
    return balanced(lines)


def balanced(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines summed by purpose and currency, without empty ones; raises `UnbalancedError` where they differ."""
    summed: dict[tuple[str, str], int] = {}
    for line in lines:
        summed[line.purpose, line.currency] = summed.get((line.purpose, line.currency), 0) + line.amount
    for currency, total in totals(summed).items():
        if total:
            raise UnbalancedError(f"the lines in {currency} are out by {total}")
    return tuple(Line(*key, amount) for key, amount in summed.items() if amount)


def totals(by_key: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Return the sum of amounts by currency, the last part of each key."""
    found: dict[str, int] = {}
    for (_, currency), amount in by_key.items():
        found[currency] = found.get(currency, 0) + amount
    return found


def differs(derived: Rows, posted: Rows) -> NDArray[np.bool_]:
    """Return for which debts something is to post."""
    found = np.zeros(len(derived), np.bool_)
    for name in OF_DEBTS:
        found |= derived[name] != posted[name]
    return found
