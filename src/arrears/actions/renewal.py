"""Positions that time alone has changed, made anew at night; and the proof that all are what entries make of them."""

from datetime import datetime

import numpy as np
import numpy.typing as npt

from arrears.actions import books
from arrears.actions.positions import made_anew, made_with_sources, remade
from arrears.store.doors import positions as rows_of
from arrears.store.doors.due import stored_positions

Ints = npt.NDArray[np.int64]


def renew(accounts: Ints, *, now: datetime, using: str = "night") -> int:
    """Make the positions of ``accounts`` (ascending ids) anew as of ``now``; return how many there were.

    The accounts are not marked as touched: nothing happened to them. Runs in the caller's transaction.
    """
    rows_of.hold_rows(accounts, using=using)
    made = made_with_sources(accounts, now=now, using=using)
    if not len(made.rows):
        return 0
    written = rows_of.write(made.rows, using=using)
    books.post(made, remade, now=now, kind="accrual", using=using)
    return written


def differing(accounts: Ints, *, now: datetime, using: str = "night") -> Ints:
    """Return those of ``accounts`` (ascending ids) whose position is not, byte for byte, what it is when made anew."""
    made = made_anew(accounts, now=now, using=using)
    stored = stored_positions(made["account"].astype(np.int64), using=using)
    if len(stored) != len(made):
        there = np.isin(made["account"], stored["account"])
        return np.concatenate((made["account"][~there], differing(stored["account"], now=now, using=using)))
    return np.asarray(made["account"][made != stored], np.int64)
