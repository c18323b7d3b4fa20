"""Cases go to collectors in the order of the list, within their minutes, and always the same way."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.allocate import NO_CAPACITY, NO_SKILL, NO_TEAM, PLACED, Collectors, Work, allocate, ranked

EN, ES = 0, 1
LEGAL = 0b01


def work(*rows, given_to=None):
    """Columns of: person, tier, value per minute, minutes, team, language, skills, last collector."""
    columns = list(np.array(rows, np.int64).reshape(-1, 8).T)
    columns.append(np.zeros(len(rows), np.int64) if given_to is None else np.array(given_to))
    return Work(*columns)


def collectors(*rows):
    """Columns of: staff, team (one), languages, skills, minutes."""
    columns = np.array(rows, np.int64).reshape(-1, 5).T.copy()
    columns[1] = 1 << columns[1]
    return Collectors(*columns)


def test_a_lower_tier_number_comes_before_any_value():
    order = ranked(np.array([2, 1]), np.array([900, 1]), np.array([1, 2]))
    assert order.tolist() == [1, 0]


def test_within_a_tier_the_larger_value_per_minute_comes_first():
    assert ranked(np.array([1, 1]), np.array([4, 5]), np.array([1, 2])).tolist() == [1, 0]


def test_equal_cases_go_by_person_number():
    assert ranked(np.array([1, 1]), np.array([5, 5]), np.array([8, 3])).tolist() == [1, 0]


def test_the_best_case_gets_the_last_minutes():
    cases = work((1, 2, 50, 10, 1, EN, 0, 0), (2, 1, 5, 10, 1, EN, 0, 0))
    done = allocate(cases, collectors((7, 1, 1 << EN, 0, 10)))
    assert done.collector.tolist() == [0, 7]
    assert done.reason.tolist() == [NO_CAPACITY, PLACED]
    assert done.rank.tolist() == [1, 0]
    assert done.minutes_left.tolist() == [0]


def test_a_case_one_minute_longer_than_what_is_left_waits_and_a_shorter_one_goes_in():
    cases = work((1, 1, 9, 11, 1, EN, 0, 0), (2, 1, 8, 10, 1, EN, 0, 0))
    done = allocate(cases, collectors((7, 1, 1 << EN, 0, 10)))
    assert done.collector.tolist() == [0, 7]


def test_the_one_who_had_the_case_last_keeps_it_while_there_are_minutes():
    cases = work((1, 1, 9, 10, 1, EN, 0, 5), (2, 1, 8, 10, 1, EN, 0, 5), (3, 1, 7, 10, 1, EN, 0, 5))
    done = allocate(cases, collectors((4, 1, 1 << EN, 0, 100), (5, 1, 1 << EN, 0, 20)))
    assert done.collector.tolist() == [5, 5, 4]


def test_without_continuity_the_emptiest_desk_takes_the_case_and_the_lower_number_on_a_tie():
    cases = work(*((n, 1, 9, 10, 1, EN, 0, 0) for n in range(1, 5)))
    done = allocate(cases, collectors((4, 1, 1 << EN, 0, 30), (5, 1, 1 << EN, 0, 20)))
    assert done.collector.tolist() == [4, 4, 5, 4]


def test_a_case_goes_only_to_its_team_in_its_language_with_its_skills():
    cases = work((1, 1, 9, 5, 1, ES, 0, 0), (2, 1, 9, 5, 1, EN, LEGAL, 0), (3, 1, 9, 5, 2, EN, 0, 0))
    done = allocate(
        cases,
        collectors((4, 1, 1 << EN, 0, 60), (5, 1, 1 << ES, LEGAL, 50), (6, 1, 1 << EN, LEGAL, 40), (7, 2, 1, 0, 9)),
    )
    assert done.collector.tolist() == [5, 6, 7]


def test_a_case_that_a_human_gave_to_somebody_goes_there_whatever_the_team_and_language():
    cases = work((1, 1, 9, 5, 1, EN, 0, 4), (2, 1, 8, 5, 3, ES, LEGAL, 0), given_to=[5, 5])
    done = allocate(cases, collectors((4, 1, 1 << EN, 0, 60), (5, 2, 1 << ES, 0, 8)))
    assert done.collector.tolist() == [5, 0]
    assert done.reason.tolist() == [PLACED, NO_CAPACITY]


def test_a_case_given_to_somebody_who_is_not_here_goes_the_usual_way():
    done = allocate(work((1, 1, 9, 5, 1, EN, 0, 0), given_to=[9]), collectors((4, 1, 1 << EN, 0, 60)))
    assert done.collector.tolist() == [4]


def test_a_case_that_nobody_could_take_says_whether_the_team_or_the_skill_lacks():
    cases = work((1, 1, 9, 5, 3, EN, 0, 0), (2, 1, 9, 5, 1, ES, 0, 0), (3, 1, 9, 5, 1, EN, LEGAL, 0))
    done = allocate(cases, collectors((4, 1, 1 << EN, 0, 60)))
    assert done.reason.tolist() == [NO_TEAM, NO_SKILL, NO_SKILL]
    assert done.minutes_left.tolist() == [60]


def test_no_work_and_no_collectors_are_fine():
    assert len(allocate(work(), collectors((4, 1, 1, 0, 60))).collector) == 0
    assert allocate(work((1, 1, 9, 5, 1, EN, 0, 0)), collectors()).reason.tolist() == [NO_TEAM]


case = st.tuples(
    st.integers(1, 3), st.integers(0, 50), st.integers(1, 30), st.integers(1, 2), st.integers(0, 1), st.integers(0, 3)
)
desk = st.tuples(st.integers(1, 2), st.integers(1, 3), st.integers(0, 3), st.integers(0, 90))


@st.composite
def days(draw):
    cases = draw(st.lists(case, max_size=30))
    desks = draw(st.lists(desk, max_size=5))
    last = draw(st.lists(st.integers(0, 6), min_size=len(cases), max_size=len(cases)))
    rows = [(n + 1, *one, last[n]) for n, one in enumerate(cases)]
    return rows, [(n + 1, *one) for n, one in enumerate(desks)], draw(st.permutations(range(len(rows))))


@settings(deadline=None)
@given(days())
def test_nobody_gets_more_minutes_than_they_have_and_every_minute_is_accounted_for(day):
    rows, desks, _ = day
    done = allocate(work(*rows), collectors(*desks))
    for at, (staff, *_, minutes) in enumerate(desks):
        given_out = sum(row[3] for row, who in zip(rows, done.collector, strict=True) if who == staff)
        assert given_out + done.minutes_left[at] == minutes
        assert done.minutes_left[at] >= 0


@settings(deadline=None)
@given(days())
def test_who_gets_what_does_not_depend_on_the_order_of_reading(day):
    rows, desks, shuffled = day
    straight = allocate(work(*rows), collectors(*desks))
    mixed = allocate(work(*(rows[at] for at in shuffled)), collectors(*desks))
    assert mixed.collector.tolist() == [straight.collector[at] for at in shuffled]
    assert mixed.reason.tolist() == [straight.reason[at] for at in shuffled]


@settings(deadline=None)
@given(days())
def test_a_case_without_a_collector_fits_nobody_at_the_end_of_the_day(day):
    rows, desks, _ = day
    done = allocate(work(*rows), collectors(*desks))
    for row, reason in zip(rows, done.reason, strict=True):
        _, _, _, minutes, team, language, skills, _ = row
        fits = [
            done.minutes_left[at] >= minutes
            for at, (_, its_team, languages, held, _) in enumerate(desks)
            if its_team == team and languages >> language & 1 and held & skills == skills
        ]
        assert reason == PLACED or not any(fits)
