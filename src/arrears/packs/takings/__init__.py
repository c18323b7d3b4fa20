"""What binds whoever takes a payment, and what a bank's refusal means: read from the files beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final  # Any: a YAML document is of any shape until its reader has looked

from arrears.kernel.texts import Text
from arrears.packs.sources import sources, text_of

UNDER: Final = "takings"
VERIFIED: Final = frozenset({"S1", "S2", "house"})
"""Source states of rows that may be on; all others are shown and bind nobody until somebody has verified them."""
KINDS: Final = frozenset({"represent", "part", "bounds", "fee", "recurring", "oral", "notice"})
TREATMENTS: Final = frozenset({"retry", "hard", "unauthorised", "human"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingRule:
    """One row: what it is about, whom it binds (empty sets: everybody), and its numbers (days are calendar days)."""

    id: str
    kind: str
    title: Text
    words: Text
    citation: str
    effective_from: str | None
    source: str
    is_on: bool
    rests_on: tuple[str, ...]
    schemes: frozenset[str]
    countries: frozenset[str]
    debt_kinds: frozenset[str]
    reasons: frozenset[str]
    most: int
    within_days: int
    days: int

    def binds(self, *, scheme: str = "", country: str = "", debt_kind: str = "") -> bool:
        """Return whether it is on and is about such a debit; a place counts without its region."""
        about = ((self.schemes, scheme), (self.countries, country[:2]), (self.debt_kinds, debt_kind))
        return self.is_on and all(not named or said in named for named, said in about)

    def said(self) -> Text:
        """Return its words with its numbers filled in."""
        return self.words.filled(most=self.most, days=self.within_days or self.days)


@dataclass(frozen=True, slots=True)
class FailureReason:
    """Why a debit brought no money: a code, its words, and what it calls for."""

    code: str
    title: Text
    treat: str


@dataclass(frozen=True, slots=True)
class TakingPack:
    """Everything in the files: rules by id, reasons by code, schemes by name, and what providers say by our code."""

    rules: Mapping[str, TakingRule]
    reasons: Mapping[str, FailureReason]
    schemes: Mapping[str, Text]
    said: Mapping[str, str]

    def binding(self, kind: str, *, scheme: str = "", country: str = "", debt_kind: str = "") -> tuple[TakingRule, ...]:
        """Return the rules of a kind that bind such a debit, in the order of the file."""
        found = (rule for rule in self.rules.values() if rule.kind == kind)
        return tuple(rule for rule in found if rule.binds(scheme=scheme, country=country, debt_kind=debt_kind))

    def reason(self, said: str) -> FailureReason:
        """Return the reason that a bank's or provider's word stands for; ``other`` where nobody knows it."""
        return self.reasons[self.said.get(said, said if said in self.reasons else "other")]


@cache
def takings() -> TakingPack:
    """Return the pack. Raises ValueError where a file is not as it must be: it comes with the program."""
    found, problems = sources(UNDER)
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    said = {source.id.rpartition("/")[2]: source.said for source in found}
    rules = {row["id"]: _rule(row) for row in said["rules"]["rules"]}
    reasons = {code: _reason(code, row) for code, row in said["reasons"]["reasons"].items()}
    words = {str(word): code for code, row in said["reasons"]["reasons"].items() for word in row["says"]}
    schemes = {name: text_of(row["title"]) for name, row in said["schemes"]["schemes"].items()}
    return TakingPack(rules, reasons, schemes, words)


def _rule(row: Mapping[str, Any]) -> TakingRule:
    law = row["law"]
    rule = TakingRule(
        id=row["id"],
        kind=row["kind"],
        title=text_of(row["title"]),
        words=text_of(row["words"]),
        citation=law["citation"],
        effective_from=law["effective_from"],
        source=law["source"],
        is_on=row["is_on"],
        rests_on=tuple(row.get("rests_on", ())),
        schemes=frozenset(row.get("schemes", ())),
        countries=frozenset(row.get("countries", ())),
        debt_kinds=frozenset(row.get("debt_kinds", ())),
        reasons=frozenset(row.get("reasons", ())),
        most=row.get("most", 0),
        within_days=row.get("within_days", 0),
        days=row.get("days", 0),
    )
    if rule.kind not in KINDS or (rule.is_on and rule.source not in VERIFIED):
        raise ValueError(f"{rule.id}: a row of kind {rule.kind!r} and source {rule.source!r} may not be on")
    if rule.is_on and rule.source != "house" and not (rule.citation and rule.effective_from):
        raise ValueError(f"{rule.id}: law that is on names its citation and the day from which it holds")
    return rule


def _reason(code: str, row: Mapping[str, Any]) -> FailureReason:
    if row["treat"] not in TREATMENTS:
        raise ValueError(f"{code}: nobody knows how to {row['treat']!r}")
    return FailureReason(code, text_of(row["title"]), row["treat"])
