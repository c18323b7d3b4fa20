"""Day counts as clocks: units that only grow, so that a period split in two is exactly the sum of its parts.

``clock(day)`` says how many units have passed since 1970-01-01; the units between two days are a difference, and a
year is `UNITS_IN_YEAR`. A rate a year times units over units in a year is exact in whole numbers.

ACT/365F and ACT/360: a unit is a day. ACT/ACT (ISDA): a day of a common year is 366 units, of a leap year 365, and
every year 365 × 366. 30/360 is the European form (30E/360, ISDA 2006 4.16(g)): the 31st counts as the 30th. The bond
form (4.16(f)) looks at both ends of a period together, so that a payment in the middle would change the interest; it
is not offered.
"""

from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import Final

from arrears.kernel.epoch import epoch_day


class DayCount(IntEnum):
    """How days become parts of a year. The codes are stable: positions store them."""

    ACT_365F = 1
    ACT_360 = 2
    ACT_ACT = 3
    THIRTY_360 = 4


DAY_COUNTS: Final[dict[str, DayCount]] = {
    "ACT/365F": DayCount.ACT_365F,
    "ACT/360": DayCount.ACT_360,
    "ACT/ACT": DayCount.ACT_ACT,
    "30/360": DayCount.THIRTY_360,
}
"""By the names used in product terms."""

UNITS_IN_YEAR: Final[dict[DayCount, int]] = {
    DayCount.ACT_365F: 365,
    DayCount.ACT_360: 360,
    DayCount.ACT_ACT: 365 * 366,
    DayCount.THIRTY_360: 360,
}


def clock(day: date, by: DayCount) -> int:
    """Return the units passed from 1970-01-01 to ``day``."""
    match by:
        case DayCount.ACT_365F | DayCount.ACT_360:
            return epoch_day(day)
        case DayCount.ACT_ACT:
            first = date(day.year, 1, 1)
            is_leap = (date(day.year + 1, 1, 1) - first).days == 366  # noqa: PLR2004 - days in a leap year
            return (day.year - 1970) * 365 * 366 + (day - first).days * (365 if is_leap else 366)
        case DayCount.THIRTY_360:
            return (day.year - 1970) * 360 + (day.month - 1) * 30 + min(day.day, 30) - 1


def units_between(start: date, end: date, by: DayCount) -> int:
    """Return the units from ``start`` (counted) to ``end`` (not counted)."""
    return clock(end, by) - clock(start, by)


def year_fraction(start: date, end: date, by: DayCount) -> Fraction:
    """Return the exact part of a year from ``start`` to ``end``."""
    return Fraction(units_between(start, end, by), UNITS_IN_YEAR[by])
