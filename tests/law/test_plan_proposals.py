"""What a budget can carry: never more than what is left, and honest where nothing is."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.plans import Rhythm
from arrears.engine.budget.budget import BudgetLine, a_month, each_time, summed
from arrears.engine.plans.proposals import Bounds, Instead, Means, Why, affordable, months_of
from arrears.engine.plans.re_age import may_re_age
from arrears.kernel.calendars import Place
from arrears.packs.budget import form
from arrears.packs.plans import rules

NEW_YORK = Place("US", "NY")
FIRST = date(2026, 3, 6)


def ways(total: int, **means: object) -> dict[Why, list[int]]:
    given = {"monthly": 10_000, "rhythm": Rhythm.MONTHLY, "first": FIRST}
    answer = affordable(total, Means(**{**given, **means}), NEW_YORK, Bounds())  # type: ignore[arg-type]
    return {each.why: [one.amount for one in each.instalments] for each in answer.proposals}


def test_a_budget_is_summed_to_the_month_and_never_flatters() -> None:
    lines = [
        BudgetLine("wages", 50_001, is_income=True, rhythm=Rhythm.WEEKLY),
        BudgetLine("food", 10_001, is_income=False, rhythm=Rhythm.WEEKLY),
        BudgetLine("housing", 90_000, is_income=False),
    ]
    assert [a_month(line) for line in lines] == [216_671, 43_338, 90_000]
    assert summed(lines).surplus == 216_671 - 43_338 - 90_000


def test_a_months_surplus_is_cut_to_each_pay_day() -> None:
    assert each_time(10_000, Rhythm.WEEKLY) == 2_307
    assert each_time(10_000, Rhythm.FORTNIGHTLY) == 4_615
    assert each_time(10_000, Rhythm.FOUR_WEEKLY) == 9_230


def test_soonest_and_with_room_stand_side_by_side() -> None:
    found = ways(30_000)
    assert found[Why.SOONEST] == [10_000] * 3
    assert found[Why.WITH_ROOM] == [7_500] * 4


def test_an_income_that_rises_and_a_sum_that_is_expected_make_plans_of_their_own() -> None:
    rising = ways(60_000, rises_on=date(2026, 6, 1), rise=10_000)[Why.RISING]
    assert rising == [10_000, 10_000, 10_000, 20_000, 10_000]
    lump = ways(60_000, lump_on=date(2026, 6, 10), lump=40_000)[Why.LUMP]
    assert lump == [5_000] * 4 + [40_000]


def test_where_the_plan_would_be_too_long_a_token_is_offered_and_said_to_leave_the_rest() -> None:
    answer = affordable(
        1_000_000, Means(monthly=500, rhythm=Rhythm.MONTHLY, first=FIRST), NEW_YORK, Bounds(most_months=60)
    )
    [token] = answer.proposals
    assert (token.why, token.covers, token.left) == (Why.TOKEN, 3_000, 997_000)


def test_where_nothing_is_left_no_plan_is_offered() -> None:
    for monthly in (0, -5_000):
        answer = affordable(10_000, Means(monthly=monthly, rhythm=Rhythm.MONTHLY, first=FIRST), NEW_YORK, Bounds())
        assert answer.proposals == ()
        assert answer.instead == (Instead.FORBEARANCE, Instead.ADVICE)


@settings(deadline=None, max_examples=200)
@given(
    st.integers(1, 2_000_000), st.integers(-1_000, 100_000), st.sampled_from(list(Rhythm)), st.integers(0, 50_000),
    st.integers(0, 1_000_000), st.integers(0, 400), st.integers(0, 400),
)  # fmt: skip
def test_no_plan_asks_for_more_than_is_left(
    total: int, monthly: int, rhythm: Rhythm, rise: int, lump: int, rises_in: int, lump_in: int
) -> None:
    rises_on, lump_on = date.fromordinal(FIRST.toordinal() + rises_in), date.fromordinal(FIRST.toordinal() + lump_in)
    means = Means(monthly=monthly, rhythm=rhythm, first=FIRST, rises_on=rises_on, rise=rise, lump_on=lump_on, lump=lump)
    for each in affordable(total, means, NEW_YORK, Bounds()).proposals:
        assert each.covers <= total
        assert each.covers == total or each.why is Why.TOKEN
        assert months_of(each.instalments) <= 61
        for one in each.instalments:
            most = each_time(monthly, rhythm)
            if each.why is Why.RISING and one.nominal >= rises_on:
                most = each_time(monthly + rise, rhythm)
            if each.why is Why.LUMP and one is each.instalments[-1]:
                most = lump
            assert 0 < one.amount <= most


def test_the_form_has_five_parts_in_three_languages_and_asks_nothing_of_health() -> None:
    groups = form().groups
    assert [group.name for group in groups] == ["income", "fixed", "flexible", "debts", "savings"]
    names = [line.name for group in groups for line in group.lines]
    assert len(names) == len(set(names))
    words = " ".join(text for group in groups for line in group.lines for text in (line.words.en, line.words.es))
    assert not any(word in words.lower() for word in ("health", "medic", "illness", "salud", "médic", "enferm"))
    assert not any(word in words.lower() for word in ("relative", "family", "parents", "familia", "padres"))
    assert all(line.words.en and line.words.es and line.words.zh for group in groups for line in group.lines)


def test_a_debt_is_re_aged_by_rule_and_seldom() -> None:
    rule, opened = rules().re_age, date(2024, 1, 15)

    def codes(*earlier: date, kept: int = 3, on: date = date(2026, 3, 6), opened_on: date = opened) -> list[str]:
        return [one.code for one in may_re_age(rule, kept=kept, earlier=earlier, opened_on=opened_on, as_of=on)]

    assert codes() == []
    assert codes(kept=2) == ["too_few_kept"]
    assert codes(opened_on=date(2025, 6, 7)) == ["too_young"]
    assert codes(opened_on=date(2025, 6, 6)) == []
    assert codes(date(2025, 3, 7)) == ["too_soon"]
    assert codes(date(2025, 3, 6)) == []
    assert codes(date(2022, 1, 1), date(2023, 6, 1)) == ["too_often"]
    assert codes(date(2021, 3, 6), date(2023, 6, 1)) == []
