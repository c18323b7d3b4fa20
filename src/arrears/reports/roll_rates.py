"""Roll rates: from which band accounts went to which, one month end to the next, payoff, charge-off and relief apart.

Bands are those of days past due (P01), as the ledger has them on each of the days, from everything that is known now.
Who stands better because of a waiver, settlement, deferral or re-age, and not by payments, is counted apart: that is no
cure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.domain.position import Flag
from arrears.domain.terms import Terms
from arrears.engine.ledger.by_day import days_past_due_many
from arrears.engine.ledger.rebuild import Block, block_of, rebuild
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.packs.caps import DebtOf
from arrears.packs.terms import TermsInForce, terms_in_force
from arrears.store.doors import positions as rows_of
from arrears.store.doors.intake import account_ids

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.void]

BANDS: Final = ("0", "1-30", "31-60", "61-90", "91+")
"""Days past due of an open account."""
ENDS: Final = ("paid_off", "charged_off", "by_relief")
_CUTS: Final = np.array([0, 30, 60, 90])
PAID_OFF: Final = len(BANDS)
CHARGED_OFF: Final = PAID_OFF + 1
BY_RELIEF: Final = PAID_OFF + 2
ABSENT: Final = -1
RANGE: Final = 20_000
"""How many accounts are read at a time."""


@dataclass(frozen=True, slots=True)
class RollRates:
    """Transitions counted: a row a band before, a column a band or end after."""

    counts: Ints

    def of(self, band: int) -> int:
        """Return how many accounts were in a band before."""
        return int(self.counts[band].sum())

    def ppm(self) -> Ints:
        """Return each row as shares in parts per million, rounded down; a band nobody was in is all zero."""
        shares: Ints = self.counts * 1_000_000 // np.maximum(self.counts.sum(axis=1, keepdims=True), 1)
        return shares


def states(rows: Rows, day: int) -> Ints:
    """Return where accounts (rows of `POSITION`) stand on a day: a band, `PAID_OFF` or `CHARGED_OFF`."""
    band = np.searchsorted(_CUTS, days_past_due_many(rows, day))
    is_paid = rows["flags"] & Flag.NOTHING_OWED > 0
    is_charged_off = rows["flags"] & Flag.CHARGED_OFF > 0
    return np.where(is_charged_off, CHARGED_OFF, np.where(is_paid, PAID_OFF, band)).astype(np.int64)


def relieved(before: Ints, after: Ints, rows: Rows, since: int, day: int) -> Ints:
    """Return ``after`` with `BY_RELIEF` where an account stands better only because of relief between the two days.

    ``rows`` are the positions on the later day; payments that ended the arrears after the relief make it a cure.
    """
    is_better = (before >= 0) & (before < PAID_OFF) & (after >= 0) & ((after < before) | (after == PAID_OFF))
    was_relieved = (rows["relief_day"] > since) & (rows["relief_day"] <= day)
    was_cured = (rows["cured_day"] != NO_DATE) & (rows["cured_day"] > since) & (rows["cured_day"] <= day)
    return np.where(is_better & was_relieved & ~was_cured, BY_RELIEF, after).astype(np.int64)


def transitions(before: Ints, after: Ints) -> Ints:
    """Count pairs of states, the first open: `BANDS` by `BANDS` and `ENDS`."""
    is_open = (before >= 0) & (before < PAID_OFF) & (after >= 0)
    width = len(BANDS) + len(ENDS)
    cells = before[is_open] * width + after[is_open]
    return np.bincount(cells, minlength=len(BANDS) * width).reshape(len(BANDS), width).astype(np.int64)


def roll_rates(days: Sequence[date], *, is_history: bool = False, using: str = "report") -> RollRates:
    """Return the roll rates of the organisation in scope from each of ``days`` to the next.

    ``is_history``: entries end with what was told of an account, so that it is left out from then on.
    """
    accounts = account_ids(using=using)
    counts = np.zeros((len(BANDS), len(BANDS) + len(ENDS)), np.int64)
    for start in range(0, len(accounts), RANGE):
        counts += _of_range(accounts[start : start + RANGE], days, using, is_history=is_history)
    return RollRates(counts)


def _of_range(accounts: Ints, days: Sequence[date], using: str, *, is_history: bool) -> Ints:
    block = block_of(rows_of.entries_of(accounts, using=using))
    terms, which = _terms(block, accounts, using)
    opened, told = block.columns.value[block.starts[:-1]], block.columns.value[block.starts[1:] - 1]
    until = told + 1 if is_history else np.full(len(told), NO_DATE)
    counts = np.zeros((len(BANDS), len(BANDS) + len(ENDS)), np.int64)
    before: tuple[Ints, int] | None = None
    for each in days:
        day = epoch_day(each)
        rows = rebuild(block, terms, which, each)
        now = np.where((opened <= day) & (day <= until), states(rows, day), ABSENT)
        if before is not None:
            counts += transitions(before[0], relieved(before[0], now, rows, before[1], day))
        before = now, day
    return counts


def _terms(block: Block, accounts: Ints, using: str) -> tuple[list[Terms], Ints]:
    """Return the terms in use and, for each account of the block, the place of its own."""
    bases = {basis.account: basis for basis in rows_of.bases_of(accounts, using=using)}
    known: dict[tuple[int, str, str], int] = {}
    terms: list[Terms] = []
    places = []
    for account in block.accounts.tolist():
        basis = bases[account]
        bound_by = (basis.product, basis.place.country, basis.currency)
        if bound_by not in known:
            known[bound_by] = len(terms)
            debt = DebtOf(basis.place.country, basis.debt_kind, basis.consumer, basis.currency)
            found = terms_in_force(basis.terms, debt)
            assert isinstance(found, TermsInForce), found
            terms.append(found.terms)
        places.append(known[bound_by])
    return terms, np.array(places, np.int64)
