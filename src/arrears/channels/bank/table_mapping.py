"""Which column of a bank's CSV is which field: guessed from the headers that banks use, or said in a mapping."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import yaml

from arrears.channels.bank.faults import FAULTS
from arrears.engine.intake.guess import plain_header
from arrears.kernel.problems import Problem, Where
from arrears.packs.bank_tables import columns

_DELIMITERS: Final = (";", ",", "\t", "|")
_HEADER_WITHIN: Final = 60
_MOST_COLUMNS: Final = 200


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one bank writes its table. What is left out is found from the content, or asked for where it is unclear.

    ``columns`` names for each of our fields the column or columns of the file. ``date`` is a pattern such as
    ``%d.%m.%Y``, ``decimal`` a point or comma. ``currency`` and ``account`` stand for files that do not tell them.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    date: str = ""
    decimal: str = ""
    delimiter: str = ""
    currency: str = ""
    account: str = ""


class Table(NamedTuple):
    """A table found in a file: its delimiter, the row of its header (from 1), its header, the column of each field."""

    delimiter: str
    row: int
    header: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]


_PLAIN: Final = ("date", "decimal", "delimiter", "currency", "account")


def read_table_mapping(text: str, file: str = "") -> TableMapping | Problem:
    """Return the mapping that YAML says: ``columns`` by field, and the plain settings; a problem where it is wrong."""
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return _wrong(file, "", str(error).splitlines()[0])
    if not isinstance(said, dict) or not isinstance(said.get("columns", {}), dict):
        return _wrong(file, "", "columns: {…}")
    for name in said:
        if name not in {"columns", *_PLAIN}:
            return _wrong(file, str(name), ", ".join(("columns", *_PLAIN)))
    for name in said.get("columns", {}):
        if name not in columns():
            return _wrong(file, f"columns.{name}", ", ".join(columns()))
    held = {name: _listed(value) for name, value in said.get("columns", {}).items()}
    return TableMapping(MappingProxyType(held), **{name: str(said.get(name) or "") for name in _PLAIN})


def _listed(value: Any) -> tuple[str, ...]:  # YAML: one name or a list of them
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _wrong(file: str, place: str, known: str) -> Problem:
    reason, remedy = FAULTS["bank_mapping_wrong"]
    return Problem("bank_mapping_wrong", reason.filled(said=known), remedy, Where(file, None, place))


def found_table(lines: list[str], mapping: TableMapping) -> Table | None:
    """Return where the table begins and what its columns are; none where no row within the first reads as a header."""
    for delimiter in (mapping.delimiter,) if mapping.delimiter else _DELIMITERS:
        for row, line in enumerate(lines[:_HEADER_WITHIN], 1):
            header = _cells(line, delimiter)
            if 1 < len(header) <= _MOST_COLUMNS:
                places = _places(header, mapping)
                if is_enough(places):
                    return Table(delimiter, row, header, places)
    return None


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    if line.count(delimiter) > _MOST_COLUMNS:
        return ()
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), ()))
    except csv.Error:
        return ()


def is_enough(places: Mapping[str, tuple[int, ...]]) -> bool:
    """Return whether the columns say when and how much."""
    return bool({"booked_on", "value_on"} & places.keys() and {"amount", "credit", "debit"} & places.keys())


def _places(header: tuple[str, ...], mapping: TableMapping) -> dict[str, tuple[int, ...]]:
    plain = [plain_header(cell) for cell in header]
    places: dict[str, tuple[int, ...]] = {}
    for name, column in columns().items():
        wanted = mapping.columns.get(name)
        names = tuple(map(plain_header, wanted or column.headers))
        fits = sorted((names.index(cell), at) for at, cell in enumerate(plain) if cell and cell in names)
        if column.joined:
            places[name] = tuple(sorted(at for _, at in fits))
        elif fits:
            places[name] = (fits[0][1],)
    return {name: held for name, held in places.items() if held}
