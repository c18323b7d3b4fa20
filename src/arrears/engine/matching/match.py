"""Matching: lines of statements to debts, each answer with its score and its reasons.

Three looks, each at what the one before left open: whole references of all lines by one join; damaged references,
names, payers' accounts and amounts for lines not settled by that; and both once more with what the sure lines of the
same file taught (which account pays for whom, which amounts come again).

A line is answered for only when the best debt is surer than the threshold against the second and against all debts not
thought of. References of two debts are only ever answered as a split that adds up, and no debt is answered against the
whole reference of another.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from arrears.engine.matching import hits, learning, pairs, sums
from arrears.engine.matching.hits import HITS
from arrears.engine.matching.index import Index
from arrears.engine.matching.learning import Told
from arrears.engine.matching.odds import weighed
from arrears.engine.matching.plain import bare, name_key
from arrears.engine.matching.reasoning import reasons_of
from arrears.engine.matching.weights import IS_WHOLE, NAME_SAME, PAYER_KNOWN, REF_NONE, THRESHOLD_PPM, Shares

LINES: Final = pl.Schema()
LINES.update(
    line=pl.UInt32(),
    amount=pl.Int64(),
    day=pl.Int32(),
    references=pl.List(pl.String),
    text=pl.String(),
    payer_name=pl.String(),
    payer_account=pl.String(),
)
"""A line of money in: its number (from 0, each once), minor units, epoch day, what the bank says of it."""

_MOST_CANDIDATES: Final = 9
_SURE: Final = 0.9999
_TEACHES: Final = 0.999
_SPLIT_SCORE: Final = 999_000
_PROPOSED_SCORE: Final = 990_000
_LEAST_SHOWN: Final = 0.0005
_CHANCE: Final = 0.01
"""From which chance on a bare number is likelier a date or a count than somebody's reference."""


@dataclass(frozen=True)
class Matched:
    """What came of lines.

    ``answers`` has every line once: ``line``, ``decision`` (post, split, wait), ``debt`` (null unless post), ``score``
    (ppm) and ``reasons``. ``parts`` has the debts and amounts of splits, decided and proposed: ``line``, ``debt``,
    ``amount``. ``candidates`` has up to nine debts a line that waits, best first: ``line``, ``debt``, ``score``,
    ``reasons``. Reasons are lists of ``code=value``, in words by `reasons.said`.
    """

    answers: pl.DataFrame
    parts: pl.DataFrame
    candidates: pl.DataFrame
    shares: Shares
    told: Told


def match(
    index: Index, lines: pl.DataFrame, *, threshold_ppm: int = THRESHOLD_PPM, told: Told | None = None
) -> Matched:
    """Match lines (`LINES`, money in, of the index's currency) to debts; see `Matched`."""
    known = _prepared(index, lines)
    words = hits.tokens(known)
    whole = hits.whole(index, words)
    described = pairs.described(index, known, whole)
    shares, found = learning.learnt(index, known, described, told or Told())
    first = weighed(index, known, described, shares)
    wiser = _wiser(index, first, described)
    left = known.join(_settled(first), on="line", how="anti")
    more = _looked_around(wiser, left, words, whole)
    second = weighed(wiser, left, pairs.described(wiser, left, more), shares)
    third = _once_more(wiser, left, second, shares)
    scored = pl.concat([first.join(left.select("line"), on="line", how="anti"), third], how="diagonal_relaxed")
    return _answered(wiser, known, scored, threshold_ppm, shares, found)


def _prepared(index: Index, lines: pl.DataFrame) -> pl.DataFrame:
    known = lines.select(
        "line",
        "amount",
        "day",
        pl.col("references").fill_null([]),
        pl.col("text").fill_null(""),
        name_key(pl.col("payer_name")).alias("name"),
        bare(pl.col("payer_account")).alias("payer"),
    )
    return known if index.names.height else known.with_columns(pl.lit("").alias("name"))


def _settled(scored: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that a single whole reference settles, with what speaks beside it."""
    best = scored.filter(pl.len().over("line") == 1)
    return best.filter(pl.col("score") >= _SURE).select("line")


def _wiser(index: Index, scored: pl.DataFrame, described: pl.DataFrame) -> Index:
    """Return the index with what sure lines teach: who pays from which account, which amounts come again."""
    sure = scored.filter(pl.col("score") >= _TEACHES)
    payers = pl.concat([index.payers, sure.filter(pl.col("payer") != "").select("payer", "row")])
    whole = described.filter(pl.len().over("line") == 1)
    again = whole.group_by("row", "amount").len().filter(pl.col("len") > 1).select("amount", "row")
    amounts = [index.amounts, again, sums.joined_lines(index, described), sure.select("amount", "row")]
    return index.taught(payers, pl.concat(amounts))


def _looked_around(index: Index, lines: pl.DataFrame, words: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    damaged = hits.around(index, words.join(lines.select("line"), on="line", how="semi"))
    own = whole.join(lines.select("line"), on="line", how="semi")
    found = pl.concat([own, damaged, pairs.others(index, lines)])
    return found.with_columns(_firmness().alias("firm")).sort("line", "row", "firm").unique(
        ["line", "row"], keep="first", maintain_order=True
    ).drop("firm").select(*HITS)  # fmt: skip


def _firmness() -> pl.Expr:
    return pl.when(pl.col("ref") == REF_NONE).then(99).otherwise(pl.col("ref"))


def _once_more(index: Index, left: pl.DataFrame, second: pl.DataFrame, shares: Shares) -> pl.DataFrame:
    """Weigh again what is open, with the accounts of payers that the second look made sure of."""
    sure = second.filter((pl.col("score") >= _TEACHES) & (pl.col("payer") != ""))
    known = index.payers
    fresh = sure.select("payer", "row").join(known, on=["payer", "row"], how="anti")
    if not fresh.height:
        return second
    wiser = index.taught(pl.concat([known, fresh]), index.amounts)
    again = left.filter(pl.col("payer").is_in(fresh["payer"].implode()))
    own = second.select(*HITS).join(again.select("line"), on="line", how="semi")
    more = pl.concat([own, pairs.others(wiser, again)]).unique(["line", "row"], keep="first", maintain_order=True)
    scored = weighed(wiser, again, pairs.described(wiser, again, more), shares)
    return pl.concat([second.join(again.select("line"), on="line", how="anti"), scored], how="diagonal_relaxed")


def _answered(
    index: Index, lines: pl.DataFrame, scored: pl.DataFrame, threshold_ppm: int, shares: Shares, told: Told
) -> Matched:
    is_firm = _is_whole() & ((pl.col("chance") < _CHANCE) | pl.col("value").str.contains("[A-Z]"))
    scored = scored.with_columns(
        (is_firm.sum().over("line") > 1).alias("has_several"),
        (is_firm.any().over("line") & ~is_firm).alias("is_contradicted"),
    )
    shown = scored.group_by("line", maintain_order=True).head(_MOST_CANDIDATES)
    best = shown.group_by("line", maintain_order=True).head(1)
    points = (pl.col("ref") != REF_NONE) | (pl.col("payer_kind") == PAYER_KNOWN) | (pl.col("name_kind") == NAME_SAME)
    sure = best.filter(
        (pl.col("score") * 1_000_000 >= threshold_ppm) & points & ~pl.col("has_several") & ~pl.col("is_contradicted")
    )
    decided, proposed = _splits(index, lines, scored.join(sure.select("line"), on="line", how="anti"))
    posts = sure.select("line", pl.lit("post").alias("decision"), "row", _ppm(), reasons_of(sure))
    splits = decided.select("line").unique(maintain_order=True).select(
        "line", pl.lit("split").alias("decision"), pl.lit(None, pl.UInt32).alias("row"),
        pl.lit(_SPLIT_SCORE, pl.Int64).alias("ppm"),
        pl.lit(["references_several", "parts_add_up"]).alias("reasons"),
    )  # fmt: skip
    done = pl.concat([posts, splits], how="vertical_relaxed")
    waits = _waits(lines.join(done.select("line"), on="line", how="anti"), best)
    answers = pl.concat([done, waits], how="vertical_relaxed").sort("line")
    kept = shown.join(waits.select("line"), on="line", how="semi").filter(
        (pl.col("score") >= _LEAST_SHOWN) | (pl.col("ref") != REF_NONE)
    )
    candidates = kept.select("line", "row", _ppm(), reasons_of(kept))
    return Matched(
        _named(index, answers).select("line", "decision", "debt", pl.col("ppm").alias("score"), "reasons"),
        _named(index, pl.concat([decided, proposed])).select("line", "debt", "amount"),
        _named(index, candidates).select("line", "debt", pl.col("ppm").alias("score"), "reasons"),
        shares,
        told,
    )


def _is_whole() -> pl.Expr:
    return pl.col("ref").is_in([kind for kind, whole in enumerate(IS_WHOLE) if whole])


def _ppm() -> pl.Expr:
    return (pl.col("score") * 1_000_000).floor().cast(pl.Int64).alias("ppm")


def _named(index: Index, frame: pl.DataFrame) -> pl.DataFrame:
    debts = index.debts.select("debt").with_row_index("row")
    return frame.join(debts, on="row", how="left", maintain_order="left")


def _waits(lines: pl.DataFrame, best: pl.DataFrame) -> pl.DataFrame:
    """Return lines that wait, with why: nothing points to a debt, several references, or a second too close."""
    known = lines.select("line").join(best.select("line", "score", "has_several"), on="line", how="left")
    why = (
        pl.when(pl.col("score").is_null()).then(pl.lit("nothing_found"))
        .when(pl.col("has_several")).then(pl.lit("references_several"))
        .otherwise(pl.lit("too_close"))
    )  # fmt: skip
    return known.select(
        "line", pl.lit("wait").alias("decision"), pl.lit(None, pl.UInt32).alias("row"),
        (pl.col("score").fill_null(0.0) * 1_000_000).floor().cast(pl.Int64).alias("ppm"),
        pl.concat_list(why).alias("reasons"),
    )  # fmt: skip


PARTS: Final = pl.Schema({"line": pl.UInt32, "row": pl.UInt32, "amount": pl.Int64})


def _splits(index: Index, lines: pl.DataFrame, scored: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the parts of lines that are several debts' for sure, and of those that may be."""
    amounts = dict(lines.select("line", "amount").iter_rows())
    is_whole = pl.col("ref").is_in([kind for kind, whole in enumerate(IS_WHOLE) if whole])
    named = scored.filter(is_whole & pl.col("has_several"))
    same = (pl.col("payer_kind") == PAYER_KNOWN) | (pl.col("name_kind") == NAME_SAME)
    likely = scored.filter((same | is_whole) & ~pl.col("has_several"))
    return _parts(index, named, amounts), _parts(index, likely, amounts)


def _parts(index: Index, scored: pl.DataFrame, amounts: dict[int, int]) -> pl.DataFrame:
    grouped = scored.group_by("line", maintain_order=True).agg("row").filter(pl.col("row").list.len() > 1)
    rows = sorted(set(grouped["row"].explode().to_list())) if grouped.height else []
    also = sums.known_amounts(index, rows)
    found = [
        (line, part.row, part.amount)
        for line, own in grouped.iter_rows()
        for part in sums.parts_of(index, own, amounts[line], also)
    ]
    return pl.DataFrame(found, schema=PARTS, orient="row")
