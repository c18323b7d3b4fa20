"""The order of the day (P07, P09): by tier, within it by value for a minute of somebody's time, then by person."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer]


def ranked(tier: Ints, value_per_minute: Ints, person: Ints) -> npt.NDArray[np.intp]:
    """Return the positions in the order of work.

    Tier 1 comes first; within a tier the larger value (minor units expected for one minute); ties go to the lower
    person number, so that the order never depends on how rows happened to be read.
    """
    return np.lexsort((person, -value_per_minute.astype(np.int64), tier))
