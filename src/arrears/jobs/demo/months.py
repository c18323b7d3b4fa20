"""How a made-up loan behaves month by month: the chances come from a real book.

The chain moves loans between missed instalments as the car loans of Lautier, Pozdnyakov and Yan (JRSS-A 2024) move on
average; how soon a late payer comes back follows the trade's rule of thumb that six in ten are back within 7 days and
eight in ten within 15 (P04). The people and amounts are invented; only the chances are measured.
"""

import numpy as np

#: From 0, 1, 2, 3, 4+ missed instalments to 0, 1, 2, 3, 4+, paid off; charge-offs are left to the months after.
MOVES = np.array(
    [
        [0.950, 0.031, 0.000, 0.000, 0.000, 0.019],
        [0.249, 0.582, 0.150, 0.000, 0.000, 0.019],
        [0.037, 0.101, 0.575, 0.271, 0.000, 0.016],
        [0.013, 0.012, 0.080, 0.684, 0.195, 0.016],
        [0.005, 0.003, 0.006, 0.043, 0.925, 0.018],
    ]
)
PAID_OFF = 5
FURTHEST = 4
#: Of those four and more behind who stay there, how many pay nothing in a month.
SILENT_SHARE = 0.75
#: What a book looks like after some years of these moves.
AT_START = np.array([0.845, 0.070, 0.030, 0.030, 0.025])
#: Of those who pay their month, how many do so late; and of a month missed, how many pay a part.
LATE_SHARE = 0.12
PART_SHARE = 0.30
#: Days late of a late payer: exponential with this scale has 6 in 10 back within 7 days and 8 in 10 within 13.
LATE_SCALE_DAYS = 8.0


def missed_by_month(chance: np.random.Generator, loans: int, months: int) -> np.ndarray:
    """Return an array [loans, months + 1] of missed instalments at each month's end (5: paid off, for good)."""
    states = np.empty((loans, months + 1), dtype=np.int8)
    states[:, 0] = chance.choice(5, size=loans, p=AT_START)
    steps = np.cumsum(MOVES, axis=1)
    for month in range(months):
        here = states[:, month]
        dice = chance.random(loans)
        moved = (dice[:, None] >= steps[np.minimum(here, 4)]).sum(axis=1).astype(np.int8)
        states[:, month + 1] = np.where(here == PAID_OFF, PAID_OFF, np.minimum(moved, PAID_OFF))
    return states


def instalments_paid(chance: np.random.Generator, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return how many instalments were paid in a month that went from ``before`` to ``after`` missed ones.

    Four stands for four and more: most who stay there pay nothing and fall further behind.
    """
    paid = before.astype(np.int64) + 1 - after
    silent = (before == FURTHEST) & (after == FURTHEST) & (chance.random(len(before)) < SILENT_SHARE)
    return np.where((after == PAID_OFF) | silent, 0, np.maximum(paid, 0))


def days_after_due(chance: np.random.Generator, count: int) -> np.ndarray:
    """Return on which day after (or before, negative) the due date a payer pays."""
    late = chance.random(count) < LATE_SHARE
    early_or_on_day = -chance.integers(0, 4, count)
    days = 1 + np.floor(chance.exponential(LATE_SCALE_DAYS, count)).astype(np.int64)
    return np.where(late, np.minimum(days, 27), early_or_on_day)
