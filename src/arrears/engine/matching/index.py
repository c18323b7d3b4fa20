"""The index of open debts: by reference, by name, by payer's account, by amount; made once for many lines.

All debts of one index are in one currency. Rows are counted from 0 in the order in which the debts were given.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from arrears.engine.matching.plain import bare, core, name_key
from arrears.engine.matching.weights import MULTIPLES

Ints = npt.NDArray[np.int64]

DEBTS: Final = pl.Schema(
    {
        "debt": pl.Int64,
        "instalment": pl.Int64,
        "due": pl.Int64,
        "balance": pl.Int64,
        "promise": pl.Int64,
        "promise_day": pl.Int32,
        "last": pl.Int64,
    }
)
"""A debt: its id, then minor units: instalment, due and unpaid, all that is owed, promised (day: epoch), last paid.

Zero where there is none.
"""
REFERENCES: Final = pl.Schema({"debt": pl.Int64, "text": pl.String})
NAMES: Final = pl.Schema({"debt": pl.Int64, "name": pl.String})
PAYERS: Final = pl.Schema({"debt": pl.Int64, "payer": pl.String})
AMOUNTS: Final = pl.Schema({"debt": pl.Int64, "amount": pl.Int64})

_FULL: Final = 0
_CORE: Final = 1
_LEAST_CORE: Final = 4
_SHORT: Final = 2
_RARE: Final = 40
_FOREIGN: Final = 0.1
"""How often a line bears some number of the same length that is no reference of ours."""


@dataclass(frozen=True)
class Index:
    """What lines are matched against. Frames hold ``row`` (of `debts`) beside what they are found by."""

    debts: pl.DataFrame
    refs: pl.DataFrame
    """``key``, ``row``, ``is_core``, ``chance``: how likely a line bears the key and means nothing by it."""
    names: pl.DataFrame
    payers: pl.DataFrame
    amounts: pl.DataFrame
    """``amount``, ``row``: what a payment of the debt may come to."""

    @property
    def count(self) -> int:
        return self.debts.height

    @cached_property
    def columns(self) -> dict[str, Ints]:
        """The debts' figures as arrays."""
        return {name: self.debts[name].to_numpy().astype(np.int64) for name in DEBTS}

    @cached_property
    def rows_of(self) -> dict[str, tuple[int, ...]]:
        """The debts of each reference."""
        found: dict[str, tuple[int, ...]] = {}
        for key, row in zip(self.refs["key"], self.refs["row"], strict=True):
            found[key] = (*found[key], row) if key in found else (row,)
        return found

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How long references are: the commonest lengths, longest first."""
        counted = Counter(self.refs["key"].str.len_bytes().to_list())
        return tuple(sorted((length for length, _ in counted.most_common(6)), reverse=True))

    @cached_property
    def ahead(self) -> list[str]:
        """References in order, to find one by how it begins."""
        return sorted(self.rows_of)

    @cached_property
    def astern(self) -> list[str]:
        """References from behind in order, to find one by how it ends."""
        return sorted(key[::-1] for key in self.rows_of)

    @cached_property
    def name_counts(self) -> pl.DataFrame:
        """How many debts bear each name."""
        return self.names.group_by("key").agg(pl.len().alias("bearers"))

    @cached_property
    def name_words(self) -> pl.DataFrame:
        """The rarer words of names, to find a debt whose name is written otherwise."""
        words = self.names.select("row", pl.col("key").str.split(" ").alias("word")).explode("word")
        words = words.filter(pl.col("word").str.len_chars() > _SHORT).unique()
        return words.filter(pl.len().over("word") <= _RARE)

    @cached_property
    def amount_counts(self) -> pl.DataFrame:
        """How many debts each amount may pay."""
        return self.amounts.group_by("amount").agg(pl.len().alias("debts"))

    def taught(self, payers: pl.DataFrame, amounts: pl.DataFrame) -> "Index":
        """Return the index with other accounts of payers and other amounts; what rests on the debts is kept."""
        found = replace(self, payers=payers.unique(), amounts=amounts.unique())
        kept = ("columns", "rows_of", "lengths", "ahead", "astern", "name_counts", "name_words")
        found.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return found


def build(
    debts: pl.DataFrame,
    references: pl.DataFrame,
    names: pl.DataFrame | None = None,
    payers: pl.DataFrame | None = None,
    paid: pl.DataFrame | None = None,
) -> Index:
    """Return the index of ``debts`` (`DEBTS`) by their `REFERENCES`, `NAMES`, known `PAYERS` and past `AMOUNTS`."""
    rows = debts.select("debt").with_row_index("row")
    return Index(
        debts.select(*DEBTS).cast(DEBTS),
        _refs(_rowed(references, rows, REFERENCES)),
        _names(_rowed(names, rows, NAMES)),
        _rowed(payers, rows, PAYERS).select("payer", "row").unique(),
        _amounts(debts, _rowed(paid, rows, AMOUNTS)),
    )


def _rowed(frame: pl.DataFrame | None, rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    given = pl.DataFrame(schema=schema) if frame is None else frame.select(*schema).cast(schema)
    return given.join(rows, on="debt", how="inner").drop("debt")


def _refs(references: pl.DataFrame) -> pl.DataFrame:
    keys = references.select(bare(pl.col("text")).alias("key"), "row")
    full = keys.select("key", "row", pl.lit(value=False).alias("is_core"))
    cores = keys.select(core(pl.col("key")).alias("key"), "row", pl.lit(value=True).alias("is_core"))
    cores = cores.filter(pl.col("key").str.len_bytes() >= _LEAST_CORE)
    found = pl.concat([full, cores]).filter(pl.col("key").str.contains("[0-9]"))
    found = found.unique(["key", "row"], keep="first", maintain_order=True)
    digits = pl.col("key").str.count_matches("[0-9]")
    shape = (pl.len().over(pl.col("key").str.len_bytes(), digits) / (pl.lit(10.0) ** digits)).clip(0.0, 1.0)
    return found.with_columns((shape * _FOREIGN).alias("chance"))


def _names(names: pl.DataFrame) -> pl.DataFrame:
    keys = names.select(name_key(pl.col("name")).alias("key"), "row")
    return keys.filter(pl.col("key") != "").unique(maintain_order=True)


def _amounts(debts: pl.DataFrame, paid: pl.DataFrame) -> pl.DataFrame:
    rows = debts.select(*DEBTS).cast(DEBTS).with_row_index("row")
    single = [
        rows.select(pl.col(name).alias("amount"), "row") for name in ("instalment", "due", "balance", "promise", "last")
    ]
    many = [rows.select((pl.col("instalment") * times).alias("amount"), "row") for times in MULTIPLES[:1]]
    found = pl.concat([*single, *many, paid.select("amount", "row")])
    return found.filter(pl.col("amount") > 0).unique()
