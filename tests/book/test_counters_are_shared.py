"""One count over everything that reaches a person: whoever called, by whatever means, however it came into the book."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.working_book import Loan, WorkingBook, at, settle

TUESDAY = date(2026, 3, 3)
UNPAID_SINCE = date(2026, 2, 15)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


def told(working: WorkingBook, loan: Loan, when: datetime, ref: str, **other: Any) -> Any:
    """Tell of one contact that did not go through the gate, as the lender's Dora unless ``by`` names somebody."""
    from arrears.actions.elsewhere import record_elsewhere
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
    from arrears.store.doors.attempts import Told

    by = other.pop("by", working.dora)
    said = {
        "channel": Channel.CALL, "origin": Origin.AGENCY_REPORTED, "direction": Direction.TO_PERSON,
        "outcome": Outcome.NO_ANSWER, "accounts": (loan.account,), **other,
    }  # fmt: skip
    one = Told(
        owner=working.lender, person=loan.person, contact_point=None, role=Role.DEBTOR, at=when, source_kind="test",
        source_ref=f"{loan.person}/{ref}", **said,
    )  # fmt: skip
    with working.hands_of(by, TUESDAY):
        return record_elsewhere(one, now=at(TUESDAY, "12:00"))


def refusing(working: WorkingBook, loan: Loan, clock: str = "14:00", *, by: int | None = None, **said: Any) -> set[str]:
    """The rules that refuse a call; empty where it may go."""
    from arrears.actions import contacts

    with working.hands_of(by or working.alice, TUESDAY):
        asked = contacts.Approach(person=loan.person, contact_point=loan.phone, **said)
        verdict: Any = contacts.dry_verdict(asked, now=at(TUESDAY, clock))
    return {spoken.rule.id for spoken in verdict.refusing}


def called(working: WorkingBook, loan: Loan, clock: str, *, by: int, **said: Any) -> None:
    from arrears.actions import contacts

    with working.hands_of(by, TUESDAY):
        asked = contacts.Approach(person=loan.person, contact_point=loan.phone, **said)
        taken: Any = contacts.take_permit(asked, now=at(TUESDAY, clock))
    with working.hands_of(by, TUESDAY):
        contacts.record_outcome(taken.attempt, "no_answer", now=at(TUESDAY, clock) + timedelta(minutes=1))


def test_bots_letters_texts_and_calls_fill_one_day(working):
    from arrears.domain.contacts import Channel

    loan = working.loan(unpaid_since=UNPAID_SINCE)
    for ref, channel in (("ai", Channel.AI_VOICE), ("letter", Channel.LETTER)):
        assert isinstance(told(working, loan, at(TUESDAY, "09:00"), ref, channel=channel), int)
    assert "house.day" not in refusing(working, loan)
    assert isinstance(told(working, loan, at(TUESDAY, "10:00"), "drop", channel=Channel.VOICEMAIL_DROP), int)
    assert "house.day" in refusing(working, loan)


def test_who_rings_us_uses_the_day_up_as_well(working):
    from arrears.domain.contacts import Direction, Origin, Outcome

    loan = working.loan(unpaid_since=UNPAID_SINCE)
    inbound = {"origin": Origin.INBOUND, "direction": Direction.FROM_PERSON, "outcome": Outcome.CONVERSATION}
    for ref in ("1", "2", "3"):
        assert isinstance(told(working, loan, at(TUESDAY, "09:00"), ref, **inbound), int)
    assert "house.day" in refusing(working, loan)


@pytest.mark.parametrize("origin", ["agency_reported", "historic"])
def test_what_is_told_days_later_counts_on_the_day_on_which_it_was_made(working, origin):
    """Ten in seven days are the house's; they come in today, from before this book or as an agency's late report."""
    from arrears.domain.contacts import Origin

    loan = working.loan(unpaid_since=UNPAID_SINCE)
    for n in range(9):
        assert isinstance(
            told(working, loan, at(date(2026, 2, 27), f"{9 + n:02}:00"), str(n), origin=Origin(origin)), int
        )
    assert "house.week" not in refusing(working, loan)
    assert isinstance(
        told(working, loan, at(date(2026, 2, 25), "09:00"), "of the week before", origin=Origin(origin)), int
    )
    assert "house.week" in refusing(working, loan)
    assert isinstance(told(working, loan, at(date(2026, 2, 24), "09:00"), "older", origin=Origin(origin)), int)


def test_a_contact_of_which_nobody_said_for_which_debt_counts_for_each(working):
    loan = working.loan(unpaid_since=UNPAID_SINCE)
    other = working.loan(unpaid_since=UNPAID_SINCE, owed_by=loan.person)
    for ref in ("1", "2", "3"):
        assert isinstance(told(working, loan, at(TUESDAY, "09:00"), ref, accounts=()), int)
    for debt in (loan, other):
        assert "house.day" in refusing(working, loan, accounts=(debt.account,))


@pytest.mark.parametrize("first", ["lender", "agency"])
def test_two_debts_of_one_person_with_two_holders_have_one_count(working, first):
    """The agency holds one debt and sees nothing of the other; of the calls about that one it sees that they were."""
    kept = working.loan(unpaid_since=UNPAID_SINCE)
    placed = working.loan(unpaid_since=UNPAID_SINCE, owed_by=kept.person)
    working.place(placed, from_on=TUESDAY - timedelta(days=5), in_default_since=TUESDAY - timedelta(days=30))
    ours = {"by": working.alice, "accounts": (kept.account,)}
    theirs = {"by": working.bob, "accounts": (placed.account,)}
    filling, asking = (ours, theirs) if first == "lender" else (theirs, ours)
    for clock in ("09:00", "10:00", "11:00"):
        assert "house.day" not in refusing(working, kept, clock, **asking)
        if first == "lender":
            called(working, kept, clock, **filling)
        else:  # the law lets the agency take no three in a row; what it dialled by hand counts too
            assert isinstance(told(working, placed, at(TUESDAY, clock), clock, by=working.bob), int)
    assert "house.day" in refusing(working, kept, **asking)
    assert "house.day" in refusing(working, kept, **filling)


def test_a_call_that_nobody_answered_for_and_one_that_was_given_back_differ_by_one(working):
    loan = working.loan(unpaid_since=UNPAID_SINCE)
    called(working, loan, "09:00", by=working.alice)
    called(working, loan, "09:30", by=working.dora)
    from arrears.actions import contacts

    with working.hands_of(working.alice, TUESDAY):
        contacts.take_permit(contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(TUESDAY, "10:00"))
    assert "house.day" in refusing(working, loan)
