"""The numbers of a rule as its file gives them: each with a unit, each read once, each mistake a problem."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

from arrears.domain.holds import WeeklyWindow
from arrears.kernel.calendars import Place
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

Code = TypeVar("Code", bound=StrEnum)
MOST = 1_000_000
"""The largest number that a rule may hold: columns count in four bytes, and no calendar reaches further."""
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Parameters:
    """Reads values out of a mapping; what is wrong is remembered in ``problems`` and replaced by something harmless."""

    def __init__(self, raw: Mapping[str, Any], where: Where) -> None:  # Any: straight from a file
        self._raw = raw
        self._where = where
        self._read: set[str] = set()
        self.problems: list[Problem] = []

    def whole(self, name: str, *units: str) -> int:
        """Return the whole number ``name``, which must carry one of ``units``."""
        value, unit = self._measured(name)
        if unit not in units:
            self.wrong(name, f"unit {unit!r}, expected {' or '.join(units)}")
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST:
            self.wrong(name, f"{str(value)[:40]} is no whole number from 1 to {MOST}")
            return 1
        return value

    def unit_of(self, name: str) -> str:
        """Return the unit that the number ``name`` carries; empty where it carries none."""
        raw = self._raw.get(name)
        return str(raw.get("unit", "")) if isinstance(raw, Mapping) else ""

    def loosest(self, name: str) -> int | None:
        """Return how far an organisation may loosen ``name``; None where it may only tighten."""
        raw = self._raw.get(name)
        value = raw.get("loosest") if isinstance(raw, Mapping) else None
        return value if isinstance(value, int) else None

    def windows(self, name: str) -> tuple[WeeklyWindow, ...]:
        """Return the weekly windows ``name``, by the local clock."""
        value, unit = self._measured(name)
        if unit != "local_time":
            self.wrong(name, f"unit {unit!r}, expected local_time")
        entries = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        return tuple(window for entry in entries for window in self._window(name, entry))

    def codes(self, name: str, kind: type[Code]) -> frozenset[Code]:
        """Return the set of codes ``name``; empty where it is not given."""
        self._read.add(name)
        return frozenset(code for raw in self._raw.get(name, ()) for code in self._code(name, kind, raw))

    def words(self, name: str, *allowed: str) -> frozenset[str]:
        """Return the set of words ``name``, each of which must be one of ``allowed``."""
        self._read.add(name)
        given = self._raw.get(name, ())
        for word in given:
            if word not in allowed:
                self.wrong(name, f"{word!r} is none of {', '.join(allowed)}")
        return frozenset(given)

    def word(self, name: str, *allowed: str) -> str:
        """Return the word ``name``, which must be one of ``allowed``."""
        self._read.add(name)
        value = self._raw.get(name)
        if value not in allowed:
            self.wrong(name, f"{value!r} is none of {', '.join(allowed)}")
            return allowed[0]
        return str(value)

    def flag(self, name: str) -> bool:
        """Return the yes or no ``name``; no where it is not given."""
        self._read.add(name)
        value = self._raw.get(name, False)
        if not isinstance(value, bool):
            self.wrong(name, f"{value!r} is neither true nor false")
        return value is True

    def text(self, name: str) -> str | None:
        """Return the plain word ``name``; None where it is not given."""
        self._read.add(name)
        value = self._raw.get(name)
        return None if value is None else str(value)

    def names(self, name: str) -> tuple[str, ...]:
        """Return the list of plain names ``name``; empty where it is not given."""
        self._read.add(name)
        return tuple(map(str, self._raw.get(name, ())))

    def place(self, name: str) -> Place | None:
        """Return the place whose public holidays ``name`` means; None where it is not given."""
        value = self.text(name)
        return None if value is None else Place(value[:2], value[3:])

    def alternatives(self, name: str) -> tuple[Mapping[str, Any], ...]:  # Any: values to compare with facts
        """Return the list of alternatives ``name``, each a mapping of fact to allowed values."""
        self._read.add(name)
        given = self._raw.get(name, ())
        return tuple(entry for entry in given if isinstance(entry, Mapping))

    def has(self, name: str) -> bool:
        """Return whether ``name`` is given."""
        return name in self._raw

    def leftover(self) -> None:
        """Remember a problem for each name that nobody read: a misspelt number would silently not count."""
        for name in self._raw.keys() - self._read:
            self.wrong(name, "this kind of rule has no such parameter")

    def wrong(self, name: str, what: str) -> None:
        """Remember that ``name`` cannot be used, and why."""
        self.problems.append(rule_problem(what, Where(self._where.file, None, f"parameters.{name}")))

    def _measured(self, name: str) -> tuple[Any, object]:  # Any: straight from a file
        self._read.add(name)
        raw = self._raw.get(name)
        if not isinstance(raw, Mapping) or "value" not in raw or "unit" not in raw:
            self.wrong(name, "a number of law has a value and a unit")
            return None, None
        return raw["value"], raw["unit"]

    def _code(self, name: str, kind: type[Code], raw: Any) -> tuple[Code, ...]:  # Any: as above
        try:
            return (kind(raw),)
        except ValueError:
            self.wrong(name, f"{raw!r} is none of {', '.join(kind)}")
            return ()

    def _window(self, name: str, entry: object) -> tuple[WeeklyWindow, ...]:
        try:
            return (read_window(entry),)
        except (ValueError, KeyError, TypeError) as mistake:
            self.wrong(name, f"{entry!r} is no weekly window ({mistake})")
            return ()


def read_window(entry: Any) -> WeeklyWindow:  # Any: straight from a file, checked here
    """Return the window of ``{days, from, until, closing}``; raises ValueError or KeyError where it is none.

    ``days`` is a list of mon … sun, all days where it is left out; ``closing: in`` makes the closing instant belong;
    ``date`` is the one it is narrowed to.
    """
    days = frozenset(WEEK.index(day) for day in entry.get("days", WEEK))
    start, until = (time.fromisoformat(entry[end]) for end in ("from", "until"))
    if entry.get("closing", "out") not in {"in", "out"}:
        raise ValueError("closing is in or out")
    return WeeklyWindow(days, start, until, closing_in=entry.get("closing") == "in", on=read_date(entry.get("date")))


def read_date(value: object) -> date | None:
    """Return the date in ``value``, None for nothing; raises ValueError for anything else."""
    if value is None or (isinstance(value, date)):
        return value
    raise ValueError(f"{value!r} is no date")


def rule_problem(what: str, where: Where) -> Problem:
    """Return the problem that a rule file cannot be used because of ``what``."""
    return Problem(
        "compliance_rule_unusable",
        Text(
            f"This rule cannot be used: {what}.",
            f"Esta regla no se puede usar: {what}.",
            f"该规则无法使用：{what}。",
        ),
        Text(
            "Correct the file; how a rule is written stands in the guide on adding one.",
            "Corrija el archivo; la guía para añadir reglas explica cómo se escribe.",
            "请修正文件；写法见“如何新增合规规则”。",
        ),
        where,
    )
