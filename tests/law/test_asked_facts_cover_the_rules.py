"""Every fact by whose lack a rule may refuse has words, a bearer and somebody who can supply it."""

import pytest

from arrears.engine.gate.kinds.facts_hold import REFUSE, FactsHold
from arrears.engine.gate.kinds.limitation import LimitationOver
from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.engine.gate.kinds.notice_needed import NoticeNeeded
from arrears.engine.gate.kinds.rate_ceiling import CONTRACTED, RATE, REFERENCE, RateCeiling
from arrears.engine.gate.kinds.topic_facts import TopicFacts
from arrears.engine.limitation.counting import MISSING
from arrears.engine.limitation.standing import ROW_MISSING
from arrears.facts.asked import asked_facts
from arrears.packs.compliance import rule_book


def needed(evaluator):
    match evaluator:
        case FactsHold():
            yield from evaluator.must if evaluator.missing == REFUSE else ()
            yield from evaluator.when if evaluator.when_missing == REFUSE else ()
        case NoticeNeeded():
            yield from evaluator.when if evaluator.when_missing == REFUSE else ()
        case NoticeDue():
            yield from evaluator.when
        case LimitationOver():
            yield from evaluator.unless
        case TopicFacts():
            yield from evaluator.must
        case RateCeiling():
            yield from evaluator.when


ASKING = [rule for rule in rule_book().rules if list(needed(rule.evaluator))]


@pytest.mark.parametrize("rule", ASKING, ids=lambda rule: rule.id)
def test_a_fact_that_a_rule_needs_is_declared(rule):
    own = {"collector.kind", "debt.kind", "debt.status"}

    assert {test.fact for test in needed(rule.evaluator)} - own <= set(asked_facts())


def test_so_are_the_facts_of_limitation():
    assert {ROW_MISSING, *MISSING.values()} <= set(asked_facts())


COUNTING = [rule for rule in rule_book().rules if isinstance(rule.evaluator, NoticeDue | RateCeiling)]


@pytest.mark.parametrize("rule", COUNTING, ids=lambda rule: rule.id)
def test_so_are_the_days_and_rates_by_which_others_count(rule):
    match rule.evaluator:
        case NoticeDue() as due:
            assert f"debt.{due.since}" in asked_facts()
        case RateCeiling():
            assert {f"proposal.{RATE}", f"debt.{REFERENCE}", f"debt.{CONTRACTED}"} <= set(asked_facts())
