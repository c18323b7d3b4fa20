"""What the check of packs says about a pack with one thing wrong."""

from pathlib import Path

import pytest

from arrears import packs

WORDS = "{en: w, es: w, zh: w}"
HEAD = f"id: mine/strategy\ntitle: {WORDS}\nversion: 1\nreview_days: 14\ntreatment_table: mine/treatment\n"
LISTS = f"""id: mine/lists/treatment
title: {WORDS}
fact: treatment
codes:
  - {{code: 1, name: none, en: n, es: n, zh: n}}
  - {{code: 2, name: call, en: c, es: c, zh: c}}
"""
RULE = f"""id: mine/treatment
title: {WORDS}
words: {WORDS}
practices: [P20]
table: |
  | unique | days_past_due | => treatment |
  | none   | < 1           | none         |
  | call   | >= 1          | call         |
cases: |
  | days_past_due | => treatment |
  | 0             | none         |
  | 1             | call         |
"""


def check(root: Path, *, head: str = HEAD, lists: str = LISTS, rule: str = RULE) -> list[str]:
    for name, text in (("strategy", head), ("lists/treatment", lists), ("treatment", rule)):
        file = root / "mine" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [found.code for found in packs.check(root)]


def test_a_sound_pack_has_no_problem(tmp_path: Path) -> None:
    assert check(tmp_path) == []
    assert packs.load("mine", tmp_path).number("treatment", "call") == 2


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("id: mine/treatment", "id: mine/other", ["id_is_not_path"]),
        ("words: {en: w, es: w, zh: w}", "words: {en: w, es: w}", ["words_missing"]),
        (">= 1 ", ">= 2 ", ["gap", "case_differs", "case_missing"]),
        ("< 1  ", "<= 1 ", ["overlap", "case_differs", "case_missing"]),
        ("  | 1             | call         |\n", "", ["case_missing", "cases_one_sided"]),
        ("| 1             | call ", "| 1             | none ", ["case_differs", "cases_one_sided"]),
        ("| days_past_due | => treatment |\n  | 0", "| days_past_duo | => treatment |\n  | 0", ["case_unreadable"]),
        ("| 1             | call ", "| one           | call ", ["cell_unreadable"]),
        ("table: |", "table: [", ["yaml_unreadable"]),
        ("title: {en: w, es: w, zh: w}\n", "", ["key_missing"]),
    ],
)
def test_each_mistake_of_a_rule_file_is_named(tmp_path: Path, old: str, new: str, codes: list[str]) -> None:
    assert old in RULE
    assert set(codes) <= set(check(tmp_path, rule=RULE.replace(old, new)))


@pytest.mark.parametrize(
    ("lists", "code"),
    [
        (LISTS.replace("code: 2", "code: 1"), "codes_unreadable"),
        (LISTS.replace("name: call", "name: none"), "codes_unreadable"),
        (LISTS.replace("fact: treatment\n", ""), "key_missing"),
        (LISTS.replace("zh: c", "zh: ''"), "words_missing"),
        ("- a list", "yaml_unreadable"),
    ],
)
def test_each_mistake_of_a_list_is_named(tmp_path: Path, lists: str, code: str) -> None:
    assert code in check(tmp_path, lists=lists)


def test_a_strategy_that_is_not_proved_does_not_load(tmp_path: Path) -> None:
    check(tmp_path, rule=RULE.replace(">= 1 ", ">= 2 "))
    with pytest.raises(ValueError, match="No row answers: days_past_due = 1"):
        packs.load("mine", tmp_path)


def test_a_failing_case_prints_what_it_rests_on(tmp_path: Path) -> None:
    check(tmp_path, rule=RULE.replace("| 1             | call ", "| 1             | none "))
    said = [found.said_in("en") for found in packs.check(tmp_path) if found.code == "case_differs"]
    place = "mine/treatment.yaml, row 2, treatment"
    reason = "Case 2: treatment should be none, the table says call (P20)."
    assert said == [f"{place}: {reason} Correct the table or the case."]


def test_the_cases_of_a_rule_of_law_are_tried_too(tmp_path: Path) -> None:
    folder = tmp_path / "compliance" / "core"
    folder.mkdir(parents=True)
    text = (packs.ROOT / "compliance/core/night.yaml").read_text(encoding="utf-8")
    (folder / "night.yaml").write_text(text.replace('"22:00"}], unit', '"21:00"}], unit'), encoding="utf-8")
    (found,) = packs.check(tmp_path)
    assert found.where.file == "core.night.yaml"
    assert "expected allow" in found.reason.en
