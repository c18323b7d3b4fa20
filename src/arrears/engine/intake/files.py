"""How a CSV file is written: compression, encoding, delimiter, header. Read to columns of text, a row number beside."""

import codecs
import contextlib
import csv
import gzip
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from arrears.engine.intake.faults import whole_file
from arrears.kernel.cells import unreadable_from
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

DELIMITERS: Final = (",", ";", "\t", "|")
ROW: Final = "_row"
_BLOCK: Final = 1 << 20
_SAMPLE_LINES: Final = 200
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Shape:
    """How one file is written. ``digest`` is SHA-256 of its bytes as stored.

    ``is_regular`` says that every row splits into the columns of the header, so that the fast reader may take it.
    """

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    digest: bytes
    is_regular: bool
    frame: pl.DataFrame | None = field(default=None, repr=False, compare=False)


def opened(path: Path) -> BinaryIO:
    """Open a file for its bytes, unpacked where it is gzip."""
    with path.open("rb") as start:
        is_zipped = start.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_zipped else path.open("rb")  # type: ignore[return-value]


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def digest_of(path: Path) -> bytes:
    """Return SHA-256 over the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def look_at(path: Path, *, encoding: str = "", delimiter: str = "") -> Shape | Problem:
    """Find out how ``path`` is written; what is said is taken, what is left out is found or asked for."""
    with opened(path) as stream:
        found = encoding or _encoding(stream)
    if isinstance(found, Problem):
        return found
    try:
        lines = _sample(path, found)
    except (UnicodeError, LookupError):
        return _not_in_that_encoding(path.name, found)
    if not any(line.strip() for line in lines):
        return _empty(path.name)
    separator = delimiter or _delimiter(lines, path.name)
    if isinstance(separator, Problem):
        return separator
    header = tuple(cell.strip() for cell in next(iter(_split(lines, separator)), []))
    if wrong := _wrong_header(header, path.name):
        return wrong
    shape = Shape(path, found, separator, header, digest_of(path), is_regular=True)
    return shape if _splits(shape) else _irregular(shape)


def _irregular(shape: Shape) -> Shape | Problem:
    """Return a file for the slower reader; a problem where it could not tell its rows apart either."""
    with opened(shape.path) as stream, io.TextIOWrapper(stream, encoding=shape.encoding, newline="") as text:
        row = unreadable_from(text, shape.delimiter)
    return replace(shape, is_regular=False) if row is None else _quote_left_open(shape.path.name, row)


def of_frame(name: str, frame: pl.DataFrame) -> Shape:
    """Return a table that is already in memory as a file called ``name``: all its values become text."""
    text = frame.select(pl.all().cast(pl.String))
    digest = hashlib.sha256("\x1f".join((name, *text.columns)).encode())
    for part in text.iter_slices(1 << 16):
        digest.update(part.write_csv(include_header=False).encode())
    return Shape(Path(name), "utf-8", ",", tuple(text.columns), digest.digest(), is_regular=True, frame=text)


def _encoding(stream: BinaryIO) -> str | Problem:
    """Return the encoding: by byte order mark, as UTF-8 where all bytes are, else by what the high bytes can be."""
    first = stream.read(_BLOCK)
    for mark, name in _BOMS:
        if first.startswith(mark):
            return name
    fits = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "gb18030", "cp1252")}
    even_runs: Counter[bool] = Counter()
    for block in (first, *_blocks(stream)):
        for name in tuple(fits):
            if not _decodes(fits[name], block):
                del fits[name]
        even_runs.update(len(run) % 2 == 0 for run in _HIGH_RUN.findall(block))
    return "utf-8" if "utf-8" in fits else _by_high_bytes(set(fits), even_runs)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_SURE: Final = 0.9


def _by_high_bytes(fits: set[str], even_runs: "Counter[bool]") -> str | Problem:
    """Tell Chinese from Western: two bytes a character make even runs, one accented letter a run of one."""
    if fits == {"cp1252"} or ("cp1252" in fits and even_runs[False] >= _SURE * even_runs.total()):
        return "cp1252"
    if "gb18030" in fits and even_runs[True] >= _SURE * even_runs.total():
        return "gb18030"
    return whole_file(
        "encoding_unclear",
        Text(
            "The file is not UTF-8, and its bytes fit both Chinese (gb18030) and Western (cp1252) text.",
            "El archivo no es UTF-8 y sus bytes encajan con chino (gb18030) y occidental (cp1252).",
            "文件不是 UTF-8，其字节既像中文（gb18030）也像西文（cp1252）。",
        ),
        Text("Say it: --encoding NAME.", "Indíquelo: --encoding NOMBRE.", "请指明：--encoding 名称。"),
    )


def _not_in_that_encoding(file: str, encoding: str) -> Problem:
    return whole_file(
        "encoding_wrong",
        Text(
            "The file cannot be read as {encoding}.",
            "El archivo no puede leerse como {encoding}.",
            "无法按 {encoding} 读取该文件。",
        ).filled(encoding=encoding),
        Text("Say another: --encoding NAME.", "Indique otro: --encoding NOMBRE.", "请另指编码：--encoding 名称。"),
        file=file,
    )


def _empty(file: str) -> Problem:
    return whole_file(
        "file_empty",
        Text("The file is empty.", "El archivo está vacío.", "文件是空的。"),
        Text("Export it again at its source.", "Vuelva a exportarlo en su origen.", "请在数据来源处重新导出。"),
        file=file,
    )


def _sample(path: Path, encoding: str) -> list[str]:
    with opened(path) as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        return [line for line, _ in zip(text, range(_SAMPLE_LINES), strict=False)]


def _delimiter(lines: list[str], file: str) -> str | Problem:
    """Return the delimiter under which most rows have as many cells as the header, and more than one."""
    scores = {mark: _regular(lines, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if scores[best] > (0, 0):
        return best
    return whole_file(
        "delimiter_unclear",
        Text(
            "No comma, semicolon, tab or bar splits this file into columns.",
            "Ni coma, punto y coma, tabulador ni barra dividen este archivo en columnas.",
            "逗号、分号、制表符或竖线都不能把该文件分成列。",
        ),
        Text(
            "Say the delimiter: --delimiter X.", "Indique el separador: --delimiter X.", "请指明分隔符：--delimiter X。"
        ),
        file=file,
    )


def _split(lines: list[str], mark: str) -> list[list[str]]:
    """Return the rows up to the first that cannot be read."""
    rows: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        rows.extend(csv.reader(lines, delimiter=mark))
    return rows


def _regular(lines: list[str], mark: str) -> tuple[float, int]:
    rows = [row for row in _split(lines, mark) if row]
    if not rows or len(rows[0]) == 1:
        return 0, 0
    fitting = sum(len(row) == len(rows[0]) for row in rows)
    return fitting / len(rows), len(rows[0])


def _wrong_header(header: tuple[str, ...], file: str) -> Problem | None:
    twice = sorted(name for name, times in Counter(header).items() if times > 1)
    if header and not twice and all(header):
        return None
    said = ", ".join(twice) or "?"
    return whole_file(
        "header_wrong",
        Text(
            "The first line must name each column once; this is empty or repeated: {said}.",
            "La primera línea debe nombrar cada columna una vez; vacío o repetido: {said}.",
            "首行须给每列一个不同的名称；为空或重复：{said}。",
        ).filled(said=said),
        Text("Give the file a header line.", "Ponga una línea de cabecera.", "请给文件加上表头。"),
        file=file,
    )


def batches(shape: Shape, *, rows: int = 250_000) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Yield the file in order as frames of text columns with `ROW`, each beside the faults of its broken rows.

    The fast reader takes regular files; where a row has more cells than the header, a slower one finds which.
    """
    at = 0
    if shape.frame is not None:
        source: Iterator[tuple[pl.DataFrame, pl.DataFrame]] = (
            (part, no_faults()) for part in shape.frame.iter_slices(rows)
        )
    else:
        source = _regular_batches(shape, rows) if shape.is_regular else _ragged_batches(shape, rows)
    for frame, faults in source:
        numbered = frame if ROW in frame.columns else frame.with_row_index(ROW, offset=1 + at)
        yield numbered.filter(~pl.all_horizontal(pl.exclude(ROW).is_null())), faults
        at += frame.height


def _splits(shape: Shape) -> bool:
    """Return whether the fast reader can split every row: UTF-8, no row too long. One pass that keeps nothing."""
    if shape.encoding not in {"utf-8", "utf-8-sig"}:
        return False
    try:
        for _ in _scan(shape).collect_batches(chunk_size=1_000_000):
            pass
    except pl.exceptions.PolarsError:
        return False
    return True


def _quote_left_open(file: str, row: int) -> Problem:
    problem = whole_file(
        "quote_left_open",
        Text(
            "In this row a quotation mark opens and does not close, so that the rows after it cannot be told apart.",
            "En esta fila se abren unas comillas que no se cierran y las filas siguientes no se distinguen.",
            "此行的引号未闭合，其后各行无法区分。",
        ),
        Text(
            "Close it, or write it twice where the text contains one.",
            "Ciérrelas, o escríbalas dobles si el texto las contiene.",
            "请补上引号；文字本身含引号时请写两次。",
        ),
        file=file,
    )
    return replace(problem, where=Where(file, row))


def _scan(shape: Shape) -> pl.LazyFrame:
    names = list(shape.header)
    return pl.scan_csv(shape.path, separator=shape.delimiter, infer_schema=False, new_columns=names)


def _regular_batches(shape: Shape, rows: int) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    held: list[pl.DataFrame] = []
    height = 0
    for part in _scan(shape).collect_batches(chunk_size=rows, maintain_order=True):
        held.append(part)
        height += part.height
        while height >= rows:
            joined = pl.concat(held)
            yield joined.head(rows), no_faults()
            held, height = [joined.tail(-rows)], height - rows
    if height:
        yield pl.concat(held), no_faults()


def _ragged_batches(shape: Shape, rows: int) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    with opened(shape.path) as stream, io.TextIOWrapper(stream, encoding=shape.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=shape.delimiter)
        next(reader)
        good: list[list[str | None]] = []
        numbers: list[int] = []
        bad: list[tuple[int, str, str, str]] = []
        for number, cells in enumerate(reader, start=1):
            if len(cells) > len(shape.header) and any(cells[len(shape.header) :]):
                bad.append((number, "", shape.delimiter.join(cells), "too_many_cells"))
            elif cells:
                good.append([cell or None for cell in cells[: len(shape.header)]])
                numbers.append(number)
            if len(good) >= rows:
                yield _framed(shape, good, numbers), faults_of(bad)
                good, numbers, bad = [], [], []
        if good or bad:
            yield _framed(shape, good, numbers), faults_of(bad)


def _framed(shape: Shape, cells: list[list[str | None]], numbers: list[int]) -> pl.DataFrame:
    width = len(shape.header)
    full = [row + [None] * (width - len(row)) for row in cells]
    frame = pl.DataFrame(full, schema=dict.fromkeys(shape.header, pl.String), orient="row")
    return frame.with_columns(pl.Series(ROW, numbers, dtype=pl.UInt32))


FAULT_COLUMNS: Final = {ROW: pl.UInt32, "field": pl.String, "value": pl.String, "code": pl.String}


def faults_of(rows: list[tuple[int, str, str, str]]) -> pl.DataFrame:
    """Return faults as a frame of row, field, value and code."""
    return pl.DataFrame(rows, schema=FAULT_COLUMNS, orient="row")


def no_faults() -> pl.DataFrame:
    """Return a frame with no fault in it."""
    return pl.DataFrame(schema=FAULT_COLUMNS)
