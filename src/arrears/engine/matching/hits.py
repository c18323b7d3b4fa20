"""References in lines: whole ones by one join over all lines, damaged ones by looking around what a line says."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

import polars as pl

from arrears.engine.matching.index import Index
from arrears.engine.matching.plain import plain
from arrears.engine.matching.structured import insides
from arrears.engine.matching.weights import (
    REF_BROKEN,
    REF_CORE,
    REF_CUT,
    REF_EXACT,
    REF_GLUED,
    REF_ONE_OFF,
    REF_STRUCTURED,
    REF_SWAPPED,
)

HITS: Final = pl.Schema(
    {
        "line": pl.UInt32,
        "row": pl.UInt32,
        "ref": pl.UInt8,
        "ways": pl.UInt32,
        "value": pl.String,
        "chance": pl.Float64,
    }
)
"""A reference found: in which line, of which debt, how, to how many debts it points so, what the line says."""

_JOINED: Final = 6
_LEAST_CUT: Final = 5
_MOST_CUT: Final = 40
_MOST_TOKENS: Final = 8
_LEAST_AROUND: Final = 5
_DIGITS: Final = "0123456789"


def tokens(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the words of lines that hold a digit or stand next to one: ``line``, ``field``, ``at``, ``token``."""
    fields = lines.select("line", pl.concat_list(pl.col("references"), pl.concat_list("text")).alias("said"))
    fields = fields.explode("said").with_row_index("field")
    words = fields.select(
        "line", "field", plain(pl.col("said")).str.extract_all(r"[0-9A-Z/\-_.]*[0-9A-Z]").alias("token")
    )
    words = words.explode("token").drop_nulls("token")
    words = words.with_columns(pl.col("token").str.replace_all(r"[^0-9A-Z]+", "")).with_row_index("at")
    return words.filter(pl.col("token") != "")


def whole(index: Index, words: pl.DataFrame) -> pl.DataFrame:
    """Return `HITS` of references that stand whole in the lines: as they are, else broken, cored or structured."""
    known = index.refs.rename({"key": "token"})
    has_digit = words.filter(pl.col("token").str.contains("[0-9]"))
    found = _as_hits(has_digit.join(known, on="token", how="inner"), None)
    rest = words.join(found.select("line").unique(), on="line", how="anti")
    broken = _as_hits(_runs(rest, max(index.lengths, default=0)).join(known, on="token", how="inner"), REF_BROKEN)
    rest = rest.join(broken.select("line").unique(), on="line", how="anti")
    inside = _structured(index, rest)
    return _firmest(pl.concat([found, broken, inside]))


def _as_hits(joined: pl.DataFrame, kind: int | None) -> pl.DataFrame:
    own = pl.when("is_core").then(REF_CORE).otherwise(REF_EXACT) if kind is None else pl.lit(kind)
    return joined.select(
        "line",
        "row",
        own.cast(pl.UInt8).alias("ref"),
        pl.lit(1, pl.UInt32).alias("ways"),
        pl.col("token").alias("value"),
        "chance",
    ).cast(HITS)


def _firmest(hits: pl.DataFrame) -> pl.DataFrame:
    """Return of several hits of a line on one debt the firmest; a core says nothing where a full reference stands."""
    ordered = hits.sort("line", "row", "ref").unique(["line", "row"], keep="first", maintain_order=True)
    has_full = (pl.col("ref") == REF_EXACT).any().over("line")
    is_inside = pl.col("ref") == REF_CORE
    return ordered.filter(~(has_full & is_inside))


def _runs(words: pl.DataFrame, longest: int) -> pl.DataFrame:
    """Return what neighbouring words of a field come to, two and more of them joined, where it is not too long."""
    found, run = [], words
    for step in range(1, _JOINED):
        run = run.with_columns(
            pl.when(pl.col("field").shift(-step) == pl.col("field"))
            .then(pl.col("token") + words["token"].shift(-step))
            .alias("token")
        )
        kept = run.drop_nulls("token").filter(pl.col("token").str.len_bytes() <= longest)
        found.append(kept.filter(pl.col("token").str.contains("[0-9]")))
    return pl.concat(found) if found else words.clear()


def _structured(index: Index, words: pl.DataFrame) -> pl.DataFrame:
    runs = pl.concat([words, _runs(words, 27)]).filter(pl.col("token").str.contains(r"^(RF\d\d[0-9A-Z]+|\d{5,27})$"))
    found = [
        (line, row, REF_STRUCTURED, 1, token, 0.0)
        for line, token in runs.select("line", "token").unique(maintain_order=True).iter_rows()
        for inside in insides(token)
        for row in index.rows_of.get(inside.core, ())
    ]
    return pl.DataFrame(found, schema=HITS, orient="row")


def around(index: Index, words: pl.DataFrame) -> pl.DataFrame:
    """Return `HITS` of references that stand damaged in the lines: glued together, a digit off, cut short."""
    longest = max(index.lengths, default=0)
    found: list[tuple[int, int, int, int, str, float]] = []
    for line, said in words.group_by("line", maintain_order=True).agg("token").iter_rows():
        seen = [token for token in dict.fromkeys(said) if any(each in _DIGITS for each in token)]
        for token in _joined_too(said, seen)[:_MOST_TOKENS]:
            for row, kind, ways in _of_token(index, token, longest):
                found.append((line, row, kind, ways, token, 0.0))
    hits = pl.DataFrame(found, schema=HITS, orient="row")
    return hits.sort("line", "row", "ref").unique(["line", "row"], keep="first", maintain_order=True)


def _joined_too(said: list[str], seen: list[str]) -> list[str]:
    """Return the words with a digit and, where several stand side by side, these joined."""
    joined = "".join(said)
    return seen if len(seen) < 2 or len(joined) > 40 else [*seen, joined]  # noqa: PLR2004 - a word, not a letter


def _of_token(index: Index, token: str, longest: int) -> Iterator[tuple[int, int, int]]:
    if len(token) < _LEAST_AROUND:
        return
    if len(token) > min(index.lengths, default=0):
        inside = _glued(index, token)
        if inside:
            for row in inside:
                yield row, REF_GLUED, 1
            return
    if len(token) <= longest + 1:
        yield from _near(index, token)
    yield from _cut(index, token)


def _glued(index: Index, token: str) -> list[int]:
    """Return the debts whose references a longer word is made of, one after another or among other letters."""
    rows: list[int] = []
    at = 0
    while at < len(token):
        for length in index.lengths:
            piece = token[at : at + length]
            if len(piece) == length < len(token) and length > _LEAST_AROUND and piece in index.rows_of:
                rows += index.rows_of[piece]
                at += length
                break
        else:
            at += 1
    return list(dict.fromkeys(rows))


def _near(index: Index, token: str) -> list[tuple[int, int, int]]:
    swapped = {row for each in _swaps(token) for row in index.rows_of.get(each, ())}
    off = {row for each in _one_off(token) for row in index.rows_of.get(each, ())} - swapped
    ways = len(swapped) + len(off)
    return [*((row, REF_SWAPPED, max(1, len(swapped))) for row in swapped), *((row, REF_ONE_OFF, ways) for row in off)]


def _swaps(token: str) -> Iterator[str]:
    for at in range(len(token) - 1):
        if token[at] != token[at + 1]:
            yield f"{token[:at]}{token[at + 1]}{token[at]}{token[at + 2 :]}"


def _one_off(token: str) -> Iterator[str]:
    """Yield what a word was where one digit was mistyped, left out or typed twice."""
    for at in range(len(token) + 1):
        if at < len(token):
            yield token[:at] + token[at + 1 :]
            if token[at] in _DIGITS:
                yield from (f"{token[:at]}{each}{token[at + 1 :]}" for each in _DIGITS if each != token[at])
        yield from (f"{token[:at]}{each}{token[at:]}" for each in _DIGITS)


def _cut(index: Index, token: str) -> list[tuple[int, int, int]]:
    """Return the debts whose reference begins or ends as the word does; too many are none."""
    if len(token) < _LEAST_CUT:
        return []
    keys = _begins(index.ahead, token), [key[::-1] for key in _begins(index.astern, token[::-1])]
    rows = {row for key in (*keys[0], *keys[1]) if len(token) * 2 >= len(key) for row in index.rows_of[key]}
    return [(row, REF_CUT, len(rows)) for row in rows] if len(rows) <= _MOST_CUT else []


def _begins(ordered: list[str], begin: str) -> list[str]:
    first, last = bisect_left(ordered, begin), bisect_left(ordered, f"{begin}\x7f")
    if last - first > _MOST_CUT:
        return []
    return [key for key in ordered[first:last] if key != begin]
