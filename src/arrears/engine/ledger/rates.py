"""Rates by day and bounds of the sum: what runs when, and by which rule it is held.

The one place where terms and caps meet: the loop reads what this makes of them, and whoever asks which cap bound a
charge is answered from here. The rate of a day is that of what grows from the end of the day before to its own end.
"""

from datetime import date
from typing import NamedTuple

from arrears.domain.charging import CONTRACT, Cap, DatedRate
from arrears.domain.terms import PPM, Terms


class Rate(NamedTuple):
    """A yearly rate in parts per million, what was agreed, and by which rule it is held ("" where by none)."""

    ppm: int
    agreed_ppm: int
    rule: str = ""


class Bound(NamedTuple):
    """The most that all late charges of an account may come to, in minor units, and by which rule."""

    minor: int
    rule: str


class Change(NamedTuple):
    """From this day on these rates run."""

    day: date
    late: int
    interest: int


def late_rate_on(terms: Terms, day: date) -> Rate:
    """Return the rate of the late charge on ``day``."""
    charge = terms.late_charge
    agreed = _rate_at(charge.rates, day) if charge.rates else charge.rate_ppm
    bounds = [(charge.rate_cap_ppm, CONTRACT)] if charge.rate_cap_ppm else []
    for cap in _rate_caps(terms, day):
        beside = interest_rate_on(terms, day).ppm if cap.is_together else 0
        bounds.append((max(0, (cap.rate_ppm or 0) - beside), cap.rule))
    return _held(agreed, bounds)


def interest_rate_on(terms: Terms, day: date) -> Rate:
    """Return the rate of contract interest on ``day``."""
    agreed = _rate_at(terms.contract_interest.rates, day)
    return _held(agreed, [(cap.rate_ppm or 0, cap.rule) for cap in _rate_caps(terms, day)])


def _rate_at(rates: tuple[DatedRate, ...], day: date) -> int:
    return next((each.rate_ppm for each in reversed(rates) if each.since <= day), 0)


def _rate_caps(terms: Terms, day: date) -> list[Cap]:
    return [
        cap
        for cap in terms.caps
        if cap.rate_ppm is not None
        and (cap.since is None or cap.since <= day)
        and (cap.until is None or day < cap.until)
    ]


def _held(agreed: int, bounds: list[tuple[int, str]]) -> Rate:
    most, rule = min(bounds, default=(agreed, ""), key=lambda each: each[0])
    return Rate(most, agreed, rule) if most < agreed else Rate(agreed, agreed)


def calendar(terms: Terms) -> tuple[Change, ...]:
    """Return the rates from the beginning of time, and each day from which one of them is another."""
    days = {each.since for each in (*terms.late_charge.rates, *terms.contract_interest.rates)}
    days |= {day for cap in terms.caps if cap.rate_ppm is not None for day in (cap.since, cap.until) if day}
    found: list[Change] = []
    for day in (date.min, *sorted(days)):
        change = Change(day, late_rate_on(terms, day).ppm, interest_rate_on(terms, day).ppm)
        if not found or found[-1][1:] != change[1:]:
            found.append(change)
    return tuple(found)


def least_minor(terms: Terms) -> int | None:
    """Return the least bound of all late charges that is a sum; None where there is none."""
    own = [terms.late_charge.cap_minor] if terms.late_charge.cap_minor else []
    return min([*own, *(cap.minor for cap in terms.caps if cap.minor is not None)], default=None)


def least_ppm(terms: Terms) -> int | None:
    """Return the least bound of all late charges that is a share of the principal opened; None where there is none."""
    own = [terms.late_charge.cap_ppm] if terms.late_charge.cap_ppm else []
    return min([*own, *(cap.ppm for cap in terms.caps if cap.ppm is not None)], default=None)


def bound_of(terms: Terms, opened: int) -> Bound | None:
    """Return what bounds the sum of late charges where so much principal was opened; None where nothing does."""
    charge = terms.late_charge
    bounds = [Bound(charge.cap_minor, CONTRACT)] if charge.cap_minor else []
    bounds += [Bound(opened * charge.cap_ppm // PPM, CONTRACT)] if charge.cap_ppm else []
    for cap in terms.caps:
        bounds += [Bound(cap.minor, cap.rule)] if cap.minor is not None else []
        bounds += [Bound(opened * cap.ppm // PPM, cap.rule)] if cap.ppm is not None else []
    return min(bounds, key=lambda each: each.minor, default=None)
