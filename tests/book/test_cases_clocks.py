"""Clocks of case files: a duty whose day is over is missed once and opens an incident; two who answer, one of them does."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from tests.book.test_cases_open import kept, opened
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)
LAST = MONDAY + timedelta(days=30)
PAPER = {"name": "Verification letter", "sent_on": MONDAY.isoformat()}


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def incidents(loan: Any) -> list[str]:
    from arrears.store.tables.contact import Incident

    return list(Incident.objects.using("report").filter(person_id=loan.person).values_list("kind", flat=True))


def test_on_the_last_day_nothing_is_missed_and_on_the_next_it_is_once(working, loan):
    from arrears.actions import cases

    case = opened(working, "dispute", loan)
    cases.go_round(working.lender, now=at(LAST, "23:59"))
    assert (kept(working, case).is_late, incidents(loan)) == (False, [])
    cases.go_round(working.lender, now=at(LAST + timedelta(days=1), "00:01"))
    cases.go_round(working.lender, now=at(LAST + timedelta(days=2), "00:01"))
    assert (kept(working, case).is_late, incidents(loan)) == (True, ["clock_missed"])
    assert working.events(person_id=loan.person)[-1] == "case_clock_missed"


def test_what_was_missed_shows_first_until_it_is_answered(working, loan):
    from arrears.actions import cases
    from arrears.store.doors import case_files

    case = opened(working, "dispute", loan)
    after = LAST + timedelta(days=1)
    cases.go_round(working.lender, now=at(after, "00:01"))
    with working.hands_of(working.dora, after):
        assert case in [one.case.id for one in case_files.board() if one.case.is_late]
        answered: Any = cases.answer(case, "verification_sent", paper=PAPER, now=at(after))
        assert not answered.is_late


def test_of_two_who_answer_the_same_case_one_does(working, loan):
    from django.db import connections

    from arrears.actions import cases
    from arrears.kernel.problems import Problem

    case = opened(working, "dispute", loan)
    start, said = threading.Barrier(2), []

    def answer() -> None:
        try:
            start.wait()
            with working.hands_of(working.dora, MONDAY):
                said.append(cases.answer(case, "verification_sent", paper=PAPER, now=at(MONDAY, "12:00")))
        finally:
            connections.close_all()

    hands = [threading.Thread(target=answer) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert [one.code for one in said if isinstance(one, Problem)] == ["case_answered"]
    assert working.events(person_id=loan.person).count("hold_released") == 1
