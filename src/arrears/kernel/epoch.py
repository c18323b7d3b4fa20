"""Dates as epoch days, the form they take in fixed-width rows: days since 1970-01-01, `NO_DATE` for none."""

from datetime import date
from typing import Final

NO_DATE: Final = 2_147_483_647
"""The largest int4: "no such date". It sorts after every date, so "next" columns compare without a special case."""

_EPOCH: Final = date(1970, 1, 1).toordinal()


def epoch_day(day: date | None) -> int:
    """Return the epoch day of ``day``; `NO_DATE` for None."""
    return NO_DATE if day is None else day.toordinal() - _EPOCH


def date_of(day: int) -> date | None:
    """Return the date of an epoch day; None for `NO_DATE`."""
    return None if day == NO_DATE else date.fromordinal(int(day) + _EPOCH)


def sure_date(day: int) -> date:
    """Return the date of an epoch day that cannot be `NO_DATE`; raises when it is."""
    if day == NO_DATE:
        raise ValueError("there is no date here")
    return date.fromordinal(int(day) + _EPOCH)
