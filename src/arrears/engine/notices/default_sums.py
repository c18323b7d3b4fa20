"""Sums that became payable because a debtor is in default, other than interest, and which of them were told of.

Consumer Credit Act 1974 ss 86E, 187A (unverified): each is told of within the prescribed period. Fees of the ledger are
such sums; a charge that runs by a rate is interest, and is none.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

from arrears.domain.entries import Entry, EntryKind, in_order, taken_out
from arrears.engine.computation import said_amount, said_day

_BETWEEN: Final = {"zh": "；"}


class DefaultSum(NamedTuple):
    """A sum in minor units, the day on which it became payable, and the entry of the ledger that says so."""

    day: date
    amount: int
    entry: int


def untold(entries: Iterable[Entry], told: Collection[int], until: date) -> tuple[DefaultSum, ...]:
    """Return the sums that became payable up to ``until``, but for the entries ``told`` of, the oldest first.

    By its entry, not by its day: what is booked late is told of all the same. One that was taken back is none; one that
    is paid or waived was payable all the same.
    """
    return tuple(one for one in _sums(entries) if one.entry not in told and one.day <= until)


def told_of(entries: Iterable[Entry], told: Collection[int]) -> tuple[DefaultSum, ...]:
    """Return the sums that the entries ``told`` of still are, the oldest first."""
    return tuple(one for one in _sums(entries) if one.entry in told)


def _sums(entries: Iterable[Entry]) -> tuple[DefaultSum, ...]:
    known = sorted(entries, key=in_order)
    gone = taken_out(known)
    return tuple(
        DefaultSum(one.value_date, one.amount, one.id)
        for one in known
        if one.kind is EntryKind.FEE and one.id not in gone and one.amount > 0
    )


def total(sums: Iterable[DefaultSum]) -> int:
    """Return what sums come to, in minor units."""
    return sum(one.amount for one in sums)


def listed(sums: Iterable[DefaultSum], language: str, currency: str) -> str:
    """Return each sum with its day, as people write both."""
    said = (f"{said_day(one.day, language)} {said_amount(one.amount, language, currency)}" for one in sums)
    return _BETWEEN.get(language, "; ").join(said)
