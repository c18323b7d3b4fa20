"""The last one that a limit still allows, asked for by thirty-two at once: each over a connection of its own.

All wait behind one barrier, connected, until the last of them is there; every race is run several times.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.book.test_actions_races import at_once
from tests.message_desk import Desk, Recorded, open_desk
from tests.working_book import Loan, WorkingBook, at, settle

TUESDAY = date(2026, 3, 3)
TAKERS = 32
ROUNDS = range(2)
UNPAID_SINCE = date(2026, 2, 15)


@pytest.fixture
def working(shared_book: str) -> WorkingBook:
    return settle()


def ask(working: WorkingBook, loan: Loan, now: datetime, *, staff: int | None = None, **said: Any) -> Any:
    """What the gate answers to a call, by Alice of the lender unless somebody else is named."""
    from arrears.actions import contacts

    with working.hands_of(staff or working.alice, now.date()):
        return contacts.take_permit(contacts.Approach(person=loan.person, contact_point=loan.phone, **said), now=now)


def end(working: WorkingBook, taken: Any, code: str, now: datetime, *, staff: int | None = None) -> None:
    from arrears.actions import contacts

    with working.hands_of(staff or working.alice, now.date()):
        contacts.record_outcome(taken.attempt, code, now=now)


def called(working: WorkingBook, loan: Loan, clocks: Sequence[str], code: str = "no_answer", **said: Any) -> None:
    for clock in clocks:
        taken = ask(working, loan, at(TUESDAY, clock), **said)
        end(working, taken, code, at(TUESDAY, clock) + timedelta(minutes=1))


def one_of(answers: list[Any], rule: str) -> None:
    """Assert that one taker got leave, and that each other met the rule that was to be the last, or a colleague."""
    from arrears.actions.contacts import Refused, Taken

    others = [answer for answer in answers if not isinstance(answer, Taken)]
    assert (len(answers), len(others)) == (TAKERS, TAKERS - 1)
    refused = [one for one in others if isinstance(one, Refused)]
    assert all(rule in [spoken.rule.id for spoken in one.verdict.refusing] for one in refused)
    assert refused
    assert {one.code for one in others if not isinstance(one, Refused)} <= {"with_colleague"}


def race(act: Callable[[int, datetime], Any], clock: str = "14:00") -> list[Any]:
    return at_once(TAKERS, lambda number: act(number, at(TUESDAY, clock) + timedelta(milliseconds=number)))


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_last_call_of_a_day_has_one_taker_whichever_debt_each_asks_about(working, _round):
    loan = working.loan(unpaid_since=UNPAID_SINCE)
    other = working.loan(unpaid_since=UNPAID_SINCE, owed_by=loan.person)
    called(working, loan, ["09:00"], accounts=(loan.account,))
    called(working, loan, ["10:00"], accounts=(other.account,))
    debts = (loan.account, other.account)
    one_of(race(lambda number, now: ask(working, loan, now, accounts=(debts[number % 2],))), "house.day")


def test_a_permit_that_was_given_back_has_one_taker(working):
    loan = working.loan(unpaid_since=UNPAID_SINCE)
    called(working, loan, ["09:00", "10:00"])
    called(working, loan, ["11:00", "11:10", "11:20"], code="busy")
    one_of(race(lambda _number, now: ask(working, loan, now)), "house.day")


def test_the_last_contact_has_one_taker_among_lender_and_agency(working):
    """Two organisations with one debt between them: the house's limit is on the person, whoever calls."""
    loan = working.loan(unpaid_since=UNPAID_SINCE)
    working.place(loan, from_on=TUESDAY - timedelta(days=5), in_default_since=UNPAID_SINCE)
    called(working, loan, ["09:00", "10:00"])
    hands = (working.alice, working.bob)
    one_of(race(lambda number, now: ask(working, loan, now, staff=hands[number % 2])), "house.day")


def test_the_seventh_call_in_seven_days_about_a_debt_has_one_taker(working):
    """Regulation F counts by collector, person and debt; six calls of the agency lie on the days before."""
    from arrears.actions.elsewhere import record_elsewhere
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
    from arrears.store.doors.attempts import Told
    from arrears.store.scope import scope

    loan = working.loan(unpaid_since=UNPAID_SINCE)
    working.place(loan, from_on=TUESDAY - timedelta(days=20), in_default_since=TUESDAY - timedelta(days=30))
    with scope(working.agency, working.bob, today=TUESDAY):
        for number in range(6):
            told = Told(
                owner=working.lender, person=loan.person, accounts=(loan.account,), contact_point=loan.phone,
                role=Role.DEBTOR, channel=Channel.CALL, origin=Origin.AGENCY_REPORTED, direction=Direction.TO_PERSON,
                outcome=Outcome.NO_ANSWER, at=at(TUESDAY - timedelta(days=1 + number // 2), f"1{number}:00"),
                source_kind="agency", source_ref=f"{loan.account}/{number}",
            )  # fmt: skip
            assert isinstance(record_elsewhere(told, now=at(TUESDAY, "08:00")), int)
    one_of(race(lambda _number, now: ask(working, loan, now, staff=working.bob)), "us.regf.1006.14.b.2.i.A")


@pytest.mark.parametrize("channel", ["text", "email", "letter"])
def test_eight_senders_let_no_more_messages_go_to_a_person_than_one_would(shared_book, channel):
    """Each asks again for the item that it is about to hand over; the others of the outbox wait or are refused."""
    from arrears.actions.messages.sending import send_next
    from arrears.domain.contacts import Channel
    from arrears.store.tables.message import Message

    desk: Desk = open_desk()

    def went(senders: int) -> int:
        loan, carrier = desk.loan(), Recorded()
        for _ in range(6):
            desk.queue(loan, TEMPLATES[channel], channel)

        def send(_number: int) -> None:
            while send_next(desk.book.lender, {Channel(channel): carrier}, clock=desk.clock) is not None:
                pass

        at_once(senders, send)
        rows = Message.objects.using("report").filter(person_id=loan.person).values_list("state", flat=True)
        assert list(rows).count("sent") == len(carrier.sent)
        return len(carrier.sent)

    alone = went(1)
    assert 0 < alone < 6
    assert went(8) == alone


TEMPLATES = {"email": "arrears_reminder", "letter": "arrears_reminder", "text": "arrears_text"}
