"""The library of rules: found by words, place, source and state; each rule with its cases as the gate answers them now."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from arrears.packs.compliance import rule_book
from arrears.web.rules import library
from arrears.web.rules.library import Asked

CONFTEST = Path(__file__).with_name("conftest.py")


def ids(asked: Asked) -> set[str]:
    return {line.rule.id for line in library.lines(asked)}


def test_every_rule_of_the_book_is_in_the_library_and_the_core_comes_first():
    lines = library.lines(Asked())
    assert {line.rule.id for line in lines} == {rule.id for rule in rule_book().rules}
    core = [line.rule.is_core for line in lines]
    assert core == sorted(core, reverse=True)


def test_a_rule_is_found_by_its_words_in_any_language_and_by_its_citation():
    assert "us.nyc.5-77.3in7" in ids(Asked(words="new york three"))
    assert "us.nyc.5-77.3in7" in ids(Asked(words="纽约市"))
    assert ids(Asked(words="940 CMR 7.04(1)(f)")) == {
        "us.ma.940cmr.7.04.1.f.own",
        "us.ma.940cmr.7.04.1.f.elsewhere",
        "us.ma.940cmr.7.04.1.f.ex",
    }
    assert ids(Asked(words="no such words in any rule")) == set()


def test_a_place_finds_its_regions_and_not_what_holds_everywhere():
    found = ids(Asked(place="US"))
    assert {"us.nyc.5-77.3in7", "us.regf.1006.6.b.1.i"} <= found
    assert not any(rule.startswith(("core.", "cn.")) for rule in found)
    everywhere = ids(Asked(place=library.EVERYWHERE))
    assert "pay.pci.3" in everywhere  # of a worldwide scheme
    assert all(rule.startswith(("core.", "house.", "pay.")) for rule in everywhere)


def test_what_is_unverified_is_off_and_what_is_core_is_always_on():
    assert {line.state for line in library.lines(Asked(source="MV"))} == {"off"}
    assert "us.fl.559.72.17" in ids(Asked(state="off"))
    assert all(rule.startswith("core.") for rule in ids(Asked(state="always")))


@pytest.mark.parametrize("rule", rule_book().rules, ids=lambda rule: rule.id)
def test_each_rule_shows_its_cases_and_the_gate_answers_them_as_they_say(rule):
    assert [case.differences for case in library.cases(rule)] == [()] * len(library.cases(rule))
    assert all(value != "" for _, value in library.numbers(rule))


def test_the_pages_are_open_to_whoever_works_here_and_a_rule_that_is_not_there_is_not_found(town: Any) -> None:
    street = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    client = street.signed_in("alice")
    listed = client.get("/rules/?q=7.04&place=US")
    assert listed.status_code == 200
    assert "us.ma.940cmr.7.04.1.f.own" in listed.content.decode()
    shown = client.get("/rules/us.ma.940cmr.7.04.1.f.own/").content.decode()
    assert "940 CMR 7.04(1)(f)" in shown
    assert "answers otherwise" not in shown
    assert client.get("/rules/no.such.rule/").status_code == 404


def test_keys_and_codes_of_a_rule_file_read_as_words_of_the_page(book: str) -> None:
    from django.utils.translation import override

    from arrears.web.rules.parameters import parameter_name

    def shown(rule: str) -> dict[str, Any]:
        numbers = library.numbers(rule_book().by_id[rule], library.VALUES)
        return {parameter_name(name): value for name, value in numbers}

    with override("es"):
        assert shown("us.regf.1006.6.c")["cómo se dijo"] == "por escrito"
    with override("zh-hans"):
        assert shown("core.night")["允许时段"] == "自: 07:00; 截至: 22:00 当地时间"
    with override("en"):
        assert "collector.kind" not in shown("core.facts_needed")["needed"]


def test_an_instant_of_another_year_is_shown_with_its_year(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils.translation import override

    from arrears.config import clock
    from arrears.web import spoken

    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 1, 4, 30, tzinfo=UTC))
    new_year = datetime(2027, 1, 1, 4, 59, tzinfo=UTC)
    with override("en"):
        assert spoken.moment(new_year, "America/New_York") == "Thu 31 Dec 23:59"
        assert spoken.moment(new_year, "Europe/Madrid") == "Fri 1 Jan 05:59"
        assert spoken.moment(datetime(2025, 12, 31, 12, 0, tzinfo=UTC), "UTC") == "Wed 31 Dec 2025 12:00"
