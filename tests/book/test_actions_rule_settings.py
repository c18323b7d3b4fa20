"""Settling under which rules a house works: named acts, what they change at once, and what a second person must see."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

MONDAY = date(2026, 3, 2)
UNVERIFIED = "uk.fg21-1"
QUIET = """title: {en: Quiet, es: Silencio, zh: 安静}
words: {en: The contract keeps us quiet., es: El contrato pide silencio., zh: 合同要求不联系。}
severity: BLOCK
kind: debt_status
parameters: {statuses: [open, charged_off]}
"""


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture(scope="module")
def loans(working: WorkingBook) -> list[Any]:
    return [working.loan(unpaid_since=date(2026, 2, 15)) for _ in range(2)]


@pytest.fixture(scope="module")
def loan(loans: list[Any]) -> Any:
    return loans[0]


def act(kind: str, rule: str, **more: Any) -> Any:
    from arrears.domain.rule_settings import RuleAct, Settled

    return Settled(act=RuleAct(kind), rule=rule, from_on=more.pop("from_on", MONDAY), **more)


def settled(working: WorkingBook, one: Any, reason: str = "the house decided so") -> str | None:
    from arrears.actions.rule_settings import settle as settle_rule

    with working.hands_of(working.dora, MONDAY):
        problem = settle_rule(one, reason=reason, now=at(MONDAY))
    return problem.code if problem else None


def gate_of(working: WorkingBook) -> dict[str, Any]:
    from arrears.store.tables.organisation import Organisation

    return dict(Organisation.objects.using("report").get(pk=working.lender).settings.get("gate", {}))


def dry(working: WorkingBook, loan: Any, staff: int | None = None) -> Any:
    from arrears.actions import contacts

    with working.hands_of(staff or working.alice, MONDAY):
        return contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(MONDAY, "12:00")
        )


def test_an_unverified_rule_is_switched_on_and_off_again_and_each_act_is_kept_with_its_name(working):
    from arrears.store.doors import rule_settings as rows

    assert settled(working, act("switch_on", UNVERIFIED)) is None
    assert gate_of(working)["switched_on"] == [UNVERIFIED]
    assert settled(working, act("switch_on", UNVERIFIED)) == "is_so"
    assert settled(working, act("switch_off", UNVERIFIED)) is None
    assert "switched_on" not in gate_of(working)
    kept = rows.acts(working.lender, UNVERIFIED, using="report")
    assert [(one.act.value, one.reason, bool(one.by)) for one in kept] == [
        ("switch_off", "the house decided so", True),
        ("switch_on", "the house decided so", True),
    ]
    assert "rule_settled" in working.events()


@pytest.mark.parametrize(
    ("kind", "rule", "more", "code"),
    [
        ("switch_off", "core.night", {}, "core"),
        ("switch_on", "core.night", {}, "core"),
        ("keep_by_choice", "core", {}, "core"),
        ("set_limit", "core.night", {"limit": "limit", "value": 1}, "core"),
        ("switch_off", "us.regf.1006.14.b.2.i.A", {}, "ships_on"),
        ("switch_off", "house.day", {}, "ships_on"),
        ("switch_on", "no.such", {}, "no_rule"),
        ("set_limit", "house.week", {"limit": "limit", "value": 11}, "loosens"),
        ("set_limit", "house.week", {"limit": "limit", "value": 0}, "too_far"),
        ("set_limit", "house.week", {"limit": "other", "value": 3}, "no_limit"),
        ("set_limit", "us.regf.1006.14.b.2.i.A", {"limit": "limit", "value": 3}, "no_limit"),
        ("switch_on", UNVERIFIED, {"from_on": MONDAY - timedelta(days=1)}, "in_the_past"),
    ],
)
def test_what_cannot_be_settled_is_refused_with_words(working, kind, rule, more, code):
    assert settled(working, act(kind, rule, **more)) == code


def test_nothing_is_settled_without_a_reason(working):
    assert settled(working, act("switch_on", UNVERIFIED), reason=" ") == "no_reason"


def test_a_law_is_kept_by_choice_and_the_next_question_is_asked_under_it(working, loan):
    from arrears.engine.gate import Standing

    before = dry(working, loan).said_by("us.regf.1006.14.b.2.i.A")
    assert settled(working, act("keep_by_choice", "us.regf")) is None
    spoken = dry(working, loan).said_by("us.regf.1006.14.b.2.i.A")
    assert before is None
    assert spoken.standing is Standing.BY_CHOICE
    assert settled(working, act("end_choice", "us.regf")) is None


def test_a_tighter_limit_holds_from_its_day_on(working, loan):
    from arrears.actions.rule_books import settings_of

    assert settled(working, act("set_limit", "house.week", limit="limit", value=4, from_on=date(2026, 3, 4))) is None
    said = [{"gate": gate_of(working)}]
    assert settings_of(said, date(2026, 3, 3), using="default").limits == {}
    assert settings_of(said, date(2026, 3, 4), using="default").limits == {("house.week", "limit"): 4}


def proposed(working: WorkingBook, changes: list[Any], files: dict[str, str] | None = None) -> Any:
    from arrears.actions import rule_proposals

    with working.hands_of(working.dora, MONDAY):
        return rule_proposals.propose(changes, files, reason="a client asks", from_on=MONDAY, now=at(MONDAY))


def take_back_own_rules(working: WorkingBook) -> None:
    """Leave the book as the next test expects it, in whatever order they run."""
    from arrears.actions import rule_proposals, rule_trials

    back = proposed(working, [act("take_pack", "own")])
    with working.hands_of(working.dora, MONDAY):
        while rule_trials.try_some(back, now=at(MONDAY)).tried_at is None:
            pass
    with working.hands_of(hire(working.lender, ["compliance"]), MONDAY):
        assert rule_proposals.approve(back, now=at(MONDAY)) is None


def test_rules_of_ones_own_are_tried_on_the_book_and_hold_only_when_a_second_person_approved(working, loan):
    from arrears.actions import rule_proposals, rule_trials

    files = {f"compliance/client/{working.lender}/quiet.yaml": QUIET}
    number = proposed(working, [], files)
    with working.hands_of(hire(working.lender, ["compliance"]), MONDAY):
        problem = rule_proposals.approve(number, now=at(MONDAY))
        assert problem is not None
        assert problem.code == "not_tried"
    with working.hands_of(working.dora, MONDAY):
        first = rule_trials.try_some(number, now=at(MONDAY), people=1)
        assert first.tried_at is None
        assert first.tried["seen"] == 1
        done = rule_trials.try_some(number, now=at(MONDAY), people=1)
        own = rule_proposals.approve(number, now=at(MONDAY))
        assert own is not None
        assert own.code == "own_proposal"
        both = rule_trials.both_of(loan.person, done, MONDAY)
    assert done.tried_at is not None
    assert done.tried["accounts"] == done.tried["seen"] == 2
    assert done.tried["refused"]["accounts"] == 2
    assert done.tried["refused"]["minor"]["USD"] > 0
    rule = f"client.{working.lender}.quiet"
    assert rule_trials.by_rule(done.tried) == [(rule, "US-NY", 2, 0)]
    assert both is not None
    assert both.before.may_go
    assert [spoken.rule.id for spoken in both.after.refusing] == [rule]
    assert dry(working, loan).may_go
    with working.hands_of(hire(working.lender, ["compliance"]), MONDAY):
        assert rule_proposals.approve(number, why="seen", now=at(MONDAY)) is None
        again = rule_proposals.approve(number, now=at(MONDAY))
        assert again is not None
        assert again.code == "decided"
    verdict = dry(working, loan)
    assert [(spoken.rule.id, spoken.standing.value) for spoken in verdict.refusing] == [(rule, "contract")]
    assert verdict.pack_version.count("+") == 2
    take_back_own_rules(working)
    assert dry(working, loan).may_go


def test_an_agency_works_by_the_rules_of_whose_debts_it_works(working, loans):
    from arrears.actions import rule_proposals, rule_trials

    loan = loans[1]
    working.place(loan, from_on=date(2026, 2, 20), in_default_since=date(2026, 2, 16))
    number = proposed(working, [], {f"compliance/client/{working.lender}/quiet.yaml": QUIET})
    with working.hands_of(working.dora, MONDAY):
        rule_trials.try_some(number, now=at(MONDAY))
    with working.hands_of(hire(working.lender, ["compliance"]), MONDAY):
        assert rule_proposals.approve(number, now=at(MONDAY)) is None
    said = dry(working, loan, staff=working.bob)
    assert f"client.{working.lender}.quiet" in [spoken.rule.id for spoken in said.refusing]
    take_back_own_rules(working)


def test_a_folder_with_mistakes_is_not_even_proposed_and_a_dropped_one_says_why(working):
    from arrears.actions import rule_proposals

    problems = proposed(working, [], {"compliance/local/x.yaml": "title: 1"})
    assert [problem.where.file for problem in problems] == ["compliance/local/x.yaml"]
    assert [one.code for one in proposed(working, [])] == ["no_change"]
    number = proposed(working, [act("set_limit", "house.week", limit="limit", value=12)])
    with working.hands_of(working.dora, MONDAY):
        unsaid = rule_proposals.drop(number, why="", now=at(MONDAY))
        assert unsaid is not None
        assert unsaid.code == "no_reason"
        assert rule_proposals.drop(number, why="not now", now=at(MONDAY)) is None
        again = rule_proposals.drop(number, why="not now", now=at(MONDAY))
        assert again is not None
        assert again.code == "decided"
        unknown = rule_proposals.drop(10**9, why="x", now=at(MONDAY))
        assert unknown is not None
        assert unknown.code == "no_proposal"
