"""Guesses what a file is and which column is which field, from its headers; every guess is shown before it is used."""

import re
import unicodedata
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Final

from arrears.engine.intake.fields import Kind, Sort
from arrears.engine.intake.mapping import Mapping, Reading

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_APART: Final = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


OURS: Final = "! "
"""Marks the columns that we put in front of rows set aside; when such a file comes in again they are not read."""


def plain_header(header: str) -> str:
    """Return a header in lower case, words apart by one space, without accents: ``NºCuenta`` → ``no cuenta``."""
    apart = _CAMEL.sub(" ", header.replace("º", "o ").replace("°", "o "))
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(mark))
    return _APART.sub(" ", bare.casefold()).strip()


@dataclass(frozen=True, slots=True)
class Guess:
    """A guessed mapping; ``rivals`` are other columns that could have been a field, ``unread`` go nowhere."""

    mapping: Mapping
    rivals: Table[str, tuple[str, ...]]
    unread: tuple[str, ...]


def guess(kind: Kind, header: tuple[str, ...]) -> Guess:
    """Return how ``header`` would be read as records of ``kind``: a field takes the column of its best known name."""
    plain = {column: plain_header(column) for column in header if not column.startswith(OURS)}
    fits = [
        (rank, place, field.name, column)
        for place, field in enumerate(kind.fields)
        for column, name in plain.items()
        if (rank := _rank(name, (plain_header(field.name), *field.headers))) is not None
    ]
    readings: dict[str, Reading] = {}
    taken: dict[str, str] = {}
    rivals: dict[str, list[str]] = {}
    for _, _, name, column in sorted(fits):
        if name in readings:
            rivals.setdefault(name, []).append(column)
        elif column not in taken:
            readings[name] = Reading(column)
            taken[column] = name
    in_order = {field.name: readings[field.name] for field in kind.fields if field.name in readings}
    seconds = {name: tuple(c for c in columns if c not in taken) for name, columns in rivals.items()}
    unread = tuple(column for column in header if column not in taken and not column.startswith(OURS))
    return Guess(Mapping(kind.name, in_order), {name: left for name, left in seconds.items() if left}, unread)


def _rank(header: str, names: tuple[str, ...]) -> int | None:
    """Return the place of a header among a field's names, also without its spaces; None where it is none of them."""
    squeezed = header.replace(" ", "")
    for place, name in enumerate(names):
        if header == name or squeezed == name.replace(" ", ""):
            return place
    return None


def guess_kind(kinds: Table[str, Kind], header: tuple[str, ...], file: str) -> list[Kind]:
    """Return the kinds a file could be, best first: all needed fields there, the file's name, most fields found.

    Two kinds that come out level are both first: the caller has to ask. Nothing fits: the list is empty.
    """
    fitting = [
        kind
        for kind in kinds.values()
        if all(needed in guess(kind, header).mapping.readings for needed in _telling(kind))
    ]
    return sorted(fitting, key=lambda kind: (*(-part for part in _score(kind, header, file)), kind.order))


def named_kind(kinds: Table[str, Kind], header: tuple[str, ...], file: str) -> Kind | None:
    """Return the one kind that the file's name says, where some of its needed fields are there: the rest is missing."""
    named = [kind for kind in kinds.values() if _score(kind, header, file)[0]]
    if len(named) != 1:
        return None
    readings = guess(named[0], header).mapping.readings
    return named[0] if any(needed in readings for needed in _telling(named[0])) else None


def _telling(kind: Kind) -> tuple[str, ...]:
    """Return the needed fields that no constant can stand in for."""
    said_once = {field.name for field in kind.fields if field.sort in {Sort.CURRENCY, Sort.COUNTRY}}
    return tuple(name for name in kind.needed if name not in said_once)


def is_clear(kinds: Table[str, Kind], header: tuple[str, ...], file: str) -> bool:
    """Return whether the first kind that `guess_kind` names is ahead of the second, and the file's name agrees."""
    found = guess_kind(kinds, header, file)
    if not found:
        return False
    scores = [_score(kind, header, file) for kind in found[:2]]
    is_named_otherwise = any(_score(kind, header, file)[0] for kind in kinds.values()) and not scores[0][0]
    return not is_named_otherwise and (len(scores) == 1 or scores[0] != scores[1])


def _score(kind: Kind, header: tuple[str, ...], file: str) -> tuple[bool, int]:
    name = plain_header(file.split(".", 1)[0])
    return any(hint in name for hint in kind.files), len(guess(kind, header).mapping.readings)
