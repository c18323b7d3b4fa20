"""Local days and hours as sets of instants, against the clock of the standard library."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.holds import EVERY_DAY, WeeklyWindow
from arrears.engine.gate.local import days, hours, hours_in_all, local_day, local_reading
from arrears.kernel.calendars import Place
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import DAY, SECOND, instant_of

ZONES = st.sampled_from(
    [
        "America/New_York",
        "Asia/Kolkata",
        "America/St_Johns",
        "Africa/Casablanca",
        "Pacific/Apia",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Europe/Dublin",
    ]
)
MOMENTS = st.datetimes(datetime(2004, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds


@given(ZONES, MOMENTS)
@settings(deadline=None)
def test_the_local_day_of_an_instant_is_that_of_the_calendar_on_the_wall(zone, moment):
    instant, wall = instant_of(moment), moment.astimezone(ZoneInfo(zone))
    day = epoch_day(wall.date())

    assert local_day(zone, instant) == day
    assert instant in days(zone, day, day)
    assert instant not in days(zone, day + 1, day + 3)
    assert local_reading(zone, instant).replace(tzinfo=None) == wall.replace(tzinfo=None)


@given(
    ZONES,
    MOMENTS,
    st.builds(WeeklyWindow, days=st.frozensets(st.integers(0, 6)), start=st.times(), until=st.times()),
)
@settings(deadline=None)
def test_an_instant_is_within_a_weekly_window_when_the_wall_clock_says_so(zone, moment, window):
    wall = moment.astimezone(ZoneInfo(zone))
    today = epoch_day(wall.date())

    assert (instant_of(moment) in hours(zone, (window,), today - 2, today + 2)) == says(window, wall)


def says(window: WeeklyWindow, wall: datetime) -> bool:
    now, weekday = wall.time(), wall.weekday()
    if window.start < window.until:
        return weekday in window.days and window.start <= now < window.until
    yesterday = (wall - timedelta(days=1)).weekday() if now < window.until else None
    return (weekday in window.days and now >= window.start) or yesterday in window.days


def test_a_day_has_twenty_three_hours_when_the_clocks_go_forward_and_twenty_five_when_back():
    def length(day: date) -> int:
        (span,) = days("America/New_York", epoch_day(day), epoch_day(day)).spans
        return (span.until - span.start) // (3600 * SECOND)

    assert [length(date(2026, 3, 8)), length(date(2026, 6, 1)), length(date(2026, 11, 1))] == [23, 24, 25]


def test_a_date_that_a_country_skipped_holds_no_instant():
    skipped = epoch_day(date(2011, 12, 30))

    assert not days("Pacific/Apia", skipped, skipped)
    assert days("Pacific/Apia", skipped - 1, skipped - 1).spans[0].until == (
        days("Pacific/Apia", skipped + 1, skipped + 1).spans[0].start
    )


def test_the_closing_instant_belongs_to_a_window_only_where_it_says_so():
    monday = epoch_day(date(2026, 6, 1))
    closing = (monday * DAY) + 19 * 3600 * SECOND
    shut, open_ = (WeeklyWindow(EVERY_DAY, time(8), time(19), closing_in=c) for c in (False, True))

    assert closing not in hours("UTC", (shut,), monday, monday)
    assert closing in hours("UTC", (open_,), monday, monday)
    assert closing + 1 not in hours("UTC", (open_,), monday, monday)


def test_a_public_holiday_of_the_place_has_no_hours():
    window = (WeeklyWindow(EVERY_DAY, time(7), time(19)),)
    independence = epoch_day(date(2026, 7, 20))

    assert not hours("America/Bogota", window, independence, independence, Place("CO"))
    assert hours("America/Bogota", window, independence + 1, independence + 1, Place("CO"))


def test_hours_under_two_clocks_are_those_that_suit_both():
    window = (WeeklyWindow(EVERY_DAY, time(8), time(21)),)
    day = epoch_day(date(2026, 6, 10))
    both = hours_in_all(("America/New_York", "America/Los_Angeles"), window, day, day)

    (span,) = both.spans
    assert local_reading("America/New_York", span.start).time() == time(11)
    assert local_reading("America/New_York", span.until).time() == time(21)
