"""A strategy as the engine needs it: tables compiled to one program, and the words behind its codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any  # what a list says of a code beyond its words is the list's own business

from arrears.engine.tables import Program, Table
from arrears.facts.fact import NULL, Fact
from arrears.kernel.texts import Text

YES = Text("yes", "sí", "是")
NO = Text("no", "no", "否")
NOTHING = Text("none", "ninguno", "无")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table in its rule file: title, why it is so, and what it rests on."""

    title: Text
    words: Text
    cites: str


@dataclass(frozen=True, eq=False)
class Strategy:
    """Proved tables under one version.

    ``version`` is the calendar version with the head of ``content_hash`` (SHA-256 of all files), written into
    every decision. ``details`` holds, by fact and code name, what the pack's lists say beyond words;
    ``headings`` the words above each table.
    ``review_days`` after it was last worked, an account without any other date is looked at again (P20).
    """

    id: str
    title: Text
    version: str
    content_hash: str
    tables: Mapping[str, Table]
    program: Program
    facts: Mapping[str, Fact]
    treatment_table: str
    review_days: int
    details: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    headings: Mapping[str, Heading] = field(default_factory=dict)

    def number(self, fact: str, name: str) -> int:
        """Return the number of the code ``name`` of ``fact``; raises ``KeyError`` where there is none."""
        number = self.facts[fact].number_of(name)
        if number is None:
            raise KeyError(f"{fact} has no code {name}")
        return number

    def name(self, fact: str, number: int) -> str:
        """Return the name of a code, or the empty string where the number has none."""
        code = self.facts[fact].code_of(number)
        return code.name if code else ""

    def words(self, fact: str, number: int) -> Text:
        """Return the words of a code; raises ``KeyError`` where the number has none."""
        code = self.facts[fact].code_of(number)
        if code is None:
            raise KeyError(f"{fact} has no code {number}")
        return code.words

    def said(self, fact: str, value: int) -> Text:
        """Return a value of ``fact`` in words for people: codes and sets by their words, flags as yes and no."""
        of = self.facts[fact]
        if of.may_be_null and value == NULL:
            return of.null_means or Text("", "", "")
        if of.kind == "flag":
            return YES if value else NO
        if of.kind == "set":
            held = [code.words for code in of.codes if value >> code.number & 1]
            if not held:
                return NOTHING
            return Text(
                *(mark.join(each) for mark, each in zip((", ", ", ", "、"), zip(*held, strict=True), strict=True))
            )
        code = of.code_of(value) if of.kind == "code" else None
        return code.words if code else Text(*([of.said(value)] * 3))

    def members(self, fact: str, mask: int) -> tuple[str, ...]:
        """Return the names of the codes in a set, lowest number first."""
        return tuple(code.name for code in self.facts[fact].codes if mask >> code.number & 1)

    def codes(self) -> dict[str, dict[int, str]]:
        """Return the names of all enumerations by fact and number, to keep beside decisions under this version."""
        return {
            name: {code.number: code.name for code in fact.codes} for name, fact in self.facts.items() if fact.codes
        }
