"""Received texts: counted as contacts, sorted, obeyed at once where sure, and decided by a human."""

from datetime import date
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

from arrears.kernel.problems import Problem

MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def write(working: WorkingBook, loan: Any, words: str, channel: str = "email", **about: Any) -> Any:
    from arrears.actions import received

    said = {"person": loan.person, "address": "", "source": ("test", f"{loan.person}:{words}"), **about}
    with working.hands_of(working.alice, MONDAY):
        return received.receive(
            received.Inbound(channel=channel, words=words, at=at(MONDAY, "09:00"), **said), now=at(MONDAY, "09:05")
        )


def text(working: WorkingBook, number: int) -> Any:
    from arrears.store.doors import received as rows

    with working.hands_of(working.dora, MONDAY):
        return rows.kept(number)


def decide(working: WorkingBook, number: int, category: str, staff: int, clock: str = "10:00", **how: Any) -> Any:
    from arrears.actions import received

    with working.hands_of(staff, MONDAY):
        return received.decide(number, category, now=at(MONDAY, clock), **how)


def gate_says(working: WorkingBook, loan: Any, clock: str = "11:00") -> set[str]:
    from arrears.actions import contacts

    with working.hands_of(working.alice, MONDAY):
        verdict: Any = contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(MONDAY, clock)
        )
    return {spoken.rule.id for spoken in verdict.refusing}


def test_a_written_cease_stops_contact_before_anybody_has_looked(working, loan):
    assert gate_says(working, loan) == set()
    kept = write(working, loan, "Do not contact me again")
    assert (kept.is_new, kept.effects) == (True, 1)
    assert "core.cease" in gate_says(working, loan)
    found = text(working, kept.id).found[0]
    assert (found["category"], found["effect"]["kind"], found["ruling"]) == ("cease", "hold", "open")
    assert {"text_received", "contact_told", "hold_placed", "sorting_obeyed"} <= set(
        working.events(person_id=loan.person)
    )


def test_the_words_are_kept_in_the_text_alone(working, loan):
    from arrears.store.tables.event import Event
    from arrears.store.tables.promise import Hold

    kept = write(working, loan, "I filed chapter 7, leave me alone you vultures")
    with working.hands_of(working.dora, MONDAY):
        elsewhere = [str(row.facts) for row in Event.objects.filter(person_id=loan.person)]
        elsewhere += [str((row.facts, row.proof)) for row in Hold.objects.filter(person_id=loan.person)]
    assert kept.effects == 2
    assert not any("vultures" in said or "leave me" in said for said in elsewhere)


def test_a_bankruptcy_opens_its_case_with_chapter_and_number(working, loan):
    from arrears.store.doors import case_files

    write(working, loan, "I filed Chapter 13, case no. 24-10233")
    with working.hands_of(working.dora, MONDAY):
        (case,) = case_files.of_person(loan.person)
    assert (case.kind.value, case.facts["chapter"], case.facts["number"]) == ("bankruptcy", "13", "24-10233")
    assert "core.bankruptcy" in gate_says(working, loan)


def test_stop_by_text_stops_texts_at_once_and_leaves_the_rest_to_a_human(working, loan):
    kept = write(working, loan, "STOP", channel="text")
    by_category = {one["category"]: one for one in text(working, kept.id).found}
    assert by_category["stop_channel"]["effect"]["about"] == "text"
    assert by_category["cease"]["effect"] is None
    assert gate_says(working, loan) == set()
    decide(working, kept.id, "cease", working.dora, is_right=True)
    assert "core.cease" in gate_says(working, loan)


def test_calls_to_work_stop_without_stopping_others(working, loan):
    from arrears.store.tables.person import Preference

    write(working, loan, "don't call me at work")
    with working.hands_of(working.dora, MONDAY):
        (wish,) = Preference.objects.filter(person_id=loan.person)
    assert (wish.kind, wish.places) == ("place", ["work"])
    assert gate_says(working, loan) == set()


def test_undoing_takes_back_what_sorting_did(working, loan):
    kept = write(working, loan, "leave me alone")
    assert "core.cease" in gate_says(working, loan)
    done = decide(working, kept.id, "cease", working.dora, is_right=False)
    assert (done.state.value, done.found[0]["ruling"]) == ("done", "undone")
    assert gate_says(working, loan) == set()
    assert "sorting_undone" in working.events(person_id=loan.person)


def test_undoing_a_case_closes_it_as_mistaken(working, loan):
    from arrears.store.doors import case_files

    kept = write(working, loan, "my attorney is Ann Lee")
    assert decide(working, kept.id, "attorney", working.dora, is_right=False).state.value == "done"
    with working.hands_of(working.dora, MONDAY):
        (case,) = case_files.of_person(loan.person)
    assert (case.state.value, case.finding) == ("closed", "mistaken")


def test_a_collector_decides_nothing(working, loan):
    kept = write(working, loan, "leave me alone")
    assert decide(working, kept.id, "cease", working.alice, is_right=False).code == "may_not_decide_texts"


def test_saying_it_is_paid_rests_contact_about_the_debt(working, loan):
    kept = write(working, loan, "I already paid this")
    assert text(working, kept.id).found[0]["effect"]["about"] == "payment_trace"
    assert gate_says(working, loan) != set()


def test_a_promise_and_hardship_wait_for_a_human_and_stop_nothing(working, loan):
    kept = write(working, loan, "I lost my job but I will pay $20 on friday")
    assert {one["category"]: one["effect"] for one in text(working, kept.id).found} == {
        "hardship": None,
        "promise": None,
    }
    assert gate_says(working, loan) == set()


def test_the_same_text_comes_once(working, loan):
    first, again = (write(working, loan, "leave me alone") for _ in range(2))
    assert (again.id, again.is_new) == (first.id, False)
    assert len([one for one in working.events(person_id=loan.person) if one == "text_received"]) == 1


def test_a_text_from_a_known_number_finds_its_person(working, loan):
    from arrears.store.tables.person import ContactPoint

    with working.hands_of(working.alice, MONDAY):
        number = ContactPoint.objects.get(pk=loan.phone).value
    kept = write(working, loan, "stop calling me", channel="text", person=None, address=number)
    assert kept.person == loan.person


def test_a_text_of_nobody_known_stops_nothing_until_its_writer_is_named(working, loan):
    from arrears.actions import received

    kept = write(working, loan, "never contact me again", person=None, address="nobody@example.org")
    assert (kept.person, kept.effects) == (None, 0)
    assert gate_says(working, loan) == set()
    with working.hands_of(working.dora, MONDAY):
        named = received.name_person(kept.id, loan.person, now=at(MONDAY, "10:00"))
    assert not isinstance(named, Problem), named
    assert named.person == loan.person
    assert named.attempt is not None
    assert "core.cease" in gate_says(working, loan)


def test_what_sorting_missed_is_added_by_a_human(working, loan):
    from arrears.actions import received

    kept = write(working, loan, "see the letter of the court")
    with working.hands_of(working.dora, MONDAY):
        done = received.add_category(kept.id, "bankruptcy", now=at(MONDAY, "10:00"))
    assert not isinstance(done, Problem), done
    assert (done.state.value, done.found[0]["effect"]["kind"]) == ("done", "case")
    assert "core.bankruptcy" in gate_says(working, loan)


def test_two_people_do_not_decide_the_same_text(working, loan):
    from arrears.actions import received
    from arrears.store.doors import received as rows

    kept = write(working, loan, "leave me alone")
    with working.hands_of(working.dora, MONDAY):
        rows.change(kept.id, state="taken", taken_by_id=working.alice)
    assert decide(working, kept.id, "cease", working.dora, is_right=True).code == "with_another"
    with working.hands_of(working.dora, MONDAY):
        rows.change(kept.id, state="waiting", taken_by_id=None)
        taken = received.take(kept.id, now=at(MONDAY, "10:00"))
        assert not isinstance(taken, Problem), taken
        assert taken.state.value == "taken"
    assert decide(working, kept.id, "cease", working.dora, is_right=True).state.value == "done"
    assert decide(working, kept.id, "cease", working.dora, is_right=True).code == "text_done"


def test_the_queue_shows_danger_first_and_then_the_oldest(working):
    from arrears.store.doors import received as rows

    loans = [working.loan(unpaid_since=date(2026, 2, 15)) for _ in range(3)]
    said = ["thanks", "leave me alone", "I want to kill myself"]
    ids = [write(working, loan, words).id for loan, words in zip(loans, said, strict=True)]
    with working.hands_of(working.dora, MONDAY):
        shown = [one.id for one in rows.queue(most=200) if one.id in ids]
    assert shown == [ids[2], ids[1], ids[0]]


def test_erased_words_are_gone_and_what_they_led_to_stays(working, loan):
    from arrears.actions import received

    kept = write(working, loan, "I filed chapter 13, case no. 24-10233")
    with working.hands_of(working.dora, MONDAY):
        assert received.erase(kept.id, now=at(MONDAY, "12:00")) is None
    left = text(working, kept.id)
    assert (left.words, left.is_erased, left.found[0]["passages"], left.found[0]["details"]) == ("", True, [], {})
    assert "core.bankruptcy" in gate_says(working, loan, clock="12:01")


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"words": "  "}, "text_empty"),
        ({"channel": "pigeon"}, "channel_unknown"),
        ({"at": at(MONDAY, "23:00")}, "time_ahead"),
    ],
)
def test_a_text_that_cannot_be_is_refused(working, loan, about, code):
    from arrears.actions import received

    said = {"channel": "email", "words": "hello", "at": at(MONDAY, "09:00"), "source": ("test", "x"), **about}
    with working.hands_of(working.alice, MONDAY):
        refused = received.receive(received.Inbound(person=loan.person, **said), now=at(MONDAY, "09:05"))
    assert isinstance(refused, Problem)
    assert refused.code == code


def test_a_file_comes_in_reply_by_reply_and_twice_as_once(working, loan):
    from arrears.actions import received
    from arrears.channels.replies import read_replies
    from arrears.store.tables.person import Person

    with working.hands_of(working.alice, MONDAY):
        number = Person.objects.get(pk=loan.person).number
    content = (
        f"channel,at,words,person\nemail,2026-03-02T08:00,never contact me again,{number}\ntext,2026-03-02T08:00,,\n"
    )
    replies = read_replies(content.encode(), "r.csv", "America/New_York")
    told = [
        received.take_in(replies, "r.csv", working.lender, staff=working.alice, today=MONDAY, now=at(MONDAY, "09:05"))
        for _ in range(2)
    ]
    assert [(one.new, one.known, one.effects) for one in told] == [(1, 0, 1), (0, 1, 0)]
    assert [(problem.code, problem.where.row) for problem in told[0].problems] == [("text_empty", 2)]
    assert "core.cease" in gate_says(working, loan)
