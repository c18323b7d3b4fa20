"""Whoever works for an agency reaches texts, notices and messages of debts placed with it, no others, and none later."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import Loan, WorkingBook, at, hire, settle

from arrears.domain.contacts import Channel
from arrears.domain.notices import NoticeKind
from arrears.kernel.problems import Problem

MONDAY = date(2026, 3, 2)
LATER = MONDAY + timedelta(days=9)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    from arrears.store.tables.organisation import Organisation

    made = settle()
    row = Organisation.objects.using("night").get(pk=made.agency)
    row.settings = {**row.settings, "notices": {"name": "Harbour", "address": "PO Box 9, Chicago, IL", "phone": "312"}}
    row.save(using="night")
    return made


@pytest.fixture(scope="module")
def nora(working: WorkingBook) -> int:
    """Works for the agency, with no role but that."""
    return hire(working.agency, ["agency"])


def _loan(working: WorkingBook) -> Loan:
    from arrears.store.tables.person import ContactPoint

    loan = working.loan(unpaid_since=date(2026, 2, 2))
    for kind, value in (("address", "12 Elm Street, Albany, NY 12207"), ("email", f"p{loan.person}@debtor.example")):
        ContactPoint(
            organisation_id=working.lender, person_id=loan.person, kind=kind, use="home", value=value, country="US",
            normalised=value.lower(), region="US-NY", timezones=["America/New_York"], source="contract",
        ).save(using="night")  # fmt: skip
    return loan


@pytest.fixture
def placed(working: WorkingBook) -> Loan:
    loan = _loan(working)
    working.place(loan, from_on=MONDAY - timedelta(days=9), in_default_since=MONDAY - timedelta(days=28))
    return loan


@pytest.fixture
def kept(working: WorkingBook) -> Loan:
    return _loan(working)


@contextmanager
def agency(working: WorkingBook, staff: int, on: date = MONDAY) -> Iterator[None]:
    from arrears.store.scope import scope

    with scope(working.agency, staff, today=on):
        yield


def recalled(working: WorkingBook, loan: Loan) -> None:
    from arrears.store.tables.organisation import Access

    theirs = Access.objects.using("night").filter(account_id=loan.account, organisation_id=working.agency)
    theirs.update(until_on=LATER - timedelta(days=1))


def written(working: WorkingBook, loan: Loan, words: str, by: int | None = None) -> int:
    """Let a debtor write: to the lender, or to the agency."""
    from arrears.actions import received
    from arrears.store.scope import scope

    organisation, staff = (working.agency, by) if by else (working.lender, working.alice)
    with scope(organisation, staff, today=MONDAY):
        found = received.receive(
            received.Inbound(
                channel="email", words=words, at=at(MONDAY, "09:00"), person=loan.person,
                source=("test", f"{loan.person}:{words}:{organisation}"),
            ),
            now=at(MONDAY, "09:05"),
        )  # fmt: skip
    assert not isinstance(found, Problem), found
    return found.id


def test_texts_about_placed_debts_are_decided_and_no_others_seen(working, nora, placed, kept):
    from arrears.actions import received
    from arrears.store.doors import received as rows

    theirs, ours = written(working, placed, "I want to make a complaint"), written(working, kept, "I complain")
    with agency(working, nora):
        seen = {one.id for one in rows.queue(most=100)}
        assert theirs in seen
        assert ours not in seen
        assert rows.kept(ours) is None
        assert isinstance(received.decide(ours, "complaint", is_right=True, now=at(MONDAY)), Problem)
        done = received.decide(theirs, "complaint", is_right=True, now=at(MONDAY))
    assert not isinstance(done, Problem), done
    assert done.found[0]["effect"]["kind"] == "case"


def test_an_agency_lets_nothing_go_that_stops_contact_and_erases_no_words(working, nora, placed):
    from arrears.actions import received

    text = written(working, placed, "Cease all contact with me")
    with agency(working, nora):
        undone = received.decide(text, "cease", is_right=False, because="misread", now=at(MONDAY))
        erased = received.erase(text, now=at(MONDAY))
    assert isinstance(undone, Problem)
    assert isinstance(erased, Problem)
    assert (undone.code, erased.code) == ("may_not_decide", "may_not_decide_texts")


def test_notices_are_made_of_placed_debts_alone(working, nora, placed, kept):
    from arrears.actions import notices
    from arrears.store.doors import notices as rows

    with agency(working, nora):
        other = notices.drafted(kept.account, NoticeKind.VALIDATION, now=at(MONDAY))
        draft = notices.drafted(placed.account, NoticeKind.VALIDATION, now=at(MONDAY))
        assert not isinstance(draft, list), draft
        made = notices.issue(draft, now=at(MONDAY))
        assert [one.id for one in rows.latest() if one.person == placed.person] == [made]
    assert isinstance(other, list)
    assert other[0].code == "account_not_found"


def test_messages_go_to_people_of_placed_debts_alone(working, nora, placed, kept):
    from arrears.actions.messages.queueing import prepare_batch
    from arrears.store.tables.message import Message

    def batch(*accounts: int) -> Any:
        with agency(working, nora):
            return prepare_batch("arrears_reminder", channel=Channel.EMAIL, accounts=accounts, now=at(MONDAY))

    made = batch(placed.account, kept.account)
    assert not isinstance(made, Problem), made
    queued = Message.objects.using("report").filter(batch_id=made.batch)
    assert [one.person_id for one in queued] == [placed.person]
    assert batch(kept.account).code == "nobody_chosen"


def test_after_recall_nothing_is_left_to_work_and_nothing_to_read(working, nora, placed):
    from arrears.actions import notices, received
    from arrears.actions.messages.queueing import prepare_batch
    from arrears.store.doors import notices as notice_rows
    from arrears.store.doors import received as rows

    theirs = [written(working, placed, "I complain"), written(working, placed, "I complain", by=nora)]
    with agency(working, nora):
        draft = notices.drafted(placed.account, NoticeKind.VALIDATION, now=at(MONDAY))
        assert not isinstance(draft, list), draft
        assert isinstance(notices.issue(draft, now=at(MONDAY)), int)
        assert set(theirs) <= {one.id for one in rows.queue(most=100)}
    recalled(working, placed)
    with agency(working, nora, LATER):
        assert not set(theirs) & {one.id for one in rows.queue(most=100)}
        assert [one for one in notice_rows.latest() if one.person == placed.person] == []
        again = notices.drafted(placed.account, NoticeKind.VALIDATION, now=at(LATER))
        decided = [received.decide(one, "complaint", is_right=True, now=at(LATER)) for one in theirs]
        sent = prepare_batch("arrears_reminder", channel=Channel.EMAIL, accounts=[placed.account], now=at(LATER))
    assert isinstance(again, list)
    assert all(isinstance(one, Problem) for one in decided), decided
    assert isinstance(sent, Problem)


def _inbound(working: WorkingBook, loan: Loan, ref: str) -> int:
    """A call that the debtor made to whoever's scope is open."""
    from arrears.actions import elsewhere
    from arrears.domain.contacts import Direction, Origin, Outcome, Role
    from arrears.store.doors.attempts import Told

    told = Told(
        owner=working.lender, person=loan.person, accounts=(loan.account,), contact_point=None, role=Role.DEBTOR,
        channel=Channel.CALL, origin=Origin.INBOUND, direction=Direction.FROM_PERSON, outcome=Outcome.DELIVERED,
        at=at(MONDAY, "10:00"), source_kind="switch", source_ref=f"{ref} {loan.account}", address="", staff=None,
    )  # fmt: skip
    contact = elsewhere.record_elsewhere(told, now=at(MONDAY))
    assert isinstance(contact, int), contact
    return contact


def test_after_recall_no_message_waits_for_an_answer_and_none_is_told_of_as_come_back(working, nora, placed):
    from arrears.actions.messages.queueing import prepare_batch
    from arrears.store.doors import delivery_reports, message_warnings
    from arrears.store.tables.delivery_report import DeliveryReport
    from arrears.store.tables.message import Message

    with agency(working, nora):
        made: Any = prepare_batch("arrears_reminder", channel=Channel.EMAIL, accounts=[placed.account], now=at(MONDAY))
        contact = _inbound(working, placed, "came back")
    queued = Message.objects.using("night").filter(batch_id=made.batch)
    queued.update(state="refused", refusing=[{"rule": "a.rule", "reason": {"en": "x"}, "answer": "ask_human"}])
    DeliveryReport(
        organisation_id=working.lender, by_organisation_id=working.agency, person_id=placed.person,
        message_id=queued.get().pk, attempt_id=contact, kind="delayed", at=at(MONDAY), recorded_at=at(MONDAY),
        source_kind="mail", source_ref=f"<{placed.account}@x>",
    ).save(using="night")  # fmt: skip

    def told(on: date) -> tuple[int, int]:
        with agency(working, nora, on):
            return (
                message_warnings.count_by_batch().get(made.batch, 0),
                sum(one.person == placed.person for one in delivery_reports.latest(most=50)),
            )

    assert told(MONDAY) == (1, 1)
    recalled(working, placed)
    assert told(LATER) == (0, 0)


def test_after_recall_no_transcript_comes_to_an_agencys_own_contact(working, nora, placed):
    from arrears.actions import transcripts
    from arrears.domain.transcripts import turns_of

    said: Any = turns_of("Customer: Please stop calling me.")
    with agency(working, nora):
        contact = _inbound(working, placed, "talk")
    recalled(working, placed)
    with agency(working, nora, LATER):
        late = transcripts.keep(contact, said, now=at(LATER))
    assert isinstance(late, Problem), late
    assert late.code == "contact_not_there"
