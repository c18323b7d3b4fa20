"""The coming week as a picture: for each local day the hours in which contact may be made, and what closes the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from arrears.engine.gate.closed import Closed
from arrears.engine.gate.rules import Rule
from arrears.engine.gate.verdict import Window

DAYS = 8
"""Seven times twenty-four hours touch eight local days."""

_DAY = timedelta(days=1)
Stretch = TypeVar("Stretch", Window, Closed)


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
class Shut:
    """Hours of a day in which contact is refused, and every rule that refuses it all that time."""

    x: int
    width: int
    since: str
    until: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A local day with the hours that are open on it, and those that are closed."""

    on: date
    y: int
    bars: tuple[Bar, ...]
    shut: tuple[Shut, ...]


def week(windows: Iterable[Window], now: datetime, zone: str, closed: Iterable[Closed] = ()) -> list[Day]:
    """Return the days from ``now`` on by the wall clock of ``zone``, each with its open and its closed hours."""
    place = ZoneInfo(zone)
    first = now.astimezone(place).date()
    opened, shut = list(windows), list(closed)
    days = (first + n * _DAY for n in range(DAYS))
    return [
        Day(
            day,
            TOP + row * ROW,
            tuple(Bar(*on, window.answer.name.lower()) for window, on in _parts(opened, day, place)),
            tuple(Shut(*on, one.rules) for one, on in _parts(shut, day, place)),
        )
        for row, day in enumerate(days)
    ]


def _parts(stretches: list[Stretch], day: date, place: ZoneInfo) -> Iterator[tuple[Stretch, tuple[int, int, str, str]]]:
    """Yield each stretch that touches ``day`` with the part on it: place, width, and the wall clock's words."""
    start = datetime(day.year, day.month, day.day, tzinfo=place)
    end = start + _DAY
    for one in stretches:
        since, until = max(one.start.astimezone(place), start), min(one.until.astimezone(place), end)
        if since < until:
            left, right = _place(since, day), _place(until, day)
            yield one, (left, right - left, _said(since, day), _said(until, day))


def _place(moment: datetime, day: date) -> int:
    """Return where an instant stands on the wall clock of ``day``; the midnight after it is the right end."""
    minutes = (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute
    return LEFT + minutes * HOUR // 60


def _said(moment: datetime, day: date) -> str:
    return "24:00" if moment.date() > day else f"{moment:%H:%M}"


def hours() -> list[tuple[int, int]]:
    """Return the hours that the picture names, each with its place."""
    return [(hour, LEFT + hour * HOUR) for hour in range(0, 25, 3)]
