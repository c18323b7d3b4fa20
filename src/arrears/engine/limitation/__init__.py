"""Limitation: until which day a debt may be sued on, counted exactly, with what starts the time again (T11, P58)."""

from arrears.engine.limitation.counting import last_day
from arrears.engine.limitation.rows import Course, LimitationRow, Reading, Trigger
from arrears.engine.limitation.standing import NOTHING_KNOWN, Limitation, limitation_of

__all__ = [
    "NOTHING_KNOWN",
    "Course",
    "Limitation",
    "LimitationRow",
    "Reading",
    "Trigger",
    "last_day",
    "limitation_of",
]
