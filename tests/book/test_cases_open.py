"""Case files are opened by anybody, stop contact at once, and start the clocks of their place and regulator."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

from arrears.kernel.problems import Problem

MONDAY = date(2026, 3, 2)
#: What stops contact in a dispute: the house, and the city in whose state these people live, which may be theirs.
STOPPED = ["house.dispute", "us.nyc.5-77.dispute"]


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def opened(working: WorkingBook, kind: str, loan: Any, *, staff: int | None = None, **said: Any) -> Any:
    from arrears.actions import cases

    said = {"received_at": at(MONDAY, "09:00"), "accounts": [loan.account], **said}
    with working.hands_of(staff or working.alice, MONDAY):
        return cases.open_case(kind, person=loan.person, now=at(MONDAY), **said)


def kept(working: WorkingBook, case: int) -> Any:
    from arrears.store.doors import case_files

    with working.hands_of(working.dora, MONDAY):
        return case_files.kept(case)


def clocks(working: WorkingBook, case: int) -> dict[str, Any]:
    from arrears.store.doors import case_files

    with working.hands_of(working.dora, MONDAY):
        return {one.rule: one.due_on for one in case_files.clocks_of(case)}


def refusing(working: WorkingBook, loan: Any, on: date = MONDAY, clock: str = "11:00", **asked: Any) -> list[str]:
    from arrears.actions import contacts

    with working.hands_of(working.alice, on):
        verdict: Any = contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone, **asked), now=at(on, clock)
        )
    return [spoken.rule.id for spoken in verdict.refusing]


def test_a_dispute_stops_contact_at_once_and_runs_a_clock(working, loan):
    case = opened(working, "dispute", loan, words="I do not owe this", facts={"written": True, "in_period": True})
    assert refusing(working, loan) == STOPPED
    assert clocks(working, case) == {"house.answer": MONDAY + timedelta(days=30)}
    assert working.events(person_id=loan.person) == ["hold_placed", "case_opened"]


def test_the_same_source_opens_it_once(working, loan):
    first = opened(working, "dispute", loan, source=("received", f"r{loan.account}"))
    assert opened(working, "dispute", loan, source=("received", f"r{loan.account}")) == first
    assert len(kept(working, first).holds) == 1


def test_bankruptcy_is_refused_once_known_and_says_when_it_was_first_known(working, loan):
    known = at(MONDAY, "10:30")
    case = opened(
        working, "bankruptcy", loan, accounts=[], known_at=known, received_at=known,
        facts={"filed_on": MONDAY.isoformat(), "chapter": "7", "court": "SDNY", "number": "26-10234"},
    )  # fmt: skip
    assert "core.bankruptcy" in refusing(working, loan)
    assert kept(working, case).known_at == known
    assert refusing(working, loan, clock="10:29") == []


def test_a_moratorium_without_its_debts_or_its_day_is_refused_and_nothing_happens(working, loan):
    before = working.rows("case_file"), working.rows("hold")
    assert opened(working, "breathing_space", loan, accounts=[]).code == "debts_missing"
    assert opened(working, "breathing_space", loan).code == "registered_missing"
    assert opened(working, "breathing_space", loan, facts={"registered_on": "next week"}).code == "registered_missing"
    assert opened(working, "feud", loan).code == "case_kind_unknown"
    assert opened(working, "dispute", loan, accounts=[10**9]).code == "not_a_party"
    assert opened(working, "dispute", loan, received_at=at(MONDAY, "11:30")).code == "time_ahead"
    assert (working.rows("case_file"), working.rows("hold")) == before


def test_a_part_of_one_debt_is_disputed_and_the_law_there_lets_the_rest_be_asked_for(working, loan):
    from arrears.store.tables.promise import Hold

    working.place(loan, from_on=MONDAY, in_default_since=date(2026, 2, 16))
    case = opened(working, "dispute", loan, facts={"written": True, "in_period": True, "disputed_minor": 20_000})
    assert kept(working, case).facts["disputed_minor"] == 20_000
    (hold,) = Hold.objects.using("report").filter(account_id=loan.account)
    assert hold.facts["disputed_minor"] == 20_000

    def refusing_the_agency(**facts: object) -> set[str]:
        from arrears.actions import contacts
        from arrears.store.scope import scope

        asked = contacts.Approach(person=loan.person, contact_point=loan.phone, facts=facts)
        with scope(working.agency, working.bob, today=MONDAY):
            verdict: Any = contacts.dry_verdict(asked, now=at(MONDAY))
        return {spoken.rule.id for spoken in verdict.refusing}

    assert "us.regf.1006.38.d.2" in refusing_the_agency()
    rest = refusing_the_agency(undisputed_part_only=True)
    assert "us.regf.1006.38.d.2" not in rest
    assert "house.dispute" in rest
    working.pay(loan, MONDAY, 40_000)
    assert "us.regf.1006.38.d.2" in refusing_the_agency(undisputed_part_only=True), "what is left is all disputed"


@pytest.mark.parametrize(
    ("facts", "more", "code"),
    [
        ({"disputed_minor": 60_001}, {}, "part_too_large"), ({"disputed_minor": 0}, {}, "part_too_large"),
        ({"disputed_minor": "20"}, {}, "part_too_large"), ({"disputed_minor": 1}, {"accounts": []}, "part_of_which_debt"),
    ],
)  # fmt: skip
def test_a_part_is_some_of_what_one_debt_owes(working, loan, facts, more, code):
    found = opened(working, "dispute", loan, facts=facts, **more)
    assert isinstance(found, Problem)
    assert found.code == code


def test_all_that_is_owed_may_be_disputed_by_its_amount(working, loan):
    assert isinstance(opened(working, "dispute", loan, facts={"disputed_minor": 60_000}), int)
