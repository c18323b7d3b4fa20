"""What grew, told period by period, adds up to the ledger's own."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.test_ledger_properties import accounts_made, days, terms_made

from arrears.domain.charging import Cap, ChargeOn, ContractInterest, DatedRate, Each, FixedCharge, LateCharge
from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import Terms
from arrears.engine.ledger.charge_periods import Base, Grows, charge_periods, growths, interest_periods
from arrears.engine.ledger.state import state
from arrears.kernel.daycount import DayCount

OPENED = date(2026, 1, 1)
TERMS = Terms(late_charge=LateCharge(rate_ppm=365_000, grace_days=5))


def loan(*payments: tuple[int, int]) -> list[Entry]:
    """1,200.00 lent; 100.00 of principal due on day 10 and on day 40; payments by day and amount."""
    entries = [Entry(1, EntryKind.OPENING, OPENED, 1, 120_000, 120_000)]
    for number, day in enumerate((10, 40), start=1):
        due = OPENED + timedelta(days=day)
        entries.append(Entry(1 + number, EntryKind.INSTALMENT_DUE, due, 1, 10_000, 10_000, detail=number))
    for number, (day, amount) in enumerate(payments):
        entries.append(Entry(10 + number, EntryKind.PAYMENT, OPENED + timedelta(days=day), 1, amount))
    return entries


def test_a_charge_starts_after_the_grace_days_and_ends_when_the_instalment_is_paid() -> None:
    (period,) = charge_periods(TERMS, loan((20, 10_000)), OPENED + timedelta(days=30))
    assert (period.since, period.until) == (OPENED + timedelta(days=15), OPENED + timedelta(days=20))
    assert (period.base, period.rate_ppm, period.amount, period.days) == (10_000, 365_000, Fraction(50), 5)
    assert (period.kind, period.base_is, period.cap_rule) == (Grows.LATE_CHARGE, Base.OVERDUE_PRINCIPAL, "")


def test_a_second_unpaid_instalment_begins_a_period_on_a_larger_base() -> None:
    bases = [(one.base, one.days) for one in charge_periods(TERMS, loan(), OPENED + timedelta(days=50))]
    assert bases == [(10_000, 30), (20_000, 5)]


def test_terms_without_a_rate_have_no_periods() -> None:
    assert growths(Terms(), loan(), OPENED + timedelta(days=50)) == ()


def test_a_new_rate_begins_a_period_and_says_which_rule_held_it() -> None:
    rates = (DatedRate(date(2025, 1, 1), 100_000), DatedRate(OPENED + timedelta(days=20), 300_000))
    terms = Terms(late_charge=LateCharge(rates=rates), caps=(Cap("usury", rate_ppm=200_000),))
    found = charge_periods(terms, loan(), OPENED + timedelta(days=30))
    assert [(one.rate_ppm, one.agreed_ppm, one.rate_rule, one.days) for one in found] == [
        (100_000, 100_000, "", 9),
        (200_000, 300_000, "usury", 11),
    ]


def test_a_cap_that_bounds_the_sum_is_named_in_the_period_that_it_cut() -> None:
    terms = replace(TERMS, caps=(Cap("house", minor=80), Cap("law", minor=70)))
    found = charge_periods(terms, loan((20, 0)), OPENED + timedelta(days=30))
    assert [(one.amount, one.uncapped, one.cap_rule) for one in found] == [
        (Fraction(50), Fraction(50), ""),
        (Fraction(20), Fraction(100), "law"),
    ]


def test_a_fixed_charge_says_for_which_instalment_and_stage_it_arose() -> None:
    fixed = (FixedCharge(1, 4_000), FixedCharge(30, 1_500, Each.SPELL))
    found = charge_periods(Terms(late_charge=LateCharge(fixed=fixed)), loan(), OPENED + timedelta(days=50))
    assert [(one.since, one.amount, one.instalment, one.stage) for one in found] == [
        (OPENED + timedelta(days=11), Fraction(4_000), 0, 0),
        (OPENED + timedelta(days=40), Fraction(1_500), 0, 1),
        (OPENED + timedelta(days=41), Fraction(4_000), 1, 0),
    ]
    assert {(one.kind, one.base_is, one.days) for one in found} == {(Grows.FIXED_CHARGE, Base.INSTALMENT, 0)}


def test_interest_by_the_day_over_a_leap_year_is_told_year_by_year() -> None:
    interest = ContractInterest((DatedRate(date(1970, 1, 1), 366_000),), DayCount.ACT_ACT)
    entries = [Entry(1, EntryKind.OPENING, date(2027, 12, 30), 1, 365_000, 365_000)]
    found = interest_periods(Terms(contract_interest=interest), entries, date(2028, 1, 3))
    assert [(one.since, one.until, one.amount) for one in found] == [
        (date(2027, 12, 30), date(2028, 1, 1), Fraction(2 * 365_000 * 366, 365_000)),
        (date(2028, 1, 1), date(2028, 1, 3), Fraction(2 * 365_000 * 366, 366_000)),
    ]
    assert {one.base_is for one in found} == {Base.PRINCIPAL_OWED}


def test_what_runs_on_all_that_is_outstanding_says_so() -> None:
    terms = Terms(late_charge=LateCharge(36_500, on=ChargeOn.OUTSTANDING))
    (period,) = charge_periods(terms, loan(), OPENED + timedelta(days=20))
    assert (period.base, period.base_is, period.amount) == (120_000, Base.OUTSTANDING, Fraction(120))


@settings(deadline=None, max_examples=100)
@given(terms_made, accounts_made(), days, st.integers(1, 5))
def test_the_periods_add_up_to_what_grew(terms: Terms, entries: list[Entry], as_of: date, known_on: int) -> None:
    it = state(terms, entries, as_of, known_on)
    charges = charge_periods(terms, entries, as_of, known_on)
    interest = interest_periods(terms, entries, as_of, known_on)
    assert sum(one.amount for one in charges) == it.charge_exact
    assert sum(one.amount for one in interest) == it.accrued_exact
    assert all(bool(one.cap_rule) == one.is_capped for one in charges)
    for one in (*charges, *interest):
        if one.kind is not Grows.FIXED_CHARGE:
            assert one.uncapped == Fraction(one.base * one.rate_ppm, 1_000_000) * one.fraction
