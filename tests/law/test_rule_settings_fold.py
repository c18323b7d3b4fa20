"""What is in force of acts about rules: folded in the order in which they were made, each from its day on."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from arrears.domain.rule_settings import RuleAct, Settled, gate_on, with_act

TODAY = date(2026, 3, 2)


def on(rule: str, day: int = 0, act: RuleAct = RuleAct.SWITCH_ON, **more: Any) -> Settled:
    return Settled(act=act, rule=rule, from_on=TODAY + timedelta(days=day), **more)


def test_an_act_of_today_holds_today_and_one_of_a_later_day_from_that_day_on():
    gate = with_act(with_act({}, on("a"), TODAY), on("b", 3), TODAY)
    assert gate_on(gate, TODAY + timedelta(days=2)) == gate
    assert gate["switched_on"] == ["a"]
    assert gate_on(gate, TODAY + timedelta(days=3))["switched_on"] == ["a", "b"]


def test_what_is_settled_today_holds_for_the_days_that_wait_as_well():
    gate = with_act(with_act({}, on("b", 3), TODAY), on("a"), TODAY)
    assert gate_on(gate, TODAY + timedelta(days=3))["switched_on"] == ["a", "b"]
    gate = with_act(gate, on("b", 1, RuleAct.SWITCH_OFF), TODAY)
    assert gate_on(gate, TODAY + timedelta(days=9))["switched_on"] == ["a"]


def test_settings_that_no_act_speaks_of_are_kept():
    gate = with_act({"by_choice": ["us.regf"]}, on("house.day", act=RuleAct.SET_LIMIT, limit="limit", value=2), TODAY)
    assert gate == {"by_choice": ["us.regf"], "limits": {"house.day": {"limit": 2}}}
    back = on("house.day", act=RuleAct.SET_LIMIT, limit="limit")
    assert with_act(gate, back, TODAY) == {"by_choice": ["us.regf"]}


def test_a_pack_is_taken_and_given_back():
    gate = with_act({}, on("own", act=RuleAct.TAKE_PACK, pack="ab"), TODAY)
    assert gate == {"packs": {"own": "ab"}}
    assert with_act(gate, on("own", act=RuleAct.TAKE_PACK), TODAY) == {}


ACTS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 6),
        st.sampled_from(["a", "b"]),
        st.sampled_from([RuleAct.SWITCH_ON, RuleAct.SWITCH_OFF, RuleAct.KEEP_BY_CHOICE, RuleAct.END_CHOICE]),
    ),
    max_size=8,
)


@given(ACTS)
def test_on_every_day_the_acts_that_hold_by_then_are_in_force_in_the_order_they_were_made(drawn):
    made: list[Settled] = []
    gate: Mapping[str, Any] = {}
    today = TODAY
    for later, ahead, rule, act in drawn:
        today += timedelta(days=later)
        settled = Settled(act=act, rule=rule, from_on=today + timedelta(days=ahead))
        made.append(settled)
        gate = with_act(gate, settled, today)
    for ahead in range(12):
        day = today + timedelta(days=ahead)
        plain: Mapping[str, Any] = {}
        for settled in made:
            if settled.from_on <= day:
                plain = with_act(plain, Settled(act=settled.act, rule=settled.rule, from_on=day), day)
        assert {name: value for name, value in gate_on(gate, day).items() if name != "later"} == plain
