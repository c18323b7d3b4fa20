"""Cells of a table that people make and open in a spreadsheet: written so that none runs, read within bounds."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

LONGEST_CELL: Final = 131_072
"""Characters of a cell: what Python's reader takes unless a process lets it take more, so that none of ours does."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(said: str) -> str:
    """Return ``said`` so that no spreadsheet takes it for a formula: an apostrophe before it, but for whole numbers."""
    return f"'{said}" if said.startswith(_FORMULA) and not said[1:].isdecimal() else said


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a heading: its columns, and its rows by column, with spaces around cells gone.

    Rows are numbered from 1, without empty ones. A row that cannot be read is None, and the last: what comes after it
    has no certain place.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, dict[str, str] | None]]

    def without(self, *needed: str) -> list[str]:
        """Return which of the ``needed`` columns are not there."""
        return [column for column in needed if column not in self.columns]


def sheet_in(content: bytes) -> Sheet | None:
    """Return the table of a CSV (UTF-8, commas, a heading); None where the bytes are no such file."""
    try:
        text = content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return None
    wrong = unreadable_from(io.StringIO(text, newline=""))
    if wrong == 0:
        return None
    rows = csv.reader(io.StringIO(text, newline=""))
    columns = tuple(next(rows, ()))
    return Sheet(columns, _rows(columns, rows, wrong))


def unreadable_from(lines: Iterable[str], delimiter: str = ",") -> int | None:
    """Return the row (0 is the heading) in which a quotation mark opens and does not close; None where all rows read.

    Python's reader takes such a cell to the end of the file and says nothing of the rows that went into it, or gives up
    where it is longer than a cell may be.
    """
    taken: list[str] = []
    last: list[str] = []
    number = -1
    try:
        for number, cells in enumerate(csv.reader(_noted(lines, taken), delimiter=delimiter)):
            if any(len(cell) > LONGEST_CELL for cell in cells):
                return number
            last, taken[:] = taken[:], []
    except csv.Error:
        return number + 1
    # One more quotation mark ends a cell that is open, and begins a row of its own after one that is not.
    is_open = bool(last) and len(list(csv.reader([*last, '"'], delimiter=delimiter))) == 1
    return number if is_open else None


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _rows(
    columns: tuple[str, ...], rows: Iterator[list[str]], wrong: int | None
) -> Iterator[tuple[int, dict[str, str] | None]]:
    number = 0
    for cells in islice(rows, None if wrong is None else wrong - 1):
        if cells:
            number += 1
            full = [*cells, *[""] * (len(columns) - len(cells))]
            yield number, {column: cell.strip() for column, cell in zip(columns, full, strict=False)}
    if wrong is not None:
        yield number + 1, None
