"""Vulnerability: everybody reads what to do, named roles read why, and consent taken back forgets both."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from tests.book.test_cases_open import refusing
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.care import Driver, Need, NeedKind

MONDAY = date(2026, 3, 2)
CONSENT = {"how": "said so on the telephone", "at": "2026-03-02T16:00:00+00:00"}


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture(scope="module")
def carla(working: WorkingBook) -> int:
    return hire(working.lender, ["compliance"])


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def care(working: WorkingBook, verb: str, *given: Any, staff: int | None = None, on: date = MONDAY, **said: Any) -> Any:
    from arrears.actions.cases import care as verbs

    with working.hands_of(staff or working.alice, on):
        return getattr(verbs, verb)(*given, now=at(on, said.pop("clock", "10:00")), **said)


def noted(working: WorkingBook, loan: Any, *needs: Need, **said: Any) -> Any:
    said = {"consent": CONSENT, "drivers": [Driver.HEALTH], "words": "in treatment", **said}
    return care(working, "note_need", loan.person, list(needs), **said)


def test_an_hour_that_does_not_suit_is_kept_by_the_gate(working, loan):
    noted(working, loan, Need(NeedKind.SPEAK_SLOWLY), Need(NeedKind.NOT_BEFORE, "12:00"))
    assert "core.said_not_then" in refusing(working, loan, clock="11:59")
    assert refusing(working, loan, clock="12:00") == []


def test_more_time_holds_collection_and_ends_by_itself(working, loan):
    noted(working, loan, Need(NeedKind.MORE_TIME, "14"))
    later = MONDAY + timedelta(days=14)
    assert refusing(working, loan, later - timedelta(days=1), "20:00") == ["core.care"]
    assert refusing(working, loan, later, "10:00") == []


def test_somebody_who_cannot_decide_is_asked_nothing_until_the_hold_is_released(working, loan):
    noted(working, loan, Need(NeedKind.CANNOT_DECIDE), Need(NeedKind.NO_VISITS))
    assert refusing(working, loan, MONDAY + timedelta(days=300), "10:00") == ["core.care"]


def test_the_reason_is_shown_to_named_roles_alone_and_each_look_is_on_record(working, loan, carla):
    need = noted(working, loan, Need(NeedKind.SPEAK_SLOWLY))
    assert care(working, "reason_of", need).code == "reason_not_shown"
    assert "care_reason_shown" not in working.events(person_id=loan.person)
    assert care(working, "reason_of", need, staff=carla).words == "in treatment"
    assert working.events(person_id=loan.person)[-1] == "care_reason_shown"


def test_the_database_itself_shows_a_collector_no_reason_and_lets_none_be_changed(working, loan, carla):
    noted(working, loan, Need(NeedKind.SPEAK_SLOWLY))
    for staff, seen in ((working.alice, 0), (working.bob, 0), (carla, 1)):
        with working.hands_of(staff, MONDAY), connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM care_reason WHERE person_id = %s", [loan.person])
            assert cursor.fetchone() == (seen,)
            cursor.execute("UPDATE care_reason SET sealed = sealed WHERE person_id = %s", [loan.person])
            assert cursor.rowcount == seen


def test_words_are_nowhere_in_the_open(working, loan):
    from arrears.store.tables.case_file import CareReason

    need = noted(working, loan, Need(NeedKind.SPEAK_SLOWLY))
    row = CareReason.objects.using("report").get(pk=need)
    assert row.sealed is not None
    assert b"treatment" not in bytes(row.sealed)


def test_without_consent_no_word_of_why_is_kept(working, loan):
    assert noted(working, loan, Need(NeedKind.SPEAK_SLOWLY), consent=None).code == "consent_missing"
    assert isinstance(noted(working, loan, Need(NeedKind.SPEAK_SLOWLY), consent=None, drivers=[], words=""), int)


@pytest.mark.parametrize(
    "need",
    [
        Need(NeedKind.NOT_BEFORE, "noon"),
        Need(NeedKind.NOT_BEFORE, "00:00"),
        Need(NeedKind.MORE_TIME, "0"),
        Need(NeedKind.MORE_TIME, "366"),
        Need(NeedKind.PAUSE, "ever"),
        Need(NeedKind.INTERPRETER, ""),
    ],
)
def test_a_need_says_what_its_kind_is_told(working, loan, need):
    assert noted(working, loan, need).code == "need_unsound"


def test_consent_taken_back_by_a_collector_forgets_at_once_and_keeps_that_there_was_a_need(working, loan, carla):
    from arrears.actions import cases
    from arrears.store.doors import care as rows
    from arrears.store.tables.case_file import CareReason

    need = noted(working, loan, Need(NeedKind.NOT_BEFORE, "12:00"))
    assert care(working, "withdraw", need, clock="10:30") is None
    assert care(working, "withdraw", need, clock="10:31").code == "need_not_found"
    assert care(working, "reason_of", need, staff=carla, clock="10:31").code == "reason_not_shown"
    assert refusing(working, loan, clock="11:00") == []
    with working.hands_of(working.alice, MONDAY):
        (kept,) = rows.of_person(loan.person)
    assert (kept.needs, kept.withdrawn_at) == ((), at(MONDAY, "10:30"))
    assert cases.go_round(working.lender, now=at(MONDAY, "12:00"))["erased"] >= 1
    assert CareReason.objects.using("report").get(pk=need).sealed is None
