"""When to look again: the first day on which time alone may change a decision.

A table changes its answer only where a fact crosses an edge of one of its conditions. Facts that grow or shrink by one
a day cross their next edge on a day that can be told today; before it nothing need be read.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.engine.tables import Program
from arrears.facts import NULL
from arrears.kernel.epoch import NO_DATE

Days = npt.NDArray[np.int64]
Columns = Mapping[str, npt.NDArray[np.integer]]

#: Facts that move by one a day while nothing happens, and in which direction.
MOVING: Final[Mapping[str, int]] = {
    "days_past_due": 1,
    "days_since_cure": 1,
    "days_since_broken": 1,
    "days_since_contact": 1,
    "days_since_worked": 1,
    "days_to_next_due": -1,
    "promise_due_in_days": -1,
    "plan_due_in_days": -1,
    "plan_behind_days": 1,
    "hold_ends_in_days": -1,
}
_FAR: Final = 2**40


def look_again_on(program: Program, facts: Columns, day: int, *, otherwise: Days, ages: npt.NDArray[np.bool_]) -> Days:
    """Return by account the first day after ``day`` on which a moving fact crosses an edge, or ``otherwise`` if sooner.

    ``ages`` says whether an account's days past due grow: where nothing is unpaid they stay at 0. ``otherwise`` holds
    epoch days, ``NO_DATE`` for none.
    """
    rows = len(otherwise)
    nearest = np.full(rows, _FAR, np.int64)
    for slot in program.slots:
        name = slot.fact.name
        if slot.is_given and name in MOVING and name in facts:
            away = _until_edge(facts[name].astype(np.int64), np.array(slot.edges, np.int64), MOVING[name])
            moves = ages if name == "days_past_due" else np.ones(rows, np.bool_)
            nearest = np.where(moves, np.minimum(nearest, away), nearest)
    crossing = np.where(nearest >= _FAR, NO_DATE, day + nearest)
    return np.minimum(crossing, otherwise)


def _until_edge(values: Days, edges: Days, step: int) -> Days:
    """Return in how many days each value crosses its next edge; a value and its edge are in the same bin."""
    if not len(edges):
        return np.full(len(values), _FAR)
    place = np.searchsorted(edges, values, side="right")
    if step > 0:
        is_ahead = place < len(edges)
        away = edges[np.minimum(place, len(edges) - 1)] - values
    else:
        is_ahead = place > 0
        away = values - edges[np.maximum(place - 1, 0)] + 1
    return np.where(is_ahead & (values != NULL), away, _FAR)
