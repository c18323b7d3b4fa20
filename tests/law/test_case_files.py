"""Case files: how periods are counted, which clocks start where, and what each answer does."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.care import Need, NeedKind
from arrears.domain.case_files import CaseKind, Period, Unit, breathing_space, crisis_moratorium
from arrears.kernel.calendars import Place, is_business_day
from arrears.packs.clocks import answers, answers_for, check_clocks, clocks, clocks_for
from arrears.packs.law import is_on

LONDON, MADRID = Place("GB", "ENG"), Place("ES")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [
        (date(2026, 6, 1), Period(8, Unit.WEEKS), date(2026, 7, 27)),
        (date(2026, 6, 1), Period(60, Unit.DAYS), date(2026, 7, 31)),
        (date(2026, 1, 31), Period(1, Unit.MONTHS), date(2026, 2, 28)),
        (date(2028, 1, 31), Period(1, Unit.MONTHS), date(2028, 2, 29)),
        (date(2026, 12, 15), Period(2, Unit.MONTHS), date(2027, 2, 15)),
        # Friday; Saturday, Sunday and the bank holiday of Monday 25 May do not count
        (date(2026, 5, 22), Period(3, Unit.BUSINESS_DAYS), date(2026, 5, 28)),
        (date(2026, 5, 21), Period(3, Unit.BUSINESS_DAYS), date(2026, 5, 27)),
    ],
)
def test_a_period_ends_with_its_last_day(start, period, last):
    assert period.ends(start, LONDON) == last


@settings(deadline=None)
@given(DAYS, st.integers(1, 36))
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(start, number):
    last = Period(number, Unit.MONTHS).ends(start, MADRID)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == number
    assert last.day == start.day or (last + timedelta(days=1)).day == 1


@settings(deadline=None, max_examples=30)
@given(st.dates(date(2024, 1, 1), date(2027, 12, 1)), st.integers(1, 15))
def test_a_period_in_business_days_ends_on_one(start, number):
    assert is_business_day(Period(number, Unit.BUSINESS_DAYS).ends(start, LONDON), LONDON)


def test_a_breathing_space_runs_for_sixty_days_from_the_day_after_its_registration():
    days = breathing_space(date(2026, 3, 2), 60)
    assert (days.first, days.last, days.over_on) == (date(2026, 3, 3), date(2026, 5, 1), date(2026, 5, 2))


def test_a_crisis_moratorium_has_no_end_while_treatment_lasts_and_thirty_days_after():
    assert crisis_moratorium(date(2026, 3, 2), None, 30).over_on is None
    assert crisis_moratorium(date(2026, 3, 2), date(2026, 6, 10), 30).last == date(2026, 7, 10)


def test_every_file_of_clocks_is_whole_and_what_is_from_memory_ships_off():
    assert check_clocks() == ()
    assert {one.id for one in clocks().values() if not one.is_on} == {
        "es.clientela",
        "eu.psd2.101",
        "uk.conc.7.3.12",
        "uk.disp.1.6.2A",
        "us.ny.dfs.substantiation",
    }
    assert all(is_on(one.law) == one.is_on for one in clocks().values())


@pytest.mark.parametrize(
    ("kind", "places", "regulator", "facts", "started"),
    [
        (CaseKind.COMPLAINT, ["GB"], "", {}, ["uk.disp.1.5.1", "uk.disp.1.6.2"]),
        (CaseKind.COMPLAINT, ["US-NY"], "", {}, ["house.answer"]),
        (CaseKind.COMPLAINT, ["US-NY"], "us.cfpb", {}, ["us.cfpb.final", "us.cfpb.response"]),
        (CaseKind.COMPLAINT, ["ES-MD"], "", {"person": "natural"}, ["es.bde.consumer"]),
        (CaseKind.COMPLAINT, ["ES-MD"], "", {"person": "legal"}, ["es.bde.other"]),
        (CaseKind.COMPLAINT, ["CN"], "", {}, ["cn.nfra.simple"]),
        (CaseKind.COMPLAINT, ["IN"], "", {}, ["in.rbi.ombudsman_2026"]),
        (CaseKind.DISPUTE, ["US-NY"], "", {}, ["house.answer"]),
        (CaseKind.DISPUTE, ["US-NY-NYC"], "", {}, ["us.nyc.5-77.verification"]),
        (CaseKind.DISPUTE, ["US-CA"], "", {"furnished": True}, ["us.regv.1022.43"]),
        (CaseKind.BREATHING_SPACE, ["GB"], "", {}, ["uk.drs.14", "uk.drs.26"]),
        (CaseKind.ADVISER, ["GB"], "", {}, ["house.adviser"]),
        (CaseKind.BANKRUPTCY, ["US-NY"], "", {}, []),
    ],
)
def test_the_clocks_of_a_place_and_regulator_start(kind, places, regulator, facts, started):
    found = clocks_for(kind, places=places, regulator=regulator, facts=facts, on=date(2026, 10, 1))
    assert [one.id for one in found] == started


def test_a_clock_starts_from_the_day_on_which_its_law_holds():
    def started(day: date) -> list[str]:
        return [one.id for one in clocks_for(CaseKind.DISPUTE, places=["US-NY-NYC"], facts={}, on=day)]

    assert started(date(2026, 8, 31)) == ["house.answer"]
    assert started(date(2026, 9, 1)) == ["us.nyc.5-77.verification"]


def test_a_scheme_that_was_replaced_starts_no_clock_from_the_day_of_the_new_one():
    def started(day: date) -> list[str]:
        return [one.id for one in clocks_for(CaseKind.COMPLAINT, places=["IN-MH"], facts={}, on=day)]

    assert started(date(2026, 6, 30)) == ["in.rbi.ombudsman"]
    assert started(date(2026, 7, 1)) == ["in.rbi.ombudsman_2026"]


def test_what_ships_off_starts_where_somebody_switched_it_on_by_name():
    on = frozenset({"uk.conc.7.3.12"})
    found = clocks_for(CaseKind.ADVISER, places=["GB"], facts={}, on=date(2026, 6, 1), switched_on=on)
    assert [one.id for one in found] == ["house.adviser", "uk.conc.7.3.12"]


PAYMENT = {"payment_service": True}
SWITCHED = frozenset({"eu.psd2.101", "uk.disp.1.6.2A"})


@pytest.mark.parametrize(
    ("place", "facts", "switched_on", "started"),
    [
        ("GB-SCT", PAYMENT, SWITCHED, ["uk.disp.1.5.1", "uk.disp.1.6.2", "uk.disp.1.6.2A"]),
        ("GB-SCT", PAYMENT, frozenset(), ["uk.disp.1.5.1", "uk.disp.1.6.2"]),
        ("GB-SCT", {"payment_service": False}, SWITCHED, ["uk.disp.1.5.1", "uk.disp.1.6.2"]),
        ("GB-SCT", {}, SWITCHED, ["uk.disp.1.5.1", "uk.disp.1.6.2"]),
        ("DE", PAYMENT, SWITCHED, ["eu.psd2.101"]),
        ("DE-BY", {}, SWITCHED, ["house.answer"]),
        ("CH", PAYMENT, SWITCHED, ["house.answer"]),
    ],
)
def test_a_complaint_about_a_payment_service_has_a_clock_of_its_own_once_it_is_switched_on(
    place: str, facts: dict[str, bool], switched_on: frozenset[str], started: list[str]
) -> None:
    found = clocks_for(CaseKind.COMPLAINT, places=[place], facts=facts, on=date(2026, 6, 1), switched_on=switched_on)
    assert [one.id for one in found] == started


def test_no_complaint_of_before_the_law_about_payment_services_has_its_clock() -> None:
    for day, is_there in ((date(2018, 1, 12), False), (date(2018, 1, 13), True)):
        found = clocks_for(CaseKind.COMPLAINT, places=["DE"], facts=PAYMENT, on=day, switched_on=SWITCHED)
        assert ("eu.psd2.101" in [one.id for one in found]) is is_there


@pytest.mark.parametrize("name", ["uk.disp.1.6.2A", "eu.psd2.101"])
def test_about_a_payment_service_fifteen_business_days_and_put_off_once_thirty_five(name: str) -> None:
    one, received = clocks()[name], date(2026, 6, 1)
    assert one.period is not None
    first = one.period.ends(received, MADRID)
    (more,) = one.more
    assert first == Period(15, Unit.BUSINESS_DAYS).ends(received, MADRID)
    assert more.ends(first, MADRID) == Period(35, Unit.BUSINESS_DAYS).ends(received, MADRID)
    assert one.period.ends(received, LONDON) == date(2026, 6, 22)


def test_each_kind_of_case_can_be_answered():
    assert {kind for kind in CaseKind if not answers_for(kind)} == set()


def test_what_clocks_wait_for_is_an_answer_or_a_task():
    waited = {name for one in clocks().values() if one.period is not None for name in one.met_by}
    assert waited - set(answers()) == {"attorney_answered", "confirmed"}


def test_an_explanation_lets_go_of_a_dispute_but_not_where_the_law_waits_for_verification():
    explained = answers()["looked_into"]
    assert explained.lets_go(CaseKind.DISPUTE, ["GB"])
    assert not explained.lets_go(CaseKind.DISPUTE, ["GB", "US-NY-NYC"])
    assert explained.lets_go(CaseKind.WRONG_PERSON, ["US-NY"])
    assert answers()["verification_sent"].lets_go(CaseKind.DISPUTE, ["US-NY"])
    assert not answers()["unverified_notice"].lets_go(CaseKind.DISPUTE, ["US-NY-NYC"])


def test_a_need_says_what_to_do_in_three_languages_and_never_why():
    said = Need(NeedKind.NOT_BEFORE, "12:00").words()
    assert (said.en, said.zh) == ("No contact before 12:00.", "12:00 之前请勿联系。")
