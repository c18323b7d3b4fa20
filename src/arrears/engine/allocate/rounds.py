"""Which round of the day a person is tried in, given whose turn comes when: a round holds what its minutes hold (P13).

Everybody whose hours are open belongs to the first round by the clock alone. A collector cannot try them all by its
deadline, so whoever's turn comes after that goes to the next round, and what no collector has time for to the last.
"""

import numpy as np
import numpy.typing as npt

from arrears.engine.allocate.waves import NO_WAVE, Wave, Waves

Ints = npt.NDArray[np.int64]
Openings = npt.NDArray[np.integer]


def rounds_of(
    policy: tuple[Wave, ...],
    waves: Waves,
    opens: Openings,
    closes: Openings,
    collector: Ints,
    rank: Ints,
    minutes: Ints,
) -> Waves:
    """Return ``waves`` with those moved on whose turn comes too late for their round.

    ``collector`` is 0 for the pool, whose turn comes after everybody's own list; ``rank`` orders each collector's list
    and ``minutes`` is what one case takes. Who promised for today keeps the round for promises. A person whose hours
    overlap no later round stays where they are.
    """
    wave, starts, ends = waves.wave.copy(), waves.starts.copy(), waves.ends.copy()
    order = np.lexsort((rank, collector))
    general = [each for each in policy if not each.promises_only]
    for place, each in enumerate(general):
        for later in general[place + 1 :]:
            late = _too_late(wave == each.number, each.ends - each.starts, collector, minutes, order)
            first, last = np.maximum(opens, later.starts), np.minimum(closes, later.ends)
            moves = late & (first < last)
            wave[moves], starts[moves], ends[moves] = later.number, first[moves], last[moves]
    assert ((wave == NO_WAVE) == (waves.wave == NO_WAVE)).all()
    return Waves(wave, starts, ends)


def _too_late(
    members: npt.NDArray[np.bool_], length: int, collector: Ints, minutes: Ints, order: npt.NDArray[np.intp]
) -> npt.NDArray[np.bool_]:
    """Return which members' turn comes after the round's minutes are used up by those before them, or never."""
    used = np.where(members, minutes, 0)[order]
    before = np.cumsum(used) - used
    who = collector[order]
    is_first = np.ones(len(who), np.bool_)
    is_first[1:] = who[1:] != who[:-1]
    start = np.maximum.accumulate(np.where(is_first, np.arange(len(who)), 0))
    late = np.empty(len(who), np.bool_)
    late[order] = before - before[start] >= length
    return np.asarray(members & (late | (collector == 0)), np.bool_)
