"""The rounds of the day (P13): each with a start and a deadline on the debtor's own clock.

A person belongs to the first wave, in the order of the policy, that wants them and that overlaps the time in which
they may be reached today. Who promised to pay today is wanted by the wave for promises before the general ones.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.kernel.texts import Text

Ints = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]

NO_WAVE: Final = 0
MINUTES_OF_DAY: Final = 1440


@dataclass(frozen=True, slots=True)
class Wave:
    """One round: its number (from 1), its words, its minutes of the local day ``[starts, ends)``, whom it wants."""

    number: int
    words: Text
    starts: int
    ends: int
    promises_only: bool = False

    def __post_init__(self) -> None:
        if self.number <= NO_WAVE or not 0 <= self.starts < self.ends <= MINUTES_OF_DAY:
            raise ValueError("a wave has a number from 1 and begins before it ends, within a day")


@dataclass(frozen=True, slots=True)
class Waves:
    """For each person: the wave, and from which minute of the local day until which they may be reached in it.

    Wave 0 is none: nobody's round overlaps the hours that are open, and the two minutes are those hours.
    """

    wave: npt.NDArray[np.int16]
    starts: npt.NDArray[np.int16]
    ends: npt.NDArray[np.int16]


def waves_of(policy: tuple[Wave, ...], opens: Ints, closes: Ints, promise_today: Flags) -> Waves:
    """Return the wave of each person.

    ``opens`` and ``closes`` are minutes of the local day ``[opens, closes)`` in which the person may be reached;
    ``promise_today`` says that a promise falls due today.
    """
    wave = np.zeros(len(opens), np.int16)
    starts, ends = opens.astype(np.int16), closes.astype(np.int16)
    for promises in (True, False):
        for each in (one for one in policy if one.promises_only is promises):
            first, last = np.maximum(opens, each.starts), np.minimum(closes, each.ends)
            joins = (wave == NO_WAVE) & (first < last) & (promise_today if promises else True)
            wave[joins], starts[joins], ends[joins] = each.number, first[joins], last[joins]
    return Waves(wave, starts, ends)


#: The rounds of P13: everybody tried by ten, a second round from half past two, who promised for today before four.
DEFAULT_WAVES: Final = (
    Wave(1, Text("First round", "Primera ronda", "第一轮"), 8 * 60, 10 * 60),
    Wave(2, Text("Second round", "Segunda ronda", "第二轮"), 14 * 60 + 30, 18 * 60),
    Wave(3, Text("Promised for today", "Prometido para hoy", "承诺今日还款"), 9 * 60, 16 * 60, promises_only=True),
)
