"""Whole numbers that somebody typed: read in one way, and bounded by what a book can hold."""

from collections.abc import Iterable
from typing import Final

GREATEST: Final = 2**63 - 1
"""The greatest id there can be."""
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
