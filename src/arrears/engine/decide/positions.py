"""Positions decided straight away, a block at a time, so that facts never stand in memory for the whole book."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from arrears.engine.decide.accounts import Decisions, decide
from arrears.engine.decide.columns import Rows, fact_columns
from arrears.engine.decide.decision import DECISION
from arrears.engine.decide.strategy import Strategy
from arrears.engine.tables import BLOCK_ROWS


def decide_positions(
    positions: Rows,
    strategy: Strategy,
    day: int,
    *,
    people: npt.NDArray[np.integer],
    others: Mapping[str, npt.NDArray[np.integer]] | None = None,
) -> Decisions:
    """Return a decision for each row of ``positions`` on the epoch day ``day``: ``fact_columns``, then ``decide``.

    ``people`` holds the main debtor of each row, ``others`` the facts that positions do not hold.
    """
    out = np.empty(len(positions), DECISION)
    for start in range(0, len(positions), BLOCK_ROWS):
        here = slice(start, start + BLOCK_ROWS)
        beside = {name: column[here] for name, column in (others or {}).items()}
        facts = fact_columns(positions[here], day, beside)
        out[here] = decide(facts, strategy, day, accounts=positions["account"][here], people=people[here])
    return out
