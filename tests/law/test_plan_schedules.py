"""Schedules of plans: dates by calendar and rhythm, amounts exact to the minor unit, split and joined without loss."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.plans import Instalment, Outline, PlanKind, Rest, Rhythm, Shift, Step
from arrears.engine.plans.schedule import nominal_days, schedule, shifted
from arrears.engine.plans.shares import join, rewritten, split
from arrears.kernel.calendars import Place, is_business_day
from arrears.kernel.problems import Problem

NEW_YORK = Place("US", "NY")
FIRST = date(2026, 1, 30)


def made(**shape: object) -> tuple[Instalment, ...]:
    given = {"kind": PlanKind.EQUAL, "rhythm": Rhythm.MONTHLY, "first": FIRST, "shift": Shift.NONE}
    found = schedule(Outline(**{**given, **shape}))  # type: ignore[arg-type]
    assert not isinstance(found, Problem), found
    return found


def refused(**shape: object) -> str:
    given = {"kind": PlanKind.EQUAL, "rhythm": Rhythm.MONTHLY, "first": FIRST, "shift": Shift.NONE}
    found = schedule(Outline(**{**given, **shape}))  # type: ignore[arg-type]
    assert isinstance(found, Problem)
    return found.code


def test_a_monthly_plan_keeps_its_day_through_short_months() -> None:
    plan = made(total=400, count=4, first=date(2026, 1, 31))
    assert [each.due for each in plan] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_plan_that_begins_on_a_short_months_last_day_may_keep_to_month_ends() -> None:
    plan = made(total=300, count=3, first=date(2026, 2, 28), month_day=31)
    assert [each.due.day for each in plan] == [28, 31, 30]
    assert [each.due.day for each in made(total=300, count=3, first=date(2026, 2, 28))] == [28, 28, 28]


def test_weeks_keep_their_weekday() -> None:
    for rhythm, days in ((Rhythm.WEEKLY, 7), (Rhythm.FORTNIGHTLY, 14), (Rhythm.FOUR_WEEKLY, 28)):
        plan = made(total=300, count=3, rhythm=rhythm)
        assert [(each.due - FIRST).days for each in plan] == [0, days, 2 * days]


def test_a_closed_day_moves_the_way_that_is_named() -> None:
    labour_day = date(2026, 9, 7)
    assert shifted(labour_day, Shift.FOLLOWING, NEW_YORK) == date(2026, 9, 8)
    assert shifted(labour_day, Shift.PRECEDING, NEW_YORK) == date(2026, 9, 4)
    assert shifted(labour_day, Shift.NONE, NEW_YORK) == labour_day
    saturday_the_31st = date(2026, 1, 31)
    assert shifted(saturday_the_31st, Shift.MODIFIED_FOLLOWING, NEW_YORK) == date(2026, 1, 30)
    assert shifted(saturday_the_31st, Shift.FOLLOWING, NEW_YORK) == date(2026, 2, 2)


def test_the_nominal_day_stays_beside_the_one_it_moved_to() -> None:
    plan = made(total=200, count=2, first=date(2026, 8, 7), shift=Shift.FOLLOWING, place=NEW_YORK)
    assert [(each.nominal, each.due) for each in plan] == [
        (date(2026, 8, 7), date(2026, 8, 7)),
        (date(2026, 9, 7), date(2026, 9, 8)),
    ]


def test_what_does_not_divide_goes_to_the_last_or_the_first() -> None:
    assert [each.amount for each in made(total=1000, count=3)] == [333, 333, 334]
    assert [each.amount for each in made(total=1000, count=3, rest=Rest.FIRST)] == [334, 333, 333]
    assert [each.amount for each in made(total=1000, amount=300)] == [300, 300, 300, 100]
    assert [each.amount for each in made(total=1000, amount=300, rest=Rest.FIRST)] == [100, 300, 300, 300]


def test_steps_rise_and_the_last_goes_on_to_the_end() -> None:
    plan = made(kind=PlanKind.STEP, total=1000, steps=(Step(2, 100), Step(0, 300)))
    assert [each.amount for each in plan] == [100, 100, 300, 300, 200]


def test_a_balloon_is_what_is_left_on_its_day() -> None:
    plan = made(kind=PlanKind.BALLOON, total=1000, count=3, amount=100, balloon_on=date(2026, 12, 15))
    assert [(each.amount, each.due) for each in plan][-1] == (700, date(2026, 12, 15))
    assert refused(kind=PlanKind.BALLOON, total=1000, count=3, amount=400) == "no_balloon_left"
    early = {"kind": PlanKind.BALLOON, "total": 1000, "count": 3, "amount": 100, "balloon_on": date(2026, 3, 1)}
    assert refused(**early) == "balloon_too_early"


def test_nonsense_is_a_mistake_of_the_user() -> None:
    assert refused(total=0, count=3) == "total_not_above_zero"
    assert refused(total=100) == "amount_not_above_zero"
    assert refused(total=2, count=3) == "too_many"
    assert refused(total=10**9, amount=1) == "too_many"


rhythms = st.sampled_from(list(Rhythm))
shifts = st.sampled_from(list(Shift))
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
outlines = st.one_of(
    st.builds(
        Outline, kind=st.just(PlanKind.EQUAL), rhythm=rhythms, first=days, total=st.integers(1, 10**9),
        count=st.integers(1, 120), rest=st.sampled_from(list(Rest)), shift=shifts, place=st.just(NEW_YORK),
    ),
    st.builds(
        Outline, kind=st.just(PlanKind.EQUAL), rhythm=rhythms, first=days, total=st.integers(1, 10**6),
        amount=st.integers(5_000, 10**6), rest=st.sampled_from(list(Rest)), shift=shifts, place=st.just(NEW_YORK),
    ),
    st.builds(
        Outline, kind=st.just(PlanKind.STEP), rhythm=rhythms, first=days, total=st.integers(1, 10**6),
        steps=st.lists(st.builds(Step, st.integers(0, 20), st.integers(5_000, 10**5)), min_size=1, max_size=4).map(tuple),
        shift=shifts, place=st.just(NEW_YORK),
    ),
    st.builds(
        Outline, kind=st.just(PlanKind.BALLOON), rhythm=rhythms, first=days, total=st.integers(1, 10**6),
        count=st.integers(1, 40), amount=st.integers(1, 10**4), shift=shifts, place=st.just(NEW_YORK),
    ),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(outlines)
def test_every_schedule_sums_to_its_total_and_never_goes_back(outline: Outline) -> None:
    plan = schedule(outline)
    if isinstance(plan, Problem):
        return
    assert sum(each.amount for each in plan) == outline.total
    assert all(each.amount > 0 for each in plan)
    assert [each.number for each in plan] == list(range(1, len(plan) + 1))
    assert all(one.nominal < two.nominal and one.due <= two.due for one, two in pairwise(plan))
    if outline.shift is not Shift.NONE:
        assert all(is_business_day(each.due, NEW_YORK) for each in plan)


@settings(deadline=None, max_examples=150)
@given(outlines, st.lists(st.integers(0, 100), min_size=1, max_size=5))
def test_splitting_and_joining_is_identity_on_the_money(outline: Outline, weights: list[int]) -> None:
    plan = schedule(outline)
    if isinstance(plan, Problem) or sum(weights) == 0:
        return
    amounts = shared(outline.total, weights)
    parts = split(plan, amounts)
    assert {account: sum(each.amount for each in own) for account, own in parts.items()} == amounts
    assert join(list(parts.values())) == plan


def shared(total: int, weights: list[int]) -> dict[int, int]:
    sums = [total * sum(weights[:n]) // sum(weights) for n in range(len(weights) + 1)]
    return {n + 1: sums[n + 1] - sums[n] for n in range(len(weights))}


def test_three_cents_go_to_two_debts_as_they_stand() -> None:
    plan = made(total=9, count=3)
    parts = split(plan, {1: 4, 2: 5})
    assert [each.amount for each in parts[1]] == [1, 2, 1]
    assert [each.amount for each in parts[2]] == [2, 1, 2]


@settings(deadline=None, max_examples=100)
@given(outlines, st.data())
def test_an_edit_keeps_what_was_paid_and_the_sum(outline: Outline, data: st.DataObject) -> None:
    plan = schedule(outline)
    if isinstance(plan, Problem):
        return
    paid = data.draw(st.integers(0, outline.total))
    parts, left = [], paid
    for each in plan:
        parts.append((each, min(left, each.amount)))
        left -= parts[-1][1]
    since = data.draw(st.sampled_from([each.nominal for each in plan]))
    new = made(total=outline.total - paid, count=1, first=since) if paid < outline.total else ()
    edited = rewritten(parts, since, new)
    assert sum(each.amount for each in edited) == outline.total
    assert sum(part for _, part in parts) == paid


def test_a_rhythm_never_ends() -> None:
    turns = nominal_days(Rhythm.WEEKLY, FIRST)
    assert [next(turns) for _ in range(3)][2] == FIRST + timedelta(weeks=2)
