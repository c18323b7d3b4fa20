"""What of the law we know is built: each row of the register with the rules that build it, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from arrears.domain.laws import SourceStatus
from arrears.engine.gate.rules import Rule, is_named
from arrears.packs.compliance.cases import read_case
from arrears.packs.compliance.files import COVERAGE
from arrears.packs.sources import ROOT, sources


class Built(StrEnum):
    """How far a row of law is built."""

    ON = "built"
    OFF = "unverified, off"
    ELSEWHERE = "built elsewhere"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of law: its id, its place ("US-MA"; empty for any), how its text is known, and what builds it.

    ``title`` is that of the rule of its own id, or of its only one. ``lacks`` says what of it is not built.
    ``cases`` is how many cases its rules carry.
    """

    id: str
    place: str
    source: SourceStatus
    built: Built
    rules: tuple[str, ...]
    elsewhere: str
    lacks: str
    title: str
    cases: int

    def as_record(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return {
            "id": self.id,
            "place": self.place,
            "source": self.source.value,
            "built": self.built.value,
            "rules": list(self.rules),
            "elsewhere": self.elsewhere,
            "lacks": self.lacks,
            "title": self.title,
            "cases": self.cases,
        }


ANYWHERE: Final = "any"


def register() -> Mapping[str, Mapping[str, Any]]:  # Any: straight from the file
    """Return the register of law by row."""
    (source,) = sources(f"{COVERAGE}.yaml", ROOT)[0]
    rows: Mapping[str, Mapping[str, Any]] = source.said["rows"]
    return rows


def coverage(rules: Iterable[Rule]) -> tuple[Row, ...]:
    """Return every row of the register with what of ``rules`` builds it, in the register's order."""
    laws = [rule for rule in rules if rule.law is not None and not rule.is_own]
    rows = register()
    closest = {rule.id: max((row for row in rows if is_named(rule.id, (row,))), key=len, default="") for rule in laws}

    def built(name: str) -> list[Rule]:
        others = rows[name].get("rules", ())
        return [rule for rule in laws if closest[rule.id] == name or is_named(rule.id, others)]

    return tuple(_row(name, said, built(name)) for name, said in rows.items())


def unregistered(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the rules of law that no row of the register knows."""
    rows = [name for row, said in register().items() for name in (row, *said.get("rules", ()))]
    return tuple(rule.id for rule in rules if rule.law is not None and not rule.is_own and not is_named(rule.id, rows))


def _row(name: str, said: Mapping[str, Any], built: list[Rule]) -> Row:
    elsewhere = str(said.get("elsewhere", ""))
    if built:
        how = Built.ON if any(rule.ships_on for rule in built) else Built.OFF
    else:
        how = Built.ELSEWHERE if elsewhere else Built.MISSING
    place = "" if said["place"] == ANYWHERE else str(said["place"])
    cases = sum(len(list(read_case(raw))) for rule in built for raw in rule.cases)
    named = sorted(built, key=lambda rule: rule.id != name)
    is_whole = bool(named) and (named[0].id == name or len(named) == 1)
    title = named[0].title.said_in("en") if is_whole else ""
    lacks = str(said.get("lacks", ""))
    names = tuple(rule.id for rule in named)
    return Row(name, place, SourceStatus(said["source"]), how, names, elsewhere, lacks, title, cases)
