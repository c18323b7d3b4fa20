"""Money, roundings and days as numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.kernel.money import MOST_MINOR, Currency, currency, is_currency, minor_of, plain, read_amount
from arrears.kernel.problems import Problem, Where
from arrears.kernel.rounding import Rounding, rounded, rounded_fraction


@pytest.mark.parametrize(("code", "exponent"), [("USD", 2), ("CNY", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_a_currency_knows_its_minor_unit(code: str, exponent: int) -> None:
    assert currency(code) == Currency(code, exponent)


@pytest.mark.parametrize("code", ["usd", "XXX", "", "EURO"])
def test_what_is_no_currency_is_refused(code: str) -> None:
    assert not is_currency(code)
    with pytest.raises(KeyError):
        currency(code)


@pytest.mark.parametrize(
    ("text", "code", "mark", "minor"),
    [
        ("1234.50", "USD", ".", 123_450),
        ("1,234.50", "USD", ".", 123_450),
        ("1.234,50", "EUR", ",", 123_450),
        ("1 234,5", "EUR", ",", 123_450),
        ("1'234.50", "CHF", ".", 123_450),
        ("-12", "USD", ".", -1_200),
        (" 0.07 ", "USD", ".", 7),
        ("1234", "JPY", ".", 1_234),
        ("1.234", "KWD", ".", 1_234),
        ("100000000000.00", "USD", ".", MOST_MINOR),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, code: str, mark: str, minor: int) -> None:
    assert read_amount(text, currency(code), decimal_mark=mark) == minor


@pytest.mark.parametrize(
    ("text", "code", "problem"),
    [
        ("12.345", "USD", "amount_too_fine"),
        ("1.5", "JPY", "amount_too_fine"),
        ("twelve", "USD", "not_an_amount"),
        ("", "USD", "not_an_amount"),
        ("NaN", "USD", "not_an_amount"),
        ("-Infinity", "USD", "not_an_amount"),
        ("100000000000.01", "USD", "amount_too_large"),
        ("1e999999", "USD", "amount_too_large"),
    ],
)
def test_what_is_no_amount_is_a_problem_that_says_where(text: str, code: str, problem: str) -> None:
    it = read_amount(text, currency(code), Where("book.csv", 7, "paid"))
    assert isinstance(it, Problem)
    assert (it.code, str(it.where)) == (problem, "book.csv, row 7, paid")


@settings(deadline=None)
@given(st.integers(-MOST_MINOR, MOST_MINOR), st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_an_amount_written_plainly_is_read_back(minor: int, code: str) -> None:
    assert read_amount(plain(minor, currency(code)), currency(code)) == minor


def test_a_decimal_keeps_all_its_digits_or_is_refused() -> None:
    assert minor_of(Decimal("281.09"), currency("USD")) == 28_109
    with pytest.raises(ValueError, match="more decimal digits"):
        minor_of(Decimal("281.091"), currency("USD"))


@pytest.mark.parametrize(
    ("rounding", "whole"),
    [
        (Rounding.HALF_UP, [-3, -2, -1, 0, 1, 2, 3]),
        (Rounding.HALF_EVEN, [-2, -2, 0, 0, 0, 2, 2]),
        (Rounding.DOWN, [-2, -1, 0, 0, 0, 1, 2]),
        (Rounding.UP, [-3, -2, -1, 0, 1, 2, 3]),
    ],
)
def test_a_rounding_decides_halves(rounding: Rounding, whole: list[int]) -> None:
    assert [rounded(halves, 2, rounding) for halves in (-5, -3, -1, 0, 1, 3, 5)] == whole


@settings(deadline=None)
@given(st.fractions(), st.sampled_from(Rounding))
def test_a_rounding_moves_less_than_a_unit_and_keeps_whole_numbers(amount: Fraction, rounding: Rounding) -> None:
    whole = rounded_fraction(amount, rounding)
    assert abs(whole - amount) < 1
    assert rounded_fraction(Fraction(whole), rounding) == whole
    if rounding in {Rounding.HALF_UP, Rounding.HALF_EVEN}:
        assert abs(whole - amount) <= Fraction(1, 2)


def test_a_denominator_below_one_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        rounded(1, 0, Rounding.DOWN)
