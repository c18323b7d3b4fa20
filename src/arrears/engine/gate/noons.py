"""Noon by noon: what many rows share because they live under the same clocks, worked out once for each clock."""

from collections.abc import Callable
from datetime import time
from typing import Final

import numpy as np

from arrears.engine.gate.columns import Columns, Days
from arrears.kernel.epoch import NO_DATE

NOON: Final = time(12)
"""The hour at which the night asks about a day. Whether a better hour is open, the page asks when it comes to it."""
_LOOK_AHEAD: Final = 21


def first_open_day(columns: Columns, days: Days, is_open: Callable[[tuple[str, ...], int], bool]) -> Days:
    """Return by row the first day from ``days`` on at whose noon ``is_open`` holds under the row's zones.

    ``NO_DATE`` where no zone is known or no such day comes within three weeks.
    """
    free = np.full(len(days), NO_DATE, np.int32)
    for code in np.unique(columns.rows["zones"]):
        zones = columns.zones[code] if code >= 0 else ()
        if not zones:
            continue
        mine = columns.rows["zones"] == code
        for day in np.unique(days[mine]):
            if day == NO_DATE:
                continue
            found = next((d for d in range(day, day + _LOOK_AHEAD) if is_open(zones, int(d))), NO_DATE)
            free[mine & (days == day)] = found
    return free
