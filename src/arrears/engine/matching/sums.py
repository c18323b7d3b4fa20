"""Sums: one transfer for several debts, and several transfers for one due."""

from itertools import combinations, product
from typing import Final, NamedTuple

import polars as pl

from arrears.engine.matching.index import Index
from arrears.engine.matching.weights import AMOUNT_NONE, IS_WHOLE

_MOST_DEBTS: Final = 6
_MOST_VALUES: Final = 8
_MOST_LINES: Final = 6
_DAYS: Final = 35


class Part(NamedTuple):
    """A debt's part of a line, in minor units."""

    row: int
    amount: int


def parts_of(index: Index, rows: list[int], amount: int, also: dict[int, list[int]]) -> tuple[Part, ...]:
    """Return how ``amount`` is made of what the debts may pay; empty where in no way, or in more than one.

    ``also`` holds amounts that the debts are known to pay besides what is due on them. What is due at once goes before
    what was ever paid: only where the first gives no sum is the second looked at.
    """
    if not 1 < len(rows) <= _MOST_DEBTS:
        return ()
    due = [_due(index, row) for row in rows]
    ever = [list(dict.fromkeys((*own, *also.get(row, ()))))[:_MOST_VALUES] for row, own in zip(rows, due, strict=True)]
    for values in (due, ever):
        ways = {way for way in product(*values) if sum(way) == amount}
        if len(ways) == 1:
            return tuple(Part(row, part) for row, part in zip(rows, ways.pop(), strict=True))
        if ways:
            return ()
    return ()


def _due(index: Index, row: int) -> list[int]:
    own = [int(index.columns[name][row]) for name in ("due", "instalment", "promise")]
    return [value for value in dict.fromkeys(own) if value > 0]


def known_amounts(index: Index, rows: list[int]) -> dict[int, list[int]]:
    """Return what debts may pay: all amounts known of each."""
    known = index.amounts.filter(pl.col("row").is_in(rows)).group_by("row").agg("amount")
    return {row: sorted(amounts) for row, amounts in known.iter_rows()}


def joined_lines(index: Index, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return ``amount`` and ``row`` of lines with one debt's reference that only together come to what is due on it."""
    whole = [kind for kind, is_whole in enumerate(IS_WHOLE) if is_whole]
    alone = pairs.filter(pl.col("ref").is_in(whole) & (pl.len().over("line") == 1))
    alone = alone.filter(pl.col("amount_kind") == AMOUNT_NONE).filter(pl.len().over("row").is_between(2, _MOST_LINES))
    found: set[tuple[int, int]] = set()
    for row, amounts, days in alone.group_by("row").agg("amount", "day").iter_rows():
        found |= {(amount, row) for amount in _together(set(_due(index, row)), amounts, days)}
    return pl.DataFrame(sorted(found), schema={"amount": pl.Int64, "row": pl.UInt32}, orient="row")


def _together(due: set[int], amounts: list[int], days: list[int]) -> set[int]:
    said = list(zip(amounts, days, strict=True))
    return {
        amount
        for count in (2, 3)
        for some in combinations(said, count)
        if sum(amount for amount, _ in some) in due and max(d for _, d in some) - min(d for _, d in some) <= _DAYS
        for amount, _ in some
    }
