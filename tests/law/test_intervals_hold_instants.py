"""Sets of instants, held against plain sets of whole numbers."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.kernel.intervals import (
    ALWAYS,
    BEGINNING,
    FOREVER,
    NEVER,
    Intervals,
    Span,
    instant_of,
    intersection,
    moment_of,
    union,
)

ENDS = st.integers(0, 40)
SPANS = st.lists(st.tuples(ENDS, ENDS), max_size=6)
LINE = range(-2, 44)


def held(intervals: Intervals) -> set[int]:
    return {point for point in LINE if point in intervals}


@given(SPANS)
@settings(deadline=None)
def test_a_set_holds_what_any_of_its_spans_holds_and_is_kept_in_order_without_touching_spans(spans):
    intervals = Intervals.of(spans)

    assert held(intervals) == {p for p in LINE if any(a <= p < b for a, b in spans)}
    assert all(a.start < a.until for a in intervals)
    assert all(a.until < b.start for a, b in zip(intervals.spans, intervals.spans[1:], strict=False))


@given(SPANS, SPANS)
@settings(deadline=None)
def test_operations_agree_with_those_on_plain_sets_of_numbers(ones, others):
    one, other = Intervals.of(ones), Intervals.of(others)

    assert held(one | other) == held(one) | held(other)
    assert held(one & other) == held(one) & held(other)
    assert held(one - other) == held(one) - held(other)
    assert held(~one) == set(LINE) - held(one)
    assert union([one, other]) == one | other
    assert intersection([one, other]) == one & other


@given(SPANS, SPANS)
@settings(deadline=None)
def test_what_is_the_same_set_is_the_same_value(ones, others):
    one, other = Intervals.of(ones), Intervals.of(others)

    assert ~~one == one
    assert ~(one | other) == ~one & ~other
    assert one | ~one == ALWAYS
    assert one & ~one == NEVER


@given(SPANS, ENDS)
@settings(deadline=None)
def test_the_next_free_and_the_next_held_instant_are_the_first_of_their_kind(spans, point):
    intervals = Intervals.of(spans)

    assert intervals.next_free(point) == next(p for p in range(point, 99) if p not in intervals)
    assert intervals.next_in(point) == next((p for p in range(point, 99) if p in intervals), None)


def test_a_span_holds_its_start_and_not_its_end():
    nine_to_five = Intervals.between(9, 17)

    assert [point in nine_to_five for point in (8, 9, 16, 17)] == [False, True, True, False]


def test_touching_spans_become_one_and_a_backward_span_is_empty():
    assert Intervals.of([(5, 9), (1, 5)]).spans == (Span(1, 9),)
    assert Intervals.between(3, 3) == NEVER
    assert not Intervals.of([(9, 1)])


def test_nothing_is_free_after_a_span_without_end():
    assert Intervals.between(5, FOREVER).next_free(7) is None
    assert Intervals.between(5, FOREVER).next_free(4) == 4
    assert NEVER.next_in(4) is None
    assert ALWAYS.span_at(0) == Span(BEGINNING, FOREVER)


def test_an_instant_is_the_same_from_any_zone_and_comes_back_in_utc():
    noon = datetime(2026, 6, 1, 12, 0, 0, 1, tzinfo=UTC)
    elsewhere = noon.astimezone(timezone(timedelta(hours=-7)))

    assert instant_of(noon) == instant_of(elsewhere) == 1_780_315_200_000_001
    assert moment_of(instant_of(elsewhere)) == noon
    assert moment_of(FOREVER) is None
    assert moment_of(BEGINNING) is None


def test_a_time_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="no time zone"):
        instant_of(datetime(2026, 6, 1, 12, 0))  # noqa: DTZ001 -- the very mistake under test
