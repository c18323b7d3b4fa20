"""Words against the book: amounts must be figures of the day, notes that tell of threats open an incident."""

from typing import Any

import pytest
from tests.message_desk import TUESDAY, Desk, open_desk

from arrears.domain.contacts import Channel, Role


@pytest.fixture
def desk(shared_book: str) -> Desk:
    return open_desk()


def rules_of(desk: Desk, words: str, loan: Any, **changed: Any) -> list[str]:
    from arrears.actions.wordchecks import check_outgoing

    asked = {"channel": Channel.LETTER, "role": Role.DEBTOR, "language": "en", **changed}
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        report = check_outgoing(words, person=loan.person, accounts=[loan.account], now=desk.now, **asked)
    return [found.rule for found in report.findings if found.rule.startswith("core.")]


def test_an_amount_of_the_ledger_may_be_said_and_one_cent_more_may_not(desk: Desk) -> None:
    loan = desk.loan()
    desk.book.pay(loan, TUESDAY, 4_000)
    assert rules_of(desk, "Your account is $160.00 overdue.", loan) == []
    assert rules_of(desk, "Your account is $160.01 overdue.", loan) == ["core.false_amount"]


def test_a_subject_that_tells_of_a_debt_is_found_though_the_words_inside_are_clean(desk: Desk) -> None:
    loan = desk.loan()
    assert rules_of(desk, "Please call us.", loan, subject="Your overdue account") == ["core.disclose_third"]
    assert rules_of(desk, "Please call us.", loan, subject="Please call us") == []


def test_words_to_somebody_who_may_not_be_told_name_no_debt(desk: Desk) -> None:
    loan = desk.loan()
    assert rules_of(desk, "It is about his debt.", loan, role=Role.NEIGHBOUR) == ["core.disclose_third"]


def test_a_note_that_tells_of_a_threat_opens_an_incident_with_places_and_no_words(desk: Desk) -> None:
    from arrears.actions import noting
    from arrears.store.tables.contact import Incident

    loan = desk.loan()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        note = noting.keep(
            desk.book.lender, loan.person, "Told cust police would pick her up.", account=loan.account, now=desk.now
        )
        noting.keep(
            desk.book.lender,
            loan.person,
            "Cust says another agency threatened her with jail.",
            account=None,
            now=desk.now,
        )
    (incident,) = Incident.objects.using("night").filter(person_id=loan.person, kind="flagged_words")
    assert incident.facts == {
        "note": note,
        "found": [{"rule": "core.arrest", "category": "arrest", "start": 10, "until": 31}],
    }


def called(desk: Desk, loan: Any, minutes: int = 5) -> int:
    """A call from the person, some minutes ago; its attempt."""
    from datetime import timedelta

    from arrears.actions import elsewhere
    from arrears.domain.contacts import Direction, Origin, Outcome
    from arrears.store.doors.attempts import Told

    told = Told(
        owner=desk.book.lender, person=loan.person, accounts=(loan.account,), contact_point=None, role=Role.DEBTOR,
        channel=Channel.CALL, origin=Origin.INBOUND, direction=Direction.FROM_PERSON, outcome=Outcome.DELIVERED,
        at=desk.now - timedelta(minutes=minutes), source_kind="switch", source_ref=f"call {loan.account} {minutes}",
        address="", staff=None,
    )  # fmt: skip
    made = elsewhere.record_elsewhere(told, now=desk.now)
    assert isinstance(made, int), made
    return made


SAID = """[0:02] Agent: Good morning, this is Dora.
[0:05] Customer: You idiot, I will have you arrested.
[0:09] Agent: Then hear this.
You will be arrested tomorrow.
[0:15] Customer: Please talk to my lawyer, her name is Ana Ruiz."""


def test_a_transcript_is_kept_once_read_for_our_words_alone_and_what_the_person_said_is_sorted(desk: Desk) -> None:
    from arrears.actions import transcripts
    from arrears.domain.transcripts import turns_of
    from arrears.store.doors import flagged_words
    from arrears.store.doors import received as texts
    from arrears.store.doors import transcripts as rows
    from arrears.store.tables.contact import Attempt, Incident

    loan = desk.loan()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        attempt = called(desk, loan)
        contacts = Attempt.objects.filter(person_id=loan.person).count()
        turns: Any = turns_of(SAID)
        taken: Any = transcripts.keep(attempt, turns, now=desk.now)
        again: Any = transcripts.keep(attempt, turns, now=desk.now)
        (kept,) = rows.of_attempts([attempt])
        (heard,) = texts.of_person(loan.person, most=5)
        assert Attempt.objects.filter(person_id=loan.person).count() == contacts
        assert (taken.is_new, again.is_new, again.id) == (True, False, taken.id)
        assert [one.rule for one in taken.found if one.rule.startswith("core.")] == ["core.arrest"]
        assert not any(one.is_blocking for one in taken.found)
        (place,) = [one for one in kept.found if one["rule"] == "core.arrest"]
        assert kept.turns[place["turn"]].words[place["start"] : place["until"]] == "You will be arrested"
        assert (heard.attempt, "attorney" in {one["category"] for one in heard.found}) == (attempt, True)
        (incident,) = Incident.objects.filter(attempt_id=attempt)
        assert ("core.arrest", "You will be arrested") in flagged_words.passages([incident.facts])[0]
        assert transcripts.erase(taken.id, now=desk.now) is None
        assert flagged_words.passages([incident.facts])[0][0][1] == ""
        (heard,) = texts.of_person(loan.person, most=5)
        assert (heard.words, heard.is_erased) == ("", True)
        assert rows.of_attempts([attempt])[0].content_hash == kept.content_hash


def test_transcripts_come_from_files_by_number_or_reference_and_wrong_ones_keep_no_other_out(desk: Desk) -> None:
    from arrears.actions import transcripts
    from arrears.channels.transcripts import read_transcripts

    loan = desk.loan()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        first, _second = called(desk, loan, 9), called(desk, loan, 8)
    file = (
        "contact,reference,speaker,at,words\n"
        f'{first},,agent,0:01,Good morning.\n{first},,customer,4,"Hello, who is it?"\n'
        f",call {loan.account} 8,坐席,1,再不还款就报警抓你。\n"
        ",call nobody knows,agent,1,Hello.\n"
        ",other call,robotic,1,Hello.\n"
    ).encode()
    taken = transcripts.take_in(
        read_transcripts(file, "calls.csv"), "calls.csv", desk.book.lender, staff=desk.book.dora, today=TUESDAY,
        now=desk.now,
    )  # fmt: skip
    assert (taken.new, taken.known, taken.flagged) == (2, 0, 1)
    assert sorted((one.code, one.where.row) for one in taken.problems) == [
        ("contact_not_there", 4),
        ("speaker_not_known", 5),
    ]


def test_a_reference_is_another_systems_and_never_a_number_of_our_own(desk: Desk) -> None:
    from tests.message_desk import Recorded

    from arrears.store.doors import transcripts as rows
    from arrears.store.tables.contact import Attempt

    loan = desk.loan()
    desk.queue(loan)
    assert desk.send(Recorded()).state == "sent"
    ours = Attempt.objects.using("report").get(person_id=loan.person)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        theirs = called(desk, loan, 7)
        assert ours.source_ref == str(ours.permit_id)
        assert rows.attempt_referred(ours.source_ref, desk.book.lender) is None
        assert rows.attempt_referred(f"call {loan.account} 7", desk.book.lender) == theirs


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        ("transcript", "turns = '[]', erased_at = NULL"),
        ("transcript", 'turns = \'[{"words": "other"}]\', erased_at = now()'),
        ("transcript", "erased_at = now()"),
    ],
)
def test_the_database_keeps_a_transcript_as_it_came_or_erases_it_whole(desk: Desk, table: str, changed: str) -> None:
    from django.db import IntegrityError, connections, transaction

    from arrears.actions import transcripts
    from arrears.domain.transcripts import turns_of

    loan = desk.loan()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        turns: Any = turns_of("Agent: Good morning.")
        taken: Any = transcripts.keep(called(desk, loan), turns, now=desk.now)
        with pytest.raises(IntegrityError, match="stands as it came"), transaction.atomic():
            connections["default"].cursor().execute(f"UPDATE {table} SET {changed} WHERE id = %s", [taken.id])
        assert transcripts.erase(taken.id, now=desk.now) is None


def test_a_recording_that_nobody_announced_is_flagged_where_a_rule_in_use_asks_everybody(desk: Desk) -> None:
    from arrears.actions.wordchecks import must_announce_recording
    from arrears.store.doors import contact_records as records

    loan = desk.loan()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        record = records.record_of(loan.person, desk.now)
    assert record is not None
    assert not must_announce_recording(record, ("US-CA",), desk.now)
    settings: Any = record.house.settings
    settings.setdefault("gate", {})["switched_on"] = ["us.rec.allparty"]
    assert must_announce_recording(record, ("US-CA",), desk.now)
    assert not must_announce_recording(record, ("US-NY",), desk.now)
