"""A product's terms, read from JSON."""

from typing import Any

import pytest

from arrears.domain.terms import LateCharge, Terms, Waterfall, read_terms, said_terms
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


@pytest.mark.parametrize("terms", [Terms(), FULL])
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
