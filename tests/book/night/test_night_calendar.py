"""Which nights are due: the last one alone puts everything right; catching up leaves no hole in the history."""

from datetime import date

from arrears.jobs.night.calendar import nights_due

MONDAY, TUESDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5)


def test_a_book_that_was_never_opened_is_made_ready_for_today():
    assert nights_due(None, MONDAY, catch_up=False) == (MONDAY,)
    assert nights_due(None, MONDAY, catch_up=True) == (MONDAY,)


def test_a_day_that_is_open_already_needs_no_night():
    assert nights_due(MONDAY, MONDAY, catch_up=True) == ()
    assert nights_due(TUESDAY, MONDAY, catch_up=False) == ()


def test_one_night_goes_straight_to_today():
    assert nights_due(MONDAY, THURSDAY, catch_up=False) == (THURSDAY,)


def test_catching_up_runs_each_missed_day_in_order():
    assert nights_due(MONDAY, THURSDAY, catch_up=True) == (TUESDAY, date(2026, 3, 4), THURSDAY)
