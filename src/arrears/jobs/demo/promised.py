"""Made-up promises to pay: kept ones before payments that came late, broken ones, open ones for the days ahead.

The shares are the demonstration's own, chosen so that about two promises in three are kept, as branches report it.
"""

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from arrears.jobs.demo import months
from arrears.jobs.demo.loans import Loans, due_dates
from arrears.kernel.epoch import epoch_day

#: Of the payments that brought a late loan back, how many somebody had promised; of months missed, how many broke one.
PROMISED_SHARE: Final = 0.40
BROKEN_SHARE: Final = 0.42
#: Of the loans that are behind now, how many have promised to pay today, tomorrow or the day after.
OPEN_SHARE: Final = 0.15
OPEN_DAYS: Final = 3
#: A broken promise was for a day no later than this many days after the instalment it was about.
BROKEN_WITHIN: Final = 17
#: Who paid in the last days is not asked to promise.
QUIET_DAYS: Final = 5
#: The hours of the day that people name, and how they say they will pay.
FIRST_HOUR, LAST_HOUR = 9, 20
MEANS: Final = {"US": ("transfer", "debit", "card", "counter"), "CN": ("wallet", "transfer", "debit", "counter")}
MEANS_SHARES: Final = (0.40, 0.25, 0.25, 0.10)
_SCHEMA: Final = {"debt": pl.Int64, "taken": pl.Int64, "due": pl.Int64, "amount": pl.Int64}


def promises(
    chance: np.random.Generator, paid: pl.DataFrame, lapsed: pl.DataFrame, late: pl.DataFrame, day: date
) -> pl.DataFrame:
    """Return promises as ``debt``, ``taken`` and ``due`` (epoch days), ``amount`` (minor units), by day.

    ``paid`` are the payments that brought a loan back (``debt``, ``epoch_day``, ``due``, ``amount``); ``lapsed`` and
    ``late`` are what `missed` and `behind` return (``debt``, ``due``, ``amount``).
    """
    today = epoch_day(day)
    found = pl.concat([_kept(chance, paid, today), _broken(chance, lapsed), _open(chance, late, today)])
    return found.filter(pl.col("taken") < today).sort("taken", "debt", "due", "amount")


def _kept(chance: np.random.Generator, paid: pl.DataFrame, today: int) -> pl.DataFrame:
    """Taken one to three days before the payment, once the instalment was due; for its day or the day after."""
    some = _some(chance, paid, PROMISED_SHARE)
    on, due = some["epoch_day"].to_numpy(), some["due"].to_numpy()
    before = np.minimum(chance.integers(1, 4, some.height), np.maximum(on - due, 1))
    return _promised(some, on - before, np.minimum(on + chance.integers(0, 2, some.height), today))


def _broken(chance: np.random.Generator, missed: pl.DataFrame) -> pl.DataFrame:
    """Taken in the fortnight after the due date that was missed, for a day on which nothing came."""
    some = _some(chance, missed, BROKEN_SHARE)
    taken = some["due"].to_numpy() + chance.integers(2, 15, some.height)
    return _promised(some, taken, taken + chance.integers(1, 4, some.height))


def _open(chance: np.random.Generator, behind: pl.DataFrame, today: int) -> pl.DataFrame:
    """Due on the three days after the book's: the demonstration opens on the first of them."""
    some = _some(chance, behind, OPEN_SHARE)
    turn = np.arange(some.height) % OPEN_DAYS
    return _promised(some, today - chance.integers(1, 4, some.height), today + 1 + turn)


def _some(chance: np.random.Generator, rows: pl.DataFrame, share: float) -> pl.DataFrame:
    return rows.filter(pl.Series(chance.random(rows.height) < share))


def _promised(rows: pl.DataFrame, taken: np.ndarray, due: np.ndarray) -> pl.DataFrame:
    columns = {"debt": rows["debt"], "taken": taken, "due": due, "amount": rows["amount"]}
    return pl.DataFrame(columns, schema=_SCHEMA)


def said(chance: np.random.Generator, promised: pl.DataFrame, country: str) -> pl.DataFrame:
    """Return promises with the minute of the call in which they were given, the hour named and the means."""
    count = promised.height
    return promised.with_columns(
        minute=pl.Series(chance.integers(9 * 60, 18 * 60, count), dtype=pl.Int64),
        due_hour=pl.Series(chance.integers(FIRST_HOUR, LAST_HOUR, count), dtype=pl.Int64),
        means=pl.Series(chance.choice(np.array(MEANS[country]), count, p=MEANS_SHARES).tolist(), dtype=pl.String),
    )


def missed(loans: Loans, day: date) -> pl.DataFrame:
    """Return the months in which a loan fell further behind."""
    due = due_dates(loans, day)
    before, after = loans.missed[:, :-1][:, : due.shape[1]], loans.missed[:, 1:][:, : due.shape[1]]
    debt, month = np.nonzero((after > before) & (after < months.PAID_OFF))
    rows = pl.DataFrame({"debt": debt, "due": due[debt, month], "amount": loans.instalment[debt]})
    return rows.filter(pl.col("due") < epoch_day(day) - BROKEN_WITHIN)


def behind(loans: Loans, paid: pl.DataFrame, day: date) -> pl.DataFrame:
    """Return the loans that are late on ``day`` and have paid nothing for some days nor for this month."""
    due, today = due_dates(loans, day), epoch_day(day)
    this_month = due.shape[1] - 1
    before = loans.missed[:, this_month]
    late = (before != months.PAID_OFF) & ((before > 0) | (due[:, this_month] < today - 1))
    rows = pl.DataFrame({"debt": np.flatnonzero(late), "due": due[late, this_month], "amount": loans.instalment[late]})
    lately = pl.col("epoch_day") > today - QUIET_DAYS
    return rows.join(
        paid.filter((pl.col("month") == this_month) | lately), on="debt", how="anti", maintain_order="left"
    )
