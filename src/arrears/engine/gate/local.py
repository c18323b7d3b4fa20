"""Local clocks as sets of instants: the days of a calendar and the hours of a week, exact across clock changes.

A zone is cut into pieces of constant offset from UTC; inside a piece local time is plain arithmetic. So a day of 23 or
25 hours, a skipped midnight or a skipped date needs no special case.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from arrears.domain.holds import WeeklyWindow
from arrears.kernel.calendars import Place, is_holiday
from arrears.kernel.epoch import epoch_day, sure_date
from arrears.kernel.intervals import DAY, SECOND, Intervals, instant_of, union

_MONDAY = 4
"""Epoch day 4 was a Monday (1970-01-05)."""


class Piece(NamedTuple):
    """From ``start`` to ``until`` the local clock shows UTC plus ``offset`` (all in microseconds)."""

    start: int
    until: int
    offset: int


def pieces(zone: str, start: int, until: int) -> Iterator[Piece]:
    """Yield the pieces of ``zone`` that overlap ``[start, until)``, in order. Raises where the zone is unknown."""
    for year in range(_year_of(start), _year_of(until - 1) + 1):
        for piece in _pieces_of_year(zone, year):
            if piece.start < until and piece.until > start:
                yield Piece(max(piece.start, start), min(piece.until, until), piece.offset)


@lru_cache(maxsize=65536)
def local_day(zone: str, instant: int) -> int:
    """Return the epoch day that the calendar on the wall shows at ``instant``."""
    return (instant + _offset_at(zone, instant)) // DAY


def local_reading(zone: str, instant: int) -> datetime:
    """Return what calendar and clock on the wall show at ``instant``, for people to read."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant + _offset_at(zone, instant))


def date_of(moment: datetime, zones: tuple[str, ...]) -> date:
    """Return the date that the person's own wall calendar shows at ``moment``, by the first of the candidate zones."""
    return local_reading(zones[0], instant_of(moment)).date() if zones else moment.date()


@lru_cache(maxsize=65536)
def days(zone: str, first: int, last: int) -> Intervals:
    """Return the instants whose local date lies in ``[first, last]`` (epoch days, both ends in)."""
    start, until = first * DAY, (last + 1) * DAY
    return Intervals.of(
        (max(piece.start, start - piece.offset), min(piece.until, until - piece.offset))
        for piece in pieces(zone, start - 2 * DAY, until + 2 * DAY)
    )


@lru_cache(maxsize=4096)
def hours(
    zone: str, windows: tuple[WeeklyWindow, ...], first: int, last: int, closed: Place | None = None
) -> Intervals:
    """Return the instants in ``windows`` by the clock of ``zone`` on local days ``[first, last]``.

    A window over midnight belongs to the day it starts on. ``closed``: a place whose public holidays have no hours.
    """
    spans = [span for day in range(first - 1, last + 1) for span in _wall_spans(windows, day, closed)]
    open_hours = Intervals.of(
        (max(piece.start, start - piece.offset), min(piece.until, until - piece.offset))
        for piece in pieces(zone, (first - 3) * DAY, (last + 4) * DAY)
        for start, until in spans
    )
    return open_hours & days(zone, first, last)


def hours_in_all(
    zones: tuple[str, ...], windows: tuple[WeeklyWindow, ...], first: int, last: int, closed: Place | None = None
) -> Intervals:
    """Return the instants that lie in ``windows`` by every clock: where somebody may be in any of the places."""
    common, *others = (hours(zone, windows, first, last, closed) for zone in zones)
    for other in others:
        common &= other
    return common


def hours_in_any(zones: tuple[str, ...], windows: tuple[WeeklyWindow, ...], first: int, last: int) -> Intervals:
    """Return the instants that lie in ``windows`` by at least one clock."""
    return union(hours(zone, windows, first, last) for zone in zones)


def _wall_spans(windows: tuple[WeeklyWindow, ...], day: int, closed: Place | None) -> Iterator[tuple[int, int]]:
    weekday = (day - _MONDAY) % 7
    if closed is not None and is_holiday(sure_date(day), closed):
        return
    for window in windows:
        if weekday not in window.days or (window.on is not None and epoch_day(window.on) != day):
            continue
        start, until = _of_day(window.start), _of_day(window.until)
        over_midnight = DAY if until <= start else 0
        yield day * DAY + start, day * DAY + until + over_midnight + int(window.closing_in)


def _of_day(wall: time) -> int:
    return ((wall.hour * 60 + wall.minute) * 60 + wall.second) * SECOND + wall.microsecond


def _offset_at(zone: str, instant: int) -> int:
    for piece in _pieces_of_year(zone, _year_of(instant)):
        if instant < piece.until:
            return piece.offset
    raise AssertionError("the pieces of a year cover it")


def _year_of(instant: int) -> int:
    return date.fromordinal(instant // DAY + 719_163).year


@lru_cache(maxsize=2048)
def _pieces_of_year(zone: str, year: int) -> tuple[Piece, ...]:
    """Return the pieces of one UTC year: sampled each half day, each change then found to the second by halving."""
    place = ZoneInfo(zone)
    start, end = (epoch_day(date(y, 1, 1)) * DAY for y in (year, year + 1))
    found: list[Piece] = []
    since, offset = start, _offset(place, start)
    for sample in range(start, end, DAY // 2):
        step_end = min(sample + DAY // 2, end)
        if _offset(place, step_end) != offset:
            change = _change(place, sample, step_end)
            found.append(Piece(since, change, offset))
            since, offset = change, _offset(place, change)
    return (*found, *((Piece(since, end, offset),) if since < end else ()))


def _change(place: ZoneInfo, low: int, high: int) -> int:
    before = _offset(place, low)
    while high - low > SECOND:
        middle = (low + high) // 2 // SECOND * SECOND
        low, high = (middle, high) if _offset(place, middle) == before else (low, middle)
    return high


def _offset(place: ZoneInfo, instant: int) -> int:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)
    offset = moment.astimezone(place).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() * SECOND)


def instant_in(zone: str, day: date, wall: time) -> int:
    """Return the first instant at which the clocks of ``zone`` show ``wall`` on ``day``, or pass over it."""
    from arrears.kernel.hours import instant_of as moment_in

    return instant_of(moment_in(day, wall, zone))
