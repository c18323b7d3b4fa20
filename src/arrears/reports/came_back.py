"""What fell overdue and came back (P04): cohorts by the first day past due, by accounts and by amount.

A spell begins on a due date at whose end more was billed than paid, beyond the tolerance, where the day before it was
not so; it has come back by the first later day at whose end nothing is short any more. Who paid by themselves counts
too. The day that still runs counts for nothing yet. A cohort whose time is not over is unfinished: its share is not yet
to be compared with a target.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.kernel.epoch import epoch_day, sure_date
from arrears.store.doors.book_figures import Movements

Ints = npt.NDArray[np.int64]

SOON: Final = 7
LATER: Final = 15
#: One lender's targets (P04), shown as such until an organisation sets its own: so much of a cohort back in time.
TARGETS_PERCENT: Final = {SOON: 60, LATER: 80}


@dataclass(frozen=True, slots=True)
class Back:
    """How much of a cohort was back within some days; ``is_finished`` says whether those days are over."""

    days: int
    accounts: int
    amount_minor: int
    is_finished: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    """The accounts whose first day past due was ``first_day``."""

    first_day: date
    accounts: int
    amount_minor: int
    soon: Back
    later: Back
    still_out: int


def cohorts(moved: Movements, first: date, last: date) -> tuple[Cohort, ...]:
    """Return the cohorts of a window, oldest first; ``moved`` holds the movements of exactly this window.

    ``last`` is the day that still runs: it is taken off again, so that the figures stand at the end of the day before.
    """
    short = _shortfalls(moved, epoch_day(first), epoch_day(last))[:, :-1]
    late = short > moved.tolerance[:, None]
    begins = late[:, 1:] & ~late[:, :-1]
    found = (_cohort(short, late, np.flatnonzero(begins[:, day - 1]), day, first) for day in range(1, late.shape[1]))
    return tuple(cohort for cohort in found if cohort.accounts)


def _shortfalls(moved: Movements, first: int, last: int) -> Ints:
    """Return, a row an account and a column a day, what was billed and not paid at the end of the day."""
    days = last - first + 1
    change = np.zeros((len(moved.billed), days), np.int64)
    np.add.at(change, (moved.account, moved.day - first), moved.billed_change - moved.paid_change)
    after = change[:, ::-1].cumsum(axis=1)[:, ::-1] - change
    return np.asarray((moved.billed - moved.paid)[:, None] - after, np.int64)


def _cohort(short: Ints, late: npt.NDArray[np.bool_], rows: Ints, day: int, first: date) -> Cohort:
    amounts = short[rows, day]
    soon, later = (_back(late, rows, amounts, day, within) for within in (SOON, LATER))
    still_out = int(late[rows, day + 1 :].all(axis=1).sum())
    began = sure_date(epoch_day(first) + day + 1)
    return Cohort(began, len(rows), int(amounts.sum()), soon, later, still_out)


def _back(late: npt.NDArray[np.bool_], rows: Ints, amounts: Ints, day: int, within: int) -> Back:
    came = (~late[rows, day + 1 : day + within + 1]).any(axis=1)
    return Back(within, int(came.sum()), int(amounts[came].sum()), is_finished=day + within < late.shape[1])
