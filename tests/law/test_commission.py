"""Commission: the lines add up to the commission of the sum, tier by tier, and a reversal takes back exactly its own."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.commission.earned import Paid, Placed, counted, earned
from arrears.engine.commission.terms import CommissionTerms, MoneyKind, read_commission

DAY = date(2026, 1, 1)
TIERED: dict[str, object] = {
    "tiers": {
        "by": "cumulated",
        "steps": [{"from": 0, "rate_ppm": 300_000}, {"from": 100_000, "rate_ppm": 200_000}],
    }
}


def terms(said: dict[str, object]) -> CommissionTerms:
    found = read_commission(said)
    assert isinstance(found, CommissionTerms), found
    return found


def paid(entry: int, amount: int, days: int = 0, kind: MoneyKind = MoneyKind.PAYMENT, age: int = 0) -> Paid:
    return Paid(entry, 1, DAY + timedelta(days=days), kind, amount, age)


def test_a_payment_across_a_tier_is_paid_by_both_rates():
    found = earned(terms(TIERED), [paid(1, 60_000), paid(2, 60_000, 1)])
    assert [line.amount for line in found.lines] == [18_000, 16_000]
    assert [(part.amount, part.rate_ppm) for part in found.lines[1].slices] == [(40_000, 300_000), (20_000, 200_000)]
    assert (found.base, found.amount) == (120_000, 34_000)


def test_tiers_by_age_go_by_the_days_since_default():
    by_age = terms(
        {"tiers": {"by": "age", "steps": [{"from": 0, "rate_ppm": 150_000}, {"from": 180, "rate_ppm": 350_000}]}}
    )
    found = earned(by_age, [paid(1, 10_000, age=179), paid(2, 10_000, age=180)])
    assert [line.amount for line in found.lines] == [1_500, 3_500]


def test_minimum_and_maximum_bound_the_sum_and_say_so():
    bounded = terms({"rate_ppm": 100_000, "minimum_minor": 5_000, "maximum_minor": 8_000})
    found = earned(bounded, [paid(1, 10_000), paid(2, 60_000, 1), paid(3, 60_000, 2)])
    assert [(line.amount, line.bounded) for line in found.lines] == [(5_000, 4_000), (2_000, -4_000), (1_000, -5_000)]
    assert earned(bounded, []).amount == 0


def test_only_money_within_the_placement_its_tail_and_its_kinds_counts():
    said = terms({"rate_ppm": 100_000, "on": ["payment"], "tail_days": 10})
    recalled = [Placed(1, DAY, DAY + timedelta(days=30))]
    payments = [
        paid(1, 100, -1),
        paid(2, 100),
        paid(3, 100, 39),
        paid(4, 100, 40),
        paid(5, 100, 5, MoneyKind.DIRECT),
        Paid(6, 2, DAY, MoneyKind.PAYMENT, 100),
    ]
    assert [each.entry for each in counted(said, payments, recalled)] == [2, 3]


def test_an_account_placed_twice_pays_once():
    said = terms({"rate_ppm": 100_000, "tail_days": 60})
    twice = [Placed(1, DAY, DAY + timedelta(days=10)), Placed(1, DAY + timedelta(days=20))]
    assert [each.entry for each in counted(said, [paid(1, 100, 25)], twice)] == [1]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "rate_or_tiers"),
        ({"rate_ppm": 1, "tiers": {}}, "rate_or_tiers"),
        ({"rate_ppm": 1_000_001}, "not_a_rate"),
        ({"rate_ppm": True}, "not_a_rate"),
        ({"rate_ppm": 1, "fee": 2}, "unknown_key"),
        ({"rate_ppm": 1, "on": ["gifts"]}, "kinds_unknown"),
        ({"rate_ppm": 1, "minimum_minor": 2, "maximum_minor": 1}, "minimum_above_maximum"),
        ({"rate_ppm": 1, "tail_days": -1}, "not_whole"),
        ({"rate_ppm": 1, "rounding": "near"}, "rounding_unknown"),
        ({"tiers": {"by": "age", "steps": [{"from": 5, "rate_ppm": 1}]}}, "tiers_out_of_order"),
    ],
)
def test_wrong_terms_are_refused_by_name(said: dict[str, object], code: str):
    found = read_commission(said)
    assert not isinstance(found, CommissionTerms)
    assert [problem.code for problem in found] == [code]


starts = st.lists(st.integers(1, 500_000), unique=True, max_size=3).map(sorted)
rates = st.lists(st.integers(0, 1_000_000), min_size=4, max_size=4)
amounts = st.lists(st.integers(1, 300_000), max_size=12)


def tiered(from_: list[int], rate: list[int], rounding: str) -> CommissionTerms:
    steps = [{"from": start, "rate_ppm": rate[n]} for n, start in enumerate([0, *from_])]
    return terms({"tiers": {"by": "cumulated", "steps": steps}, "rounding": rounding})


@settings(deadline=None)
@given(starts, rates, amounts)
def test_the_sum_of_commission_is_the_commission_of_the_sum_by_tier(from_, rate, amount):
    said = tiered(from_, rate, "down")
    found = earned(said, [paid(n, each, n) for n, each in enumerate(amount)])
    total, edges = sum(amount), [0, *from_, 10**12]
    exact = sum(
        Fraction(max(0, min(total, edges[n + 1]) - edges[n]) * rate[n], 1_000_000) for n in range(len(from_) + 1)
    )
    assert found.amount == sum(line.amount for line in found.lines) == exact.numerator // exact.denominator
    assert all(sum(part.amount for part in line.slices) == line.paid.amount for line in found.lines)


@settings(deadline=None)
@given(starts, rates, amounts.filter(bool), st.data())
def test_a_payment_taken_back_leaves_what_there_would_have_been_without_it(from_, rate, amount, data):
    said = tiered(from_, rate, "half_up")
    payments = [paid(n, each, n) for n, each in enumerate(amount)]
    gone = data.draw(st.sampled_from(payments))
    left = [each for each in payments if each is not gone]
    without = earned(said, left)
    assert without.amount <= earned(said, payments).amount
    before = [line for line in earned(said, payments).lines if line.paid.entry < gone.entry]
    assert list(without.lines[: len(before)]) == before
