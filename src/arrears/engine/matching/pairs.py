"""What speaks for and against each pair of a line and a debt: amount, name and payer's account, as columns."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process

from arrears.engine.matching.hits import HITS
from arrears.engine.matching.index import Index
from arrears.engine.matching.weights import (
    ALIKE,
    AMOUNT_BALANCE,
    AMOUNT_BEFORE,
    AMOUNT_DUE,
    AMOUNT_INSTALMENT,
    AMOUNT_MULTIPLE,
    AMOUNT_ON_TIME,
    AMOUNT_PROMISE,
    MULTIPLES,
    NAME_ALIKE,
    NAME_MIDDLING,
    NAME_SAME,
    NAME_UNKNOWN,
    NAME_UNLIKE,
    PAYER_KNOWN,
    PAYER_NEW,
    PAYER_OTHER,
    PAYER_UNKNOWN,
    PROMISE_DAYS,
    SAME,
    UNLIKE,
)

Ints = npt.NDArray[np.int64]

_MOST_BEARERS: Final = 500
_MOST_OWING: Final = 80


def others(index: Index, lines: pl.DataFrame) -> pl.DataFrame:
    """Return, as `HITS` without a reference, debts of the payer's account, of the name, and of just the amount."""
    by_payer = lines.filter(pl.col("payer") != "").join(index.payers, on="payer", how="inner")
    few = index.name_counts.filter(pl.col("bearers") <= _MOST_BEARERS).select("key")
    names = index.names.join(few, on="key", how="semi")
    by_name = lines.filter(pl.col("name") != "").join(names, left_on="name", right_on="key", how="inner")
    owing = index.amount_counts.filter(pl.col("debts") <= _MOST_OWING).select("amount")
    by_amount = lines.join(index.amounts.join(owing, on="amount", how="semi"), on="amount", how="inner")
    words = lines.select("line", pl.col("name").str.split(" ").alias("word")).explode("word").unique()
    by_word = words.join(index.name_words, on="word", how="inner")
    found = pl.concat([each.select("line", "row") for each in (by_payer, by_name, by_amount, by_word)]).unique()
    return found.select(
        "line",
        "row",
        pl.lit(0, pl.UInt8).alias("ref"),
        pl.lit(1, pl.UInt32).alias("ways"),
        pl.lit("").alias("value"),
        pl.lit(0.0).alias("chance"),
    ).cast(HITS)


def described(index: Index, lines: pl.DataFrame, hits: pl.DataFrame) -> pl.DataFrame:
    """Return hits with ``amount``, ``name`` and ``payer`` (codes of `weights`) and ``alike`` (0 to 1), by line."""
    pairs = hits.join(
        lines.select("line", "amount", "day", "name", "payer"), on="line", how="left", maintain_order="left"
    )
    alike = _alike(index, pairs)
    return pairs.with_columns(
        pl.Series("amount_kind", _amount_kinds(index, pairs)),
        pl.Series("alike", alike),
        pl.Series("name_kind", _name_kinds(pairs, alike)),
        pl.Series("payer_kind", _payer_kinds(index, pairs)),
    ).sort("line", maintain_order=True)


def _amount_kinds(index: Index, pairs: pl.DataFrame) -> Ints:
    own = {name: column[pairs["row"].to_numpy()] for name, column in index.columns.items()}
    amount = pairs["amount"].to_numpy()
    kinds = np.zeros(len(amount), np.int64)
    regular = np.maximum(own["instalment"], 1)
    times = amount // regular
    is_multiple = (own["instalment"] > 0) & (amount % regular == 0) & (times >= MULTIPLES[0]) & (times <= MULTIPLES[-1])
    kinds[is_multiple] = AMOUNT_MULTIPLE
    kinds[_is_known(index, pairs) & ~is_multiple] = AMOUNT_BEFORE
    for name, code in (
        ("last", AMOUNT_BEFORE),
        ("balance", AMOUNT_BALANCE),
        ("due", AMOUNT_DUE),
        ("instalment", AMOUNT_INSTALMENT),
        ("promise", AMOUNT_PROMISE),
    ):
        kinds[(amount == own[name]) & (amount > 0)] = code
    near = np.abs(own["promise_day"] - pairs["day"].to_numpy()) <= PROMISE_DAYS
    kinds[(kinds == AMOUNT_PROMISE) & near] = AMOUNT_ON_TIME
    return kinds


def _is_known(index: Index, pairs: pl.DataFrame) -> npt.NDArray[np.bool_]:
    known = index.amounts.with_columns(pl.lit(value=True).alias("is_known"))
    joined = pairs.select("amount", "row").join(known, on=["amount", "row"], how="left", maintain_order="left")
    return joined["is_known"].fill_null(value=False).to_numpy()


def _alike(index: Index, pairs: pl.DataFrame) -> npt.NDArray[np.float64]:
    """Return how alike the payer's name is to the likest of the debt's, 0 to 1; -1 where one is unknown."""
    asked = pairs.select("row", "name").with_row_index("place").filter(pl.col("name") != "")
    both = asked.join(index.names, on="row", how="inner")
    found = np.full(pairs.height, -1.0)
    if not both.height:
        return found
    said, known = both["name"].to_list(), both["key"].to_list()
    likeness: npt.NDArray[Any] = process.cpdist(said, known, scorer=fuzz.ratio, dtype=np.float32) / 100.0
    unsure = np.flatnonzero((likeness < ALIKE) & (likeness > 0.3))  # noqa: PLR2004 - less is nobody's short form
    for place in unsure:
        if is_short_form(said[place], known[place]):
            likeness[place] = 0.9
    np.maximum.at(found, both["place"].to_numpy(), likeness)
    return found


def is_short_form(one: str, other: str) -> bool:
    """Return whether two names (as keys) are one person's with words left out or cut to initials.

    A word of three letters and more must be the same in both, and every other word of the shorter name must stand in
    the longer one, whole or as an initial.
    """
    short, long = sorted((one.split(), other.split()), key=len)
    shared = set(short) & set(long)
    if len(short) < 2 or not any(len(word) >= 3 for word in shared):  # noqa: PLR2004
        return False
    left = [word for word in long if word not in shared]
    for word in short:
        if word in shared:
            continue
        fits = next((each for each in left if _is_initial(word, each) or _is_initial(each, word)), None)
        if fits is None:
            return False
        left.remove(fits)
    return True


def _is_initial(one: str, other: str) -> bool:
    return len(one) == 1 and other.startswith(one)


def _name_kinds(pairs: pl.DataFrame, alike: npt.NDArray[np.float64]) -> Ints:
    kinds = np.full(pairs.height, NAME_MIDDLING, np.int64)
    kinds[alike < UNLIKE] = NAME_UNLIKE
    kinds[alike >= ALIKE] = NAME_ALIKE
    kinds[alike >= SAME] = NAME_SAME
    kinds[alike < 0] = NAME_UNKNOWN
    return kinds


def _payer_kinds(index: Index, pairs: pl.DataFrame) -> Ints:
    kinds = np.full(pairs.height, PAYER_UNKNOWN, np.int64)
    said = (pairs["payer"] != "").to_numpy()
    has_one = pairs["row"].is_in(index.payers["row"].unique().implode()).to_numpy()
    is_elsewhere = pairs["payer"].is_in(index.payers["payer"].unique().implode()).to_numpy()
    known = index.payers.with_columns(pl.lit(value=True).alias("is_known"))
    joined = pairs.select("payer", "row").join(known, on=["payer", "row"], how="left", maintain_order="left")
    is_known = joined["is_known"].fill_null(value=False).to_numpy()
    kinds[said & has_one] = PAYER_NEW
    kinds[said & is_elsewhere] = PAYER_OTHER
    kinds[said & is_known] = PAYER_KNOWN
    return kinds
