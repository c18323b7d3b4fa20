"""Rule files: what is wrong with one is said, where, and what stands in the shipped ones is what may be relied on."""

import copy
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from arrears.domain.laws import SourceStatus
from arrears.engine.gate import Settings
from arrears.engine.gate import kinds as kinds_package
from arrears.engine.gate.book import RuleBook, is_on
from arrears.engine.gate.missing import words_for
from arrears.engine.gate.reading import read_rule
from arrears.engine.gate.rules import Rule
from arrears.facts.asked import asked_facts
from arrears.packs.compliance import check_rules, read_rules, rule_book
from arrears.packs.sources import ROOT

WORDS = {"en": "words", "es": "palabras", "zh": "文字"}
PLAIN = {
    "title": WORDS,
    "words": {"en": "{count} of {limit}", "es": "{count} de {limit}", "zh": "{count}/{limit}"},
    "law": {
        "citation": "Act 1",
        "effective_from": date(2026, 1, 1),
        "status": "in_force",
        "source": "S2",
    },
    "place": "US",
    "severity": "BLOCK",
    "kind": "count",
    "parameters": {
        "limit": {"value": 7, "unit": "calls"},
        "window": {"value": 7, "unit": "calendar_days"},
        "per": ["person"],
        "of": ["call"],
        "counted": "attempts",
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    raw: dict[str, Any] = copy.deepcopy(PLAIN)
    *above, last = path.split(".")
    place: Any = raw
    for name in above:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return raw


def test_a_plain_rule_is_read():
    rule = read_rule("us.x", PLAIN, "us/x.yaml")

    assert isinstance(rule, Rule)
    assert rule.law is not None
    assert rule.law.citation == "Act 1"


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("title", None, "title"),
        ("words.zh", None, "words.zh"),
        ("words.es", "{count} de {tope}", "words.es"),
        ("law.citation", None, "law"),
        ("law.effective_from", None, "law.effective_from"),
        ("law.effective_from", "soon", "law.effective_from"),
        ("law.source", "hearsay", "law.source"),
        ("law.status", None, "law.status"),
        ("place", None, "place"),
        ("severity", "LOUD", "severity"),
        ("kind", "guess", "kind"),
        ("colour", "red", "colour"),
        ("of", ["us.y"], "of"),
        ("reach", {"channels": ["pigeon"]}, "reach.channels"),
        ("parameters.limit", 7, "parameters.limit"),
        ("parameters.limit", {"value": 7, "unit": "days"}, "parameters.limit"),
        ("parameters.limit", {"value": 0, "unit": "calls"}, "parameters.limit"),
        ("parameters.per", ["household"], "parameters.per"),
        ("parameters.counted", "some", "parameters.counted"),
        ("parameters.limitt", 7, "parameters.limitt"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_place(path, value, field):
    problems = read_rule("us.x", changed(path, value), "us/x.yaml")

    assert isinstance(problems, list)
    assert {problem.where.field for problem in problems} == {field}
    assert all(problem.where.file == "us/x.yaml" for problem in problems)


def test_a_core_rule_cites_no_law_and_any_other_does():
    core = read_rule("core.x", PLAIN, "core/x.yaml")
    uncited = read_rule("us.x", changed("law", None), "us/x.yaml")

    assert isinstance(core, list)
    assert isinstance(uncited, list)


def test_a_rule_that_names_another_which_is_not_there_is_found_out():
    rule = read_rule("us.x", {**PLAIN, "scope": "us.nowhere"}, "us/x.yaml")

    assert isinstance(rule, Rule)
    assert [p.where.file for p in RuleBook.of([rule], "1").problems()] == ["us.x"]


def test_hours_must_be_quoted_times():
    raw = {
        **PLAIN,
        "words": WORDS,
        "kind": "hours",
        "parameters": {"open": {"value": [{"from": 480, "until": 1260}], "unit": "local_time"}},
    }

    assert isinstance(read_rule("us.x", raw, "us/x.yaml"), list)


def test_a_folder_of_a_customer_is_read_like_our_own(tmp_path: Path):
    folder = tmp_path / "compliance" / "house"
    folder.mkdir(parents=True)
    text = (ROOT / "compliance/house/week.yaml").read_text(encoding="utf-8")
    (folder / "week.yaml").write_text(text, encoding="utf-8")

    book, problems = read_rules(tmp_path)

    assert problems == []
    assert [rule.id for rule in book.rules] == ["house.week"]


def test_a_case_that_the_gate_answers_otherwise_is_said_with_its_name(tmp_path: Path):
    folder = tmp_path / "compliance" / "core"
    folder.mkdir(parents=True)
    text = (ROOT / "compliance/core/night.yaml").read_text(encoding="utf-8")
    (folder / "night.yaml").write_text(text.replace('"22:00"}], unit', '"21:00"}], unit'), encoding="utf-8")

    problems = check_rules(tmp_path)

    assert len(problems) == 1
    assert "the last minute before ten in the evening is day" in problems[0].reason.en
    assert "answer refuse, expected allow" in problems[0].reason.en


def test_the_rule_in_the_guide_is_a_rule_and_keeps_its_cases(tmp_path: Path):
    guide = (ROOT.parents[2] / "docs/how-to/add-a-compliance-rule.md").read_text(encoding="utf-8")
    example = re.search("```yaml\n(id: compliance/.*?)```", guide, re.DOTALL)
    assert example is not None
    rule_id = example[1].split("\n", 1)[0].removeprefix("id: ")
    file = tmp_path / f"{rule_id}.yaml"
    shutil.copytree(ROOT / "compliance/core", tmp_path / "compliance/core")
    file.parent.mkdir(parents=True)
    file.write_text(example[1], encoding="utf-8")

    assert [problem.said_in("en") for problem in check_rules(tmp_path)] == []


UNVERIFIED = [
    r for r in rule_book().rules if r.law and r.law.source in {SourceStatus.UNVERIFIED, SourceStatus.PART_VERIFIED}
]


def test_what_is_not_verified_ships_off_and_speaks_only_when_switched_on_by_its_name():
    assert {rule.id for rule in UNVERIFIED} >= {"us.regf.1006.6.b.1.designate", "cn.cbrc2011.70", "us.regf.1006.10.c"}
    for rule in UNVERIFIED:
        assert not is_on(rule, Settings())
        assert not is_on(rule, Settings(only=frozenset({rule.id.rsplit(".", 1)[0]})))
        assert is_on(rule, Settings(switched_on=frozenset({rule.id})))


def test_the_core_cannot_be_left_out():
    nothing = Settings(only=frozenset())

    assert {r.id for r in rule_book().rules if is_on(r, nothing)} == {r.id for r in rule_book().rules if r.is_core}


def test_numbers_of_law_have_a_date_a_unit_a_citation_and_a_source():
    for rule in rule_book().rules:
        if not (rule.is_core or rule.is_house):
            assert rule.law is not None
            assert rule.law.citation
            assert rule.place
        for value in rule.parameters.values():
            assert not isinstance(value, int) or isinstance(value, bool), rule.id


@pytest.mark.parametrize("rule", rule_book().rules, ids=lambda rule: rule.id)
def test_words_are_in_three_languages_each_in_its_own(rule):
    for text in filter(None, (rule.title, rule.words, rule.allows)):
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert not re.search("[\u4e00-\u9fff]", text.en + text.es)
        assert text.en != text.es


def test_every_missing_fact_has_words():
    said = {
        name
        for path in Path(str(kinds_package.__file__)).parent.glob("*.py")
        for name in re.findall(r'lacking\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    }

    assert said <= set(asked_facts())
    assert words_for("debt.status").es == "No se sabe: en qué estado está la deuda. Lo que no se sabe no se permite."


def test_the_house_may_be_tightened_and_loosened_only_as_far_as_its_file_says():
    tight = rule_book().voices(("DE",), Settings(limits={("house.week", "limit"): 4}))

    assert next(v.rule.evaluator for v in tight if v.rule.id == "house.week").limit == 4  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="between 1 and 14"):
        rule_book().voices(("DE",), Settings(limits={("house.week", "limit"): 15}))


def test_a_number_of_law_cannot_be_changed_by_anybody():
    with pytest.raises(ValueError, match="not the house's own"):
        rule_book().voices(("US",), Settings(limits={("us.regf.1006.14.b.2.i.A", "limit"): 9}))
