"""A product's terms, read from JSON."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from arrears.domain.charging import ChargeOn, ContractInterest, DatedRate, Each, FixedCharge, LateCharge
from arrears.domain.terms import Terms, read_terms, said_terms
from arrears.domain.waterfalls import ORDERS, Order, Pays, Waterfall, order_with, whole_order
from arrears.kernel.daycount import DayCount
from arrears.kernel.problems import Where
from arrears.kernel.rounding import Rounding

FULL = Terms(
    waterfall=Waterfall.COSTS_INTEREST_PRINCIPAL,
    tolerance_minor=100,
    tolerance_ppm=50_000,
    late_charge=LateCharge(240_000, DayCount.ACT_ACT, 5, 360_000, 10_000, 1_000_000, Rounding.DOWN),
    bank_days=1,
    returns_days=8,
)
DATED = Terms(
    waterfall=Order((Pays.COSTS, Pays.INTEREST, Pays.PRINCIPAL, Pays.FEES, Pays.CHARGES), by_instalment=True),
    late_charge=LateCharge(
        on=ChargeOn.OUTSTANDING,
        rates=(DatedRate(date(2025, 1, 1), 111_500), DatedRate(date(2025, 7, 1), 101_500)),
        fixed=(FixedCharge(1, 4_000), FixedCharge(30, 1_500, Each.SPELL)),
        rate_table="business_eur",
    ),
    contract_interest=ContractInterest((DatedRate(date(1970, 1, 1), 90_000),), DayCount.THIRTY_360, Rounding.DOWN),
)


@pytest.mark.parametrize("terms", [Terms(), FULL, DATED])
def test_terms_written_are_read_back(terms: Terms) -> None:
    assert read_terms(said_terms(terms)) == terms


def test_no_terms_at_all_are_the_usual_ones() -> None:
    assert read_terms({}) == Terms()


def test_a_rate_above_its_cap_is_held_there() -> None:
    assert (LateCharge(400_000, rate_cap_ppm=360_000).rate, LateCharge(400_000).rate) == (360_000, 400_000)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"tolerance_ppm": 1_000_001}, "tolerance_ppm"),
        ({"tolerance_minor": -1}, "tolerance_minor"),
        ({"tolerance_minor": 0.5}, "tolerance_minor"),
        ({"bank_days": True}, "bank_days"),
        ({"waterfall": "oldest"}, "waterfall"),
        ({"grace": 5}, "grace"),
        ({"late_charge": 5}, "late_charge"),
        ({"late_charge": {"rate_ppm": "24%"}}, "late_charge.rate_ppm"),
        ({"late_charge": {"day_count": "30/365"}}, "late_charge.day_count"),
        ({"late_charge": {"rounding": "up"}}, "late_charge.rounding"),
        ({"late_charge": {"rate": 5}}, "late_charge.rate"),
        ({"late_charge": {"on": "everything"}}, "late_charge.on"),
        ({"late_charge": {"rates": {"from": "2026-01-01"}}}, "late_charge.rates"),
        ({"late_charge": {"rates": [5]}}, "late_charge.rates[1]"),
        ({"late_charge": {"rates": [{"from": "2026-02-30"}]}}, "late_charge.rates[1].from"),
        ({"late_charge": {"rates": [{"from": "2026-02-01"}, {"from": "2026-02-01"}]}}, "late_charge.rates"),
        ({"late_charge": {"fixed": [{"days_past_due": 0}]}}, "late_charge.fixed[1].days_past_due"),
        ({"late_charge": {"fixed": [{"each": "month"}]}}, "late_charge.fixed[1].each"),
        ({"late_charge": {"rate_table": "business_eur"}}, "late_charge.rate_table"),
        ({"late_charge": {"rate_table": 7}}, "late_charge.rate_table"),
        ({"contract_interest": {"on": "principal"}}, "contract_interest.on"),
        ({"waterfall": ["interest", "interest"]}, "waterfall"),
        ({"waterfall": ["interest", "costs"], "by_instalment": True}, "waterfall"),
        ({"waterfall": ["taxes"]}, "waterfall"),
        ({"waterfall": ["interest"], "by_instalment": 1}, "by_instalment"),
    ],
)
def test_a_mistake_in_terms_is_a_problem_that_names_the_field(said: dict[str, Any], field: str) -> None:
    problems = read_terms(said, Where("products.yaml", 3))
    assert isinstance(problems, list)
    assert [(each.code, str(each.where)) for each in problems] == [("bad_terms", f"products.yaml, row 3, {field}")]


def test_all_mistakes_are_told_at_once_and_in_three_languages() -> None:
    problems = read_terms({"bank_days": 99, "waterfall": 1, "late_charge": {"grace_days": -1}})
    assert isinstance(problems, list)
    assert len(problems) == 3
    assert all(all(each.reason) and all(each.remedy) for each in problems)


def test_parts_that_an_order_leaves_out_follow() -> None:
    terms = read_terms({"waterfall": ["principal", "interest"]})
    assert isinstance(terms, Terms)
    assert terms.waterfall == Order((Pays.PRINCIPAL, Pays.INTEREST, Pays.COSTS, Pays.FEES, Pays.CHARGES))


def test_every_order_has_a_code_of_its_own_that_says_it() -> None:
    orders = [Order(parts) for parts in permutations(Pays)]
    orders += [each for parts in permutations(Pays) if (each := whole_order(parts, by_instalment=True))]
    assert len(orders) == len({each.code for each in orders}) == 120 + 48
    assert all(order_with(each.code) == each for each in orders)
    assert all(order_with(name) == order for name, order in ORDERS.items())
    assert all(each.code > max(Waterfall) for each in orders)
    assert [order_with(code) for code in (0, 5, 7, -1, 0o12344, 0o1253, 0o66125, 2**31)] == [None] * 8
