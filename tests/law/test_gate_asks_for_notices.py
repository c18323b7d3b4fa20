"""A notice that must have gone: when it opens the way, when it closes again, and what does not count."""

from datetime import date

import pytest

from arrears.engine.gate import Settings, ask
from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.reading import read_rule
from arrears.engine.gate.rules import Rule
from arrears.packs.compliance import rule_book
from arrears.packs.compliance.cases import read_case

NAMED = {"en": "A notice first", "es": "Antes, un aviso", "zh": "先行通知"}
WAITING = {"at_least": {"value": 14, "unit": "calendar_days"}}
SENT = {"kind": "listing", "sent_at": "2026-06-01 10:00"}


def asked(parameters, notices, at, *, contacts=(), **debt):
    raw = {
        "title": NAMED,
        "words": {"en": "No notice {notice}.", "es": "Sin aviso {notice}.", "zh": "未发通知 {notice}。"},
        "severity": "BLOCK",
        "kind": "notice_needed",
        "parameters": {"notice": ["listing"], **parameters},
    }
    rule = read_rule("house.noticed", raw, "house/noticed.yaml")
    assert isinstance(rule, Rule), rule
    core = [rule for rule in rule_book().rules if rule.is_core]
    case = {
        "name": "asked",
        "place": "ES",
        "rules": ["house.noticed"],
        "debts": {"A": debt},
        "known": {"notices": notices, "contacts": list(contacts)},
        "ask": {"at": at},
    }
    worked = next(read_case(case))
    settings = Settings(only=frozenset({"house.noticed"}))
    return ask(RuleBook.of([*core, rule], "1"), worked.proposal, worked.known, settings)


@pytest.mark.parametrize(
    ("at", "may"),
    [("2026-06-14 23:59", False), ("2026-06-15 00:00", True), ("2026-06-15 10:00", True)],
)
def test_a_wait_counts_local_days_from_the_day_of_sending(at, may):
    verdict = asked(WAITING, [SENT], at)

    assert (verdict.said_by("house.noticed") is None) is may


def test_the_next_permitted_instant_is_where_the_wait_ends():
    verdict = asked(WAITING, [SENT], "2026-06-10 10:00")

    assert verdict.next_permitted is not None
    assert verdict.next_permitted.isoformat() == "2026-06-15T05:00:00+00:00"


@pytest.mark.parametrize(("at", "may"), [("2026-06-11 12:00", True), ("2026-06-12 12:00", False)])
def test_a_notice_grows_old(at, may):
    verdict = asked({"at_most": {"value": 10, "unit": "calendar_days"}}, [SENT], at)

    assert (verdict.said_by("house.noticed") is None) is may


def test_one_that_came_back_opens_nothing_from_then_on_and_a_second_one_does():
    returned = {**SENT, "undeliverable_at": "2026-06-05 10:00"}

    assert asked(WAITING, [returned], "2026-06-20 10:00").said_by("house.noticed") is not None
    again = {**SENT, "sent_at": "2026-06-06 10:00"}
    assert asked(WAITING, [returned, again], "2026-06-19 10:00").said_by("house.noticed") is not None
    assert asked(WAITING, [returned, again], "2026-06-20 10:00").said_by("house.noticed") is None


@pytest.mark.parametrize(
    "other",
    [{"kind": "transfer"}, {"person": "S"}, {"debts": ["B"]}, {"sent_at": "2026-06-20 10:01"}],
    ids=["another kind", "to somebody else", "of another debt", "later"],
)
def test_a_notice_that_is_not_the_one_asked_for_does_not_count(other):
    assert asked({}, [{**SENT, **other}], "2026-06-20 10:00").said_by("house.noticed") is not None


def test_one_sent_to_anybody_or_by_anybody_counts_where_the_rule_says_so():
    elsewhere = {**SENT, "person": "S", "by": "C"}

    assert asked({"to": "anybody"}, [elsewhere], "2026-06-20 10:00").said_by("house.noticed") is None
    both = {"to": "anybody", "by": "collector"}
    assert asked(both, [elsewhere], "2026-06-20 10:00").said_by("house.noticed") is not None


def test_a_notice_carries_the_fields_it_must():
    needed = {"fields": ["registers"]}

    assert asked(needed, [SENT], "2026-06-20 10:00").said_by("house.noticed") is not None
    assert (
        asked(needed, [{**SENT, "facts": {"registers": ""}}], "2026-06-20 10:00").said_by("house.noticed") is not None
    )
    assert (
        asked(needed, [{**SENT, "facts": {"registers": "ASNEF"}}], "2026-06-20 10:00").said_by("house.noticed") is None
    )


def test_having_spoken_of_the_debt_does_as_well_where_the_rule_says_so():
    spoken = {"at": "2026-06-10 10:00", "call": "conversation"}
    rung = {"at": "2026-06-10 10:00", "call": "no_answer"}

    assert asked({"or_spoken": True}, [], "2026-06-11 10:00", contacts=[spoken]).said_by("house.noticed") is None
    assert asked({"or_spoken": True}, [], "2026-06-11 10:00", contacts=[rung]).said_by("house.noticed") is not None
    assert asked({}, [], "2026-06-11 10:00", contacts=[spoken]).said_by("house.noticed") is not None


def test_where_it_is_needed_at_all_is_asked_first_and_an_unknown_answer_refuses_by_its_name():
    moved = {"when": [{"of": "debt", "name": "is_transferred", "is": True}]}

    assert asked(moved, [], "2026-06-11 10:00").missing == ("debt.is_transferred",)
    assert asked(moved, [], "2026-06-11 10:00", facts={"is_transferred": False}).said_by("house.noticed") is None
    assert asked(moved, [], "2026-06-11 10:00", facts={"is_transferred": True}).said_by("house.noticed") is not None
    assert asked({**moved, "when_missing": "let_go"}, [], "2026-06-11 10:00").missing == ()


def test_a_period_that_the_notice_opened_is_counted_to_its_end():
    opened = {**SENT, "period_ends": date(2026, 7, 8)}
    over = {"from": "period_ends", "at_least": {"value": 1, "unit": "calendar_days"}}

    assert asked(over, [opened], "2026-07-08 23:00").said_by("house.noticed") is not None
    assert asked(over, [opened], "2026-07-09 12:00").said_by("house.noticed") is None
    assert asked(over, [SENT], "2026-07-09 12:00").said_by("house.noticed") is not None
