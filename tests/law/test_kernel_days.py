"""Day counts, epoch days, business days and local hours."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.ledger import arithmetic
from arrears.kernel.calendars import (
    Place,
    add_business_days,
    business_days_between,
    has_holidays,
    is_business_day,
    is_holiday,
)
from arrears.kernel.daycount import UNITS_IN_YEAR, DayCount, clock, units_between, year_fraction
from arrears.kernel.epoch import NO_DATE, date_of, epoch_day, sure_date
from arrears.kernel.hours import day_bounds, instant_of, is_zone, local_day, local_time, weekday_name

dates = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@settings(deadline=None)
@given(dates)
def test_an_epoch_day_is_a_date_and_back(day: date) -> None:
    assert date_of(epoch_day(day)) == day
    assert sure_date(epoch_day(day)) == day
    assert epoch_day(day) == (day - date(1970, 1, 1)).days


def test_no_date_is_none_and_comes_after_every_date() -> None:
    assert (epoch_day(None), date_of(NO_DATE)) == (NO_DATE, None)
    assert epoch_day(date.max) < NO_DATE
    with pytest.raises(ValueError, match="no date"):
        sure_date(NO_DATE)


@pytest.mark.parametrize(
    ("by", "start", "end", "part"),
    [
        (DayCount.ACT_365F, date(2024, 1, 1), date(2025, 1, 1), Fraction(366, 365)),
        (DayCount.ACT_360, date(2025, 1, 1), date(2025, 7, 1), Fraction(181, 360)),
        (DayCount.ACT_ACT, date(2023, 11, 1), date(2024, 5, 1), Fraction(61, 365) + Fraction(121, 366)),
        (DayCount.ACT_ACT, date(2024, 1, 1), date(2025, 1, 1), Fraction(1)),
        (DayCount.THIRTY_360, date(2025, 1, 31), date(2025, 2, 28), Fraction(28, 360)),
        (DayCount.THIRTY_360, date(2025, 1, 30), date(2025, 3, 31), Fraction(60, 360)),
        (DayCount.THIRTY_360, date(2025, 1, 15), date(2026, 1, 15), Fraction(1)),
    ],
)
def test_a_part_of_a_year_is_counted_by_its_convention(by: DayCount, start: date, end: date, part: Fraction) -> None:
    assert year_fraction(start, end, by) == part


@settings(deadline=None)
@given(dates, dates, dates, st.sampled_from(DayCount))
def test_a_period_split_in_two_is_the_sum_of_its_parts(a: date, b: date, c: date, by: DayCount) -> None:
    assert units_between(a, b, by) + units_between(b, c, by) == units_between(a, c, by)


@settings(deadline=None)
@given(dates, st.sampled_from(DayCount))
def test_the_compiled_clock_shows_the_same(day: date, by: DayCount) -> None:
    assert arithmetic.clock(epoch_day(day), by) == clock(day, by)


@settings(deadline=None)
@given(
    st.integers(0, 10**15),
    st.integers(0, 27 * 10**13),
    st.sampled_from([1_000_000 * units for units in UNITS_IN_YEAR.values()]),
)
def test_a_product_that_needs_more_than_64_bits_is_exact_in_pieces(amount: int, rate: int, parts: int) -> None:
    assert arithmetic.multiplied(amount, rate, parts) == divmod(amount * rate, parts)


@pytest.mark.parametrize(
    ("day", "place", "is_open"),
    [
        (date(2026, 7, 3), Place("US"), False),
        (date(2026, 7, 6), Place("US"), True),
        (date(2025, 1, 26), Place("CN"), True),
        (date(2025, 1, 25), Place("CN"), False),
        (date(2025, 5, 2), Place("ES", "MD"), False),
        (date(2025, 5, 2), Place("ES", "CT"), True),
        (date(2025, 5, 2), Place("ES", "nowhere"), True),
        (date(2026, 5, 16), Place("ZZ"), False),
        (date(2026, 12, 25), Place("ZZ"), True),
    ],
)
def test_a_business_day_goes_by_place(day: date, place: Place, is_open: bool) -> None:  # noqa: FBT001 - a column
    assert is_business_day(day, place) is is_open


def test_a_bridge_day_worked_at_a_weekend_is_a_business_day_and_no_holiday() -> None:
    assert not is_holiday(date(2025, 1, 26), Place("CN"))
    assert (has_holidays(Place("CN")), has_holidays(Place("ZZ"))) == (True, False)


def test_business_days_are_added_over_weekends_and_holidays() -> None:
    thursday = date(2026, 7, 2)
    assert add_business_days(thursday, 0, Place("US")) == thursday
    assert add_business_days(thursday, 1, Place("US")) == date(2026, 7, 6)
    assert business_days_between(thursday, date(2026, 7, 7), Place("US")) == 2
    assert business_days_between(thursday, thursday - timedelta(days=9), Place("US")) == 0
    with pytest.raises(ValueError, match="added, not taken"):
        add_business_days(thursday, -1, Place("US"))


ZONES = (
    "America/New_York",
    "Europe/Madrid",
    "Asia/Shanghai",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
)


@settings(deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 - made aware below
def test_wall_time_leads_back_to_the_instant(when: datetime, zone: str) -> None:
    instant = when.replace(tzinfo=UTC, microsecond=0)
    wall = local_time(instant, zone)
    assert instant in {
        instant_of(wall.date(), wall.time(), zone),
        instant_of(wall.date(), wall.time(), zone, later=True),
    }


@settings(deadline=None)
@given(dates.filter(lambda day: 1990 < day.year < 2040), st.sampled_from(ZONES))
def test_a_day_begins_where_the_one_before_ends(day: date, zone: str) -> None:
    start, end = day_bounds(day, zone)
    assert end == day_bounds(day + timedelta(days=1), zone)[0]
    if start < end:
        assert local_day(start, zone) == day
        assert local_day(end - timedelta(seconds=1), zone) == day


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 3, 9), 24), (date(2026, 11, 1), 25)])
def test_a_day_has_the_hours_its_clocks_give_it(day: date, hours: int) -> None:
    start, end = day_bounds(day, "America/New_York")
    assert end - start == timedelta(hours=hours)


def test_a_time_that_is_skipped_is_the_end_of_the_gap_and_one_that_repeats_has_two_instants() -> None:
    skipped = instant_of(date(2026, 3, 8), time(2, 30), "America/New_York")
    assert skipped.astimezone(ZoneInfo("America/New_York")).time() == time(3, 0)
    first = instant_of(date(2026, 11, 1), time(1, 30), "America/New_York")
    assert instant_of(date(2026, 11, 1), time(1, 30), "America/New_York", later=True) - first == timedelta(hours=1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names its time zone"):
        local_day(datetime(2026, 1, 1), "Asia/Shanghai")  # noqa: DTZ001 - the mistake under test
    assert (is_zone("Asia/Shanghai"), is_zone("Mars/Base"), is_zone("../etc")) == (True, False, False)


def test_days_of_the_week_have_names_in_three_languages() -> None:
    assert weekday_name(date(2026, 5, 15)) == ("Friday", "viernes", "星期五")
