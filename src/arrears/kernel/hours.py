"""Local time: what the clock on a debtor's wall says at an instant, and which instants a local day covers.

An instant is an aware datetime in UTC; a zone is an IANA name. Where daylight saving skips a wall time, the instant is
the first after the gap; where it repeats one, the caller says which.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arrears.kernel.texts import Text

WEEKDAYS: Final[tuple[Text, ...]] = (
    Text("Monday", "lunes", "星期一"),
    Text("Tuesday", "martes", "星期二"),
    Text("Wednesday", "miércoles", "星期三"),
    Text("Thursday", "jueves", "星期四"),
    Text("Friday", "viernes", "星期五"),
    Text("Saturday", "sábado", "星期六"),
    Text("Sunday", "domingo", "星期日"),
)
"""The days of the week, Monday first, as `date.weekday` counts them."""


def is_zone(name: str) -> bool:
    """Return whether ``name`` is a time zone we know."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def local_time(instant: datetime, zone: str) -> datetime:
    """Return the wall time of ``instant`` in ``zone``; raises ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("an instant names its time zone")
    return instant.astimezone(ZoneInfo(zone))


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar day of ``instant`` in ``zone``."""
    return local_time(instant, zone).date()


def instant_of(day: date, wall: time, zone: str, *, later: bool = False) -> datetime:
    """Return the instant at which the clocks of ``zone`` show ``wall`` on ``day``, in UTC.

    A time that happens twice (clocks set back) is its first instance, or with ``later`` its second. A time that does
    not happen (clocks set forward) is the first instant after the gap.
    """
    place = ZoneInfo(zone)
    local = datetime.combine(day, wall.replace(tzinfo=None, fold=0), place)
    if local.astimezone(UTC).astimezone(place).replace(tzinfo=None) != local.replace(tzinfo=None):
        return _end_of_gap(local, place)
    return local.replace(fold=int(later)).astimezone(UTC)


def _end_of_gap(local: datetime, place: ZoneInfo) -> datetime:
    """Return the instant at which the clocks jump over ``local``: offsets before and after differ there."""
    low, high = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
    low, high = min(low, high), max(low, high)
    before = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(place).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return the instants ``[from, until)`` that the local ``day`` covers: 23, 24 or 25 hours."""
    midnight = time(0)
    return instant_of(day, midnight, zone), instant_of(day + timedelta(days=1), midnight, zone)


def weekday_name(day: date) -> Text:
    """Return the name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def day_in_words(day: date) -> Text:
    """Return a date as people write it: ``21 Nov 2026``, ``21 nov 2026``, ``2026年11月21日``."""
    english, spanish = _MONTHS[day.month - 1]
    return Text(
        f"{day.day} {english} {day.year}", f"{day.day} {spanish} {day.year}", f"{day.year}年{day.month}月{day.day}日"
    )


_MONTHS: Final = (
    ("Jan", "ene"), ("Feb", "feb"), ("Mar", "mar"), ("Apr", "abr"), ("May", "may"), ("Jun", "jun"),
    ("Jul", "jul"), ("Aug", "ago"), ("Sep", "sep"), ("Oct", "oct"), ("Nov", "nov"), ("Dec", "dic"),
)  # fmt: skip
