"""Business days by place.

A place is an ISO 3166-1 country and, where it matters, a subdivision code of that country. Public holidays come from
the `holidays` package, with the days that some countries (China) work at a weekend to make up for a bridge day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a calendar holds: country, and region where holidays differ by region."""

    country: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class _Year:
    closed: frozenset[date]
    worked: frozenset[date]
    weekend: frozenset[int]


@lru_cache(maxsize=1024)
def _year(place: Place, year: int) -> _Year:
    import holidays

    try:
        days = holidays.country_holidays(place.country, subdiv=_subdivision(place), years=year)
    except NotImplementedError:
        return _Year(frozenset(), frozenset(), frozenset(_WEEKEND))
    return _Year(
        frozenset(day for day in days if day.year == year),
        frozenset(getattr(days, "weekend_workdays", ())),
        frozenset(getattr(days, "weekend", _WEEKEND)),
    )


def _subdivision(place: Place) -> str | None:
    import holidays

    known = holidays.list_supported_countries().get(place.country, [])
    return place.region if place.region in known else None


def has_holidays(place: Place) -> bool:
    """Return whether public holidays of the country are known; where not, only Saturday and Sunday are closed."""
    import holidays

    return place.country in holidays.list_supported_countries()


def is_holiday(day: date, place: Place) -> bool:
    """Return whether ``day`` is a public holiday of ``place``."""
    return day in _year(place, day.year).closed


def is_business_day(day: date, place: Place) -> bool:
    """Return whether banks and offices of ``place`` work on ``day``."""
    year = _year(place, day.year)
    return day in year.worked or (day.weekday() not in year.weekend and day not in year.closed)


def add_business_days(day: date, count: int, place: Place) -> date:
    """Return the ``count``-th business day after ``day`` (0: ``day`` itself, open or not); raises below 0."""
    if count < 0:
        raise ValueError(f"business days are added, not taken: {count}")
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day, place)
    return day


def business_days_between(start: date, end: date, place: Place) -> int:
    """Return how many business days lie after ``start`` and up to ``end``; 0 where ``end`` is not later."""
    return sum(is_business_day(start + timedelta(days=n), place) for n in range(1, (end - start).days + 1))


def anniversary(day: date, years: int, *, is_late: bool = False) -> date:
    """Return the same day of the calendar so many years on.

    29 February becomes 28 where there is no 29, or 1 March where it must not be early (``is_late``).
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) if is_late else date(day.year + years, 2, 28)
