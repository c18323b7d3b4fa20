"""A schedule set by hand against what a budget leaves: each turn by itself, a rise from its day, a lump once."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.plans import Instalment, Outline, PlanKind, Rhythm, Shift, Step
from arrears.engine.plans.carrying import too_high
from arrears.engine.plans.proposals import Bounds, Means, affordable
from arrears.engine.plans.schedule import schedule
from arrears.kernel.calendars import Place
from arrears.kernel.problems import Problem

NEW_YORK = Place("US", "NY")
FIRST = date(2026, 3, 6)
JUNE = date(2026, 6, 6)


def first_too_high(kind: PlanKind = PlanKind.EQUAL, *, monthly: int = 10_000, **said: Any) -> int:
    """Return the number of the first instalment that is too high, 0 for none; 60 000 a month."""
    means = {name: said.pop(name) for name in ("rises_on", "rise", "lump_on", "lump") if name in said}
    outline = Outline(kind=kind, rhythm=Rhythm.MONTHLY, first=FIRST, total=60_000, place=NEW_YORK, **said)
    found = schedule(outline)
    assert not isinstance(found, Problem)
    high = too_high(outline, found, Means(monthly=monthly, rhythm=Rhythm.MONTHLY, first=FIRST, **means))
    return high.number if high else 0


def test_an_instalment_may_take_all_that_is_left_and_not_a_cent_more() -> None:
    assert first_too_high(count=6) == 0
    assert first_too_high(count=6, monthly=9_999) == 1
    assert first_too_high(count=6, monthly=0) == 1
    assert first_too_high(count=6, monthly=-5_000) == 1


def test_what_does_not_divide_counts_with_the_instalment_that_takes_it() -> None:
    assert first_too_high(count=7, monthly=8_571) == 7
    assert first_too_high(count=7, monthly=8_574) == 0


def test_a_rise_counts_from_its_day_on() -> None:
    steps = (Step(3, 10_000), Step(0, 15_000))
    assert first_too_high(PlanKind.STEP, steps=steps) == 4
    assert first_too_high(PlanKind.STEP, steps=steps, rises_on=JUNE, rise=5_000) == 0
    assert first_too_high(PlanKind.STEP, steps=steps, rises_on=JUNE + timedelta(days=1), rise=5_000) == 4
    assert first_too_high(PlanKind.STEP, steps=steps, rises_on=JUNE, rise=4_999) == 4


def test_a_last_sum_is_carried_by_one_that_is_expected_and_not_by_hope() -> None:
    balloon: dict[str, Any] = {"count": 3, "amount": 10_000, "balloon_on": JUNE}
    assert first_too_high(PlanKind.BALLOON, **balloon) == 4
    assert first_too_high(PlanKind.BALLOON, **balloon, lump_on=JUNE, lump=20_000) == 0
    assert first_too_high(PlanKind.BALLOON, **balloon, lump_on=JUNE, lump=19_999) == 4
    assert first_too_high(PlanKind.BALLOON, **balloon, lump_on=JUNE + timedelta(days=1), lump=30_000) == 4


def test_two_instalments_of_one_turn_share_what_that_turn_leaves_and_a_lump_is_spent_once() -> None:
    outline = Outline(kind=PlanKind.EQUAL, rhythm=Rhythm.MONTHLY, first=FIRST, total=1, place=NEW_YORK)
    twice = [Instalment(n, day, day, 6_000) for n, day in enumerate((FIRST, FIRST + timedelta(days=9)), start=1)]
    means = Means(monthly=10_000, rhythm=Rhythm.MONTHLY, first=FIRST)
    assert too_high(outline, twice, means) == twice[1]
    lump = Means(monthly=10_000, rhythm=Rhythm.MONTHLY, first=FIRST, lump_on=FIRST, lump=5_000)
    heavy = [Instalment(n, day, day, 14_000) for n, day in enumerate((FIRST, date(2026, 4, 6)), start=1)]
    assert too_high(outline, heavy, lump) == heavy[1]


@settings(deadline=None, max_examples=150)
@given(
    total=st.integers(1, 2_000_000),
    monthly=st.integers(-10_000, 60_000),
    rhythm=st.sampled_from(list(Rhythm)),
    rise=st.integers(0, 30_000),
    lump=st.integers(0, 1_000_000),
    later=st.integers(1, 400),
    month_day=st.sampled_from([0, 31]),
    shift=st.sampled_from(list(Shift)),
)
def test_whatever_is_proposed_is_carried(
    total: int, monthly: int, rhythm: Rhythm, rise: int, lump: int, later: int, month_day: int, shift: Shift
) -> None:
    day = FIRST + timedelta(days=later)
    means = Means(
        monthly=monthly, rhythm=rhythm, first=FIRST, rises_on=day, rise=rise, lump_on=day, lump=lump
    )  # fmt: skip
    for each in affordable(total, means, NEW_YORK, Bounds(), shift, month_day).proposals:
        assert too_high(each.outline, each.instalments, means) is None, each
