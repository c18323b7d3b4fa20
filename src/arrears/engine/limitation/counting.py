"""The last day on which a suit is in time, by one row: from the trigger, and again from whatever revives."""

from datetime import date

from arrears.engine.limitation.rows import Course, LimitationRow, Trigger
from arrears.kernel.calendars import anniversary

MISSING = {
    Trigger.DEFAULT: "debt.default_on",
    Trigger.CHARGE_OFF: "debt.charged_off_on",
    Trigger.LAST_PAYMENT: "debt.last_payment_on",
    Trigger.LAST_ACTIVITY: "debt.last_payment_on",
}
"""The fact without which a row cannot be counted, by what it counts from."""


def last_day(row: LimitationRow, course: Course) -> date | None:
    """Return the last day on which a suit is in time; None where the day it counts from is not known.

    The day of the trigger is not counted, so the last day is its anniversary. What revives, revives only up to that
    day; afterwards nothing does.
    """
    start = first = _start(row, course)
    if start is None or first is None:
        return None
    last = anniversary(start, row.years)
    for day in sorted(_reviving(row, course)):
        if start < day <= last:
            start, last = day, anniversary(day, row.years)
    return last if row.cap_years is None else min(last, anniversary(first, row.cap_years))


def _start(row: LimitationRow, course: Course) -> date | None:
    match row.trigger:
        case Trigger.DEFAULT:
            return course.default_on
        case Trigger.CHARGE_OFF:
            return course.charged_off_on
        case Trigger.LAST_PAYMENT:
            return _last_before_default(course)
        case Trigger.LAST_ACTIVITY:
            return min(_activity(course), default=None)


def _last_before_default(course: Course) -> date | None:
    """Return the latest payment up to the default: later ones revive, or do not, by the row."""
    if course.default_on is None:
        return min(course.payments, default=None)
    return max((day for day in course.payments if day <= course.default_on), default=course.default_on)


def _activity(course: Course) -> list[date]:
    known = [*course.payments, *course.acknowledgements]
    return known if course.default_on is None else [course.default_on, *(d for d in known if d >= course.default_on)]


def _reviving(row: LimitationRow, course: Course) -> list[date]:
    return [
        *(course.payments if row.revival_by_payment else ()),
        *(course.acknowledgements if row.revival_by_writing else ()),
        *(course.demands if row.revival_by_demand else ()),
    ]
