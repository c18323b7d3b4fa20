"""The open hours of a day are read off the gate's own rules, for all clocks somebody may live under."""

from datetime import date

import pytest

from arrears.engine.allocate.openings import opening_of
from arrears.engine.gate import CollectorKind, Settings
from arrears.packs import compliance

DAY = date(2026, 6, 10)


def opening(*zones, place="US-NY", collector=CollectorKind.AGENCY, settings=None, day=DAY):
    found = opening_of(
        compliance.rule_book(), day, places=(place,), zones=zones, collector=collector, settings=settings or Settings()
    )
    return tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in found)


def test_an_agency_in_the_united_states_may_call_from_eight_until_nine():
    assert opening("America/New_York") == ("08:00", "21:00")


def test_somebody_who_may_live_under_two_clocks_is_called_while_both_are_open():
    assert opening("America/New_York", "America/Los_Angeles") == ("11:00", "21:00")
    assert opening("America/Los_Angeles", "America/New_York") == ("08:00", "18:00")


def test_nobody_without_a_known_clock_is_open():
    assert opening() == ("00:00", "00:00")


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_a_day_on_which_the_clocks_change_opens_by_the_wall(day):
    assert opening("America/New_York", day=day) == ("08:00", "21:00")
