"""Each rule of the checker meets its own cases in each language, and says what a reader needs to know of it."""

import shutil
from typing import Any

import pytest

from arrears.kernel.texts import LANGUAGES
from arrears.packs import checker
from arrears.packs.checker import check_checker, failing, read_checker
from arrears.packs.register import practices
from arrears.packs.sources import ROOT

MADE, PROBLEMS = read_checker()
CATEGORIES_IN_FULL = (
    "arrest",
    "violence",
    "fake_suit",
    "credit_threat",
    "impersonate",
    "false_urgency",
    "insult",
    "more_calls",
    "shame",
    "coerce_borrow",
    "pretext",
    "hardship_story",
    "pay_to_avoid_record",
    "disclose_third",
    "simulated_process",
)


def test_every_file_reads():
    assert [problem.said_in("en") for problem in PROBLEMS] == []


@pytest.mark.parametrize("rule", MADE.rules, ids=lambda rule: rule.id)
def test_each_rule_meets_its_cases(rule: Any):
    assert list(failing(rule, MADE)) == []


@pytest.mark.parametrize("name", CATEGORIES_IN_FULL)
def test_each_main_category_has_twelve_cases_on_each_side_in_each_language(name: str):
    rule = next(rule for rule in MADE.rules if rule.id == f"core.{name}")
    sizes = {(language, side): len(rule.cases[language][side]) for language in LANGUAGES for side in rule.cases["en"]}
    assert {key for key, size in sizes.items() if size < 12} == set()


def test_every_rule_that_finds_something_cites_what_it_breaks_and_names_practices_that_exist():
    known = {practice.id for practice in practices()}
    for rule in MADE.rules:
        assert set(rule.practices) <= known
        assert rule.category is None or rule.id.startswith("told.") or rule.citation, rule.id


def test_unverified_law_ships_off_and_the_house_is_always_on():
    assert {rule.id for rule in MADE.rules if not rule.is_on} >= {"uk.conc.7.3.18", "cn.nifa2018", "us.fdcpa.1692d.2"}
    assert all(rule.is_on for rule in MADE.rules if rule.id.startswith("core."))


def test_scripts_and_templates_that_ship_break_no_rule():
    assert [problem.said_in("en") for problem in check_checker()] == []


@pytest.mark.parametrize("changed", ["core/insult.yaml", "examples/en.csv"])
def test_the_version_is_that_of_the_rules_and_of_what_is_learned_from(tmp_path, changed):
    for name in ("same", "other"):
        shutil.copytree(ROOT / "checker", tmp_path / name / "checker")
    with (tmp_path / "other" / "checker" / changed).open("a") as file:
        file.write("\n")
    assert checker.version(tmp_path / "same") == checker.version()
    assert checker.version(tmp_path / "other") != checker.version()
