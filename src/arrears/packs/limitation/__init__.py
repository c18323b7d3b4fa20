"""Limitation by place: rows of law with their citation, and readings of undated tables that count as not known.

A row's id is ``limitation.``, its file's name and its own: ``limitation.us.ny.214-i``. One that is not verified is off
until somebody switches it on by that id.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from arrears.engine.limitation import Course, Limitation, LimitationRow, Reading, Trigger, limitation_of
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.law import read_law, wrong
from arrears.packs.sources import ROOT, Source, sources

FOLDER = "limitation"
_FLAGS = ("revival_by_payment", "revival_by_writing", "revival_by_demand", "extinguishes", "borrowing")


@cache
def limitation_rows() -> tuple[LimitationRow, ...]:
    """Return every row that ships, on or off; raises ValueError where a file is not sound: ours to mend."""
    rows, _, problems = read_limitation()
    if problems:
        raise ValueError("\n".join(found.said_in("en") for found in problems))
    return rows


@cache
def readings() -> tuple[Reading, ...]:
    """Return what undated tables say, by place: never counted."""
    return read_limitation()[1]


def rows_in_use(switched_on: Collection[str] = ()) -> tuple[LimitationRow, ...]:
    """Return the rows that count: those that ship on, and those switched on by their ids."""
    return tuple(row for row in limitation_rows() if row.ships_on or row.id in switched_on)


def limitation_in_use(
    places: Iterable[str], debt_kind: str | None, course: Course, switched_on: Collection[str] = ()
) -> Limitation:
    """Return how a debt stands as to limitation by the rows in use, for all candidate places."""
    return limitation_of(rows_in_use(switched_on), places, debt_kind, course)


def read_limitation(root: Path = ROOT) -> tuple[tuple[LimitationRow, ...], tuple[Reading, ...], list[Problem]]:
    """Return the rows and readings below ``root / limitation``, and what is wrong with the others."""
    found, form = sources(FOLDER, root)
    problems = list(form)
    rows: list[LimitationRow] = []
    seen: list[Reading] = []
    for source in found:
        for number, said in enumerate(source.said.get("rows", ())):
            read = _row(source, said, number)
            (rows if isinstance(read, LimitationRow) else problems).append(read)  # type: ignore[arg-type]
        seen += [_reading(place, said) for place, said in source.said.get("readings", {}).items()]
    return tuple(rows), tuple(seen), problems


def check_limitation(root: Path = ROOT) -> list[Problem]:
    """Return what is wrong with the rows below ``root / limitation``: their law, their numbers, their units."""
    return read_limitation(root)[2]


def _row(source: Source, said: Mapping[str, Any], number: int) -> LimitationRow | Problem:
    law = read_law(said, source.file)
    if law is None or isinstance(law, Problem):
        return law or wrong(source.file, f"rows.{number}.law", _NO_LAW)
    verified = said.get("verified_on")
    try:
        return LimitationRow(
            id=f"{source.id.replace('/', '.')}.{said['id']}",
            places=frozenset(map(str, said["places"])),
            debt_kinds=frozenset(map(str, said["debt_kinds"])),
            years=_years(said["years"]),
            trigger=Trigger(said["trigger"]),
            **{flag: _flag(said[flag]) for flag in _FLAGS},
            cap_years=_years(said["cap"]) if "cap" in said else None,
            law=law,
            verified_on=verified if isinstance(verified, date) else None,
        )
    except (KeyError, ValueError, TypeError):
        return wrong(source.file, f"rows.{number}", _UNREADABLE)


def _years(said: Mapping[str, Any]) -> int:
    if said["unit"] != "years" or not isinstance(said["value"], int) or said["value"] < 1:
        raise ValueError(said)
    return int(said["value"])


def _flag(said: object) -> bool:
    if not isinstance(said, bool):
        raise TypeError(said)
    return said


def _reading(place: str, said: Mapping[str, Any]) -> Reading:
    written, open_account = said["written"], said["open_account"]
    return Reading(str(place), (written[0], written[1]), (open_account[0], open_account[1]))


_NO_LAW = Text("A period names its law.", "Un plazo cita su norma.", "期间须注明法律依据。")
_UNREADABLE = Text(
    "A period has an id, places, kinds of debt, years with their unit, a trigger, and yes or no for what revives it.",
    "Un plazo lleva id, lugares, tipos de deuda, años con su unidad, inicio y sí o no para lo que lo interrumpe.",
    "期间须有编号、地点、债务种类、带单位的年数、起算事件，以及各项中断事由的是或否。",
)
