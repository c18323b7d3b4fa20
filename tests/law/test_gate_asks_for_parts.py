"""Rules that ask for a part or a notice, where a fact is missing: asked for all the same, or refused by name."""

from datetime import date
from typing import Any

import pytest

from arrears.engine.gate import Answer, Settings, Verdict, ask
from arrears.engine.gate.rules import Severity
from arrears.engine.gate.verdict import Effect
from arrears.packs.compliance import rule_book
from arrears.packs.compliance.cases import read_case

AT = "2026-06-02 10:00"
LETTER = {"at": AT, "channel": "letter", "use": "home"}


def verdict_on(rule: str, asked: dict[str, Any], **more: Any) -> Verdict:
    worked = next(read_case({"name": "a part", "rules": [rule], "ask": asked, **more}))
    return ask(rule_book(), worked.proposal, worked.known, Settings(only=frozenset({rule})))


@pytest.mark.parametrize(
    ("blocks", "answer"),
    [
        ([], Answer.ALLOW_WITH_NOTICE),
        (["creditor_named", "debt_identified", "dispute_rights", "contact_point"], Answer.ALLOW),
    ],
)
def test_a_part_is_asked_for_where_nobody_knows_whether_the_debt_is_of_the_kind(blocks, answer):
    verdict = verdict_on("cn.cbrc2011.69", {**LETTER, "blocks": blocks}, place="CN", debts={"A": {}})

    assert verdict.answer is answer
    assert verdict.missing == ()
    other = verdict_on("cn.cbrc2011.69", {**LETTER, "blocks": []}, place="CN", debts={"A": {"kind": "telecom"}})
    assert other.answer is Answer.ALLOW


@pytest.mark.parametrize(("blocks", "speaks"), [([], True), (["opt_out"], False)])
def test_a_part_is_asked_for_where_nobody_knows_whether_the_law_binds(blocks, speaks):
    asked = {"at": AT, "channel": "email", "blocks": blocks}
    verdict = verdict_on("us.regf.1006.6.e", asked, debts={"A": {"in_default_when_obtained": None}})

    spoken = verdict.said_by("us.regf.1006.6.e")
    assert (spoken is not None) is speaks
    assert spoken is None or (spoken.answer, spoken.missing) == (Answer.ALLOW_WITH_NOTICE, None)


def test_whom_the_law_does_not_bind_is_asked_for_nothing():
    asked = {"at": AT, "channel": "email", "blocks": []}
    verdict = verdict_on("us.regf.1006.6.e", asked, debts={"A": {"in_default_when_obtained": False}})
    assert verdict.said_by("us.regf.1006.6.e") is None


TOO_OLD = "us.tx.392.307.notice"


def barred(course: dict[str, Any], *, blocks: list[str] | None = None) -> Verdict:
    return verdict_on(
        TOO_OLD,
        {**LETTER, "blocks": blocks or []},
        place="US-TX",
        zones=["America/Chicago"],
        limitation=["limitation.us.tx.16.004"],
        collector_kind="debt_buyer",
        debts={"A": {"course": course}},
    )


def test_a_part_that_may_be_untrue_is_not_made_and_what_is_not_known_refuses_by_name():
    verdict = barred({})

    (spoken,) = verdict.refusing
    assert (spoken.rule.id, spoken.answer, spoken.effect) == (TOO_OLD, Answer.REFUSE, Effect.BARS)
    assert verdict.missing == (spoken.missing,)
    assert spoken.missing
    assert verdict.next_permitted is None
    assert verdict.windows == ()


def test_where_the_last_day_is_known_the_part_is_asked_for_and_nothing_refused():
    assert barred({"default_on": date(2022, 6, 1)}).answer is Answer.ALLOW_WITH_NOTICE
    assert barred({"default_on": date(2022, 6, 1)}, blocks=["time_barred"]).answer is Answer.ALLOW
    assert barred({"default_on": date(2022, 6, 2)}).answer is Answer.ALLOW


def test_a_fact_that_the_part_itself_is_made_of_refuses_by_name():
    def itemised(**said: bool) -> Verdict:
        asked = {**LETTER, "purpose": "validation_notice", "said": said}
        more = {"place": "US-NY", "debts": {"A": {"status": "charged_off"}}}
        return verdict_on("us.ny.dfs.1.itemisation", asked, **more)

    assert itemised(charge_off_itemised=True).answer is Answer.ALLOW
    assert itemised(charge_off_itemised=False).answer is Answer.ALLOW_WITH_NOTICE
    unsaid = itemised()
    assert (unsaid.answer, unsaid.missing) == (Answer.REFUSE, ("proposal.charge_off_itemised",))


@pytest.mark.parametrize(
    ("collector", "answer"),
    [
        ({}, Answer.ALLOW_WITH_NOTICE),
        ({"calls_from": "US-NY"}, Answer.ALLOW),
        ({"calls_from": "US-PA"}, Answer.ALLOW_WITH_NOTICE),
    ],
)
def test_a_recording_is_announced_while_nobody_says_from_where_we_call(collector, answer):
    asked = {"at": AT, "act": "record_call"}
    more = {"place": "US-TX", "zones": ["America/Chicago"], "collector_facts": collector}
    assert verdict_on("us.rec.allparty", asked, **more).answer is answer


def test_every_rule_that_asks_for_a_part_and_may_lack_a_fact_is_left_to_the_moment_by_the_night():
    from arrears.engine.gate.masks import _MAY_LACK

    kinds = {rule.kind for rule in rule_book().rules if rule.severity is Severity.NOTICE}
    never = {"all_party", "blocks", "confirmed_in", "disclosed", "plan_copy", "unanswered"}
    assert kinds <= _MAY_LACK | never
    assert not never & _MAY_LACK
