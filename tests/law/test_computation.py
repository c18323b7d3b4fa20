"""A computation's lines add up to the ledger's figure, to the unit; and come out as cases worked by hand say."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import (
    Cap,
    ChargeOn,
    ContractInterest,
    DatedRate,
    Each,
    FixedCharge,
    LateCharge,
    Pays,
    Terms,
    Waterfall,
)
from arrears.domain.waterfalls import whole_order
from arrears.engine.computation import Computation, Kind, computation, said
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.ledger.state import state
from arrears.kernel.daycount import DayCount
from arrears.packs.caps import DebtOf
from arrears.packs.terms import TermsInForce, terms_in_force

DAY = timedelta(days=1)
OPENED = date(2025, 1, 1)
CENT = Decimal("0.01")


def made(terms: Terms, entries: list[Entry], as_of: date, known_on: int = EVERYTHING) -> Computation:
    found = computation(terms, entries, as_of, known_on, currency="EUR")
    assert isinstance(found, Computation), found
    return found


# --- Directive 2011/7/EU, against decimals worked separately: half-year by half-year, each day once. ---

REFERENCE = {(2024, 2): "4.25", (2025, 1): "3.15", (2025, 2): "2.15"}


def worked_in_decimals(principal: str, first_late: date, paid: date) -> Decimal:
    """Interest by the law's own words: for each day late the rate of its half-year, a year of 365 days, no compounding."""
    total, day = Decimal(0), first_late
    while day <= paid:
        rate = Decimal(REFERENCE[day.year, 1 if day.month <= 6 else 2]) + 8
        total += Decimal(principal) * rate / 100 / 365
        day += DAY
    return total.quantize(CENT, ROUND_HALF_UP)


def invoice(principal: str, first_late: date) -> list[Entry]:
    minor = int(Decimal(principal) * 100)
    due = first_late - DAY
    return [
        Entry(1, EntryKind.OPENING, due - 30 * DAY, 1, minor, minor),
        Entry(2, EntryKind.INSTALMENT_DUE, due, 1, minor, minor, detail=1),
    ]


def statutory(country: str = "ES", *, consumer: bool = False) -> TermsInForce:
    said_terms = {"late_charge": {"rate_table": "eu.2011-7", "day_count": "ACT/365F"}}
    found = terms_in_force(said_terms, DebtOf(country, "invoice", consumer=consumer, currency="EUR"), date(2025, 9, 1))
    assert isinstance(found, TermsInForce)
    return found


@pytest.mark.parametrize(
    ("principal", "first_late", "paid", "interest"),
    [
        pytest.param("1000", date(2025, 7, 1), date(2025, 7, 30), "8.34", id="T10.1: 1,000 for 30 days at 10.15 %"),
        pytest.param(
            "10000", date(2024, 12, 1), date(2025, 1, 31), "198.74", id="T10.3: 31 days each at 12.25 and 11.15"
        ),
        pytest.param("250.50", date(2025, 6, 29), date(2025, 7, 2), "0.29", id="two days on each side of a half-year"),
    ],
)
def test_statutory_interest_is_what_the_law_s_words_give_and_forty_euros(
    principal: str, first_late: date, paid: date, interest: str
) -> None:
    assert worked_in_decimals(principal, first_late, paid) == Decimal(interest)
    found = made(statutory().terms, invoice(principal, first_late), paid)
    fixed = sum(line.amount for line in found.charges.lines if line.kind is Kind.FIXED)
    assert fixed == 4_000
    assert found.charges.total - fixed == int(Decimal(interest) * 100)
    assert found.balance.total == int(Decimal(principal) * 100) + int(Decimal(interest) * 100) + 4_000


def test_case_10_3_tells_each_half_year_at_its_own_rate_for_its_own_days() -> None:
    found = made(statutory().terms, invoice("10000", date(2024, 12, 1)), date(2025, 1, 31))
    periods = [line for line in found.charges.lines if line.kind is Kind.PERIOD]
    assert [(line.values["rate"][1], line.values["days"][1]) for line in periods] == [(122_500, 31), (111_500, 31)]
    assert [line.values["until"][1] for line in periods] == [date(2024, 12, 31), date(2025, 1, 31)]
    assert said(periods[1], "en", "EUR") == (
        "From 1 Jan 2025 to 31 Jan 2025: €10,000.00 (overdue principal) × 11.15% a year × 31 / 365 (31 days)"
    )


def test_case_10_5_a_consumer_owes_the_invoice_and_nothing_for_being_late() -> None:
    found = made(statutory(consumer=True).terms, invoice("1000", date(2025, 7, 1)), date(2025, 7, 30))
    assert (found.balance.total, found.charges.total) == (100_000, 0)


def test_case_10_11_an_itemised_balance_is_its_start_with_interest_and_fees_less_payments() -> None:
    entries = [
        Entry(1, EntryKind.OPENING, OPENED, 1, 223_456, 223_456),
        Entry(2, EntryKind.INSTALMENT_DUE, OPENED + DAY, 1, 7_500, 0, detail=1),
        Entry(3, EntryKind.FEE, OPENED + 2 * DAY, 1, 2_500),
        Entry(4, EntryKind.PAYMENT, OPENED + 3 * DAY, 1, 5_000),
    ]
    found = made(Terms(), entries, OPENED + 10 * DAY)
    assert [int(line.amount) for line in found.balance.lines] == [223_456, 7_500, 2_500, -5_000]
    assert found.balance.total == 228_456


# --- The lines add up, whatever happened. ---

KINDS = [kind for kind in EntryKind if kind not in {EntryKind.REVERSAL, EntryKind.OPENING}]
DATED = (DatedRate(date(2025, 1, 10), 101_500), DatedRate(date(2025, 2, 20), 365_000))
OWN_ORDER = whole_order([Pays.COSTS, Pays.CHARGES, Pays.PRINCIPAL])
assert OWN_ORDER is not None
TERMS = st.builds(
    Terms,
    waterfall=st.sampled_from([*Waterfall, OWN_ORDER]),
    caps=st.sampled_from([(), (Cap("house.yearly_rate", rate_ppm=200_000),), (Cap("x", ppm=10_000),)]),
    contract_interest=st.sampled_from([ContractInterest(), ContractInterest(DATED, DayCount.THIRTY_360)]),
    tolerance_minor=st.sampled_from([0, 300]),
    late_charge=st.builds(
        LateCharge,
        rate_ppm=st.sampled_from([0, 101_500, 365_000, 1_825_000]),
        grace_days=st.sampled_from([0, 5]),
        cap_minor=st.sampled_from([0, 700]),
        on=st.sampled_from(list(ChargeOn)),
        rates=st.sampled_from([(), DATED]),
        fixed=st.sampled_from([(), (FixedCharge(1, 4_000), FixedCharge(20, 900, Each.SPELL))]),
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """An opening, then anything that may happen, some of it taken back."""
    opening = draw(st.integers(0, 200_000))
    brought = draw(st.integers(0, 3_000))
    entries = [Entry(1, EntryKind.OPENING, OPENED, 1, opening + brought, opening)]
    for n in range(2, draw(st.integers(2, 14))):
        kind = draw(st.sampled_from(KINDS))
        day = OPENED + draw(st.integers(0, 90)) * DAY
        entries.append(_entry(draw, n, kind, day))
    for n, target in enumerate(draw(st.sets(st.sampled_from(entries), max_size=2)), start=50):
        day = target.value_date + draw(st.integers(0, 30)) * DAY
        entries.append(Entry(n, EntryKind.REVERSAL, day, draw(st.integers(1, 5)), target.amount, reverses=target.id))
    return entries


def _entry(draw: st.DrawFn, n: int, kind: EntryKind, day: date) -> Entry:
    book_day = draw(st.integers(1, 5))
    if kind.name in {"DEFERRAL", "CHARGE_FREEZE"}:
        until = (day - date(1970, 1, 1)).days + draw(st.integers(1, 40))
        return Entry(n, kind, day, book_day, 0, detail=until)
    if kind in {EntryKind.ACCELERATION, EntryKind.PAYOFF, EntryKind.RE_AGE}:
        return Entry(n, kind, day, book_day, 0)
    amount = draw(st.integers(1, 30_000)) * (draw(st.sampled_from([1, -1])) if kind is EntryKind.ADJUSTMENT else 1)
    takes_principal = kind in {
        EntryKind.INSTALMENT_DUE,
        EntryKind.ADJUSTMENT,
        EntryKind.WAIVER,
        EntryKind.SETTLEMENT,
    }
    principal = draw(st.integers(min(0, amount), max(0, amount))) if takes_principal else 0
    number = n if kind is EntryKind.INSTALMENT_DUE else 0
    return Entry(n, kind, day, book_day, amount, principal, detail=number)


@settings(deadline=None, max_examples=150)
@given(terms=TERMS, entries=histories(), ahead=st.integers(0, 150), known_on=st.sampled_from([2, 5]))
def test_the_lines_of_every_section_come_to_the_ledger_s_figure(
    terms: Terms, entries: list[Entry], ahead: int, known_on: int
) -> None:
    as_of = OPENED + ahead * DAY
    found = made(terms, entries, as_of, known_on=known_on)
    now = state(terms, entries, as_of, known_on)
    assert sum((line.amount for line in found.balance.lines), Fraction(0)) == now.contractual
    assert found.charges.exact == now.charges + now.charges_settled
    assert sum((line.amount for line in found.owed.lines), Fraction(0)) == now.contractual
    for line in found.balance.lines:
        paid = sum((part.amount for part in line.parts), Fraction(0))
        assert not line.parts or paid == -line.amount
        for language in ("en", "es", "zh"):
            assert "{" not in said(line, language, "EUR")


def test_a_payment_taken_back_is_struck_and_says_when() -> None:
    entries = [
        *invoice("100", OPENED),
        Entry(3, EntryKind.PAYMENT, OPENED + DAY, 2, 4_000),
        Entry(4, EntryKind.REVERSAL, OPENED + 9 * DAY, 3, 4_000, reverses=3),
    ]
    (line,) = [one for one in made(Terms(), entries, OPENED + 20 * DAY).balance.lines if one.kind is Kind.STRUCK]
    assert line.entry == 3
    assert line.amount == 0
    assert said(line, "es", "EUR") == (
        "Pago de 40,00\u00a0€: anulado el 10 ene 2025, cuenta como si no hubiera existido"
    )
    before = made(Terms(), entries, OPENED + 20 * DAY, known_on=2)
    assert [int(one.amount) for one in before.balance.lines][-1] == -4_000


def test_a_payment_says_in_three_languages_what_it_paid() -> None:
    entries = [*invoice("100", OPENED), Entry(3, EntryKind.PAYMENT, OPENED + DAY, 2, 12_000)]
    (line,) = [one for one in made(Terms(), entries, OPENED + DAY).balance.lines if one.entry == 3]
    assert [int(part.amount) for part in line.parts] == [10_000, 2_000]
    assert said(line.parts[0], "en", "EUR") == "principal of instalment 1, due 31 Dec 2024"
    assert said(line.parts[0], "zh", "EUR") == "第 1 期本金（2024年12月31日 到期）"
    assert said(line.parts[1], "es", "EUR") == "pagado por adelantado: paga lo próximo que venza"
