"""Dates and instants as others write them: the format of a whole column is found, or asked for where two would fit."""

from typing import Final, NamedTuple

import polars as pl

from arrears.engine.intake.faults import whole_file
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

EXCEL: Final = "excel"
"""Days since 1899-12-30, as spreadsheets count; never found by itself, only said."""

YEAR_FIRST: Final = "%Y?%m?%d"
"""Year, month and day apart by dash, slash or point, also mixed in one column: their order leaves no doubt."""
_YEAR_FIRST: Final = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$"

DATES: Final = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%Y年%m月%d日",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d.%m.%Y",
    "%m.%d.%Y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%d-%m-%y",
    "%m-%d-%y",
    "%b-%Y",
    "%B %Y",
    "%m/%Y",
    "%Y-%m",
    YEAR_FIRST,
)
_CLOCKS: Final = ("%H:%M:%S", "%H:%M:%S%.f", "%H:%M")
_DAYS_WITH_CLOCK: Final = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y")
INSTANTS: Final = (
    *(
        f"{day}{between}{clock}{zone}"
        for zone in ("", "%#z")
        for day in _DAYS_WITH_CLOCK
        for clock in _CLOCKS
        for between in (" ", "T")
    ),
    *DATES,
)
_MIDNIGHT: Final = r"[T ]00:00(:00(\.0+)?)?Z?$"
_EARLIEST, _LATEST = 1850, 2300


class Fit(NamedTuple):
    """How many values of a column a format reads; the sum of the dates tells two readings apart."""

    read: int
    total: int


def trimmed(column: str) -> pl.Expr:
    """Return a column's text without surrounding space, null where nothing is left."""
    bare = pl.col(column).str.strip_chars()
    return pl.when(bare != "").then(bare)


def read_date(column: str, pattern: str) -> pl.Expr:
    """Return the dates of a text column by ``pattern``; null where it does not fit. A month alone is its first day."""
    text = trimmed(column).str.replace(_MIDNIGHT, "")
    if pattern == EXCEL:
        serial = text.str.replace(r"\.0+$", "").cast(pl.Int32, strict=False)
        return _plausible((serial - 25_569).cast(pl.Date))
    if pattern == YEAR_FIRST:
        text, pattern = text.str.replace(_YEAR_FIRST, "${1}-${2}-${3}"), "%Y-%m-%d"
    if "%d" not in pattern:
        text, pattern = pl.lit("01 ") + text, f"%d {pattern}"
    return _plausible(text.str.to_date(pattern, strict=False, exact=True, cache=True))


def _plausible(day: pl.Expr) -> pl.Expr:
    return pl.when(day.dt.year().is_between(_EARLIEST, _LATEST)).then(day)


def read_instant(column: str, pattern: str, zone: str) -> pl.Expr:
    """Return the instants of a text column in UTC; a wall time without offset is one of ``zone``.

    A wall time that happens twice is its first; one that the clocks skip is null.
    """
    text = trimmed(column)
    if "%#z" in pattern:
        return text.str.to_datetime(pattern, strict=False, time_unit="us", time_zone="UTC")
    wall = (
        text.str.to_datetime(pattern, strict=False, time_unit="us")
        if "%H" in pattern
        else read_date(column, pattern).cast(pl.Datetime("us"))
    )
    return wall.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")


def fits(frame: pl.DataFrame, column: str, patterns: tuple[str, ...]) -> dict[str, Fit]:
    """Return, for each pattern that reads a value at all, how many it reads."""
    if patterns is INSTANTS:
        read = [read_instant(column, pattern, "UTC").alias(pattern) for pattern in patterns]
        whole = pl.all().dt.epoch("s").sum()
    else:
        read = [read_date(column, pattern).alias(pattern) for pattern in patterns]
        whole = pl.all().cast(pl.Int64).sum()
    values = frame.select(trimmed(column)).unique().drop_nulls()
    dates = values.select(read)
    counts, totals = dates.select(pl.all().count()).row(0), dates.select(whole).row(0)
    found = zip(patterns, counts, totals, strict=True)
    return {pattern: Fit(count, total) for pattern, count, total in found if count}


def merged(one: dict[str, Fit], other: dict[str, Fit]) -> dict[str, Fit]:
    """Return what two parts of a column say together."""
    none = Fit(0, 0)
    return {
        pattern: Fit(*(a + b for a, b in zip(one.get(pattern, none), other.get(pattern, none), strict=True)))
        for pattern in (one | other)
    }


def chosen(found: dict[str, Fit], column: str, file: str) -> str | Problem:
    """Return the pattern that reads the most values; a problem where none does, or where two read them differently."""
    if not found:
        return _no_format(column, file)
    most = max(fit.read for fit in found.values())
    best = [pattern for pattern, fit in found.items() if fit.read == most]
    readings = {found[pattern].total for pattern in best}
    if len(readings) == 1:
        return best[0]
    long = [pattern for pattern in best if "%Y" in pattern]
    return long[0] if len(long) == 1 else _two_formats(best, column, file)


def _no_format(column: str, file: str) -> Problem:
    return whole_file(
        "no_date_format",
        Text(
            "No date in this column is written in a format we know.",
            "Ninguna fecha de esta columna tiene un formato conocido.",
            "该列没有可识别格式的日期。",
        ),
        Text(
            "Set the column's format in the mapping, such as %d/%m/%Y.",
            "Indique el formato de la columna en la correspondencia, p. ej. %d/%m/%Y.",
            "请在映射中指定该列格式，例如 %d/%m/%Y。",
        ),
        file=file,
        field=column,
    )


def _two_formats(best: list[str], column: str, file: str) -> Problem:
    return whole_file(
        "date_order_unclear",
        Text(
            "Every date here reads both as {one} and as {two}.",
            "Todas las fechas pueden leerse como {one} y como {two}.",
            "该列日期既可按 {one} 也可按 {two} 读。",
        ).filled(one=best[0], two=best[1]),
        Text(
            "Say it: --day-first or --month-first, or the column's format in the mapping.",
            "Indíquelo: --day-first o --month-first, o el formato de la columna en la correspondencia.",
            "请指明：--day-first 或 --month-first，或在映射中指定格式。",
        ),
        file=file,
        field=column,
    )
