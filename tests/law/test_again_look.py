"""The day to look again is the first on which a fact that moves with the calendar changes what a table answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.again import MOVING, look_again_on
from arrears.engine.tables import many
from arrears.facts import NULL
from arrears.kernel.epoch import NO_DATE
from arrears.packs.loading import load

DAY = 20_500


def looked(otherwise=NO_DATE, *, ages=True, **facts):
    columns = {name: np.array([value]) for name, value in facts.items()}
    found = look_again_on(load().program, columns, DAY, otherwise=np.array([otherwise]), ages=np.array([ages]))
    return int(found[0]) if found[0] == NO_DATE else int(found[0]) - DAY


@pytest.mark.parametrize(("days", "away"), [(1, 5), (5, 1), (6, 5), (10, 1), (29, 1), (30, 1), (31, 29)])
def test_days_past_due_are_looked_at_when_the_next_band_begins(days, away):
    assert looked(days_past_due=days) == away


def test_an_account_with_nothing_unpaid_does_not_age():
    assert looked(days_past_due=0, ages=False) == NO_DATE


def test_a_date_that_comes_sooner_wins():
    assert looked(DAY + 2, days_past_due=1) == 2


def test_a_countdown_is_looked_at_on_the_day_it_falls_below_an_edge():
    assert looked(days_to_next_due=4) == 1
    assert looked(days_to_next_due=9) == 6


def test_what_is_not_known_does_not_move():
    assert looked(days_since_broken=NULL) == NO_DATE


@settings(deadline=None, max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "days_past_due": st.integers(1, 200),
            "days_to_next_due": st.one_of(st.just(NULL), st.integers(0, 40)),
            "days_since_cure": st.one_of(st.just(NULL), st.integers(0, 40)),
            "promise_due_in_days": st.one_of(st.just(NULL), st.integers(-3, 10)),
            "days_since_broken": st.one_of(st.just(NULL), st.integers(0, 12)),
            "days_since_contact": st.one_of(st.just(NULL), st.integers(0, 12)),
        }
    )
)
def test_before_that_day_no_table_answers_differently(facts):
    program = load().program
    away = looked(**facts)
    now = many(program, {name: np.array([value]) for name, value in facts.items()}, 1)
    for later in range(1, min(away, 60) if away != NO_DATE else 60):
        moved = {
            name: np.array([value if value == NULL else value + MOVING[name] * later]) for name, value in facts.items()
        }
        if moved["days_to_next_due"][0] < 0 and facts["days_to_next_due"] != NULL:
            break  # the instalment has come: that day is the position's own to look again
        then = many(program, moved, 1)
        assert {name: int(column[0]) for name, column in then.items()} == {
            name: int(column[0]) for name, column in now.items()
        }
