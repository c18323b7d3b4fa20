"""Whole numbers and days that somebody typed: read in one way, and bounded by what a book can hold."""

from collections.abc import Iterable
from datetime import date
from typing import Final

GREATEST: Final = 2**63 - 1
"""The greatest id there can be."""
GREATEST_LIMIT: Final = 1_000_000
"""The greatest limit of a rule that anybody may type: a house assumption, far above any count, day or minute."""
_DIGITS: Final = len(str(GREATEST))


def whole(said: str | None, *, most: int = GREATEST, least: int = 0) -> int | None:
    """Return the whole number that ``said`` is, in digits of any script; None where it is none or out of bounds."""
    bare = (said or "").strip()
    if not bare.isdecimal() or len(bare) > _DIGITS:
        return None
    number = int(bare)
    return number if least <= number <= most else None


def wholes(said: Iterable[str], *, most: int = GREATEST) -> list[int]:
    """Return those of many that are whole numbers, in order."""
    return [number for number in (whole(one, most=most) for one in said) if number is not None]


YEARS: Final = range(1900, 2200)
"""Years that a typed day may lie in: nobody alive was born before, and no plan runs further."""


def calendar_day(said: str) -> date:
    """Return the day that a date input sends; raises ValueError where it is none, or of no year of ours."""
    found = date.fromisoformat(said.strip())
    if found.year not in YEARS:
        raise ValueError(f"{found} lies in no year that is worked with")
    return found
