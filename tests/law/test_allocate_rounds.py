"""A round of the day holds as many people as there are minutes in it; the others are tried in a later one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.allocate.rounds import rounds_of
from arrears.engine.allocate.waves import Wave, waves_of
from arrears.kernel.texts import Text

FIRST = Wave(1, Text("First round", "Primera ronda", "第一轮"), 480, 600)
SECOND = Wave(2, Text("Second round", "Segunda ronda", "第二轮"), 870, 960)
PROMISES = Wave(3, Text("Promised today", "Prometido para hoy", "今日承诺"), 540, 960, promises_only=True)
DAY = (FIRST, SECOND, PROMISES)


def sorted_out(people):
    """The wave of each person: (collector, minutes, opens, closes, has promised for today), in rank order."""
    collector, minutes, opens, closes, promised = (np.array(column) for column in zip(*people, strict=True))
    waves = waves_of(DAY, opens, closes, promised.astype(bool))
    rank = np.arange(len(people))
    return rounds_of(DAY, waves, opens, closes, collector.astype(np.int64), rank, minutes.astype(np.int64))


def test_whose_turn_comes_after_the_first_rounds_deadline_is_tried_in_the_second():
    found = sorted_out([(7, 50, 480, 1260, False)] * 4)
    assert found.wave.tolist() == [1, 1, 1, 2]  # the third begins at minute 100 of 120
    assert (found.starts.tolist(), found.ends.tolist()) == ([480, 480, 480, 870], [600, 600, 600, 960])


def test_each_collector_has_a_first_round_of_their_own():
    found = sorted_out([(7, 120, 480, 1260, False), (8, 120, 480, 1260, False), (7, 5, 480, 1260, False)])
    assert found.wave.tolist() == [1, 1, 2]


def test_who_promised_for_today_keeps_the_round_for_promises_and_takes_no_minutes_of_the_first():
    found = sorted_out([(7, 120, 480, 1260, True), (7, 120, 480, 1260, False), (7, 5, 480, 1260, True)])
    assert found.wave.tolist() == [3, 1, 3]


def test_who_cannot_be_reached_later_stays_in_the_first_round():
    found = sorted_out([(7, 120, 480, 1260, False), (7, 5, 480, 800, False)])
    assert found.wave.tolist() == [1, 1]


def test_the_pool_waits_for_the_second_round():
    assert sorted_out([(0, 5, 480, 1260, False), (0, 5, 480, 800, False)]).wave.tolist() == [2, 1]


def test_nobody_on_the_list_is_no_mistake():
    nothing = np.empty(0, np.int64)
    waves = waves_of(DAY, nothing, nothing, nothing.astype(bool))
    assert rounds_of(DAY, waves, nothing, nothing, nothing, nothing, nothing).wave.tolist() == []


people = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(1, 90), st.integers(400, 900), st.integers(500, 1300), st.booleans()
    ),
    min_size=1,
    max_size=40,
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(people)
def test_a_round_never_starts_somebody_after_its_minutes_are_over_unless_there_is_no_later_one(people):
    found = sorted_out(people)
    for who in {1, 2, 3} & {one[0] for one in people}:
        used = 0
        for n, (collector, minutes, opens, closes, _) in enumerate(people):
            if collector != who or found.wave[n] != 1:
                continue
            could_wait = max(opens, 870) < min(closes, 960)
            assert used < 120 or not could_wait
            used += minutes


@settings(deadline=None, max_examples=200)
@given(people)
def test_everybody_is_in_a_round_that_their_hours_overlap_or_in_none_as_before(people):
    found = sorted_out(people)
    for n, (_, _, opens, closes, promised) in enumerate(people):
        if found.wave[n]:
            wave = next(each for each in DAY if each.number == found.wave[n])
            assert (found.starts[n], found.ends[n]) == (max(opens, wave.starts), min(closes, wave.ends))
            assert found.starts[n] < found.ends[n]
            assert promised or not wave.promises_only
