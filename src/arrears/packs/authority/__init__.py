"""Who may cut a debt, and what would come without the cut: decision tables, data that an organisation edits (P37)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from arrears.engine.tables import Program, compiled
from arrears.facts import Code, Fact
from arrears.kernel.problems import Problem
from arrears.packs.checking import case_problems
from arrears.packs.loading import DEFAULT_STRATEGY, read_pack
from arrears.packs.rules import Rule, read_rule
from arrears.packs.sources import ROOT, Source, content_hash, sources

FOLDER = "authority"


@dataclass(frozen=True, slots=True)
class Authority:
    """The matrix as compiled tables, and the terms of offers.

    ``decides`` answers ``authority_level`` and ``authority``; ``expects`` answers ``expected_recovery_bps``. Rates are
    parts per million a year; ``version`` names the files' content.
    """

    decides: Program
    expects: Program
    rules: Mapping[str, Rule]
    facts: Mapping[str, Fact]
    version: str
    approve_within_days: int
    valid_days: int
    discount_rate_ppm: int
    recovery_months: int

    def code(self, fact: str, number: int) -> Code:
        """Return the code of a fact by its number."""
        found = self.facts[fact].code_of(number)
        assert found is not None, f"{fact} has no code {number}"
        return found


def read_authority(root: Path = ROOT) -> tuple[dict[str, Rule], dict[str, Source], list[Problem]]:
    """Return the tables and the other files of the folder, and what is wrong with any of them."""
    found, form = sources(FOLDER, root)
    problems = list(form)
    facts = read_pack(DEFAULT_STRATEGY, root).facts
    rules: dict[str, Rule] = {}
    for source in found:
        if "table" in source.said:
            rule, wrong = read_rule(source, facts)
            problems += wrong
            rules |= {rule.id: rule} if rule else {}
    others = {source.id: source for source in found if "table" not in source.said}
    return rules, others, problems


def check_rules(root: Path = ROOT) -> list[Problem]:
    """Return everything wrong with the matrix below ``root``: form, words, proofs, cases."""
    rules, _, problems = read_authority(root)
    return [*problems, *(found for rule in rules.values() for found in case_problems(rule))]


@cache
def authority() -> Authority:
    """Return the matrix that ships with Arrears; raises ValueError with all that is wrong with it."""
    rules, others, problems = read_authority()
    if problems:
        raise ValueError("; ".join(found.said_in("en") for found in problems))
    said: Mapping[str, Any] = others[f"{FOLDER}/terms"].said
    return Authority(
        decides=compiled([rules[f"{FOLDER}/level"].table, rules[f"{FOLDER}/decides"].table]),
        expects=compiled([rules[f"{FOLDER}/expected_recovery"].table]),
        rules=rules,
        facts=read_pack(DEFAULT_STRATEGY).facts,
        version=content_hash(FOLDER)[:12],
        approve_within_days=int(said["approve_within_days"]),
        valid_days=int(said["valid_days"]),
        discount_rate_ppm=int(said["discount_rate_ppm"]),
        recovery_months=int(said["recovery_months"]),
    )
