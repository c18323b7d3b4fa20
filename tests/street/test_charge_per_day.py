"""What a debt's late charge grows by in a day, as it is told on a call; and why a bank took a payment back."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import ChargeOn, LateCharge, Terms
from arrears.engine.ledger.state import State, state

pytestmark = pytest.mark.usefixtures("shared_book")
FALLEN = date(2026, 1, 10)


def late(on: ChargeOn = ChargeOn.OVERDUE_PRINCIPAL, **said: Any) -> tuple[State, LateCharge]:
    charge = LateCharge(rate_ppm=365_000, on=on, **said)
    entries = [
        Entry(1, EntryKind.OPENING, date(2026, 1, 1), 1, 60_000, 60_000),
        Entry(2, EntryKind.INSTALMENT_DUE, FALLEN, 1, 10_000, 10_000, 0, 1),
    ]
    return state(Terms(late_charge=charge), entries, date(2026, 1, 20)), charge


@pytest.mark.parametrize(
    ("on", "expected"),
    [(ChargeOn.OVERDUE_PRINCIPAL, 10), (ChargeOn.OVERDUE_INSTALMENTS, 10), (ChargeOn.OUTSTANDING, 60)],
)
def test_it_runs_on_what_the_ledger_says_it_runs_on(on: ChargeOn, expected: int) -> None:
    from arrears.web.call.owed import charge_per_day

    assert charge_per_day(*late(on)) == expected


def test_it_stops_when_frozen_and_at_the_cap_and_is_held_below_it() -> None:
    from arrears.web.call.owed import charge_per_day

    now, charge = late()
    assert charge_per_day(replace(now, is_frozen=True), charge) == 0
    assert charge_per_day(*late(cap_minor=50)) == 0
    assert charge_per_day(replace(now, charge_exact=Fraction(96), charge_cap=100), charge) == 4


def test_a_returns_reason_is_told_in_the_language_of_the_page() -> None:
    from django.utils import translation

    from arrears.web.templatetags.words import returned_because

    for language, told in (("en", "Insufficient funds"), ("es", "Fondos insuficientes"), ("zh-hans", "余额不足")):
        with translation.override(language):
            assert returned_because("AM04: not enough money") == f"AM04: {told}"
            assert returned_because("cheque bounced") == "cheque bounced"
