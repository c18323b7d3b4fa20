"""Dates and readings of the clock stand in reasons as people of each language write them."""

from datetime import UTC, date, datetime

from arrears.domain.holds import HoldKind
from arrears.engine.gate.words import Readings, name_of
from arrears.kernel.hours import day_in_words


def test_a_day_is_written_as_in_each_language():
    assert day_in_words(date(2026, 1, 5)) == ("5 Jan 2026", "5 ene 2026", "2026年1月5日")
    assert day_in_words(date(2027, 12, 31)) == ("31 Dec 2027", "31 dic 2027", "2027年12月31日")


def test_a_fact_that_is_a_date_is_named_by_its_words_and_a_code_by_its_own():
    assert name_of(date(2026, 11, 21)).zh == "2026年11月21日"
    assert name_of(HoldKind.DISPUTE).es == "disputa"
    assert name_of(3) == ("3", "3", "3")


def test_the_clock_where_the_person_is_reads_as_people_write_it_and_is_recorded_for_machines():
    reading = datetime(2026, 11, 22, 4, 58, tzinfo=UTC)
    shown = Readings(((reading, "America/Denver"), (reading.replace(hour=6), "America/New_York")))
    assert name_of(shown).en == "22 Nov 2026 04:58 America/Denver, 22 Nov 2026 06:58 America/New_York"
    assert str(shown) == "2026-11-22 04:58 America/Denver, 2026-11-22 06:58 America/New_York"
