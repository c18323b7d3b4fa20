"""Rule files: a decision table with its words, its citation and its cases; and lists: the codes of a fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any  # attributes of a code are the list's own business

from arrears.engine.tables import Table, proof_problems, read_nevers, read_table
from arrears.facts.fact import Code, Fact
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.cases import Case, read_cases
from arrears.packs.problems import problem
from arrears.packs.sources import Source, text_of


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file: the table, why it is so (practices, citation), and the cases that hold it."""

    id: str
    file: str
    title: Text
    words: Text
    table: Table
    cases: tuple[Case, ...]
    practices: tuple[str, ...] = ()
    citation: str = ""

    @property
    def cites(self) -> str:
        """What a failing case of this rule refers to."""
        return "; ".join(part for part in (", ".join(self.practices), self.citation) if part) or self.id


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of one or several facts; ``details`` holds what else a list says of a code, by its name."""

    id: str
    title: Text
    facts: tuple[str, ...]
    codes: tuple[Code, ...]
    details: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_rule(source: Source, facts: Mapping[str, Fact]) -> tuple[Rule | None, list[Problem]]:
    """Return the rule in ``source``, proved, with its cases read but not yet tried."""
    said, where = source.said, Where(source.file)
    lacking = [key for key in ("title", "words", "table") if key not in said]
    if lacking:
        return None, [problem("key_missing", where, said=", ".join(lacking))]
    nevers, problems = read_nevers(said.get("constraints") or (), facts, source.file)
    table, wrong = read_table(source.id, str(said["table"]), facts, nevers, source.file)
    if table is None or problems:
        return None, [*problems, *wrong]
    cases, unread = read_cases(str(said.get("cases") or ""), table, _usual(said), source.file)
    rule = Rule(
        source.id,
        source.file,
        text_of(said["title"]),
        text_of(said["words"]),
        table,
        cases,
        tuple(said.get("practices") or ()),
        str(said.get("citation") or ""),
    )
    return rule, [*proof_problems(table, source.file), *unread]


def _usual(said: Mapping[str, Any]) -> Mapping[str, str]:
    return {name: _as_cell(value) for name, value in (said.get("usual") or {}).items()}


def _as_cell(value: object) -> str:
    """Return a YAML scalar as a cell would write it."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_list(source: Source) -> tuple[CodeList | None, list[Problem]]:
    """Return the list in ``source``, or what is wrong with it."""
    said, where = source.said, Where(source.file)
    lacking = [key for key in ("title", "fact", "codes") if not said.get(key)]
    if lacking:
        return None, [problem("key_missing", where, said=", ".join(lacking))]
    entries: Sequence[Mapping[str, Any]] = said["codes"]
    numbers = [entry.get("code") for entry in entries]
    names = [entry.get("name") for entry in entries]
    if len(set(numbers)) < len(numbers) or len(set(names)) < len(names) or None in (*numbers, *names):
        return None, [problem("codes_unreadable", where, said=names)]
    facts = (said["fact"],) if isinstance(said["fact"], str) else tuple(said["fact"])
    codes = tuple(Code(int(entry["code"]), str(entry["name"]), text_of(entry)) for entry in entries)
    known = {"code", "name", "en", "es", "zh"}
    details = {entry["name"]: {k: v for k, v in entry.items() if k not in known} for entry in entries}
    return CodeList(source.id, text_of(said["title"]), facts, codes, details), []
