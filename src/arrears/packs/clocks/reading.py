"""Reads the files of clocks, and says which of them start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final  # Any: a YAML document is of any shape until its reader has looked

from arrears.domain.case_files import CaseKind, Period, Unit
from arrears.domain.laws import Law
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.kernel.unions import is_member
from arrears.packs.law import holds_on, is_on, read_law, wrong
from arrears.packs.sources import ROOT, Source, sources, text_of

UNDER: Final = "clocks"
ANSWERS: Final = f"{UNDER}/answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock.

    ``period`` None is a task without a day. ``place`` empty means everywhere, ``regulators`` empty whoever asks;
    ``when`` are facts of the case that must be so. ``met_by`` are the answers that stop it. ``is_duty`` False: letting
    it pass is no breach, a chance is over. ``ends_hold``: its last day is the last day of the hold. ``more`` are the
    further periods by which it may be put off, in turn. ``only_alone``: it starts where no duty of law does.
    """

    id: str
    title: Text
    words: Text
    law: Law | None
    kinds: frozenset[CaseKind]
    place: str
    regulators: frozenset[str]
    when: Mapping[str, object]
    period: Period | None
    counted_from: str
    met_by: frozenset[str]
    is_duty: bool
    ends_hold: bool
    more: tuple[Period, ...]
    only_alone: bool

    @property
    def is_on(self) -> bool:
        """Whether it ships switched on: verified and in force, or the house's own."""
        return is_on(self.law)

    def starts(self, kind: CaseKind, places: Iterable[str], regulator: str, facts: Mapping[str, object]) -> bool:
        """Return whether a case of ``kind``, with these places and facts, is one that it is about."""
        return (
            kind in self.kinds
            and (not self.place or any(_lies_in(place, self.place) for place in places))
            and (not self.regulators or regulator in self.regulators)
            and all(facts.get(name) == value for name, value in self.when.items())
        )


def _lies_in(place: str, around: str) -> bool:
    return f"{place}-".startswith(f"{around}-") or is_member(place, around)


@cache
def clocks(root: Path = ROOT) -> Mapping[str, Clock]:
    """Return every clock by its id, those that ship off too. Raises ValueError where a file is not as it must be."""
    found, problems = _read(root)
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    return {one.id: one for one in found}


def check_clocks(root: Path = ROOT) -> tuple[Problem, ...]:
    """Return whatever is wrong with the files of clocks."""
    return tuple(_read(root)[1])


def clock(name: str) -> Clock | None:
    """Return the clock called ``name``; None where no file says it."""
    return clocks().get(name)


def clocks_for(
    kind: CaseKind,
    *,
    places: Iterable[str],
    regulator: str = "",
    facts: Mapping[str, object],
    on: date,
    switched_on: frozenset[str] = frozenset(),
) -> tuple[Clock, ...]:
    """Return the clocks that start with a case on ``on``, in the order of their ids.

    Those that ship off start where an organisation switched them on by name. One that stands only alone gives way to a
    duty of law with a number.
    """
    where = tuple(places)
    found = [
        one
        for one in clocks().values()
        if (one.is_on or one.id in switched_on) and holds_on(one.law, on) and one.starts(kind, where, regulator, facts)
    ]
    has_duty = any(one.law is not None and one.is_duty and one.period is not None for one in found)
    return tuple(one for one in sorted(found, key=lambda one: one.id) if not (one.only_alone and has_duty))


def _read(root: Path) -> tuple[list[Clock], list[Problem]]:
    found, form_problems = sources(UNDER, root)
    problems = list(form_problems)
    read: list[Clock] = []
    for source in found:
        if source.id == ANSWERS:
            continue
        one = _clock(source)
        if isinstance(one, Problem):
            problems.append(one)
        else:
            read.append(one)
    return read, problems


def _clock(source: Source) -> Clock | Problem:
    said = source.said
    law = read_law(said, source.file)
    if isinstance(law, Problem):
        return law
    try:
        return Clock(
            id=source.id.removeprefix(f"{UNDER}/").replace("/", "."),
            title=text_of(said["title"]),
            words=text_of(said["words"]),
            law=law,
            kinds=frozenset(map(CaseKind, said["kinds"])),
            place=str(said.get("place", "")),
            regulators=frozenset(map(str, said.get("regulators", ()))),
            when=dict(said.get("when", {})),
            period=_period(said.get("period")),
            counted_from=str(said.get("counted_from", "received")),
            met_by=frozenset(map(str, said.get("met_by", ()))),
            is_duty=bool(said.get("is_duty", True)),
            ends_hold=bool(said.get("ends_hold", False)),
            more=tuple(_sure_period(one) for one in said.get("more", ())),
            only_alone=bool(said.get("only_alone", False)),
        )
    except (KeyError, ValueError, TypeError):
        return wrong(source.file, "clock", _NO_CLOCK)


def _period(said: Mapping[str, Any] | None) -> Period | None:
    return None if said is None else _sure_period(said)


def _sure_period(said: Mapping[str, Any]) -> Period:
    number = said["number"]
    if not isinstance(number, int) or number <= 0:
        raise ValueError(number)
    return Period(number, Unit(said["unit"]))


_NO_CLOCK: Final = Text(
    "A clock has a title, words, the kinds of case that start it, and a period with a number and a unit.",
    "Un plazo lleva título, texto, los tipos de expediente que lo inician y un periodo con número y unidad.",
    "期限须注明标题、说明、适用的个案种类，以及带数字和单位的期间。",
)
