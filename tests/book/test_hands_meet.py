"""Where one part of the book hands over to the next: stories that no part can pass alone."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def placed(working: WorkingBook) -> Any:
    made = working.loan(unpaid_since=date(2026, 2, 15))
    working.place(made, from_on=MONDAY - timedelta(days=3), in_default_since=date(2026, 2, 15))
    return made


def test_an_agency_decides_about_a_person_before_any_night_of_the_owner(shared_book: str) -> None:
    from arrears.actions import people
    from arrears.store.tables.work import Decision, PackVersion

    book = settle()
    loan = book.loan(unpaid_since=date(2026, 2, 15))
    book.place(loan, from_on=MONDAY - timedelta(days=3), in_default_since=date(2026, 2, 15))
    assert not PackVersion.objects.using("report").filter(organisation_id=book.lender).exists()
    with book.hands_of(book.bob, MONDAY):
        (found,) = people.redecide([loan.person], now=at(MONDAY))
    assert (found.working, found.account) == (book.agency, loan.account)
    version = PackVersion.objects.using("report").get(organisation_id=book.lender)
    decided_under = Decision.objects.using("report").values_list("pack_version_id", flat=True)
    assert decided_under.get(account_id=loan.account) == version.pk


def test_an_agency_tells_of_its_own_calls_before_any_night_of_the_owner(working: WorkingBook, placed: Any) -> None:
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role

    told = contacts.Told(
        owner=working.lender, person=placed.person, accounts=(placed.account,), contact_point=placed.phone,
        role=Role.DEBTOR, channel=Channel.CALL, origin=Origin.AGENCY_REPORTED, direction=Direction.TO_PERSON,
        outcome=Outcome.NO_ANSWER, at=at(MONDAY, "10:00"), source_kind="dialler", source_ref=f"{placed.account}/1",
    )  # fmt: skip
    with working.hands_of(working.bob, MONDAY):
        kept = contacts.record_elsewhere(told, now=at(MONDAY, "18:00"))
    assert not hasattr(kept, "code"), kept
    assert working.position(placed.account).calls_slots == 1


def test_nobody_keeps_a_version_of_the_rules_for_an_owner_out_of_reach(working: WorkingBook) -> None:
    from django.db.utils import DatabaseError
    from psycopg import errors

    from arrears.store.doors import rules_in_force

    other = settle()
    with pytest.raises((DatabaseError, errors.InsufficientPrivilege)), working.hands_of(working.bob, MONDAY):
        rules_in_force.keep_version(other.lender, version="x", content_hash=b"x" * 32, codes={}, now=at(MONDAY))


OURS = "Harbour Services"


def proposal_of(working: WorkingBook, loan: Any, words: str, channel: str, **asked: Any) -> Any:
    """What the agency would ask the gate, with words that somebody is about to leave or send."""
    from arrears.actions import gatekeeping, wordchecks
    from arrears.domain.contacts import Channel

    with working.hands_of(working.bob, MONDAY):
        approach = gatekeeping.Approach(person=loan.person, contact_point=loan.phone, channel=Channel(channel), **asked)
        return wordchecks.with_words(approach, words, now=at(MONDAY))


def refusals(working: WorkingBook, staff: int, approach: Any, on: date = MONDAY, clock: str = "11:00") -> set[str]:
    from arrears.actions import contacts

    with working.hands_of(staff, on):
        verdict: Any = contacts.dry_verdict(approach, now=at(on, clock))
    return {spoken.rule.id for spoken in verdict.refusing}


@pytest.mark.parametrize(
    ("words", "is_limited"),
    [
        (f"This is Ann Lee from {OURS}. Please call me at (312) 555-0100.", True),
        (f"This is Ann Lee from {OURS}. Please call me at (312) 555-0100 about your debt.", False),
    ],
)
def test_a_voice_message_is_left_only_where_it_was_read_as_limited(working, placed, words, is_limited):
    from arrears.domain.contacts import Purpose

    asked = proposal_of(working, placed, words, "voicemail_drop", purpose=Purpose.LEAVE_MESSAGE)
    assert asked.facts["is_limited_content"] is is_limited
    assert ("us.regf.1006.2.j" in refusals(working, working.bob, asked)) is not is_limited


def test_the_disclosure_is_read_in_the_language_it_stands_in(working, placed):
    spanish = "Le escribimos sobre su cuenta. Le pedimos que nos llame para hablar de ella hoy mismo, por favor."
    asked = proposal_of(working, placed, f"{spanish} This is an attempt to collect a debt.", "letter", language="es")
    assert asked.facts == {"disclosure_language": "en"}


def test_words_are_read_with_the_union_of_the_country_the_acts_on_record_and_the_age_of_the_debt(working, placed):
    from arrears.actions import history, wordchecks
    from arrears.domain.wording import Block
    from arrears.engine.checker import Decided
    from arrears.store.doors import contact_records
    from arrears.store.tables.person import Person

    def around(on: date = MONDAY) -> Any:
        with working.hands_of(working.alice, on):
            record: Any = contact_records.record_of(placed.person, at(on))
            return wordchecks.circumstances(record, [placed.account], at(on))

    assert "EU" not in around().places
    Person.objects.using("night").filter(pk=placed.person).update(country="ES", region="ES-MD")
    assert {"ES-MD", "EU"} <= set(around().places)
    assert around().decided == frozenset()
    with working.hands_of(working.alice, MONDAY):
        history.append(
            "act_permitted",
            owner=working.lender,
            account=placed.account,
            person=placed.person,
            now=at(MONDAY),
            act="sue",
        )
    assert around().decided == {Decided.SUIT}
    assert Block.CALLER_NAMED in proposal_of(working, placed, "My name is Ann Lee.", "letter").blocks


def test_a_text_that_says_stop_is_confirmed_once_and_calls_go_on(working):
    from tests.message_desk import Recorded

    from arrears.actions import contacts, received
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    carrier = Recorded()
    for minute in ("10:00", "10:01"):
        with working.hands_of(working.alice, MONDAY):
            received.receive(
                received.Inbound(
                    channel="text", words="STOP", at=at(MONDAY, minute), person=loan.person,
                    address=f"+1212555{loan.account:04}", source=("test", f"{loan.person}:{minute}"),
                ),
                now=at(MONDAY, minute),
            )  # fmt: skip
        send_due(working.lender, {Channel.TEXT: carrier}, clock=partial(at, MONDAY, minute))
    assert [one.words.split(":")[0] for one in carrier.sent] == ["Meadow Loans"]
    later = contacts.Approach(person=loan.person, contact_point=loan.phone, channel=Channel.TEXT)
    assert "core.after_stop" in refusals(working, working.alice, later)
    call = contacts.Approach(person=loan.person, contact_point=loan.phone)
    assert refusals(working, working.alice, call) == {"house.day"}  # two texts and their answer: enough for one day


def test_a_dispute_by_mail_stops_contact_until_its_answer_went(working, placed):
    from arrears.actions import cases, contacts, received
    from arrears.store.doors import case_files

    call = contacts.Approach(person=placed.person, contact_point=placed.phone)
    words = "No es mi deuda, envíen pruebas"
    with working.hands_of(working.bob, MONDAY):
        kept: Any = received.receive(
            received.Inbound(
                channel="email", words=words, at=at(MONDAY, "09:00"), person=placed.person, address="",
                source=("test", f"{placed.person}:dispute"),
            ),
            now=at(MONDAY, "09:05"),
        )  # fmt: skip
    assert kept.effects == 1
    assert "house.dispute" in refusals(working, working.bob, call)
    with working.hands_of(working.dora, MONDAY):
        (case,) = case_files.of_person(placed.person)
    assert (case.kind.value, case.state.value, case.due_on is not None) == ("dispute", "open", True)
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    paper = {"name": "Verification", "sent_on": tuesday.isoformat()}
    with working.hands_of(working.dora, tuesday):
        answered: Any = cases.answer(case.id, "verification_sent", paper=paper, now=at(tuesday, "12:00"))
    assert answered.state.value == "answered"
    assert "house.dispute" not in refusals(working, working.bob, call, on=wednesday)


def test_a_need_is_a_window_that_the_gate_keeps_every_day_and_the_agency_too(working, placed):
    from arrears.actions import contacts
    from arrears.actions.cases import care
    from arrears.domain.care import Need, NeedKind

    with working.hands_of(working.bob, MONDAY):
        care.note_need(placed.person, [Need(NeedKind.NOT_BEFORE, "12:00")], now=at(MONDAY, "10:00"))
    call = contacts.Approach(person=placed.person, contact_point=placed.phone)
    for on in (MONDAY, MONDAY + timedelta(days=3)):
        for staff in (working.alice, working.bob):
            assert "core.said_not_then" in refusals(working, staff, call, on=on, clock="11:59")
            assert "core.said_not_then" not in refusals(working, staff, call, on=on, clock="12:00")


def test_a_rule_that_begins_to_hold_changes_the_next_answer_and_the_next_nights_list(shared_book):
    from tests.book.test_actions_rule_settings import QUIET, proposed

    from arrears.actions import contacts, rule_proposals, rule_trials
    from arrears.store.tables.work import Worklist

    book = settle()
    loan = book.loan(unpaid_since=date(2026, 2, 15))
    call = contacts.Approach(person=loan.person, contact_point=loan.phone)

    def listed(on: date) -> bool:
        book.night_before(on)
        days = Worklist.objects.using("report").filter(person_id=loan.person, on_day=(on - date(1970, 1, 1)).days)
        return bool(days.exists())

    assert listed(MONDAY)
    assert refusals(book, book.alice, call) == set()
    number = proposed(book, [], {f"compliance/client/{book.lender}/quiet.yaml": QUIET})
    with book.hands_of(book.dora, MONDAY):
        rule_trials.try_some(number, now=at(MONDAY))
    with book.hands_of(hire(book.lender, ["compliance"]), MONDAY):
        assert rule_proposals.approve(number, now=at(MONDAY)) is None
    assert refusals(book, book.alice, call) == {f"client.{book.lender}.quiet"}
    assert not listed(MONDAY + timedelta(days=1))
