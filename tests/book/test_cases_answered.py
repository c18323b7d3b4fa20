"""Case files are answered by those who may, once, and contact goes on where the law's own answer was sent."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.book.test_cases_open import STOPPED, clocks, kept, opened, refusing
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
PAPER = {"name": "Verification letter", "sent_on": TUESDAY.isoformat(), "reference": "V-1"}


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def does(
    working: WorkingBook, verb: str, *given: Any, staff: int | None = None, on: date = TUESDAY, **said: Any
) -> Any:
    from arrears.actions import cases

    with working.hands_of(staff or working.dora, on):
        return getattr(cases, verb)(*given, now=at(on, said.pop("clock", "12:00")), **said)


def test_verification_sent_ends_the_hold_and_the_clock(working, loan):
    case = opened(working, "dispute", loan, facts={"written": True, "in_period": True})
    answered = does(working, "answer", case, "verification_sent", paper=PAPER)
    assert (answered.state, answered.due_on, answered.facts["answer"]) == ("answered", None, "verification_sent")
    assert refusing(working, loan, TUESDAY, "12:30") == []
    assert "case_answered" in working.events(person_id=loan.person)


def test_who_may_not_answer_changes_nothing(working, loan):
    case = opened(working, "dispute", loan, facts={"written": True})
    before = working.rows("case_step"), working.rows("event")
    assert does(working, "answer", case, "verification_sent", paper=PAPER, staff=working.alice).code == "may_not_answer"
    assert does(working, "close", case, "mistaken", "wrong file", staff=working.alice).code == "may_not_answer"
    assert (working.rows("case_step"), working.rows("event")) == before
    assert refusing(working, loan, TUESDAY, "12:30") == STOPPED


@pytest.mark.parametrize(
    ("code", "paper", "problem"),
    [
        ("verification_sent", None, "paper_missing"),
        ("verification_sent", {"name": " ", "sent_on": "2026-03-03"}, "paper_missing"),
        ("verification_sent", {"name": "Letter", "sent_on": "2026-03-04"}, "paper_ahead"),
        ("duplicate_explanation", PAPER, "not_again"),
        ("discharged", PAPER, "answer_unfit"),
        ("shrug", PAPER, "answer_unfit"),
    ],
)
def test_an_answer_names_what_was_sent_and_fits_the_case(working, loan, code, paper, problem):
    case = opened(working, "dispute", loan, facts={"written": True})
    assert does(working, "answer", case, code, paper=paper).code == problem
    assert kept(working, case).state == "open"


def test_an_acknowledgement_leaves_hold_and_case_open(working, loan):
    case = opened(working, "dispute", loan, facts={"written": True})
    does(working, "answer", case, "acknowledged", paper=PAPER, staff=working.alice)
    assert kept(working, case).state == "open"
    assert clocks(working, case) == {"house.answer": MONDAY + timedelta(days=30)}
    assert refusing(working, loan, TUESDAY, "12:30") == STOPPED


def test_in_the_united_states_an_explanation_is_no_verification(working, loan):
    case = opened(working, "dispute", loan, facts={"written": True, "in_period": True})
    assert does(working, "answer", case, "looked_into", paper=PAPER).state == "open"
    assert refusing(working, loan, TUESDAY, "12:30") == STOPPED


def test_a_notice_that_it_is_unverified_keeps_collection_stopped_even_when_closed(working, loan):
    case = opened(working, "dispute", loan, facts={"written": False})
    does(working, "answer", case, "unverified_notice", paper=PAPER)
    assert does(working, "close", case, "upheld", "cannot be verified").state == "closed"
    assert refusing(working, loan, TUESDAY, "12:30") == STOPPED


def test_a_second_identical_dispute_is_stopped_until_it_was_explained(working, loan):
    first = opened(working, "dispute", loan, facts={"written": True}, source=("received", f"{loan.account}:1"))
    does(working, "answer", first, "verification_sent", paper=PAPER)
    again = does(
        working, "open_case", "dispute", person=loan.person, accounts=[loan.account], received_at=at(TUESDAY, "13:00"),
        facts={"written": True, "new_material": False}, staff=working.alice, clock="13:00",
    )  # fmt: skip
    assert kept(working, again).facts["duplicate_of"] == first
    assert refusing(working, loan, TUESDAY, "13:30") == STOPPED
    does(working, "answer", again, "duplicate_explanation", paper=PAPER, clock="14:00")
    assert refusing(working, loan, TUESDAY, "14:30") == []


def test_a_case_is_closed_after_its_answer_or_as_mistaken(working, loan):
    case = opened(working, "dispute", loan)
    assert does(working, "close", case, "not_upheld", "nothing in it").code == "unanswered"
    assert does(working, "close", case, "mistaken", " ").code == "reason_missing"
    assert does(working, "close", case, "shrug", "x").code == "finding_unfit"
    closed = does(working, "close", case, "mistaken", "another person of that name")
    assert (closed.state, closed.due_on) == ("closed", None)
    assert refusing(working, loan, TUESDAY, "12:30") == []
    assert does(working, "answer", case, "verification_sent", paper=PAPER).code == "case_over"


def test_a_reopened_case_stops_contact_again_and_its_clock_runs_from_that_day(working, loan):
    case = opened(working, "dispute", loan)
    does(working, "close", case, "withdrawn", "the person wrote so")
    again = does(working, "reopen", case, "it was not them who wrote", staff=working.alice, clock="15:00")
    assert (again.state, again.due_on) == ("open", TUESDAY + timedelta(days=30))
    assert refusing(working, loan, TUESDAY, "15:30") == STOPPED


def test_an_attorney_is_excused_only_after_silence_beyond_reason(working, loan):
    case = opened(working, "attorney", loan, facts={"identified": True, "name": "R. Roe"})
    assert does(working, "excuse_attorney", case, "silent").code == "attorney_still_in_time"
    does(working, "add_step", case, "contacted", words="wrote to the attorney", staff=working.alice)
    last = TUESDAY + timedelta(days=30)
    assert clocks(working, case) == {"house.attorney": last}
    assert does(working, "excuse_attorney", case, "silent", on=last).code == "attorney_still_in_time"
    after = last + timedelta(days=1)
    assert does(working, "excuse_attorney", case, "silent", on=after, staff=working.alice).code == "may_not_decide"
    assert does(working, "excuse_attorney", case, "silent for a month", on=after).state == "open"
    assert "core.attorney" not in refusing(working, loan, after, "12:30")


def test_an_adviser_has_thirty_days_and_thirty_more_where_progress_is_shown(working, loan):
    from arrears.store.doors import holds

    case = opened(working, "adviser", loan, accounts=[], facts={"wrote_on": MONDAY.isoformat()})
    last = MONDAY + timedelta(days=30)
    with working.hands_of(working.dora, last):
        (clock,) = __import__("arrears.store.doors.case_files", fromlist=["x"]).clocks_of(case)
    assert clock.due_on == last
    assert does(working, "extend", case, clock.id, "figures came", on=last).state == "open"
    (hold,) = kept(working, case).holds
    with working.hands_of(working.dora, last):
        placed = holds.hold(hold)
        assert placed is not None
        assert placed.until == at(last + timedelta(days=31), "00:00")
    assert does(working, "extend", case, clock.id, "again", on=last).code == "no_more_time"
