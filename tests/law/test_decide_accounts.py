"""Decisions about accounts: many and one agree, dates and sums are exact, nobody is dropped."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears import packs
from arrears.domain.position import POSITION, Flag, Position, as_rows
from arrears.engine.decide import (
    DECISION,
    PERSON,
    decide,
    decide_one,
    decide_positions,
    fact_columns,
    facts_of,
    fold,
    fold_one,
    why,
)
from arrears.facts import NULL, Fact
from arrears.kernel.epoch import NO_DATE

STRATEGY = packs.load()
DAY = 20_000


def values(fact: Fact) -> st.SearchStrategy[int]:
    if fact.kind == "code":
        known = st.sampled_from([code.number for code in fact.codes])
    elif fact.kind == "money":
        known = st.one_of(st.integers(0, 10**7), st.sampled_from([0, 999_999, 1_000_000, 10**15]))
    elif fact.kind == "flag":
        known = st.integers(0, 1)
    else:
        low, high = fact.range
        known = st.integers(max(low, -5), min(high, 160))
    return st.one_of(known, st.just(NULL)) if fact.may_be_null else known


GIVEN = (*STRATEGY.program.given, STRATEGY.facts["arrears_minor"], STRATEGY.facts["days_since_worked"])
GIVEN = (*GIVEN, STRATEGY.facts["hold_ends_in_days"])
ACCOUNTS = st.fixed_dictionaries({fact.name: values(fact) for fact in GIVEN})


def columns_of(accounts: list[dict[str, int]]) -> dict[str, np.ndarray]:
    return {fact.name: np.array([account[fact.name] for account in accounts], np.int64) for fact in GIVEN}


def as_dicts(rows: np.ndarray) -> list[dict[str, int]]:
    return [{name: int(row[name]) for name in rows.dtype.names or ()} for row in rows]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(ACCOUNTS, st.integers(1, 4)), min_size=1, max_size=25))
def test_many_and_one_decide_alike_and_so_does_their_fold(drawn: list[tuple[dict[str, int], int]]) -> None:
    accounts = [facts for facts, _ in drawn]
    people = [person for _, person in drawn]
    ids = np.arange(100, 100 + len(drawn))
    decided = decide(columns_of(accounts), STRATEGY, DAY, accounts=ids, people=np.array(people))
    single = [
        decide_one(facts, STRATEGY, DAY, account=100 + at, person=people[at]) for at, facts in enumerate(accounts)
    ]
    assert as_dicts(decided) == [{name: one[name] for name in DECISION.names or ()} for one in single]
    folded = [
        fold_one([one for one in single if one["person"] == person], STRATEGY, DAY) for person in sorted(set(people))
    ]
    assert as_dicts(fold(decided, STRATEGY, DAY)) == [
        {name: one[name] for name in PERSON.names or ()} for one in folded
    ]


@settings(deadline=None, max_examples=150)
@given(ACCOUNTS)
def test_no_open_account_is_without_a_dated_next_action_and_an_owner(facts: dict[str, int]) -> None:
    """P20."""
    decided = decide_one(facts, STRATEGY, DAY, account=1, person=1)
    is_closed = STRATEGY.name("stage", decided["stage"]) == "closed"
    assert (decided["next_action"] == 0) == is_closed
    assert (decided["next_on"] == NO_DATE) == is_closed
    assert (decided["owner_team"] == 0) == is_closed
    assert decided["treatment_row"] >= 0
    if not is_closed:
        assert decided["next_on"] >= DAY
        assert decided["reasons"] or decided["treatment"]


@settings(deadline=None, max_examples=100)
@given(ACCOUNTS, st.integers(0, 400))
def test_more_days_alone_never_change_the_tone(facts: dict[str, int], days: int) -> None:
    """P24."""
    later = {**facts, "days_past_due": days}
    tones = {decide_one(each, STRATEGY, DAY, account=1, person=1)["tone"] for each in (facts, later)}
    assert len(tones) == 1


def decided(**facts: int) -> dict[str, int]:
    return decide_one(facts, STRATEGY, DAY, account=1, person=1)


@pytest.mark.parametrize(
    ("facts", "ahead"),
    [
        ({"days_past_due": 3}, 0),  # never tried: today
        ({"days_past_due": 3, "days_since_contact": 0}, 2),  # service: every second day
        ({"days_past_due": 3, "days_since_contact": 9}, 0),  # overdue: today, not in the past
        ({"days_past_due": 70, "days_since_contact": 1}, 3),  # negotiation: four days apart
        ({"days_past_due": 3, "promise_due_in_days": 2}, 2),  # unknown reliability: on the day
        ({"days_past_due": 3, "promise_due_in_days": 2, "kept_promises": 3}, 2),  # P12 reliable: on the day
        ({"days_past_due": 3, "promise_due_in_days": 2, "broken_promises_90d": 2}, 1),  # P12 unreliable: the day before
        ({"days_past_due": 3, "promise_due_in_days": -4}, 0),
        ({"days_past_due": 0, "days_to_next_due": 20}, 17),  # look again three days before
        ({"days_past_due": 0, "days_to_next_due": 2}, 0),  # due soon: remind today
        ({"days_past_due": 0, "days_to_next_due": 2, "days_since_contact": 1}, 3),  # reminded: the day after it is due
        ({"days_past_due": 0}, 0),  # nothing known: look today
        ({"days_past_due": 0, "days_since_worked": 4}, 10),  # else fourteen days after it was last worked
        ({"days_past_due": 9, "hold": 5, "hold_ends_in_days": 30}, 30),
        ({"days_past_due": 9, "hold": 5, "days_since_worked": 13}, 1),
    ],
)
def test_the_next_action_has_its_day(facts: dict[str, int], ahead: int) -> None:
    assert decided(**facts)["next_on"] == DAY + ahead


def test_value_per_minute_is_added_recovery_by_chance_by_minute() -> None:
    """P07: 1,234.56 in M1 days 6 to 10, class not yet known: 9 % added, 35 % reached, 4 minutes."""
    found = decided(days_past_due=6, arrears_minor=123_456)
    assert found["effort_minutes"] == 4
    assert found["expected_minor"] == 123_456 * 900 // 10_000 * 3_500 // 10_000 == 3_888
    assert found["value_per_minute"] == 972


def test_the_largest_amount_does_not_leave_the_integers() -> None:
    column = {"arrears_minor": np.array([10**15]), "days_past_due": np.array([40])}
    one_id = np.array([1])
    assert decide(column, STRATEGY, DAY, accounts=one_id, people=one_id)["expected_minor"][0] == 49 * 10**12


def test_facts_follow_from_a_position_and_a_day() -> None:
    row = Position(
        account=7,
        principal_minor=90_000,
        due_unpaid_minor=10_000,
        oldest_unpaid_day=DAY - 12,
        last_due_day=DAY - 12,
        next_due_day=DAY + 18,
        late_since_day=DAY - 12,
        last_payment_day=DAY - 12,
        late_pattern=0b1_0000_0000_1011,
        promise_due_day=DAY + 1,
        promises_kept=2,
        plan_due_day=DAY + 4,
        plan_state=1,
        broken_1_day=DAY - 90,
        broken_2_day=DAY - 91,
        last_attempt_day=DAY - 2,
        last_contact_day=DAY - 1,
        last_rpc_day=DAY - 13,
        attempts_since_rpc=4,
        pending_minor=1,
        holds=0b1001,
        flags=Flag.FIRST_UNPAID,
    )
    facts = facts_of(row, DAY, {"currency": 840})
    assert facts == {
        "status": 1,
        "days_past_due": 12,
        "days_to_next_due": 18,
        "days_since_cure": NULL,
        "is_first_instalment": 1,
        "late_of_last_12": 3,
        "arrears_minor": 10_000,
        "balance_minor": 90_000,
        "is_part_paid": 1,
        "has_payment_pending": 1,
        "promise_due_in_days": 1,
        "broken_promises_90d": 1,
        "kept_promises": 2,
        "last_promise": 1,
        "plan_state": 1,
        "plan_due_in_days": 4,
        "plan_behind_days": NULL,
        "days_since_broken": 90,
        "calls_7d": 0,
        "attempts_since_rpc": 4,
        "has_talked_since_late": 0,
        "days_since_contact": 2,
        "days_since_worked": 1,
        "hold": STRATEGY.number("hold", "bankruptcy"),
        "currency": 840,
    }


@pytest.mark.parametrize(
    ("flags", "status"),
    [
        (0, "open"),
        (Flag.NOTHING_OWED, "nothing_owed"),
        (Flag.CHARGED_OFF, "written_off"),
        (Flag.CHARGED_OFF | Flag.NOTHING_OWED, "nothing_owed"),
        (Flag.CHARGED_OFF | Flag.SOLD, "sold"),
    ],
)
def test_the_status_follows_from_the_flags(flags: int, status: str) -> None:
    facts = fact_columns(as_rows([Position(account=1, flags=int(flags))]), DAY)
    assert STRATEGY.name("status", int(facts["status"][0])) == status


def test_a_position_brings_every_fact_that_the_tables_want_but_those_of_the_case() -> None:
    brought = set(fact_columns(np.zeros(0, POSITION), DAY))
    wanted = {fact.name for fact in STRATEGY.program.given}
    others = {"currency", "reason_late", "ability", "willingness", "class_set", "team_now", "reachable_phones"}
    assert wanted - brought == others


def test_nobody_to_fold_folds_to_nobody() -> None:
    assert len(fold(np.zeros(0, DECISION), STRATEGY, DAY)) == 0


def test_one_conversation_speaks_of_all_accounts_that_ask_for_contact() -> None:
    first = decide_one({"days_past_due": 6, "arrears_minor": 100_000}, STRATEGY, DAY, account=1, person=9)
    second = decide_one({"days_past_due": 40, "arrears_minor": 100_000}, STRATEGY, DAY, account=2, person=9)
    disputed = decide_one({"days_past_due": 200, "hold": 5, "arrears_minor": 900}, STRATEGY, DAY, account=3, person=9)
    person = fold_one([first, second, disputed], STRATEGY, DAY)
    assert person["account"] == 2
    assert STRATEGY.name("stage", person["stage"]) == "recovery"
    assert STRATEGY.name("next_action", person["next_action"]) == "call"
    assert person["effort_minutes"] == 6
    assert person["value_per_minute"] == (first["expected_minor"] + second["expected_minor"]) // 6
    assert (person["accounts"], person["arrears_minor"]) == (3, 200_900)


def test_blocks_of_positions_are_decided_like_the_whole() -> None:
    late = np.arange(20_000) % 200
    rows = np.zeros(20_000, POSITION)
    for name in POSITION.names or ():
        if name.endswith("_day"):
            rows[name] = NO_DATE
    rows["account"], rows["charge_day_count"] = np.arange(20_000), 1
    rows["oldest_unpaid_day"], rows["due_unpaid_minor"] = DAY - late, 50_000
    phones, people = np.arange(20_000) % 3, np.arange(20_000) // 2
    whole = decide(
        fact_columns(rows, DAY, {"reachable_phones": phones}), STRATEGY, DAY, accounts=rows["account"], people=people
    )
    blocks = decide_positions(rows, STRATEGY, DAY, people=people, others={"reachable_phones": phones})
    assert blocks.tobytes() == whole.tobytes()


def test_the_account_of_why_names_each_table_its_row_and_its_words() -> None:
    steps = why({"days_past_due": 31, "team_now": 1, "has_other_lenders": 1}, STRATEGY)
    assert [step.table for step in steps] == [table.id for table in STRATEGY.program.tables]
    (owner,) = [step for step in steps if step.table.endswith("/owner_team")]
    assert owner.explanation.answered_by == ("head_office",)
    assert [(each.fact, each.value.es) for each in owner.answered] == [("owner_team", "Central")]
    assert ("days_past_due", "31") in [(each.fact, each.value.zh) for each in owner.asked]
    assert owner.heading.cites == "P02, P05"
    (reasons,) = [step for step in steps if step.table.endswith("/reasons")]
    assert reasons.answered[0].value.en == "Handed over today, Not yet touched, Past due"
    (tone,) = [step for step in steps if step.table.endswith("/tone")]
    assert ("is_habitual_late", "no") in [(each.fact, each.value.en) for each in tone.asked]


def test_values_are_said_in_words() -> None:
    assert STRATEGY.said("currency", NULL).es == "no se indicó"
    assert STRATEGY.said("channels", 0).zh == "无"
    assert STRATEGY.said("channels", 0b110).zh == "短信、电子邮件"
    assert STRATEGY.said("arrears_minor", 120).en == "120"
