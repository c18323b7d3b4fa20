"""A mapping: which column of a file is which field, and how its values are written. YAML, meant to be edited."""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

from arrears.engine.intake.faults import whole_file
from arrears.engine.intake.fields import Kind
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a field comes from and how it is written; an empty ``format`` or ``decimal`` is found from the column."""

    column: str
    format: str = ""
    decimal: str = ""
    unit: str = ""
    values: Table[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one kind of file is read.

    ``constants`` give a field one value for all rows (a currency, a country, the date of all balances). ``timezone``
    is where wall times without an offset belong. ``day_first`` settles dates such as 03/04/2025 for every column.
    """

    kind: str
    readings: Table[str, Reading]
    constants: Table[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    timezone: str = ""
    day_first: bool | None = None
    decimal: str = ""
    source: str = ""

    def with_constants(self, **more: str) -> "Mapping":
        """Return the mapping with constants added where it has none; beside a column they fill its empty cells."""
        given = {name: said for name, said in more.items() if said}
        return replace(self, constants={**given, **self.constants})


def own_names(kind: Kind, columns: Sequence[str], constants: Table[str, str]) -> Mapping:
    """Return the mapping of a table whose columns are already called as our fields are."""
    readings = {name: Reading(name) for name in columns if kind.field(name)}
    return Mapping(kind.name, readings, constants)


_PLAIN: Final = ("encoding", "delimiter", "timezone", "decimal", "source")
_KNOWN: Final = {"kind", "columns", "constants", "day_first", *_PLAIN}
_OF_COLUMN: Final = {"from", "format", "decimal", "unit", "values"}


def said(mapping: Mapping, unread: tuple[str, ...] = (), heading: str = "") -> str:
    """Return the mapping as YAML; columns of the file that go nowhere are listed in a comment."""
    comments = [f"# {line}\n" for line in (heading, *(f"not read: {name}" for name in unread)) if line]
    return "".join(comments) + yaml.safe_dump(as_document(mapping), sort_keys=False, allow_unicode=True)


def as_document(mapping: Mapping) -> dict[str, Any]:
    """Return the mapping as plain lists and words, as YAML and JSON hold it."""
    columns = {name: _said_reading(reading) for name, reading in mapping.readings.items()}
    document: dict[str, Any] = {"kind": mapping.kind, "columns": columns}
    if mapping.constants:
        document["constants"] = dict(mapping.constants)
    document |= {name: getattr(mapping, name) for name in _PLAIN if getattr(mapping, name)}
    if mapping.day_first is not None:
        document["day_first"] = mapping.day_first
    return document


def _said_reading(reading: Reading) -> str | dict[str, Any]:
    more = {name: getattr(reading, name) for name in ("format", "decimal", "unit", "values") if getattr(reading, name)}
    return (
        {"from": reading.column, **{k: dict(v) if k == "values" else v for k, v in more.items()}}
        if more
        else (reading.column)
    )


def read_mapping(text: str, kinds: Table[str, Kind], *, file: str = "") -> Mapping | list[Problem]:
    """Read a mapping's YAML; returns every mistake in it where there is one."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return [_wrong(file, "", str(error).splitlines()[0])]
    if not isinstance(document, dict) or document.get("kind") not in kinds:
        return [_wrong(file, "kind", ", ".join(kinds))]
    kind = kinds[document["kind"]]
    problems = [_wrong(file, str(name), ", ".join(sorted(_KNOWN))) for name in document if name not in _KNOWN]
    fields = ", ".join(each.name for each in kind.fields)
    readings: dict[str, Reading] = {}
    for name, value in (document.get("columns") or {}).items():
        reading = _reading(value)
        if kind.field(name) is None or reading is None:
            problems.append(_wrong(file, f"columns.{name}", fields))
        else:
            readings[name] = reading
    constants = {str(name): str(value) for name, value in (document.get("constants") or {}).items()}
    problems += [_wrong(file, f"constants.{name}", fields) for name in constants if kind.field(name) is None]
    plain = {name: str(document.get(name) or "") for name in _PLAIN}
    return problems or Mapping(kind.name, readings, constants, day_first=document.get("day_first"), **plain)


def _reading(value: object) -> Reading | None:
    if isinstance(value, str):
        return Reading(value)
    if not isinstance(value, dict) or not isinstance(value.get("from"), str) or set(value) - _OF_COLUMN:
        return None
    words = {str(theirs): str(ours) for theirs, ours in (value.get("values") or {}).items()}
    plain = {name: str(value.get(name) or "") for name in ("format", "decimal", "unit")}
    return Reading(value["from"], values=words, **plain)


def _wrong(file: str, place: str, known: str) -> Problem:
    return whole_file(
        "mapping_wrong",
        Text(
            "The mapping has something here that is not understood.",
            "La correspondencia contiene aquí algo que no se entiende.",
            "映射的此处无法理解。",
        ),
        Text("Known here: {known}.", "Conocido aquí: {known}.", "此处可用：{known}。").filled(known=known),
        file=file,
        field=place,
    )


def check_columns(mapping: Mapping, header: tuple[str, ...], kind: Kind, file: str) -> list[Problem]:
    """Return what keeps ``mapping`` from fitting a file with this header: columns that are not there, needed fields."""
    absent = [reading.column for reading in mapping.readings.values() if reading.column not in header]
    unfilled = [name for name in kind.needed if name not in mapping.readings and name not in mapping.constants]
    return [
        *(
            whole_file(
                "column_absent",
                Text("The file has no such column.", "El archivo no tiene esa columna.", "文件没有这一列。"),
                Text("Its columns: {header}.", "Sus columnas: {header}.", "文件的列：{header}。").filled(
                    header=", ".join(header)
                ),
                file=file,
                field=column,
            )
            for column in absent
        ),
        *(
            whole_file(
                "field_unfilled",
                Text(
                    "No column gives this field, and records need it.",
                    "Ninguna columna da este campo, y es necesario.",
                    "没有列提供此必填字段。",
                ),
                Text(
                    "Name its column or a constant in the mapping.",
                    "Indique su columna o una constante en la correspondencia.",
                    "请在映射中指定其列或常量。",
                ),
                file=file,
                field=name,
            )
            for name in unfilled
        ),
    ]
