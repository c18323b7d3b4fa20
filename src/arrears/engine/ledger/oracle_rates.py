"""Rates and bounds as the oracle reads them: asked anew for each day, with nothing kept. Nothing of `rates` is used."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from arrears.domain.charging import Cap, DatedRate
from arrears.domain.terms import PPM, Terms


def late_rate(terms: Terms, day: date) -> int:
    """Return the rate of the late charge on a day in ppm a year, held at what bounds it."""
    charge = terms.late_charge
    rate = _latest(charge.rates, day) if charge.rates else charge.rate_ppm
    if charge.rate_cap_ppm:
        rate = min(rate, charge.rate_cap_ppm)
    for cap, most in _rate_caps(terms, day):
        rate = min(rate, max(0, most - interest_rate(terms, day)) if cap.is_together else most)
    return rate


def interest_rate(terms: Terms, day: date) -> int:
    """Return the rate of contract interest on a day in ppm a year, held at what bounds it."""
    return min([_latest(terms.contract_interest.rates, day), *(most for _, most in _rate_caps(terms, day))])


def bounds(terms: Terms, opened: int) -> list[Fraction]:
    """Return all that bounds the sum of late charges, in minor units, where ``opened`` is the principal opened."""
    charge = terms.late_charge
    caps = [Cap("", minor=charge.cap_minor or None, ppm=charge.cap_ppm or None), *terms.caps]
    return [
        *(Fraction(cap.minor) for cap in caps if cap.minor is not None),
        *(Fraction(opened * cap.ppm // PPM) for cap in caps if cap.ppm is not None),
    ]


def _rate_caps(terms: Terms, day: date) -> Iterator[tuple[Cap, int]]:
    for cap in terms.caps:
        if cap.rate_ppm is not None and (cap.since or date.min) <= day < (cap.until or date.max):
            yield cap, cap.rate_ppm


def _latest(rates: Sequence[DatedRate], day: date) -> int:
    have_begun = [each for each in rates if each.since <= day]
    return have_begun[-1].rate_ppm if have_begun else 0
