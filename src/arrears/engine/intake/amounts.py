"""Amounts as others write them: currency signs, grouping and decimal marks, brackets and trailing signs.

The decimal mark is found over the whole column. ``1.234`` alone could be a thousand or one and a bit: a column with
nothing but such values is asked about, never guessed.
"""

from itertools import product
from typing import Final, NamedTuple

import polars as pl

from arrears.engine.intake.dates import trimmed
from arrears.engine.intake.faults import whole_file
from arrears.kernel.money import MOST_MINOR, currency, is_currency
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EXPONENTS: Final = {
    code: currency(code).exponent for code in map("".join, product(_LETTERS, repeat=3)) if is_currency(code)
}
_SPACE_AND_SIGNS: Final = rf"[\s\u00a0\u202f'’]|US\$|R\$|Rs\.?|RMB|\b(?:{'|'.join(_EXPONENTS)}|CR|DR)\b|\p{{Sc}}|元|圆"
_DIGITS_MOST: Final = 15


class Marks(NamedTuple):
    """How many values show that the mark before the cents is a point, or a comma; and how many show neither."""

    point: int = 0
    comma: int = 0
    either: int = 0

    def plus(self, other: "Marks") -> "Marks":
        return Marks(*(a + b for a, b in zip(self, other, strict=True)))


def bare(column: str) -> pl.Expr:
    """Return a column's amounts without space, currency and grouping by apostrophe; a minus first where below zero."""
    text = trimmed(column)
    is_below = text.str.contains(r"^\(.*\)$|^[^\d]*[-−–]|[-−–]\s*\D*$|\bDR\b")
    digits = text.str.replace_all(_SPACE_AND_SIGNS, "").str.replace_all(r"[()\-−–+]", "")
    return pl.when(is_below).then(pl.lit("-") + digits).otherwise(digits)


def marks(frame: pl.DataFrame, column: str) -> Marks:
    """Return what a column's values say about its decimal mark."""
    text = pl.col("_bare")
    last_is_point = text.str.contains(r",.*\.\d*$")
    last_is_comma = text.str.contains(r"\..*,\d*$")
    grouped_by_comma = text.str.contains(r"^-?\d{1,3}(,\d{2,3})+,\d{3}$")
    grouped_by_point = text.str.contains(r"^-?\d{1,3}(\.\d{2,3})+\.\d{3}$")
    not_three = r"^-?\d*{mark}(\d{{0,2}}|\d{{4,}})$|^-?0?{mark}\d+$|^-?(\d{{4,}}|0\d+){mark}\d+$"
    point = last_is_point | grouped_by_comma | text.str.contains(not_three.format(mark=r"\."))
    comma = last_is_comma | grouped_by_point | text.str.contains(not_three.format(mark=","))
    unclear = text.str.contains(r"^-?\d{1,3}[.,]\d{3}$")
    seen = (
        frame.select(bare(column).alias("_bare"))
        .unique()
        .select(
            (point & ~comma).sum().alias("point"),
            (comma & ~point).sum().alias("comma"),
            (unclear & ~point & ~comma).sum().alias("either"),
        )
    )
    return Marks(*(int(count or 0) for count in seen.row(0)))


_SURE: Final = 0.95


def chosen(seen: Marks, column: str, file: str) -> str | Problem:
    """Return the decimal mark of a column; a problem where its values leave it open or contradict each other."""
    shown = seen.point + seen.comma
    if shown and max(seen.point, seen.comma) >= _SURE * shown:
        return "." if seen.point > seen.comma else ","
    if not shown and not seen.either:
        return "."
    return whole_file(
        "decimal_mark_unclear",
        Text(
            "It cannot be told whether the point or the comma stands before the cents in this column.",
            "No se puede saber si en esta columna los decimales van tras punto o tras coma.",
            "无法判断该列以点还是逗号作小数点。",
        ),
        Text(
            "Say it: --decimal . or --decimal , or the column's decimal mark in the mapping.",
            "Indíquelo: --decimal . o --decimal , o el separador decimal de la columna en la correspondencia.",
            "请指明：--decimal . 或 --decimal , 或在映射中指定该列小数点。",
        ),
        file=file,
        field=column,
    )


def _exponent(code: str) -> pl.Expr:
    """Return the decimal digits of the currency in the column ``code``; null where it is none."""
    return pl.col(code).replace_strict(_EXPONENTS, default=None, return_dtype=pl.Int8)


def read_amounts(frame: pl.DataFrame, column: str, decimal: str, currencies: str) -> tuple[pl.Series, pl.Series]:
    """Return minor units of a text column and a code of the fault of each value that is none (null where sound).

    ``currencies`` names the column with each row's ISO 4217 code. Exact: digits are moved, nothing is computed.
    """
    group = "," if decimal == "." else "."
    mark, other = ("\\.", ",") if decimal == "." else (",", "\\.")
    shape = rf"^-?(\d{{1,3}}({other}\d{{2,3}})*{other}\d{{3}}|\d+)?({mark}(\d*))?$"
    text = bare(column)
    parts = frame.select(
        text.alias("text"),
        (text.str.contains(shape) & text.str.contains(r"\d")).alias("fits"),
        text.str.replace_all(group, "", literal=True).alias("plain"),
        _exponent(currencies).alias("exponent"),
    ).with_columns(
        pl.col("plain").str.extract(r"^-?(\d*)", 1).str.strip_chars_start("0").alias("whole"),
        pl.col("plain").str.extract(rf"{mark}(\d*)$", 1).fill_null("").str.strip_chars_end("0").alias("cents"),
        pl.col("plain").str.starts_with("-").alias("below"),
    )
    return _composed(parts)


def _composed(parts: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    padded = pl.coalesce(
        pl.when(pl.col("exponent") == width).then(pl.col("cents").str.pad_end(width, "0")) for width in (0, 2, 3, 4)
    )
    digits = pl.col("whole") + padded
    size = pl.when(digits.str.len_bytes() <= _DIGITS_MOST).then(
        pl.when(digits == "").then(pl.lit("0")).otherwise(digits).cast(pl.Int64, strict=False)
    )
    minor = pl.when(pl.col("below")).then(-size).otherwise(size)
    code = (
        pl.when(pl.col("text").is_null())
        .then(None)
        .when(~pl.col("fits"))
        .then(pl.lit("not_an_amount"))
        .when(pl.col("cents").str.len_bytes() > pl.col("exponent"))
        .then(pl.lit("amount_too_fine"))
        .when(size.is_null() | (size > MOST_MINOR))
        .then(pl.lit("amount_too_large"))
    )
    done = parts.select(code.alias("code"), minor.alias("minor")).with_columns(
        pl.when(pl.col("code").is_null()).then(pl.col("minor"))
    )
    return done["minor"], done["code"]
