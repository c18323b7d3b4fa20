"""When the validation period ends at the earliest: the cases of group T3 by their numbers, and the edges between them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.engine.notices.validation import assumed_receipt, period_ends

DAYS = st.dates(date(2022, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("provided", "received", "ends"),
    [
        pytest.param("2026-06-01", "2026-06-08", "2026-07-08", id="T3.1 provided on a Monday"),
        pytest.param("2026-06-05", "2026-06-12", "2026-07-12", id="T3.2 provided on a Friday"),
        pytest.param("2026-06-06", "2026-06-12", "2026-07-12", id="T3.3 provided on a Saturday"),
        pytest.param("2026-06-15", "2026-06-23", "2026-07-23", id="T3.4 Juneteenth lies between"),
        pytest.param(
            "2026-06-29", "2026-07-06", "2026-08-05", id="T3.5 the Friday before a holiday on Saturday counts"
        ),
        pytest.param("2026-11-20", "2026-11-30", "2026-12-30", id="T3.6 Thanksgiving lies between"),
        pytest.param("2026-12-24", "2027-01-04", "2027-02-03", id="T3.7 Christmas and New Year lie between"),
    ],
)
def test_the_period_ends_thirty_days_after_assumed_receipt(provided, received, ends):
    assert assumed_receipt(date.fromisoformat(provided)) == date.fromisoformat(received)
    assert period_ends(date.fromisoformat(provided)) == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        pytest.param("2026-06-15", "2026-07-15", id="T3.9 proof of receipt after the assumed day"),
        pytest.param("2026-06-03", "2026-07-03", id="T3.10 proof of receipt before it"),
    ],
)
def test_proof_of_receipt_takes_the_place_of_the_assumed_day(received, ends):
    assert period_ends(date(2026, 6, 1), received_on=date.fromisoformat(received)) == date.fromisoformat(ends)


def test_the_period_never_ends_before_the_date_printed_on_the_notice():
    early = date(2026, 6, 3)
    assert period_ends(date(2026, 6, 1), received_on=early) == date(2026, 7, 3)
    assert period_ends(date(2026, 6, 1), received_on=early, printed=date(2026, 7, 8)) == date(2026, 7, 8)


def test_a_notice_is_not_received_before_it_is_provided():
    with pytest.raises(ValueError, match="before it is provided"):
        period_ends(date(2026, 6, 2), received_on=date(2026, 6, 1))


@given(DAYS)
def test_a_later_notice_never_ends_earlier(provided):
    assert period_ends(provided) <= period_ends(provided + timedelta(days=1))


@given(DAYS)
def test_five_days_of_the_mail_end_on_a_working_day_within_twelve(provided):
    assert timedelta(days=5) <= assumed_receipt(provided) - provided <= timedelta(days=12)
    assert assumed_receipt(provided).weekday() < 5
