"""The validation period of a debt in the United States: when it ends at the earliest (12 CFR 1006.34(b)(5)).

It runs from the day on which validation information is provided to thirty days after the consumer receives it, or is
assumed to. Receipt may be assumed on any day at least five days after providing it, not counting Saturdays, Sundays and
the legal public holidays of 5 USC 6103(a). A holiday that falls on a Saturday is no such day on the Friday before: the
statute lists the dates themselves, and a later end is lawful in any case. Source: rule text seen second-hand (S2).
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

DAYS_OF_THE_MAIL: Final = 5
"""Days between providing and assumed receipt, Saturdays, Sundays and legal public holidays left out."""

DAYS_TO_DISPUTE: Final = 30
"""Calendar days from receipt to the last day of the period."""

_SATURDAY: Final = 5
_NOT_6103_A: Final = "Inauguration Day"


def assumed_receipt(provided_on: date) -> date:
    """Return the earliest day on which a notice provided on ``provided_on`` may be assumed to be received."""
    day, left = provided_on, DAYS_OF_THE_MAIL
    while left:
        day += timedelta(days=1)
        left -= _counts(day)
    return day


def period_ends(provided_on: date, *, received_on: date | None = None, printed: date | None = None) -> date:
    """Return the last day of the validation period: a dispute received on it is in time.

    ``received_on`` is proof of actual receipt and takes the place of the assumed day; ``printed`` the end that the
    notice itself names, before which the period never ends. Raises ValueError for a receipt before the sending.
    """
    if received_on is not None and received_on < provided_on:
        raise ValueError("a notice is not received before it is provided")
    received = received_on or assumed_receipt(provided_on)
    ends = received + timedelta(days=DAYS_TO_DISPUTE)
    return max(ends, printed) if printed else ends


def _counts(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _legal_holidays(day.year)


@lru_cache(maxsize=64)
def _legal_holidays(year: int) -> frozenset[date]:
    """Return the legal public holidays of a year on their own dates."""
    import holidays

    found = holidays.country_holidays("US", years=year, observed=False)
    return frozenset(day for day, name in found.items() if name != _NOT_6103_A)
