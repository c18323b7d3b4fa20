"""The amounts of a notice while it waits to go, the breach that is put right in time, and the sums that were told of."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import Terms
from arrears.engine.ledger.state import state
from arrears.engine.notices.default_sums import listed, total, untold
from arrears.engine.notices.figures import is_overtaken, itemized, of_the_ledger, split
from arrears.engine.notices.itemization import itemization
from arrears.engine.notices.remedy import gives_enough_days, remedied_on
from arrears.packs.notices import all_contents

MADE = date(2026, 6, 1)
BEFORE = date(2026, 6, 25)
"""The day before which the breach is put right."""


def entry(number: int, kind: EntryKind, on: date, amount: int, **more: int) -> Entry:
    return Entry(number, kind, on, 1, amount=amount, **more)


OWED = [
    entry(1, EntryKind.OPENING, date(2026, 1, 1), 90_000, principal=90_000),
    *(entry(2 + n, EntryKind.INSTALMENT_DUE, date(2026, 4 + n, 15), 10_000, principal=10_000) for n in range(3)),
    entry(5, EntryKind.FEE, date(2026, 5, 20), 1_200),
]
"""Two instalments and a fee are behind on the day the notice is made; a third falls due before its last day."""
ASKED = 21_200


def says(entries: list[Entry]) -> dict[str, Any]:
    """What a default notice made then says."""
    made = split(state(Terms(), entries, MADE))
    return {name: made[name] for name in ("arrears", "default_sums", "late_charges", "to_put_right")}


def paid(amount: int, on: date, number: int = 9) -> Entry:
    return entry(number, EntryKind.PAYMENT, on, amount)


def overtaken(entries: list[Entry], today: date) -> bool:
    return is_overtaken(says(OWED), Terms(), entries, MADE, today, currency="GBP")


def test_a_notice_says_what_is_behind_to_the_cent():
    assert says(OWED) == {"arrears": 20_000, "default_sums": 1_200, "late_charges": 0, "to_put_right": ASKED}


def test_a_notice_that_waits_is_true_until_something_is_paid():
    later = MADE + timedelta(days=3)
    part = paid(1, MADE + timedelta(days=2))
    assert not overtaken(OWED, later)
    assert not overtaken([*OWED, part], MADE + timedelta(days=1))
    assert overtaken([*OWED, part], MADE + timedelta(days=2))


@pytest.mark.parametrize("kind", [EntryKind.PAYMENT_DIRECT, EntryKind.SET_OFF, EntryKind.WAIVER])
def test_whatever_lessens_the_debt_overtakes_it(kind):
    assert overtaken([*OWED, entry(9, kind, MADE + timedelta(days=1), 500)], MADE + timedelta(days=1))


def test_what_falls_due_or_is_charged_after_the_day_leaves_it_true():
    more = [entry(9, EntryKind.FEE, MADE + timedelta(days=1), 700)]
    assert not overtaken([*OWED, *more], BEFORE)


def test_money_of_a_day_before_that_became_known_later_overtakes_it():
    assert overtaken([*OWED, paid(100, MADE - timedelta(days=4))], MADE)


def test_a_payment_taken_back_that_the_notice_had_counted_overtakes_it():
    counted = [*OWED, paid(5_000, MADE - timedelta(days=1))]
    back = entry(10, EntryKind.REVERSAL, MADE - timedelta(days=1), 0, reverses=9)
    said = says(counted)
    assert not is_overtaken(said, Terms(), counted, MADE, MADE, currency="GBP")
    assert is_overtaken(said, Terms(), [*counted, back], MADE, MADE, currency="GBP")


def test_an_itemization_is_asked_again_line_by_line():
    since = date(2026, 5, 1)
    made: Any = itemization(Terms(), OWED, since, MADE, currency="USD")
    said = itemized(made) | {"itemization_date": since.isoformat()}
    moved = [one for one in OWED if one.kind is not EntryKind.FEE] + [entry(5, EntryKind.FEE, date(2026, 4, 30), 1_200)]
    assert not is_overtaken(said, Terms(), OWED, MADE, MADE, currency="USD")
    assert is_overtaken(said, Terms(), moved, MADE, MADE, currency="USD")


def test_every_amount_of_every_notice_is_filled_by_the_ledger_and_proved_by_it():
    for contents in all_contents().values():
        money = {one.name for one in contents.fields if one.shape.value == "money"}
        assert money <= of_the_ledger([*contents.by_name]), (contents.id, money)


# --- Put right in time ---


def remedied(entries: list[Entry], asked: int = ASKED) -> date | None:
    return remedied_on(Terms(), entries, asked, MADE, BEFORE)


@pytest.mark.parametrize(
    ("amount", "on", "found"),
    [
        pytest.param(ASKED, BEFORE - timedelta(days=1), BEFORE - timedelta(days=1), id="the whole, on the last day"),
        pytest.param(ASKED, BEFORE, None, id="the whole, on the day itself"),
        pytest.param(ASKED - 1, BEFORE - timedelta(days=1), None, id="a penny less"),
        pytest.param(ASKED, MADE + timedelta(days=1), MADE + timedelta(days=1), id="at once"),
    ],
)
def test_what_is_asked_for_puts_it_right_before_the_day_that_the_notice_names(amount, on, found):
    assert remedied([*OWED, paid(amount, on)]) == found


def test_payments_add_up_and_what_is_waived_counts():
    parts = [
        paid(10_000, date(2026, 6, 5), 9),
        paid(10_000, date(2026, 6, 8), 10),
        entry(11, EntryKind.WAIVER, date(2026, 6, 9), 1_200),
    ]
    assert remedied([*OWED, *parts[:2]]) is None
    assert remedied([*OWED, *parts]) == date(2026, 6, 9)


def test_what_falls_due_meanwhile_is_not_asked_for():
    """The third instalment falls due on 15 June: who pays what the notice names has put right what it speaks of."""
    entries = [*OWED, paid(ASKED, date(2026, 6, 20))]
    assert state(Terms(), entries, date(2026, 6, 21)).arrears > 0
    assert remedied(entries) == date(2026, 6, 20)


def test_money_that_was_taken_back_has_put_nothing_right():
    back = entry(10, EntryKind.REVERSAL, date(2026, 6, 24), 0, reverses=9)
    assert remedied([*OWED, paid(ASKED, date(2026, 6, 20)), back]) is None


def test_money_of_the_day_of_the_notice_of_which_it_did_not_know_lowers_what_is_left():
    entries = [*OWED, paid(5_000, MADE), paid(ASKED - 5_000, date(2026, 6, 20), 10)]
    assert remedied(entries) == date(2026, 6, 20)
    assert remedied([*OWED, paid(ASKED, MADE)]) == MADE


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 15_000), st.integers(-3, 27)), max_size=4), st.integers(1, 5_000))
def test_more_money_never_puts_it_right_later(payments, more):
    entries = [*OWED, *(paid(sum_, MADE + timedelta(days=n), 20 + i) for i, (sum_, n) in enumerate(payments))]
    found, sooner = remedied(entries), remedied([*entries, paid(more, MADE + timedelta(days=1), 40)])
    assert found is None or (sooner is not None and sooner <= found)


def test_a_notice_that_is_proven_to_have_come_late_gave_too_few_days():
    assert gives_enough_days(None, BEFORE)
    assert gives_enough_days(BEFORE - timedelta(days=14), BEFORE)
    assert not gives_enough_days(BEFORE - timedelta(days=13), BEFORE)


# --- Sums of default ---


def test_sums_are_told_of_once_and_those_taken_back_never():
    fees = [
        entry(1, EntryKind.FEE, date(2026, 5, 1), 1_200),
        entry(2, EntryKind.FEE, date(2026, 5, 9), 500),
        entry(3, EntryKind.FEE, date(2026, 5, 20), 800),
        entry(4, EntryKind.REVERSAL, date(2026, 5, 21), 0, reverses=2),
        entry(5, EntryKind.PAYMENT, date(2026, 5, 22), 5_000),
    ]
    assert [one.amount for one in untold(fees, (), MADE)] == [1_200, 800]
    assert untold(fees, {1}, MADE) == ((date(2026, 5, 20), 800, 3),)
    assert untold(fees, {1, 3}, MADE) == ()
    assert total(untold(fees, (), date(2026, 5, 19))) == 1_200
    assert listed(untold(fees, (), MADE), "en", "GBP") == "1 May 2026 £12.00; 20 May 2026 £8.00"


def test_a_sum_that_was_booked_late_is_told_of_whatever_its_day():
    told = [entry(1, EntryKind.FEE, date(2026, 5, 9), 1_200)]
    late = [entry(2, EntryKind.FEE, date(2026, 5, 9), 500), entry(3, EntryKind.FEE, date(2026, 5, 1), 700)]
    assert [one.amount for one in untold([*told, *late], {1}, MADE)] == [700, 500]
    said = {"sums_told": 1_200, "told_of": [1]}
    assert not is_overtaken(said, Terms(), [*told, *late], MADE, MADE, currency="GBP"), "what it says is still so"


def test_a_notice_of_sums_is_overtaken_by_what_changes_them_and_not_by_a_payment():
    fees = [entry(1, EntryKind.FEE, date(2026, 5, 1), 1_200)]
    said = {"sums_told": 1_200, "told_of": [1]}
    assert not is_overtaken(said, Terms(), [*fees, paid(300, MADE)], MADE, MADE, currency="GBP")
    back = entry(2, EntryKind.REVERSAL, date(2026, 5, 21), 0, reverses=1)
    assert is_overtaken(said, Terms(), [*fees, back], MADE, MADE, currency="GBP")
