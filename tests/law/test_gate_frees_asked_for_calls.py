"""A consent to more calls frees the agreed hours of the agreed days, and not a microsecond around them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.contacts import (
    Channel,
    Contact,
    Direction,
    DisclosureBasis,
    Origin,
    Outcome,
    PointUse,
    Purpose,
    Role,
    Source,
)
from arrears.domain.holds import EVERY_DAY, Consent, ConsentKind, WeeklyWindow
from arrears.engine.gate import (
    Address,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    Effect,
    FromNumber,
    Known,
    Proposal,
    Settings,
    ask,
)
from arrears.kernel.hours import local_time
from arrears.packs.compliance import rule_book

COUNTS = Settings(only=frozenset({"us.regf.1006.14.b.2.i", "us.regf.1006.14.b.3"}))
COUNT = "us.regf.1006.14.b.2.i.A"
MONDAY = datetime(2026, 6, 8, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
NEW_YORK = "America/New_York"
AT_THREE = WeeklyWindow(frozenset((0,)), time(14), time(16))
THREE_IN_NEW_YORK = MONDAY + timedelta(hours=19)


def proposal(at: datetime) -> Proposal:
    return Proposal(
        at=at,
        collector=Collector(organisation="X", kind=CollectorKind.AGENCY),
        person="P",
        role=Role.DEBTOR,
        basis=DisclosureBasis.LIABLE,
        debts=(Debt(id="A", status=DebtStatus.OPEN, consumer_purpose=True, in_default_when_obtained=True),),
        channel=Channel.CALL,
        purpose=Purpose.COLLECT,
        address=Address(id="mobile", use=PointUse.MOBILE, source=Source.CONTRACT, is_valid=True),
        from_number=FromNumber(value="+12025550100", is_verified=True),
    )


def unanswered(at: datetime) -> Contact:
    return Contact(
        at=at,
        channel=Channel.CALL,
        outcome=Outcome.NO_ANSWER,
        person="P",
        collector="X",
        debts=frozenset({"A"}),
        address="mobile",
        origin=Origin.OUTBOUND,
        direction=Direction.TO_PERSON,
    )


def a_full_week(consents: tuple[Consent, ...], zones: tuple[str, ...] = (NEW_YORK,)) -> Known:
    """Seven calls on Sunday: not one more until next Sunday."""
    calls = tuple(unanswered(MONDAY - timedelta(hours=hours)) for hours in range(1, 8))
    return Known(contacts=calls, consents=consents, zones=zones, places=("US-NY",))


def yes(*windows: WeeklyWindow, at: datetime = MONDAY, until: datetime | None = None) -> Consent:
    return Consent(kind=ConsentKind.CALL_MORE, person="P", given_to="X", at=at, until=until, windows=windows)


def is_free(known: Known, at: datetime) -> bool:
    """Whether the count of calls lets this one go, whatever else there is against the hour."""
    spoken = ask(rule_book(), proposal(at), known, COUNTS).spoken
    return not any(one.rule.id == COUNT and one.effect is Effect.BARS for one in spoken)


def test_an_agreed_hour_opens_and_closes_to_the_microsecond():
    known = a_full_week((yes(AT_THREE),))
    opens, closes = THREE_IN_NEW_YORK - timedelta(hours=1), THREE_IN_NEW_YORK + timedelta(hours=1)

    assert [is_free(known, at) for at in (opens - INSTANT, opens, closes - INSTANT, closes)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_the_end_of_the_consent_cuts_the_agreed_hour_short():
    known = a_full_week((yes(AT_THREE, until=THREE_IN_NEW_YORK),))

    assert is_free(known, THREE_IN_NEW_YORK - INSTANT)
    assert not is_free(known, THREE_IN_NEW_YORK)


def test_the_agreed_hour_of_the_eighth_day_is_not_free():
    """Seven days, Sunday evening the first: the last one is Saturday."""
    given = MONDAY - timedelta(hours=1)
    daily = WeeklyWindow(EVERY_DAY, time(14), time(16))
    saturday = THREE_IN_NEW_YORK + timedelta(days=5)
    calls = tuple(unanswered(saturday - timedelta(hours=hours)) for hours in range(8, 15))
    known = replace(a_full_week((yes(daily, at=given),)), contacts=calls)

    assert is_free(known, saturday)
    assert not is_free(known, saturday + timedelta(days=1))


def test_a_consent_without_hours_frees_the_whole_day():
    known = a_full_week((yes(),))

    assert is_free(known, MONDAY)
    assert not is_free(known, MONDAY - INSTANT)


@pytest.mark.parametrize(("hour", "count"), [(13, 8), (14, 7), (15, 7), (16, 8)])
def test_a_call_is_left_out_of_the_count_in_the_agreed_hours_alone(hour, count):
    call = unanswered(THREE_IN_NEW_YORK + timedelta(hours=hour - 15))
    known = a_full_week((yes(AT_THREE),))
    known = replace(known, contacts=(*known.contacts, call))

    verdict = ask(rule_book(), proposal(THREE_IN_NEW_YORK + timedelta(hours=3)), known, COUNTS)

    [spoken] = [one for one in verdict.spoken if one.rule.id == COUNT]
    assert spoken.facts["count"] == count


WINDOWS = st.builds(
    WeeklyWindow,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.integers(0, 23).map(time),
    until=st.integers(0, 23).map(time),
)


def shows(window: WeeklyWindow, zone: str, at: datetime) -> bool:
    """Read the clock on the wall of ``zone``: is it in the window, which may have begun the day before?"""
    wall = local_time(at, zone)
    over_midnight = window.until <= window.start
    if wall.weekday() in window.days and window.start <= wall.time() and (over_midnight or wall.time() < window.until):
        return True
    return over_midnight and (wall.weekday() - 1) % 7 in window.days and wall.time() < window.until


@given(
    st.lists(WINDOWS, min_size=1, max_size=2).map(tuple),
    st.sampled_from([(NEW_YORK,), ("Asia/Kolkata",), (NEW_YORK, "America/Chicago"), ("Pacific/Apia",)]),
    st.lists(st.integers(0, 4 * 1440), min_size=8, max_size=8),
)
@settings(deadline=None, max_examples=60)
def test_exactly_the_agreed_hours_are_free_by_every_clock(windows, zones, minutes):
    known = a_full_week((yes(*windows),), zones)

    for minute in minutes:
        at = MONDAY + timedelta(minutes=minute)
        agreed = all(any(shows(window, zone, at) for window in windows) for zone in zones)
        assert is_free(known, at) == agreed
