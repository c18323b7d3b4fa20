"""The register of law against the rules: nothing is built that no row knows, and each row says where it stands."""

import json
import subprocess
import sys

from arrears.packs import ROOT
from arrears.packs.compliance import rule_book, shipped, shipped_files
from arrears.packs.compliance.coverage import Built, coverage, register, unregistered
from arrears.packs.compliance.differences import Change, Part, differences
from arrears.packs.compliance.files import read_files


def test_every_rule_of_law_is_in_the_register():
    assert unregistered(rule_book().rules) == ()


def test_every_row_is_built_by_rules_or_says_where_else_or_is_missing_and_the_rules_it_names_are_there():
    rows = coverage(rule_book().rules)
    assert [row.id for row in rows] == list(register())
    for row in rows:
        assert bool(row.rules) == (row.built in {Built.ON, Built.OFF})
        assert bool(row.elsewhere) or row.built is not Built.ELSEWHERE
    named = {name for said in register().values() for name in said.get("rules", ())}
    built = {rule.id for rule in rule_book().rules}
    assert all(any(rule == name or rule.startswith(f"{name}.") for rule in built) for name in named)


def test_where_a_row_is_built_without_a_rule_the_files_it_names_are_there():
    for row in coverage(rule_book().rules):
        for place in row.elsewhere.split(" and ") if row.elsewhere else ():
            assert (ROOT.parent / place).exists(), (row.id, place)


def test_a_row_is_as_well_known_as_one_of_its_rules():
    sources = {rule.id: rule.law.source for rule in rule_book().rules if rule.law is not None}
    for row in coverage(rule_book().rules):
        assert not row.rules or row.source in {sources[rule] for rule in row.rules}, row.id


def test_a_rule_builds_the_closest_row_and_not_the_one_above_it():
    rows = {row.id: row for row in coverage(rule_book().rules)}
    assert rows["us.regf.1006.6.c"].rules == ("us.regf.1006.6.c",)
    assert rows["us.regf.1006.6.c.oral"].rules == ("us.regf.1006.6.c.oral",)
    assert rows["pay.nacha.tel"].built is Built.ELSEWHERE
    assert rows["pay.nacha.tel.who"].built is Built.OFF


def test_a_row_of_which_a_part_is_not_built_says_which(monkeypatch):
    said = {"us.bk.362": {"place": "US", "source": "S2", "lacks": "one chapter"}}
    monkeypatch.setattr("arrears.packs.compliance.coverage.register", lambda: said)
    (row,) = coverage(rule_book().rules)
    assert (row.lacks, row.as_record()["lacks"]) == ("one chapter", "one chapter")


def test_a_row_with_a_rule_of_its_id_takes_its_title():
    rows = {row.id: row for row in coverage(rule_book().rules)}
    assert rows["us.bk.362"].lacks == ""
    assert rows["us.bk.362"].title


def test_a_row_whose_rules_all_ship_off_says_so_and_one_without_rules_is_missing():
    rows = {row.id: row for row in coverage(rule_book().rules)}
    assert rows["uk.fg21-1"].built is Built.OFF
    assert rows["us.regf.1006.14.b.2.i.A"].built is Built.ON
    assert rows["us.regf.1006.14.b.2.i.A"].cases > 0
    assert {row.built for row in coverage([])} == {Built.ELSEWHERE, Built.MISSING}


def test_two_versions_are_compared_number_by_number():
    files = dict(shipped_files())
    week = "compliance/house/week.yaml"
    files[week] = files[week].replace(
        "{value: 10, unit: contacts, loosest: 14}", "{value: 8, unit: contacts, loosest: 14}"
    )
    del files["compliance/house/day.yaml"]
    files["compliance/house/new.yaml"] = shipped_files()["compliance/house/day.yaml"]
    new = read_files(files)
    found = {each.rule: each for each in differences(shipped(), new)}
    assert {rule: each.change for rule, each in found.items()} == {
        "house.week": Change.CHANGED,
        "house.day": Change.REMOVED,
        "house.new": Change.ADDED,
    }
    part = Part("parameters.limit", "10 contacts (loosest 14)", "8 contacts (loosest 14)")
    assert found["house.week"].parts == (part,)
    assert differences(shipped(), shipped()) == ()
    assert new.name != shipped().name


def said(*arguments: str) -> str:
    asked = [sys.executable, "-m", "arrears", "packs", *arguments]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_coverage_is_printed_as_a_table_and_as_json(tmp_path):
    table = said("coverage", "--place", "US-MA")
    assert "us.ma.7.04.work" in table
    assert "cn." not in table
    rows = json.loads(said("coverage", "--json"))
    assert {row["id"] for row in rows} == set(register())


def test_two_folders_are_compared_in_words(tmp_path):
    old, new = tmp_path / "old/compliance/local", tmp_path / "new/compliance/local"
    text = "title: {en: a, es: a, zh: a}\nwords: {en: a, es: a, zh: a}\nseverity: BLOCK\nkind: whenever\n"
    for folder, severity in ((old, "BLOCK"), (new, "WARN")):
        folder.mkdir(parents=True)
        (folder / "a.yaml").write_text(text.replace("BLOCK", severity))
    printed = said("diff", str(tmp_path / "old"), str(tmp_path / "new"))
    assert "changed  local.a" in printed
    assert "severity: BLOCK -> WARN" in printed
    assert "Nothing differs." in said("diff", "shipped", "shipped")
