"""From a file and a mapping to typed columns: first the formats of whole columns are settled, then rows are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from arrears.engine.intake import amounts, dates, files, mapping, values
from arrears.engine.intake.fields import Field, Kind, Sort
from arrears.engine.intake.files import ROW, Shape
from arrears.engine.intake.mapping import Mapping, Reading
from arrears.engine.intake.values import EMPTY, Written
from arrears.kernel.problems import Problem

_READ_FIRST = (Sort.CURRENCY, Sort.COUNTRY)


@dataclass(frozen=True, slots=True)
class Settled:
    """A file whose columns are all settled: how each field is written, and how many rows there are."""

    shape: Shape
    kind: Kind
    mapping: Mapping
    written: dict[str, Written]
    rows: int


@dataclass(frozen=True, slots=True)
class Understood:
    """One part of a file: the rows that are sound, typed, and what is wrong, a row and field each.

    A row of which only a `Kind.spared` field is wrong is among the sound ones, without that field.
    """

    good: pl.DataFrame
    faults: pl.DataFrame
    read: int
    raw: pl.DataFrame = field(repr=False)


def settle(shape: Shape, kind: Kind, said: Mapping) -> Settled | list[Problem]:
    """Settle how every mapped column is written, by reading the whole file once; returns all open questions at once."""
    file = shape.path.name
    if problems := mapping.check_columns(said, shape.header, kind, file):
        return problems
    seen = _survey(shape, kind, said)
    written: dict[str, Written] = {}
    open_questions: list[Problem] = []
    for name, reading in said.readings.items():
        found = _settled_column(kind, name, reading, said, seen, file)
        if isinstance(found, Problem):
            open_questions.append(found)
        else:
            written[name] = found
    return open_questions or Settled(shape, kind, said, written, seen.rows)


@dataclass(slots=True)
class _Seen:
    rows: int = 0
    days: dict[str, dict[str, dates.Fit]] = field(default_factory=dict)
    marks: dict[str, amounts.Marks] = field(default_factory=dict)
    percent: set[str] = field(default_factory=set)


def _survey(shape: Shape, kind: Kind, said: Mapping) -> _Seen:
    seen = _Seen()
    for frame, _ in files.batches(shape):
        seen.rows += frame.height
        for name, reading in said.readings.items():
            _note(seen, _field(kind, name), reading, frame)
    return seen


def _note(seen: _Seen, wanted: Field, reading: Reading, frame: pl.DataFrame) -> None:
    """Add what one part of a column shows about its format; nothing where the mapping says it."""
    column = reading.column
    if wanted.sort in {Sort.DATE, Sort.INSTANT} and not reading.format:
        patterns = dates.DATES if wanted.sort is Sort.DATE else dates.INSTANTS
        seen.days[column] = dates.merged(seen.days.get(column, {}), dates.fits(frame, column, patterns))
    if wanted.sort is Sort.AMOUNT and not reading.decimal:
        seen.marks[column] = amounts.marks(frame, column).plus(seen.marks.get(column, amounts.Marks()))
    if wanted.sort is Sort.RATE and not reading.unit:
        text = dates.trimmed(column)
        above = text.str.contains("%") | (text.cast(pl.Float64, strict=False) > 1)  # a sign of the unit, not a value
        if frame.select(above.any()).item():
            seen.percent.add(column)


def _settled_column(
    kind: Kind, name: str, reading: Reading, said: Mapping, seen: _Seen, file: str
) -> Written | Problem:
    sort, column = _field(kind, name).sort, reading.column
    pattern: str | Problem = reading.format
    if not pattern and sort in {Sort.DATE, Sort.INSTANT}:
        found = _by_order(seen.days.get(column, {}), said.day_first)
        empty = not found and seen.rows == 0
        pattern = "%Y-%m-%d" if empty else dates.chosen(found, column, file)
    decimal: str | Problem = reading.decimal or said.decimal
    if not decimal and sort is Sort.AMOUNT:
        decimal = amounts.chosen(seen.marks.get(column, amounts.Marks()), column, file)
    if isinstance(pattern, Problem) or isinstance(decimal, Problem):
        return pattern if isinstance(pattern, Problem) else decimal  # type: ignore[return-value]
    unit = reading.unit or ("percent" if column in seen.percent else "fraction")
    return Written(pattern, decimal or ".", unit, said.timezone or "UTC", reading.values)


def _by_order(found: dict[str, dates.Fit], day_first: bool | None) -> dict[str, dates.Fit]:  # noqa: FBT001 - three answers
    """Leave out the formats that the said order of day and month rules out."""
    if day_first is None:
        return found
    ruled_out = ("%m/%d", "%m-%d", "%m.%d") if day_first else ("%d/%m", "%d-%m", "%d.%m")
    return {pattern: fit for pattern, fit in found.items() if not pattern.startswith(ruled_out)}


def _field(kind: Kind, name: str) -> Field:
    found = kind.field(name)
    assert found is not None, name
    return found


def parts(settled: Settled, *, rows: int = 250_000) -> Iterator[Understood]:
    """Yield the file in order, understood part by part; every field of the kind is a column, null where not given."""
    for raw, broken in files.batches(settled.shape, rows=rows):
        yield _understood(settled, raw, broken)


def _understood(settled: Settled, raw: pl.DataFrame, broken: pl.DataFrame) -> Understood:
    columns: dict[str, pl.Series] = {}
    faults = [broken]
    context = raw
    for wanted in sorted(settled.kind.fields, key=lambda each: each.sort not in _READ_FIRST):
        column = _column(settled, wanted, context)
        columns[wanted.name] = column.values.alias(wanted.name)
        context = context.with_columns(column.values.alias(f"_{wanted.name}"))
        faults.append(_faults(settled, wanted, raw, column))
    order = [each.name for each in settled.kind.fields]
    typed = pl.DataFrame([columns[name] for name in order]).with_columns(raw[ROW]) if order else raw
    found = pl.concat([each for each in faults if each.height] or [files.no_faults()])
    hard = found.filter(~pl.col("field").is_in(settled.kind.spared))
    good = typed.join(hard.select(ROW).unique(), on=ROW, how="anti", maintain_order="left") if hard.height else typed
    return Understood(good, found, raw.height + broken.height, raw)


def _column(settled: Settled, wanted: Field, context: pl.DataFrame) -> values.Column:
    reading, constant = settled.mapping.readings.get(wanted.name), settled.mapping.constants.get(wanted.name)
    nothing = pl.Series([None] * context.height, dtype=pl.String)
    if reading is None and constant is None:
        return values.Column(nothing.cast(EMPTY[wanted.sort]), nothing)
    written = settled.written.get(wanted.name, Written("%Y-%m-%d", zone=settled.mapping.timezone or "UTC"))
    written = written._replace(currencies=_given(context, "_currency"), countries=_given(context, "_country"))
    if reading is None:
        context = context.with_columns(pl.lit(constant).alias("_said"))
        return values.read(context, "_said", wanted, written)
    read = values.read(context, reading.column, wanted, written)
    if constant is None:
        return read
    as_said = written._replace(format="%Y-%m-%d", decimal=".")
    fallback = values.read(context.with_columns(pl.lit(constant).alias("_said")), "_said", wanted, as_said)
    empty = context.select(dates.trimmed(reading.column).is_null()).to_series()
    return values.Column(
        pl.select(pl.when(empty).then(fallback.values).otherwise(read.values)).to_series(), read.faults
    )


def _given(context: pl.DataFrame, column: str) -> str:
    return column if column in context.columns else ""


def _faults(settled: Settled, wanted: Field, raw: pl.DataFrame, column: values.Column) -> pl.DataFrame:
    missing = column.values.is_null() & column.faults.is_null() if wanted.is_needed else pl.Series([False])
    if not missing.any() and column.faults.null_count() == len(column.faults):
        return files.no_faults()
    reading = settled.mapping.readings.get(wanted.name)
    shown = (
        raw[reading.column]
        if reading
        else pl.Series([settled.mapping.constants.get(wanted.name)]).new_from_index(0, raw.height)
    )
    code = pl.select(pl.when(missing).then(pl.lit("missing")).otherwise(column.faults).alias("code")).to_series()
    return (
        pl.DataFrame({ROW: raw[ROW], "value": shown.cast(pl.String), "code": code})
        .filter(pl.col("code").is_not_null())
        .select(ROW, pl.lit(wanted.name).alias("field"), "value", "code")
    )
