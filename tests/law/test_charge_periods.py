"""A late charge told period by period adds up to the ledger's own."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import LateCharge, Terms
from arrears.engine.ledger.charge_periods import ChargePeriod, charge_periods
from arrears.engine.ledger.state import state

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


def test_a_charge_starts_after_the_grace_days_and_ends_when_the_instalment_is_paid():
    periods = charge_periods(TERMS, loan((20, 10_000)), OPENED + timedelta(days=30))
    since, until = OPENED + timedelta(days=15), OPENED + timedelta(days=20)
    assert periods == (ChargePeriod(since, until, 10_000, 365_000, Fraction(50)),)
    assert periods[0].days == 5


def test_a_second_unpaid_instalment_begins_a_period_on_a_larger_base():
    bases = [(one.base, one.days) for one in charge_periods(TERMS, loan(), OPENED + timedelta(days=50))]
    assert bases == [(10_000, 30), (20_000, 5)]


def test_terms_without_a_rate_have_no_periods():
    assert charge_periods(Terms(), loan(), OPENED + timedelta(days=50)) == ()


@settings(deadline=None, max_examples=60)
@given(
    payments=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 15_000)), max_size=4),
    as_of=st.integers(0, 120),
)
def test_the_periods_add_up_to_the_exact_charge(payments, as_of):
    entries, day = loan(*payments), OPENED + timedelta(days=as_of)
    total = sum((one.amount for one in charge_periods(TERMS, entries, day)), Fraction(0))
    assert total == state(TERMS, entries, day).charge_exact
