"""Limitation: the last day for a suit to the day, what starts it again, and what is not known."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.laws import Law, SourceStatus, Status
from arrears.engine.limitation import Course, LimitationRow, Trigger, last_day, limitation_of
from arrears.packs.limitation import check_limitation, limitation_in_use, limitation_rows, readings, rows_in_use

LAW = Law(
    citation="Act 1", effective_from=date(1980, 1, 1), effective_to=None, status=Status.IN_FORCE,
    source=SourceStatus.SECOND_HAND,
)  # fmt: skip


def row(years=6, *, pay=False, write=False, demand=False, **said):
    plain = {"id": "limitation.x.y", "places": frozenset({"GB-ENG"}), "debt_kinds": frozenset()}
    rest = {"extinguishes": False, "borrowing": True, "cap_years": None, "law": LAW, "verified_on": None}
    return LimitationRow(
        **{**plain, "trigger": Trigger.DEFAULT, **rest, **said},
        years=years,
        revival_by_payment=pay,
        revival_by_writing=write,
        revival_by_demand=demand,
    )


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        (date(2020, 3, 1), 6, date(2026, 3, 1)),
        (date(2020, 2, 29), 6, date(2026, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2019, 2, 28), 5, date(2024, 2, 28)),
        (date(2020, 12, 31), 3, date(2023, 12, 31)),
    ],
)
def test_the_last_day_is_the_same_day_of_the_calendar(start, years, last):
    assert last_day(row(years), Course(default_on=start)) == last


def test_a_payment_in_time_starts_it_again_only_where_the_row_says_so():
    paid = Course(default_on=date(2020, 3, 1), payments=(date(2026, 3, 1),))

    assert last_day(row(pay=True), paid) == date(2032, 3, 1)
    assert last_day(row(write=True), paid) == date(2026, 3, 1)


def test_a_payment_after_the_last_day_revives_nothing():
    paid = Course(default_on=date(2020, 3, 1), payments=(date(2026, 3, 2),))

    assert last_day(row(pay=True), paid) == date(2026, 3, 1)


def test_one_revival_may_carry_to_the_next_whatever_their_order_in_the_record():
    course = Course(default_on=date(2010, 1, 1), payments=(date(2020, 6, 1), date(2015, 6, 1)))

    assert last_day(row(pay=True), course) == date(2026, 6, 1)
    without = Course(default_on=date(2010, 1, 1), payments=(date(2020, 6, 1),))
    assert last_day(row(pay=True), without) == date(2016, 1, 1)


def test_writing_and_demand_revive_each_by_its_own_word():
    course = Course(default_on=date(2020, 1, 1), acknowledgements=(date(2021, 1, 1),), demands=(date(2022, 1, 1),))

    assert last_day(row(3, write=True), course) == date(2024, 1, 1)
    assert last_day(row(3, demand=True), course) == date(2025, 1, 1)
    assert last_day(row(3, write=True, demand=True), course) == date(2025, 1, 1)


def test_what_came_before_the_default_revives_nothing():
    assert last_day(row(pay=True), Course(default_on=date(2020, 3, 1), payments=(date(2020, 2, 1),))) == date(
        2026, 3, 1
    )


def test_an_outermost_period_ends_it_however_often_it_was_revived():
    demands = tuple(date(year, 1, 1) for year in range(2002, 2022, 2))

    assert last_day(row(3, demand=True, cap_years=20), Course(default_on=date(2000, 1, 1), demands=demands)) == date(
        2020, 1, 1
    )


def test_each_trigger_counts_from_its_own_day_and_none_where_it_is_not_known():
    course = Course(default_on=date(2020, 1, 1), charged_off_on=date(2020, 7, 1), payments=(date(2019, 11, 5),))

    assert last_day(row(3, trigger=Trigger.CHARGE_OFF), course) == date(2023, 7, 1)
    assert last_day(row(3, trigger=Trigger.LAST_PAYMENT), course) == date(2022, 11, 5)
    assert last_day(row(3, trigger=Trigger.CHARGE_OFF), Course(default_on=date(2020, 1, 1))) is None
    assert last_day(row(3), Course()) is None


def test_of_several_places_the_earliest_last_day_counts_and_an_unknown_place_stays_unknown():
    rows = [row(6), row(3, id="limitation.x.z", places=frozenset({"US-NY"}))]
    course = Course(default_on=date(2020, 1, 1))

    both = limitation_of(rows, ["GB-ENG", "US-NY"], None, course)
    assert (both.last_day, both.row, both.missing) == (date(2023, 1, 1), "limitation.x.z", ())
    partly = limitation_of(rows, ["GB-ENG", "US-TX"], None, course)
    assert (partly.last_day, partly.missing) == (date(2026, 1, 1), ("debt.limitation",))


def test_a_country_without_its_region_takes_the_regions_rows_and_is_still_not_known():
    found = limitation_of([row(6)], ["GB"], None, Course(default_on=date(2020, 1, 1)))

    assert (found.last_day, found.missing) == (date(2026, 1, 1), ("debt.limitation",))


def test_a_row_of_the_debts_kind_goes_before_one_of_every_kind():
    deed = row(12, id="limitation.x.deed", debt_kinds=frozenset({"deed"}))
    course = Course(default_on=date(2020, 1, 1))

    assert limitation_of([row(6), deed], ["GB-ENG"], "deed", course).last_day == date(2032, 1, 1)
    assert limitation_of([row(6), deed], ["GB-ENG"], "telecom", course).last_day == date(2026, 1, 1)
    assert limitation_of([row(6), deed], ["GB-ENG"], None, course).last_day == date(2026, 1, 1)


def test_the_last_day_is_still_in_time():
    found = limitation_of([row(6)], ["GB-ENG"], None, Course(default_on=date(2020, 1, 1)))

    assert not found.is_expired(date(2026, 1, 1))
    assert found.is_expired(date(2026, 1, 2))


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(DAYS, st.lists(DAYS, max_size=6), st.integers(1, 20))
@settings(deadline=None)
def test_reviving_never_makes_the_last_day_earlier_and_never_reaches_over_a_gap(start, payments, years):
    course = Course(default_on=start, payments=tuple(payments))
    plain, revived = last_day(row(years), course), last_day(row(years, pay=True), course)

    assert plain is not None
    assert revived is not None
    assert plain <= revived
    if all(day > plain or day <= start for day in payments):
        assert revived == plain
    assert not [day for day in payments if plain < day <= revived] or any(start < day <= plain for day in payments)


@given(DAYS, st.integers(1, 20))
@settings(deadline=None)
def test_a_day_later_start_never_gives_an_earlier_end(start, years):
    one = last_day(row(years), Course(default_on=start))
    other = last_day(row(years), Course(default_on=start + timedelta(days=1)))

    assert one is not None
    assert other is not None
    assert one <= other


def test_the_rows_that_ship_read_and_only_those_with_a_verified_citation_count():
    assert check_limitation() == []
    assert {r.id for r in rows_in_use()} == {"limitation.uk.pla1973.6"}
    assert {r.id for r in rows_in_use(["limitation.us.ny.214-i"])} > {"limitation.us.ny.214-i"}
    assert all(r.law.citation for r in limitation_rows())


def test_undated_tables_are_shown_for_every_state_and_never_counted():
    said = {reading.place: reading for reading in readings()}

    assert len(said) == 51
    assert said["US-OH"].written == (15, 8)
    assert said["US-OH"].disagrees
    assert not said["US-TX"].disagrees
    known = limitation_in_use(["US-TX"], "credit_card", Course(default_on=date(2010, 1, 1)))
    assert (known.last_day, known.missing) == (None, ("debt.limitation",))
