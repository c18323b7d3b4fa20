"""Golden cases: every case of every rule file is a test of its own, and a failure prints the citation."""

import pytest

from arrears.packs import Rule, read_pack, strategies
from arrears.packs.cases import Case, missing_cases, try_case

RULES = [rule for folder in strategies() for rule in read_pack(folder).rules]
CASES = [pytest.param(rule, case, id=f"{rule.id}-{case.name}") for rule in RULES for case in rule.cases]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_the_table_answers_its_case(rule: Rule, case: Case) -> None:
    assert [found.said_in("en") for found in try_case(rule.table, case, rule.cites, rule.file)] == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_each_side_of_each_cut_has_a_case(rule: Rule) -> None:
    assert [found.said_in("en") for found in missing_cases(rule.table, rule.cases, rule.file)] == []
