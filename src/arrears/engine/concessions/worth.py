"""What an offer is worth today against what would come without it: whole numbers, a named rate, a named rounding.

Money that comes in d days is worth ``amount × Y / (Y + rate × d)`` today: simple discounting over a year of 365 days,
the way late charges run, so that anybody can redo it by hand. Each amount is exact; only the sum is rounded, half up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from arrears.domain.concessions import Part
from arrears.domain.terms import PPM
from arrears.kernel.rounding import Rounding, rounded_fraction

DAYS_IN_YEAR: Final = 365
BPS: Final = 10_000
ROUNDING: Final = Rounding.HALF_UP


class Source(StrEnum):
    """Where an expected recovery comes from: the book's own cohorts, or the pack's stated assumption."""

    BOOK = "book"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What share of a debt comes within so many months without an offer, in basis points by month, and who says so.

    ``accounts`` is the size of the cohort, 0 for an assumption.
    """

    by_month: tuple[int, ...]
    source: Source
    accounts: int = 0

    @property
    def share_bps(self) -> int:
        """The whole share."""
        return sum(self.by_month)


@dataclass(frozen=True, slots=True)
class Worth:
    """An offer beside what would come without it; amounts in minor units, both as of the same day at the same rate."""

    on: date
    rate_ppm: int
    offer_minor: int
    offer_worth: int
    expected_minor: int
    expected_worth: int
    expectation: Expectation

    @property
    def gain(self) -> int:
        """What the offer brings more than waiting would; below zero it brings less."""
        return self.offer_worth - self.expected_worth


def present_value(parts: Sequence[Part], on: date, rate_ppm: int) -> int:
    """Return what dated amounts are worth on a day; one that is due already is worth all of itself."""
    return rounded_fraction(sum((_discounted(part, on, rate_ppm) for part in parts), Fraction(0)), ROUNDING)


def _discounted(part: Part, on: date, rate_ppm: int) -> Fraction:
    days = max(0, (part.due - on).days)
    year = DAYS_IN_YEAR * PPM
    return Fraction(part.amount * year, year + rate_ppm * days)


def evenly(share_bps: int, months: int) -> tuple[int, ...]:
    """Return a share spread over months as evenly as whole basis points allow, the rest in the first months."""
    each, rest = divmod(share_bps, months)
    return tuple(each + (month < rest) for month in range(months))


def expected(owed: int, expectation: Expectation, on: date) -> tuple[Part, ...]:
    """Return what an expectation brings of ``owed``, month by month, each in the middle of its thirty days."""
    return tuple(
        Part(on + timedelta(days=30 * month + 15), owed * bps // BPS)
        for month, bps in enumerate(expectation.by_month)
        if bps
    )


def worth(parts: Sequence[Part], owed: int, expectation: Expectation, on: date, rate_ppm: int) -> Worth:
    """Return the offer ``parts`` beside what is expected of ``owed``."""
    otherwise = expected(owed, expectation, on)
    return Worth(
        on=on,
        rate_ppm=rate_ppm,
        offer_minor=sum(part.amount for part in parts),
        offer_worth=present_value(parts, on, rate_ppm),
        expected_minor=sum(part.amount for part in otherwise),
        expected_worth=present_value(otherwise, on, rate_ppm),
        expectation=expectation,
    )
