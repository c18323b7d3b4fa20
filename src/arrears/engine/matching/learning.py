"""What a file teaches about itself: how many references mislead, how often amount, name and account agree.

Expectation and maximisation over lines with one whole reference: how far each is believed depends on the shares, and
the shares on what is believed. Where a file is too small to say, the house's numbers stand.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from arrears.engine.matching.index import Index
from arrears.engine.matching.odds import weighed
from arrears.engine.matching.weights import (
    AMOUNT_MULTIPLE,
    AMOUNT_NONE,
    NAME_ALIKE,
    NAME_SAME,
    NAME_UNKNOWN,
    NAME_UNLIKE,
    PAYER_KNOWN,
    PAYER_NEW,
    Shares,
)

_ROUNDS: Final = 5
_PRIOR: Final = 400.0
"""How many lines the house's numbers are worth."""
_PRIOR_AGREEING: Final = 20.0
_LEAST: Final = 0.0002


@dataclass(frozen=True, slots=True)
class Told:
    """What earlier files of an organisation told: lines with a reference, and how many of them misled."""

    lines: float = 0.0
    misled: float = 0.0


def learnt(index: Index, lines: pl.DataFrame, pairs: pl.DataFrame, told: Told) -> tuple[Shares, Told]:
    """Return the shares by which the file is best explained, and what it told, to be kept for the next."""
    shares = Shares()
    sure = pairs.filter(pl.len().over("line") == 1)
    own = lines.join(sure.select("line"), on="line", how="semi")
    found = Told()
    for _ in range(_ROUNDS if sure.height else 0):
        scored = weighed(index, own, sure, shares)
        right = scored["score"].to_numpy()
        found = Told(float(len(right)), float((1.0 - right).sum()))
        shares = _shares(scored, right, found, told)
    return shares, found


def _shares(scored: pl.DataFrame, right: "np.typing.NDArray[np.float64]", found: Told, told: Told) -> Shares:
    start = Shares()
    misled = (found.misled + told.misled + start.misled * _PRIOR) / (found.lines + told.lines + _PRIOR)

    def share(name: str, said: "np.typing.NDArray[np.bool_]", among: "np.typing.NDArray[np.bool_]") -> float:
        prior = float(getattr(start, name))
        return float(
            ((right * (said & among)).sum() + prior * _PRIOR_AGREEING) / ((right * among).sum() + _PRIOR_AGREEING)
        )

    amount, name = scored["amount_kind"].to_numpy(), scored["name_kind"].to_numpy()
    payer = scored["payer_kind"].to_numpy()
    every, named = np.ones(len(right), bool), name != NAME_UNKNOWN
    seen = (payer == PAYER_KNOWN) | (payer == PAYER_NEW)
    several = amount == AMOUNT_MULTIPLE
    return Shares(
        misled=max(_LEAST, misled),
        agrees=min(0.97, share("agrees", (amount != AMOUNT_NONE) & ~several, every)),
        multiple=max(0.002, share("multiple", several, every)),
        same=min(0.97, share("same", name == NAME_SAME, named)),
        alike=max(0.01, share("alike", name == NAME_ALIKE, named)),
        unlike=max(0.01, share("unlike", name == NAME_UNLIKE, named)),
        known=min(0.99, share("known", payer == PAYER_KNOWN, seen)),
    )
