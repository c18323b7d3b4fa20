"""Offers to cut a debt: their worth by hand, their fate by payments alone, and who may decide, at each border."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.concessions import NEXT, WORDS, Offer, Part, Standing, State
from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import Terms
from arrears.engine.concessions.judging import judge
from arrears.engine.concessions.worth import Expectation, Source, evenly, expected, present_value, worth
from arrears.engine.tables import one
from arrears.kernel.calendars import Place
from arrears.packs.authority import authority, check_rules

US = Place("US", "NY")
TERMS = Terms(bank_days=2, returns_days=5)
MON = date(2026, 3, 2)
OFFER = Offer(MON, (Part(date(2026, 3, 6), 30_000), Part(date(2026, 3, 20), 20_000)), after_entry=10)


def paid(entry: int, on: date, amount: int) -> Entry:
    return Entry(entry, EntryKind.PAYMENT, on, 1, amount)


def back(entry: int, of: int, on: date) -> Entry:
    return Entry(entry, EntryKind.REVERSAL, on, 1, 0, reverses=of)


def stands(entries: list[Entry], on: date, offer: Offer = OFFER) -> tuple[State, int]:
    found = judge(offer, entries, TERMS, US, on)
    return found.state, found.paid


FIRST = paid(11, date(2026, 3, 5), 30_000)
SECOND = paid(12, date(2026, 3, 20), 20_000)


@pytest.mark.parametrize(
    ("entries", "on", "expected_state"),
    [
        ([], date(2026, 3, 10), (State.ACCEPTED, 0)),  # Friday and two bank days: Tuesday still counts
        ([], date(2026, 3, 11), (State.MISSED, 0)),
        ([FIRST], date(2026, 3, 24), (State.ACCEPTED, 30_000)),
        ([FIRST], date(2026, 3, 25), (State.MISSED, 30_000)),
        ([FIRST, SECOND], date(2026, 3, 25), (State.PAID, 50_000)),  # five days in which a bank may take it back
        ([FIRST, SECOND], date(2026, 3, 26), (State.COMPLETED, 50_000)),
        ([paid(11, MON, 50_000)], date(2026, 3, 7), (State.PAID, 50_000)),  # all at once counts for all parts
        ([paid(11, MON, 50_000)], date(2026, 3, 8), (State.COMPLETED, 50_000)),
        ([paid(9, MON, 50_000)], date(2026, 3, 11), (State.MISSED, 0)),  # it had come before the offer
        ([paid(11, date(2026, 3, 1), 50_000)], date(2026, 3, 11), (State.MISSED, 0)),  # it is older than the offer
        ([paid(11, date(2026, 3, 11), 50_000)], date(2026, 3, 20), (State.MISSED, 50_000)),  # in full, but late
        ([FIRST, SECOND, back(13, 12, date(2026, 3, 23))], date(2026, 3, 26), (State.MISSED, 30_000)),
        (
            [FIRST, SECOND, back(13, 12, date(2026, 3, 23)), back(14, 13, date(2026, 3, 24))],
            date(2026, 3, 26),
            (State.COMPLETED, 50_000),
        ),
    ],
)
def test_payments_alone_say_where_an_offer_stands(
    entries: list[Entry], on: date, expected_state: tuple[State, int]
) -> None:
    assert stands(entries, on) == expected_state


def test_a_backdated_payment_judges_anew_and_what_was_known_stays() -> None:
    late_news = [FIRST, Entry(15, EntryKind.PAYMENT, date(2026, 3, 20), 9, 20_000)]
    assert judge(OFFER, late_news, TERMS, US, date(2026, 4, 10), known_on=8).state is State.MISSED
    assert judge(OFFER, late_news, TERMS, US, date(2026, 4, 10)).state is State.COMPLETED


def test_an_offer_that_asks_for_nothing_is_completed_on_its_day() -> None:
    assert judge(Offer(MON, ()), [], TERMS, US, MON) == Standing(State.COMPLETED, 0, completed_on=MON)


@settings(deadline=None)
@given(
    parts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 10**9)), max_size=6),
    rate_ppm=st.integers(0, 400_000),
)
def test_present_value_agrees_with_decimals(parts: list[tuple[int, int]], rate_ppm: int) -> None:
    """Told a second time with 60 digits; a rate of nothing leaves the sum as it is."""
    dated = [Part(MON + timedelta(days=days), amount) for days, amount in parts]
    rate = Decimal(rate_ppm) / 1_000_000
    told = sum((Decimal(a) / (1 + rate * d / 365) for d, a in parts), Decimal(0))
    found = present_value(dated, MON, rate_ppm)
    assert abs(found - told) <= Decimal("0.5000001")
    assert rate_ppm or found == sum(a for _, a in parts)


def test_present_value_by_hand() -> None:
    """1,000.00 in 365 days at 12 % is 1,000 / 1.12 = 892.857…; in 73 days 1,000 / 1.024 = 976.5625, a half up."""
    assert present_value([Part(MON + timedelta(days=365), 100_000)], MON, 120_000) == 89_286
    assert present_value([Part(MON + timedelta(days=73), 100_000)], MON, 120_000) == 97_656
    assert Decimal("97656.25").quantize(Decimal(1), ROUND_HALF_UP) == 97_656
    assert present_value([Part(MON - timedelta(days=9), 100_000)], MON, 120_000) == 100_000


def test_an_offer_is_laid_beside_what_would_come_without_it() -> None:
    expectation = Expectation(evenly(1_200, 12), Source.ASSUMPTION)
    found = worth([Part(MON, 40_000)], 100_000, expectation, MON, 120_000)
    assert (found.offer_worth, found.expected_minor, expectation.share_bps) == (40_000, 12_000, 1_200)
    assert found.expected_worth == present_value(expected(100_000, expectation, MON), MON, 120_000) < 12_000
    assert found.gain == 40_000 - found.expected_worth
    assert evenly(1_000, 3) == (334, 333, 333)


def test_the_matrix_is_sound_and_answers_each_role() -> None:
    assert check_rules() == []
    matrix = authority()
    offer = {"concession_kind": 1, "cuts_principal": 1, "cut_minor": 50_000, "cut_share_bps": 2_000}
    late = {"days_past_due": 95, "is_consumer_debt": 1, "is_secured": 0}
    answers = [one(matrix.decides, {**offer, **late, "own_role": role}).values["authority"] for role in range(1, 5)]
    assert [matrix.code("authority", answer).name for answer in answers] == ["approval", "alone", "alone", "alone"]


def test_every_state_has_words_and_a_way_on() -> None:
    assert set(WORDS) == set(NEXT) == set(State)
    assert all(all(words) for words in WORDS.values())
