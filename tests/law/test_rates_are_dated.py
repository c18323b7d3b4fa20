"""Rate tables: dated, sourced, refused where law does not reach or nothing is known; and the terms they become."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from arrears.domain.terms import Terms
from arrears.kernel.problems import Problem
from arrears.packs.caps import DebtOf
from arrears.packs.rates import RateTable, check_rates, rate_tables, resolved, table
from arrears.packs.terms import TermsInForce, terms_in_force

BUSINESS = DebtOf("ES", "invoice", consumer=False, currency="EUR")
DAY = date(2025, 9, 1)
SAID = {"late_charge": {"rate_table": "eu.2011-7"}}


def codes(debt: DebtOf, name: str = "eu.2011-7", day: date = DAY) -> list[str]:
    terms, problems = resolved({"late_charge": {"rate_table": name}}, debt, day)
    assert "rate_table" not in terms["late_charge"]
    return [found.code for found in problems]


def test_the_tables_that_ship_are_sound() -> None:
    assert check_rates() == []


@pytest.mark.parametrize(
    ("day", "ppm"),
    [(date(2024, 12, 31), 122_500), (date(2025, 1, 1), 111_500), (date(2025, 6, 30), 111_500), (DAY, 101_500)],
)
def test_the_rate_of_a_half_year_is_the_reference_of_its_first_day_plus_eight_points(day: date, ppm: int) -> None:
    found = table("eu.2011-7", day)
    assert isinstance(found, RateTable)
    rate = found.rate_on(day)
    assert rate is not None
    assert (rate.ppm, rate.source.value) == (ppm, "S2")


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2026, 7, 1)])
def test_a_half_year_without_a_published_rate_is_refused_and_never_guessed(day: date) -> None:
    found = table("eu.2011-7", day)
    assert isinstance(found, Problem)
    assert found.code == "rate_unknown"


def test_a_table_that_nobody_verified_is_off_and_says_so() -> None:
    found = table("uk.lpcd1998", date(2025, 9, 1))
    assert isinstance(found, Problem)
    assert found.code == "rate_table_off"
    assert rate_tables()["uk.lpcd1998"].known == ()


def test_a_table_that_is_not_there_is_refused_with_those_that_are() -> None:
    found = table("eu.2011-8", DAY)
    assert isinstance(found, Problem)
    assert "eu.2011-7" in found.remedy.en


def test_the_table_becomes_dated_rates_and_forty_euros_and_stops_where_it_ends() -> None:
    terms, problems = resolved(SAID, BUSINESS, DAY)
    assert problems == ()
    rates = terms["late_charge"]["rates"]
    assert rates[0] == {"from": "2023-01-01", "rate_ppm": 105_000}
    assert rates[-1] == {"from": "2026-07-01", "rate_ppm": 0}
    assert terms["late_charge"]["fixed"] == [{"days_past_due": 1, "amount_minor": 4_000, "each": "instalment"}]


def test_case_10_5_a_consumer_is_never_charged_by_the_law_for_businesses() -> None:
    assert codes(DebtOf("ES", "loan", consumer=True, currency="EUR")) == ["rate_table_not_for_consumers"]


@pytest.mark.parametrize(
    ("debt", "code"),
    [
        (DebtOf("ES", "invoice", consumer=None, currency="EUR"), "rate_table_not_for_consumers"),
        (DebtOf("ES", "invoice", consumer=False, currency="USD"), "rate_table_other_currency"),
        (DebtOf("US", "invoice", consumer=False, currency="EUR"), "rate_table_other_place"),
        (DebtOf("", "invoice", consumer=False, currency="EUR"), "rate_table_other_place"),
    ],
)
def test_the_law_is_refused_where_debtor_money_or_place_do_not_fit(debt: DebtOf, code: str) -> None:
    assert codes(debt) == [code]
    found = terms_in_force(SAID, debt, DAY)
    assert isinstance(found, TermsInForce)
    assert (found.terms.late_charge.rate, found.problems[0].code) == (0, code)


def test_spain_alone_is_bound_by_the_law_of_spain() -> None:
    assert resolved({"late_charge": {"rate_table": "es.l3-2004"}}, BUSINESS, DAY)[1] == ()
    assert codes(DebtOf("FR", "invoice", consumer=False, currency="EUR"), "es.l3-2004") == ["rate_table_other_place"]


def test_terms_without_a_table_are_read_as_they_are() -> None:
    found = terms_in_force({"tolerance_minor": 7}, BUSINESS)
    assert isinstance(found, TermsInForce)
    assert (replace(found.terms, caps=()), found.problems) == (Terms(tolerance_minor=7), ())


REFERENCE = """id: rates/x/ref
title: {en: w, es: w, zh: w}
words: {en: w, es: w, zh: w}
unit: ppm_a_year
document: a document
rates:
  - {from: 2025-01-01, to: 2025-06-30, ppm: 10000, source: S1, seen: here}
  - {from: 2025-07-01, to: 2025-12-31, ppm: 20000, source: S1, seen: here}
"""


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("unit: ppm_a_year", "unit: percent", "unit"),
        ("document: a document", "document: ''", "document"),
        ("source: S1, seen: here}\n  -", "seen: here}\n  -", "rates[1]"),
        ("2025-07-01", "2025-06-30", "rates"),
        ("ppm: 20000", "ppm: 0.02", "rates[2]"),
        ("id: rates/x/ref", "id: rates/x/other", ""),
        ("seen: here}\n  -", "seen: ''}\n  -", "rates[1]"),
    ],
)
def test_a_bad_file_gives_a_problem_that_names_the_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    file = tmp_path / "rates" / "x" / "ref.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(REFERENCE.replace(old, new), encoding="utf-8")
    assert old in REFERENCE
    assert [found.where.field for found in check_rates(tmp_path)] == [field]
