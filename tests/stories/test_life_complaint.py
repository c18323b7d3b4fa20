"""Edith complains in writing. Eight weeks run, three business days first; what is missed shows, and is answered late."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MON = date(2026, 2, 2)
LAST = MON + timedelta(weeks=8)
PAPER = {"name": "Final response", "reference": "FR-1"}


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    from arrears.store.tables.account import Account
    from arrears.store.tables.person import ContactPoint, Person

    loan = working.loan(unpaid_since=date(2026, 1, 12))
    home = {"country": "GB", "region": ""}
    Person.objects.using("night").filter(pk=loan.person).update(**home)
    Account.objects.using("night").filter(pk=loan.account).update(**home)
    ContactPoint.objects.using("night").filter(pk=loan.phone).update(**home, timezones=["Europe/London"])
    return loan


def complained(working: WorkingBook, loan: Any) -> int:
    from arrears.actions import cases

    with working.hands_of(working.alice, MON):
        case = cases.open_case(
            "complaint", person=loan.person, received_at=at(MON, "09:00"), now=at(MON, "10:00"), regulator="uk.fca",
            words="you rang me eleven times", source=("received", f"letter {loan.account}"),
        )  # fmt: skip
    assert isinstance(case, int), case
    return case


def clocks(working: WorkingBook, case: int) -> dict[str, tuple[Any, str]]:
    from arrears.store.doors import case_files

    with working.hands_of(working.dora, MON):
        return {one.rule: (one.due_on, one.state.value) for one in case_files.clocks_of(case)}


def test_eight_weeks_run_and_a_final_response_in_time_meets_them(working, loan):
    from arrears.actions import cases

    case = complained(working, loan)
    # Day 0: the day by which it is settled at once, by the owner's calendar, and eight weeks for a final response.
    assert clocks(working, case) == {
        "uk.disp.1.5.1": (date(2026, 2, 5), "running"),
        "uk.disp.1.6.2": (LAST, "running"),
    }
    # Day 4: the chance to settle it at once is over, which is no breach.
    assert cases.go_round(working.lender, now=at(date(2026, 2, 6), "02:00"))["missed"] == 0
    assert clocks(working, case)["uk.disp.1.5.1"][1] == "dropped"
    # Week 8, its last day: the final response goes.
    with working.hands_of(working.dora, LAST):
        paper = {**PAPER, "sent_on": LAST.isoformat()}
        answered: Any = cases.answer(case, "final_response", paper=paper, words="we are sorry", now=at(LAST, "17:00"))
    assert (answered.state, answered.is_late) == ("answered", False)
    assert clocks(working, case)["uk.disp.1.6.2"][1] == "met"


def test_the_day_after_eight_weeks_it_is_missed_and_an_incident_is_open(working, loan):
    from arrears.actions import cases
    from arrears.store.doors import case_files
    from arrears.store.tables.contact import Incident

    case = complained(working, loan)
    late = LAST + timedelta(days=1)
    assert cases.go_round(working.lender, now=at(late, "02:00"))["missed"] == 1
    assert list(Incident.objects.using("report").filter(person_id=loan.person).values_list("kind", flat=True)) == [
        "clock_missed"
    ]
    with working.hands_of(working.dora, late):
        first, *_ = case_files.board()
        assert (first.case.id, first.case.is_late) == (case, True)
        paper = {**PAPER, "sent_on": late.isoformat()}
        answered: Any = cases.answer(case, "final_response", paper=paper, now=at(late, "17:00"))
        assert (answered.state, answered.is_late) == ("answered", False)
        closed: Any = cases.close(case, "partly_upheld", "fee refunded", now=at(late, "17:30"))
    assert closed.state == "closed"
    assert clocks(working, case)["uk.disp.1.6.2"][1] == "missed"
