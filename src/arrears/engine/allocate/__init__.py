"""Who works which case, and in which round of the day: pure arithmetic over columns, the same answer every time."""

from arrears.engine.allocate.greedy import (
    NO_CAPACITY,
    NO_SKILL,
    NO_TEAM,
    PLACED,
    Allocation,
    Collectors,
    Work,
    allocate,
)
from arrears.engine.allocate.order import ranked
from arrears.engine.allocate.waves import NO_WAVE, Wave, Waves, waves_of

__all__ = [
    "NO_CAPACITY",
    "NO_SKILL",
    "NO_TEAM",
    "NO_WAVE",
    "PLACED",
    "Allocation",
    "Collectors",
    "Wave",
    "Waves",
    "Work",
    "allocate",
    "ranked",
    "waves_of",
]
