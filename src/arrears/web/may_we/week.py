"""The coming week as a picture: for each local day the hours in which contact may be made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from arrears.engine.gate.verdict import Window

DAYS = 8
"""Seven times twenty-four hours touch eight local days."""

_DAY = timedelta(days=1)


LEFT, TOP, HOUR, ROW = 96, 24, 30, 32
"""Where the picture's hours begin, and how wide an hour and how high a day is, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Some hours of a day: place and width in the picture, the wall clock's words, and the answer."""

    x: int
    width: int
    since: str
    until: str
    answer: str


@dataclass(frozen=True, slots=True)
class Day:
    """A local day with the hours that are open on it."""

    on: date
    y: int
    bars: tuple[Bar, ...]


def week(windows: Iterable[Window], now: datetime, zone: str) -> list[Day]:
    """Return the days from ``now`` on by the wall clock of ``zone``, each with its open hours."""
    place = ZoneInfo(zone)
    first = now.astimezone(place).date()
    found = list(windows)
    days = (first + n * _DAY for n in range(DAYS))
    return [Day(day, TOP + row * ROW, tuple(_bars(found, day, place))) for row, day in enumerate(days)]


def _bars(windows: list[Window], day: date, place: ZoneInfo) -> Iterator[Bar]:
    start = datetime(day.year, day.month, day.day, tzinfo=place)
    end = start + _DAY
    for window in windows:
        since, until = max(window.start.astimezone(place), start), min(window.until.astimezone(place), end)
        if since < until:
            left, right = _place(since, day), _place(until, day)
            yield Bar(left, right - left, _said(since, day), _said(until, day), window.answer.name.lower())


def _place(moment: datetime, day: date) -> int:
    """Return where an instant stands on the wall clock of ``day``; the midnight after it is the right end."""
    minutes = (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute
    return LEFT + minutes * HOUR // 60


def _said(moment: datetime, day: date) -> str:
    return "24:00" if moment.date() > day else f"{moment:%H:%M}"


def hours() -> list[tuple[int, int]]:
    """Return the hours that the picture names, each with its place."""
    return [(hour, LEFT + hour * HOUR) for hour in range(0, 25, 3)]
