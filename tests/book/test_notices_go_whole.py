"""A validation notice from the book: made whole, queued, gone under a permit, come back; and the clock that it stops."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

from arrears.kernel.problems import Problem

MONDAY = date(2026, 3, 2)
ADDRESS = "12 Elm Street, Albany, NY 12207"


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    made = settle()
    _settings(made.agency, name="Harbour Recoveries", address="PO Box 9, Chicago, IL 60601", phone="(312) 555-0100")
    return made


def _settings(organisation: int, **notices: str) -> None:
    from arrears.store.tables.organisation import Organisation

    row = Organisation.objects.using("night").get(pk=organisation)
    row.settings = {**row.settings, "notices": notices}
    row.save(using="night")


@pytest.fixture
def placed(working: WorkingBook) -> Any:
    from arrears.store.tables.person import ContactPoint

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    working.place(loan, from_on=date(2026, 2, 20), in_default_since=date(2026, 2, 16))
    ContactPoint(
        organisation_id=working.lender, person_id=loan.person, kind="address", use="home", value=ADDRESS,
        normalised=ADDRESS, country="US", region="US-NY", timezones=["America/New_York"], source="contract",
    ).save(using="night")  # fmt: skip
    return loan


@pytest.fixture(scope="module")
def lead(working: WorkingBook) -> int:
    from tests.working_book import hire

    return hire(working.agency, ["agency", "supervisor"])


def hands(working: WorkingBook, staff: int, on: date) -> Any:
    from arrears.store.scope import scope

    return scope(working.agency, staff, today=on)


def draft_of(loan: Any, on: date, **more: Any) -> Any:
    from arrears.actions import notices
    from arrears.domain.notices import NoticeKind

    return notices.drafted(loan.account, NoticeKind.VALIDATION, now=at(on), **more)


def ask(working: WorkingBook, loan: Any, staff: int, on: date) -> list[str]:
    """What refuses a call of the agency on a day, at eleven."""
    from arrears.actions import contacts

    with hands(working, staff, on):
        verdict: Any = contacts.dry_verdict(contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(on))
    return [spoken.rule.id for spoken in verdict.refusing]


def talked(working: WorkingBook, loan: Any, on: date) -> None:
    """Write a conversation of the agency, as another system told of it on the day, with the incident that it is."""
    from django.db import transaction

    from arrears.store.tables.contact import Attempt, AttemptAccount, Incident

    own = {"organisation_id": working.lender, "by_organisation_id": working.agency}
    row = Attempt(
        **own, person_id=loan.person, contact_point_id=loan.phone, origin="agency_reported", direction="to_person",
        role="debtor", channel="call", started_at=at(on, "10:00"), book_day=1, outcome="conversation",
        outcome_at=at(on, "10:05"), source_kind="test", source_ref=f"t{loan.account}",
    )  # fmt: skip
    with transaction.atomic(using="night"):
        row.save(using="night")
        AttemptAccount(**own, account_id=loan.account, attempt=row).save(using="night", force_insert=True)
        Incident(
            **own, person_id=loan.person, attempt=row, kind="unpermitted_contact", opened_at=at(on, "10:06")
        ).save(using="night")  # fmt: skip


def sent(working: WorkingBook, message: str, on: date) -> Any:
    """Let one queued message go by a channel that takes everything."""
    from arrears.actions.messages import sending
    from arrears.channels.carrying import Handed, Outgoing
    from arrears.domain.contacts import Channel
    from arrears.domain.messages import Delivery

    class Printer:
        def send(self, _outgoing: Outgoing) -> Handed:
            return Handed(Delivery.ACCEPTED, ref="printed")

        def rest(self) -> None:
            """It keeps nothing open."""

    return sending.send_next(
        working.agency, {Channel.LETTER: Printer()}, clock=lambda: at(on, "12:00"), only=int(message)
    )


def test_it_is_whole_and_its_figures_are_the_ledgers(working, placed, lead):
    with hands(working, lead, MONDAY):
        draft = draft_of(placed, MONDAY)
    assert not isinstance(draft, list), [problem.said_in("en") for problem in draft]
    given = draft.given
    assert (given["itemization_kind"], given["itemization_date"]) == ("last_payment", date(2026, 1, 15))
    assert (given["amount_then"], given["payments"], given["amount_now"]) == (60_000, 0, 60_000)
    assert given["dispute_by"] == given["original_creditor_by"] == given["assumed_valid_after"] == date(2026, 4, 11)
    assert draft.document.startswith(b"%PDF")
    assert "Harbour Recoveries collects debts." in str(draft.words)
    assert draft.words["to"] == [f"Debtor of {_number(placed)}", "12 Elm Street", "Albany, NY 12207"]


def _number(loan: Any) -> str:
    from arrears.store.tables.account import Account

    return str(Account.objects.using("report").get(pk=loan.account).number)


def test_what_is_missing_is_named_and_nothing_is_made(working, placed, lead):
    with hands(working, lead, MONDAY):
        found = draft_of(placed, MONDAY, given={"collector_address": " ", "amount_now": 60_001})
        wrong = draft_of(placed, MONDAY, given={"amount_now": 60_001})
    assert [problem.where.field for problem in found] == ["collector_address"]
    assert [problem.code for problem in wrong] == ["notice_sum_wrong"]


def test_one_that_went_opens_the_gate_and_its_period_runs(working, placed, lead):
    from arrears.actions import notices
    from arrears.store.doors import notices as rows

    talked(working, placed, MONDAY)
    late = MONDAY + timedelta(days=6)
    assert "us.regf.1006.34.a" not in ask(working, placed, lead, MONDAY + timedelta(days=5))
    assert "us.regf.1006.34.a" in ask(working, placed, lead, MONDAY + timedelta(days=7))
    with hands(working, lead, late):
        (due,) = [one for one in notices.deadlines(now=at(late)) if one.account == placed.account]
    assert (due.first_on, due.due, due.is_late, due.rule) == (MONDAY, date(2026, 3, 7), True, "us.regf.1006.34.a")
    with hands(working, lead, late):
        made = notices.issue(draft_of(placed, late), now=at(late))
        assert isinstance(made, int), made
        message = _message(made)
        waiting = rows.one(made)
        assert waiting is not None
        assert waiting.sent_at is None
    turn = sent(working, message, late)
    assert str(turn.state) == "sent", turn
    with hands(working, lead, late):
        gone = rows.one(made)
        again = notices.issue(draft_of(placed, late), now=at(late))
    assert gone is not None
    assert (gone.received_on, gone.period_ends) == (date(2026, 3, 13), date(2026, 4, 17))
    assert isinstance(again, Problem)
    assert again.code == "notice_stands"
    assert "us.regf.1006.34.a" not in ask(working, placed, lead, MONDAY + timedelta(days=7))
    with hands(working, lead, MONDAY + timedelta(days=9)):
        unsaid = notices.came_back(made, "", now=at(MONDAY + timedelta(days=9)))
        assert isinstance(unsaid, Problem)
        assert unsaid.code == "reason_needed"
        assert notices.came_back(made, "moved", now=at(MONDAY + timedelta(days=9))) == made
    assert "us.regf.1006.34.a" in ask(working, placed, lead, MONDAY + timedelta(days=10))


def _message(notice: int) -> str:
    from arrears.store.tables.notice import Notice

    return str(Notice.objects.get(pk=notice).message_ref)


def test_whoever_only_calls_issues_none(working, placed):
    from tests.working_book import hire

    from arrears.actions import notices

    before = working.rows("notice"), working.rows("message")
    with hands(working, hire(working.agency, ["collector"]), MONDAY):
        refused = notices.issue(draft_of(placed, MONDAY), now=at(MONDAY))
    assert isinstance(refused, Problem)
    assert refused.code == "notice_not_yours"
    assert (working.rows("notice"), working.rows("message")) == before


def test_a_letter_that_the_post_returned_has_to_go_again_by_a_way_that_is_left(working, placed, lead):
    from arrears.actions import notices, received
    from arrears.channels.post.returned import read_returned
    from arrears.store.doors import notices as rows
    from arrears.store.tables.message import Message
    from arrears.store.tables.person import ContactPoint

    with hands(working, lead, MONDAY):
        made = notices.issue(draft_of(placed, MONDAY), now=at(MONDAY))
        assert isinstance(made, int), made
        message = _message(made)
    sent(working, message, MONDAY)
    reference = _reference(Message.objects.using("report").get(pk=int(message)))
    back = MONDAY + timedelta(days=7)
    letters = read_returned(f"reference,returned_on,reason\n{reference},{back},unclaimed\n".encode(), "b.csv", "UTC")
    taken = received.take_in(letters, "b.csv", working.agency, staff=lead, today=back, now=at(back))
    assert (taken.back, taken.problems) == (1, [])
    with hands(working, lead, back):
        notice = rows.one(made)
        assert notice is not None
        assert (notice.undeliverable_at, notice.undeliverable_because) == (at(back), "not collected")
        letter, mail = notices.ways_again(notice, now=at(back))
    assert (letter.method, letter.is_open, mail.is_open) == ("letter", True, False)
    assert [problem.code for problem in mail.problems] == ["no_address_for_notice"]
    ContactPoint.objects.using("night").filter(person_id=placed.person, kind="address").update(is_valid=False)
    with hands(working, lead, back):
        assert [way.is_open for way in notices.ways_again(notice, now=at(back))] == [False, False]


def _reference(message: Any) -> str:
    from arrears.store.doors.delivery_reports import reference_of

    return reference_of(message.pk, message.attempt_id)
