"""Named roundings of an exact fraction to whole units.

Every place where Arrears rounds names one of these; nothing else rounds money.
"""

from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """How an exact amount becomes whole minor units."""

    HALF_UP = "half_up"
    """To the nearest; a half goes away from zero. How a charge is shown unless a product says otherwise."""
    HALF_EVEN = "half_even"
    """To the nearest; a half goes to the even neighbour, so that many halves do not drift."""
    DOWN = "down"
    """Towards zero: in the debtor's favour where the amount is owed."""
    UP = "up"
    """Away from zero: for the least payment that still covers an amount."""


def rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Return ``numerator / denominator`` as a whole number by ``rounding``; raises on a denominator below 1."""
    if denominator < 1:
        raise ValueError(f"a denominator is at least 1, not {denominator}")
    whole, rest = divmod(abs(numerator), denominator)
    match rounding:
        case Rounding.HALF_UP:
            more = 2 * rest >= denominator
        case Rounding.HALF_EVEN:
            more = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        case Rounding.UP:
            more = rest > 0
        case Rounding.DOWN:
            more = False
    return (whole + more) if numerator >= 0 else -(whole + more)


def rounded_fraction(amount: Fraction, rounding: Rounding) -> int:
    """Return an exact ``amount`` as a whole number by ``rounding``."""
    return rounded(amount.numerator, amount.denominator, rounding)
