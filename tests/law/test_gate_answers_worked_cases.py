"""The gate against its worked cases: those of the list, by their numbers, and those that stand in the rule files."""

from pathlib import Path

import pytest
import yaml

from arrears.engine.gate.rules import Severity
from arrears.packs.compliance import read_rules, rule_book
from arrears.packs.compliance.cases import read_case

NUMBERED = [
    case
    for path in sorted((Path(__file__).parent / "gate_cases").glob("*.yaml"))
    for raw in yaml.safe_load(path.read_text(encoding="utf-8"))
    for case in read_case(raw)
]
IN_RULES = [(rule.id, case) for rule in rule_book().rules for raw in rule.cases for case in read_case(raw)]


def test_the_rules_that_ship_can_all_be_read():
    _, problems = read_rules()

    assert [problem.said_in("en") for problem in problems] == []


@pytest.mark.parametrize("case", NUMBERED, ids=lambda case: case.name)
def test_a_numbered_case_is_answered_as_it_must_be(case):
    assert case.differences(rule_book()) == []


@pytest.mark.parametrize("case", [case for _, case in IN_RULES], ids=[f"{i}: {c.name}" for i, c in IN_RULES])
def test_a_rule_answers_the_cases_in_its_own_file(case):
    assert case.differences(rule_book()) == []


def test_every_odd_case_of_the_groups_is_there_by_its_number():
    numbers = {case.name.split()[0] for case in NUMBERED}

    assert {f"T1.{n}" for n in range(1, 27, 2)} <= numbers
    assert {f"T2.{n}" for n in range(1, 12, 2)} <= numbers
    assert {f"T4.{n}" for n in range(1, 12, 2)} <= numbers
    assert {f"T5.{n}" for n in range(1, 10, 2)} <= numbers
    assert {f"T6.{n}" for n in range(1, 10, 2)} <= numbers
    assert {f"T7.{n}" for n in range(1, 10, 2)} <= numbers
    assert {f"T8.{n}" for n in range(1, 12, 2)} <= numbers
    assert {f"T9.{n}" for n in range(1, 12, 2)} <= numbers
    assert {f"T10.{n}" for n in range(5, 10, 2)} <= numbers
    assert {f"T11.{n}" for n in range(1, 8, 2)} <= numbers


SPEAKING = [r for r in rule_book().rules if r.severity not in {Severity.SCOPE, Severity.EXCEPTION}]


@pytest.mark.parametrize("rule", SPEAKING, ids=lambda rule: rule.id)
def test_every_rule_is_seen_to_speak_in_a_case(rule):
    everywhere = [*NUMBERED, *(case for _, case in IN_RULES)]
    told = [raw.get("by", []) for raw in (case.expected for case in everywhere)]
    named = any(rule.id in by for by in told)

    assert named or rule.id in {"core.facts_needed", "core.papers_missing"}  # these speak by the name of a fact
