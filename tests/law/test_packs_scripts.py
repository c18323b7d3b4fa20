"""Talk-track, objections, dispositions and reasons: what may be said when, and that nothing is left open."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from arrears import packs
from arrears.engine.decide import Strategy
from arrears.kernel.texts import LANGUAGES

FOLDER = "scripts/consumer_instalment"
# What each placeholder shows; those of the debt may not stand before verification.
OF_THE_CALL = {"collector", "person"}
OF_THE_DEBT = {
    "organisation",
    "creditor",
    "amount",
    "days",
    "due_date",
    "last_promise",
    "latest_date",
    "cost_per_day",
    "spoken_on",
}


def said(name: str) -> dict[str, Any]:
    (source,) = packs.sources(f"{name}.yaml")[0]
    return dict(source.said)


def steps() -> list[dict[str, Any]]:
    return list(said(f"{FOLDER}/track")["steps"])


def objections() -> list[dict[str, Any]]:
    return [dict(source.said) for source in packs.sources(f"{FOLDER}/objections")[0]]


def sentences(node: object) -> Iterator[tuple[str, str]]:
    """All words of a file, with their language."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in LANGUAGES and isinstance(value, str):
                yield key, value
            else:
                yield from sentences(value)
    elif isinstance(node, list):
        for value in node:
            yield from sentences(value)


def every_sentence() -> list[tuple[str, str]]:
    return [sentence for source in packs.sources(FOLDER)[0] for sentence in sentences(dict(source.said))]


@pytest.fixture(scope="module")
def strategy() -> Strategy:
    return packs.load()


def test_the_track_has_its_steps_in_order() -> None:
    names = [step["name"] for step in steps()]
    assert names == [
        "opening",
        "verification",
        "purpose",
        "reason",
        "probes",
        "consequences",
        "ask",
        "close",
        "farewell",
    ]
    ask = next(step for step in steps() if step["name"] == "ask")
    assert all("{amount}" in words for _, words in sentences(ask["says"]))


def test_nothing_before_verification_speaks_of_the_debt() -> None:
    """P22."""
    locked = [step for step in steps() if step["after_verification"]]
    free = [step for step in steps() if not step["after_verification"]]
    assert [step["name"] for step in free] == ["opening", "verification"]
    assert free[1]["must_pass"]
    assert free[1]["items_needed"] == 2
    assert locked
    about = re.compile(
        r"debt|loan|owe|overdue|arrears|collect|deuda|préstamo|debe |mora|cobr|债|贷|欠|逾期|催", re.IGNORECASE
    )
    for step in free:
        spoken = [words for key in ("says", "failed") for _, words in sentences(step.get(key, {}))]
        for words in spoken:
            assert set(re.findall(r"{(\w+)}", words)) <= OF_THE_CALL
            assert not about.search(words.replace("{collector}", "")), words


def test_the_opening_says_who_calls() -> None:
    """R05."""
    assert all("{collector}" in words for _, words in sentences(steps()[0]["says"]))


def test_only_known_figures_are_named() -> None:
    named = {name for _, words in every_sentence() for name in re.findall(r"{(\w+)}", words)}
    assert named == OF_THE_CALL | OF_THE_DEBT


def test_the_three_languages_name_the_same_figures() -> None:
    def check(node: object) -> None:
        if isinstance(node, dict):
            if set(LANGUAGES) <= set(node):
                figures = [sorted(re.findall(r"{(\w+)}", str(node[language]))) for language in LANGUAGES]
                assert figures[0] == figures[1] == figures[2], node["en"]
            for value in node.values():
                check(value)
        elif isinstance(node, list):
            for value in node:
                check(value)

    for source in packs.sources(FOLDER)[0]:
        check(dict(source.said))


def test_the_four_probes_are_asked() -> None:
    """P26."""
    (probes,) = [step["probes"] for step in steps() if "probes" in step]
    assert [probe["name"] for probe in probes] == ["intends", "can", "would_help", "believes"]


def test_every_consequence_stands_under_a_condition() -> None:
    """P25, R03: nothing is said to follow unless it is true for this account."""
    (lines,) = [step["lines"] for step in steps() if "lines" in step]
    assert {line["only_if"] for line in lines} == {"late_charge_runs", "reported_to_bureau", "hand_over_ahead"}


def test_the_objection_library_answers_at_least_these() -> None:
    """P28, each with the step that follows."""
    known = {entry["name"] for entry in said(f"{FOLDER}/next_steps")["codes"]}
    found = sorted(objections(), key=lambda each: each["order"])
    assert [each["id"].rpartition("/")[2] for each in found] == [
        "no_time",
        "away",
        "borrowed_for_friend",
        "already_paid",
        "broke_promises",
        "refuses",
        "never_reminded",
        "charges_too_high",
        "told_late_is_free",
        "how_computed",
        "sue_me",
        "never_has_money",
        "will_ask_and_return",
        "prove_it",
    ]
    assert {each["next_step"] for each in found} <= known


def test_no_script_threatens_or_shames() -> None:
    """R03, R08, R14."""
    never = re.compile(
        r"police|prison|jail|arrest|shame|my salary|policía|cárcel|vergüenza|mi sueldo|警察|坐牢|逮捕|丢人|我的工资",
        re.IGNORECASE,
    )
    assert [words for _, words in every_sentence() if never.search(words)] == []


def test_no_script_asks_anybody_else_to_pay() -> None:
    """P39, R01, R16."""
    others = re.compile(
        r"your (wife|husband|parents|family|employer|boss)|ask .* to lend|su (esposa|marido|familia|jefe)|pida prestado"
        r"|你的?(家人|父母|老板)|您的?(家人|父母|老板)|去借",
        re.IGNORECASE,
    )
    assert [words for _, words in every_sentence() if others.search(words)] == []


def test_techniques_depend_on_class_and_tone_only(strategy: Strategy) -> None:
    """P27, R12, R15."""
    techniques = said(f"{FOLDER}/techniques")["techniques"]
    classes = {code.name for code in strategy.facts["debtor_class"].codes}
    tones = {code.name for code in strategy.facts["tone"].codes}
    for technique in techniques:
        assert set(technique) == {"name", "title", "classes", "tones", "words"}
        assert set(technique["classes"]) <= classes
        assert set(technique["tones"]) <= tones
    assert len(techniques) == 6


def test_every_disposition_fixes_what_follows(strategy: Strategy) -> None:
    """P19, P32: outcome, level, address, counter, next step and its date; there is no "other"."""
    codes = said("outcomes/dispositions")["codes"]
    actions = {code.name for code in strategy.facts["next_action"].codes}
    reasons = {code.name for code in strategy.facts["reason_late"].codes}
    holds = {code.name for code in strategy.facts["hold"].codes}
    for each in codes:
        assert {"outcome", "counts_as", "address", "counter", "next"} <= set(each), each["name"]
        assert each["next"] in actions, each["name"]
        assert ("after_days" in each) != (each.get("date") in {"promised", "asked"}), each["name"]
        assert each.get("reason", "unknown") in reasons
        assert each.get("hold", "none") in holds
    names = {each["name"] for each in codes}
    assert "other" not in names
    assert {"abusive_call_ended", "promise_taken", "number_blocked"} <= names


def test_every_reason_for_being_late_has_a_next_step(strategy: Strategy) -> None:
    """P10: all reasons of the trade, each with what to do about it."""
    known = {entry["name"] for entry in said(f"{FOLDER}/next_steps")["codes"]}
    details = strategy.details["reason_late"]
    assert len(details) == 23
    assert {detail["next"] for detail in details.values()} <= known


def test_no_list_of_choices_has_an_other() -> None:
    for source in packs.sources()[0]:
        for entry in source.said.get("codes", ()):
            assert entry.get("name", entry.get("code")) not in {"other", "misc", "various"}, source.id
