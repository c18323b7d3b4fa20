"""How likely each debt is the one a line pays: all evidence weighed together, against every debt not thought of.

For each pair of line and debt, ``weight`` is the share of the line's evidence that the debt explains; ``rest`` of a
line is what all debts together explain that are no candidates. The odds are candidate over candidates and rest.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from arrears.engine.matching.index import Index
from arrears.engine.matching.weights import (
    AMOUNT_MULTIPLE,
    AMOUNT_NONE,
    DAMAGED_ODDS,
    FOREIGN_NAME,
    FOREIGN_PAYER,
    IS_WHOLE,
    NAME_ALIKE,
    NAME_MIDDLING,
    NAME_SAME,
    NAME_UNKNOWN,
    NAME_UNLIKE,
    ODD_AMOUNT,
    PAYER_KNOWN,
    PAYER_NEW,
    ROUND_STEPS,
    SEEN_WHOLE,
    STRANGERS,
    Shares,
)

Floats = npt.NDArray[np.float64]

_ONE_AMOUNT: Final = 0.7
"""Of the amounts that agree, how often it is one named kind rather than another."""
_ONE_VARIANT: Final = 0.02
"""How often a name that is alike is written in just one given way."""
_INTO_ANOTHER: Final = 1e-4
"""How often damage turns a reference into a given other one that stands in the book."""


def weighed(index: Index, lines: pl.DataFrame, pairs: pl.DataFrame, shares: Shares) -> pl.DataFrame:
    """Return pairs with ``weight``, ``score`` (0 to 1) and ``rest`` (of their line), best first within each line."""
    debts = max(index.count, 1)
    facts = _of_lines(index, lines, pairs)
    rest = _rest(facts, shares, debts)
    amount, name, payer = _amounts(pairs, facts, shares), _names(pairs, shares), _payers(pairs, shares)
    weight = _references(pairs, shares, debts) * amount * name * payer / debts
    found = pairs.with_columns(pl.Series("weight", weight), pl.Series("rest", rest[facts["place"]]))
    found = found.with_columns(
        (pl.col("weight") / (pl.col("rest") + pl.col("weight").sum().over("line"))).alias("score")
    )
    return found.sort(["line", "score", "row"], descending=[False, True, False])


def _of_lines(index: Index, lines: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, Any]:
    """Return what the lines' evidence is worth without any candidate; ``place`` leads from a pair to its line."""
    known = lines.select("line", "amount", "name", "payer").join(
        index.amount_counts, on="amount", how="left", maintain_order="left"
    )
    known = known.join(index.name_counts, left_on="name", right_on="key", how="left", maintain_order="left")
    payers = index.payers.group_by("payer").agg(pl.len().alias("paid"))
    known = known.join(payers, on="payer", how="left", maintain_order="left")
    own = pairs.group_by("line").agg(
        (pl.col("amount_kind") > AMOUNT_MULTIPLE).sum().alias("own_debts"),
        (pl.col("name_kind") == NAME_SAME).sum().alias("own_bearers"),
        (pl.col("payer_kind") == PAYER_KNOWN).sum().alias("own_paid"),
    )
    known = known.join(own, on="line", how="left", maintain_order="left")
    column = {
        name: known[name].fill_null(0).to_numpy().astype(float)
        for name in known.columns
        if known[name].dtype.is_numeric()
    }
    order = pl.DataFrame({"line": known["line"]}).with_row_index("place")
    place = pairs.select("line").join(order, on="line", how="left", maintain_order="left")["place"].to_numpy()
    return {
        "place": place,
        "round": _round(known["amount"].to_numpy()),
        "debts": np.maximum(column["debts"] - column["own_debts"], 0.0),
        "all_bearers": np.maximum(column["bearers"], 1.0),
        "has_whole": _has_whole(known, pairs),
        "bearers": np.maximum(column["bearers"] - column["own_bearers"], 0.0),
        "paid": np.maximum(column["paid"] - column["own_paid"], 0.0),
        "has_name": (known["name"] != "").to_numpy(),
        "has_payer": (known["payer"] != "").to_numpy(),
    }


def _round(amounts: npt.NDArray[np.int64]) -> Floats:
    found = np.full(len(amounts), ODD_AMOUNT)
    for step, share in reversed(ROUND_STEPS):
        found[amounts % step == 0] = share
    return found


def _rest(facts: dict[str, Any], shares: Shares, debts: int) -> Floats:
    amount = shares.agrees * _ONE_AMOUNT * facts["debts"] / debts + shares.neither * facts["round"]
    name = shares.same * facts["bearers"] / debts + shares.alike * _ONE_VARIANT / debts + shares.unlike * FOREIGN_NAME
    payer = shares.known * facts["paid"] / debts + FOREIGN_PAYER
    found: Floats = amount * np.where(facts["has_name"], name, 1.0) * np.where(facts["has_payer"], payer, 1.0)
    return found + _strangers(facts, debts)


def _strangers(facts: dict[str, Any], debts: int) -> Floats:
    """Return what is explained by a payer who owes us nothing: a namesake is as likely outside the book as in it."""
    name = np.where(facts["has_name"], facts["all_bearers"] / debts, 1.0)
    payer = np.where(facts["has_payer"], FOREIGN_PAYER, 1.0)
    found: Floats = STRANGERS * facts["round"] * name * payer
    return np.where(facts["has_whole"], 0.0, found)


def _has_whole(lines: pl.DataFrame, pairs: pl.DataFrame) -> npt.NDArray[np.bool_]:
    whole = pairs.filter(pl.col("ref").is_in([kind for kind, is_whole in enumerate(IS_WHOLE) if is_whole]))
    return lines["line"].is_in(whole["line"].unique().implode()).to_numpy()


def _references(pairs: pl.DataFrame, shares: Shares, debts: int) -> Floats:
    """Return how much oftener the line's words are seen with the debt than with a debt they do not point to."""
    kind, ways = pairs["ref"].to_numpy(), pairs["ways"].to_numpy().astype(float)
    by_another = (shares.misled + pairs["chance"].to_numpy()) / debts
    is_whole = np.array(IS_WHOLE)[kind]
    has_whole = (
        (pairs.select("line", pl.Series("is_whole", is_whole)).select(pl.col("is_whole").any().over("line")))
        .to_series()
        .to_numpy()
    )
    whole = np.array(SEEN_WHOLE)[kind] / by_another
    damaged = np.array(DAMAGED_ODDS)[kind] * debts / ways
    misread = np.minimum(damaged, _INTO_ANOTHER * debts / shares.misled)
    found: Floats = np.where(is_whole, whole, np.where(kind == 0, 1.0, np.where(has_whole, misread, damaged)))
    return found


def _amounts(pairs: pl.DataFrame, facts: dict[str, Any], shares: Shares) -> Floats:
    kind = pairs["amount_kind"].to_numpy()
    other = shares.neither * facts["round"][facts["place"]]
    several = np.maximum(shares.multiple / 5, other)
    found: Floats = np.where(
        kind == AMOUNT_NONE, other, np.where(kind == AMOUNT_MULTIPLE, several, shares.agrees * _ONE_AMOUNT)
    )
    return found


def _names(pairs: pl.DataFrame, shares: Shares) -> Floats:
    by_kind = np.ones(5)
    by_kind[NAME_SAME] = shares.same
    by_kind[NAME_ALIKE] = shares.alike * _ONE_VARIANT
    by_kind[NAME_MIDDLING] = shares.middling * FOREIGN_NAME * 10
    by_kind[NAME_UNLIKE] = shares.unlike * FOREIGN_NAME
    by_kind[NAME_UNKNOWN] = 1.0
    found: Floats = by_kind[pairs["name_kind"].to_numpy()]
    # A line with a payer's name against a debt without one: what is not known speaks neither way.
    has_name = (pairs["name"] != "").to_numpy() & (pairs["name_kind"] == NAME_UNKNOWN).to_numpy()
    found[has_name] = shares.unlike * FOREIGN_NAME
    return found


def _payers(pairs: pl.DataFrame, shares: Shares) -> Floats:
    kind = pairs["payer_kind"].to_numpy()
    has_payer = (pairs["payer"] != "").to_numpy()
    has_own = kind == PAYER_NEW
    stranger = np.where(has_own, (1 - shares.known) * FOREIGN_PAYER, FOREIGN_PAYER)
    found: Floats = np.where(has_payer, np.where(kind == PAYER_KNOWN, shares.known, stranger), 1.0)
    return found
