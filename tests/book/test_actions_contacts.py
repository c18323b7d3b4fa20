"""Contacts through the gate: taken together with their permit, ended by a code, counted wherever they came from."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def dial(working: WorkingBook, loan: Any, clock: str = "11:00", on: date = MONDAY, staff: int | None = None) -> Any:
    from arrears.actions import contacts

    with working.hands_of(staff or working.alice, on):
        return contacts.take_permit(contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(on, clock))


def end(working: WorkingBook, attempt: int, code: str, clock: str = "11:05", on: date = MONDAY, **said: Any) -> Any:
    from arrears.actions import contacts

    with working.hands_of(working.alice, on):
        return contacts.record_outcome(attempt, code, now=at(on, clock), **said)


def verify(
    working: WorkingBook, attempt: int, clock: str = "11:01", on: date = MONDAY, *, is_passed: bool = True
) -> Any:
    from arrears.actions import verification

    with working.hands_of(working.alice, on):
        return verification.record(attempt, ["birth_date", "postcode"], is_passed=is_passed, now=at(on, clock))


def told_elsewhere(working: WorkingBook, loan: Any, clock: str) -> Any:
    """A call of this Monday that another system made, and that nobody answered."""
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role

    told = contacts.Told(
        owner=working.lender, person=loan.person, accounts=(loan.account,), contact_point=loan.phone, role=Role.DEBTOR,
        channel=Channel.CALL, origin=Origin.HISTORIC, direction=Direction.TO_PERSON, outcome=Outcome.NO_ANSWER,
        at=at(MONDAY, clock), source_kind="dialler", source_ref=f"{loan.account}/{clock}",
    )  # fmt: skip
    with working.hands_of(working.dora, MONDAY):
        return contacts.record_elsewhere(told, now=at(MONDAY, "18:00"))


def written(working: WorkingBook) -> dict[str, int]:
    return {table: working.rows(table) for table in ("permit", "attempt", "event", "touched", "incident", "hold")}


def test_permit_and_attempt_are_written_together(working, loan):
    from arrears.actions.contacts import Taken
    from arrears.store.tables.contact import Attempt, Permit

    taken = dial(working, loan)

    assert isinstance(taken, Taken)
    attempt = Attempt.objects.using("report").get(pk=taken.attempt)
    permit = Permit.objects.using("report").get(pk=taken.permit)
    assert (attempt.permit_id, attempt.outcome, attempt.origin) == (permit.pk, "started", "outbound")
    assert (permit.state, permit.verdict, permit.address) == ("issued", "allow", f"+1212555{loan.account:04}")
    assert permit.expires_at - permit.issued_at == timedelta(minutes=5)
    assert [reason["rule"] for reason in permit.reasons if reason["effect"] == "bars"] == []
    assert working.events(person_id=loan.person) == ["contact_started"]


def test_a_refusal_writes_nothing(working, loan):
    from arrears.actions.contacts import Refused

    before = written(working)
    refused = dial(working, loan, "21:00")
    assert isinstance(refused, Refused)
    assert "house.hours" in [spoken.rule.id for spoken in refused.verdict.refusing]
    assert refused.verdict.next_permitted == at(MONDAY + timedelta(days=1), "08:00")
    assert written(working) == before


def test_a_dry_verdict_takes_nothing_and_counts_nothing(working, loan):
    from arrears.actions import contacts

    before = written(working)
    with working.hands_of(working.alice, MONDAY):
        for _ in range(5):
            verdict: Any = contacts.dry_verdict(
                contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(MONDAY)
            )
    assert verdict.may_go
    assert written(working) == before


def test_a_number_of_somebody_else_is_a_mistake_and_writes_nothing(working, loan):
    from arrears.actions import contacts

    other = working.loan(unpaid_since=date(2026, 2, 15))
    before = written(working)
    with working.hands_of(working.alice, MONDAY):
        problem: Any = contacts.take_permit(
            contacts.Approach(person=loan.person, contact_point=other.phone), now=at(MONDAY)
        )
    assert problem.code == "point_of_other"
    assert written(working) == before


def test_the_house_limit_of_the_day_counts_what_was_dialled(working, loan):
    from arrears.actions.contacts import Refused

    for clock in ("09:00", "11:00", "13:00"):
        taken = dial(working, loan, clock)
        end(working, taken.attempt, "no_answer", clock.replace(":00", ":02"))
    fourth = dial(working, loan, "15:00")
    assert isinstance(fourth, Refused)
    assert [spoken.rule.id for spoken in fourth.verdict.refusing] == ["house.day"]


def test_whose_clock_is_behind_still_counts_the_call_of_whose_turn_came_first(working, loan):
    from arrears.actions.contacts import Refused
    from arrears.store.tables.contact import Attempt

    for clock in ("09:00", "10:00"):
        dial(working, loan, clock)
    last = dial(working, loan, "13:00:30")
    refused = dial(working, loan, "13:00:10")
    assert isinstance(refused, Refused)
    assert [spoken.rule.id for spoken in refused.verdict.refusing] == ["house.day"]
    assert Attempt.objects.using("report").filter(person_id=loan.person).latest("started_at").pk == last.attempt


def test_who_takes_a_turn_with_a_clock_behind_is_written_down_as_the_later(working, loan):
    from arrears.store.tables.contact import Attempt

    first = dial(working, loan, "13:00:30")
    second = dial(working, loan, "13:00:10")
    attempts = Attempt.objects.using("report").filter(person_id=loan.person).order_by("started_at")
    assert [each.pk for each in attempts] == [first.attempt, second.attempt]
    assert working.position(loan.account).calls_slots == 2


def test_busy_gives_the_permit_back_and_does_not_count(working, loan):
    from arrears.actions.contacts import Taken
    from arrears.store.tables.contact import Permit

    for clock in ("09:00", "10:00", "11:00", "12:00"):
        taken = dial(working, loan, clock)
        assert isinstance(taken, Taken)
        end(working, taken.attempt, "busy", clock.replace(":00", ":01"))
    permits = Permit.objects.using("report").filter(person_id=loan.person)
    assert set(permits.values_list("state", "outcome")) == {("given_back", "busy")}
    position = working.position(loan.account)
    assert (position.calls_slots, position.attempts_since_rpc) == (0, 4)


def test_a_call_whose_outcome_nobody_noted_counts(working, loan):
    from arrears.actions.contacts import Refused

    for clock in ("09:00", "09:30", "10:00"):
        dial(working, loan, clock)
    assert isinstance(dial(working, loan, "15:00"), Refused)
    assert working.position(loan.account).calls_slots == 3


def test_an_outcome_settles_permit_and_position_and_marks_the_account(working, loan):
    from arrears.kernel.epoch import epoch_day
    from arrears.store.tables.account import Touched
    from arrears.store.tables.contact import Permit

    taken = dial(working, loan)
    ended = end(working, taken.attempt, "no_answer", seconds=31)
    assert (ended.next_step, ended.next_on, ended.back_at) == ("call", MONDAY + timedelta(days=1), None)
    assert Permit.objects.using("report").get(pk=taken.permit).state == "used"
    position = working.position(loan.account)
    assert (position.calls_slots, position.contacts_slots, position.slots_day) == (1, 1, epoch_day(MONDAY))
    assert Touched.objects.using("report").filter(account_id=loan.account).count() == 1


def test_an_outcome_is_noted_once(working, loan):
    taken = dial(working, loan)
    end(working, taken.attempt, "no_answer")
    before = written(working)
    (problem,) = end(working, taken.attempt, "voicemail", "11:07")
    assert problem.code == "attempt_ended"
    assert written(working) == before


def test_nobody_says_they_spoke_with_the_person_without_verifying(working, loan):
    taken = dial(working, loan)
    before = written(working)
    (problem,) = end(working, taken.attempt, "refuses")
    assert problem.code == "verification_needed"
    verify(working, taken.attempt, is_passed=False)
    (problem,) = end(working, taken.attempt, "refuses")
    assert problem.code == "verification_needed"
    assert written(working)["attempt"] == before["attempt"]
    verify(working, taken.attempt, "11:02")
    assert end(working, taken.attempt, "refuses").outcome == "conversation"


def test_there_is_no_other(working, loan):
    from arrears.packs.dispositions import dispositions

    assert "other" not in dispositions()
    taken = dial(working, loan)
    (problem,) = end(working, taken.attempt, "other")
    assert problem.code == "disposition_unknown"


def test_an_abusive_call_may_be_ended_and_a_supervisor_hears_of_it(working, loan):
    from arrears.store.tables.event import Event

    taken = dial(working, loan)
    ended = end(working, taken.attempt, "abusive_unverified", note="Shouted, then threats.")
    assert (ended.disposition.offers_break, ended.outcome) == (True, "unverified")
    told = Event.objects.using("report").get(kind="contact_ended", person_id=loan.person)
    assert told.facts["tells_supervisor"] is True
    assert "Shouted" not in str(told.facts)


def test_a_wrong_number_is_never_dialled_again(working, loan):
    from arrears.actions.contacts import Refused

    taken = dial(working, loan)
    end(working, taken.attempt, "wrong_number")
    again = dial(working, loan, "14:00")
    assert isinstance(again, Refused)
    assert "core.address_fails" in [spoken.rule.id for spoken in again.verdict.refusing]


@pytest.mark.parametrize(
    ("code", "kind", "rule"),
    [
        ("asked_to_stop", "cease", "core.after_stop"),
        ("has_attorney", "attorney", "core.attorney"),
        ("bankrupt", "bankruptcy", "core.bankruptcy"),
        ("disputes", "dispute", "house.dispute"),
        ("identity_misused", "identity_theft", "core.identity_theft"),
        ("needs_care", "care", "core.care"),
        ("says_paid", "payment_trace", "core.money_on_its_way"),
    ],
)
def test_what_the_person_says_stops_contact_by_itself(working, loan, code, kind, rule):
    from arrears.actions.contacts import Refused
    from arrears.store.tables.promise import Hold

    taken = dial(working, loan)
    verify(working, taken.attempt)
    ended = end(working, taken.attempt, code)
    hold = Hold.objects.using("report").get(pk=ended.hold)
    assert hold.kind == kind
    again = dial(working, loan, "14:00")
    assert isinstance(again, Refused)
    assert rule in [spoken.rule.id for spoken in again.verdict.refusing]


def test_a_call_back_is_kept_as_consent_to_that_hour(working, loan):
    from arrears.store.tables.person import Consent

    taken = dial(working, loan)
    verify(working, taken.attempt)
    (problem,) = end(working, taken.attempt, "call_back_agreed")
    assert problem.code == "callback_needed"
    ended = end(working, taken.attempt, "call_back_agreed", callback_at=at(MONDAY, "15:30"))
    assert (ended.next_on, ended.back_at) == (MONDAY, at(MONDAY, "15:30"))
    given = Consent.objects.using("report").get(kind="hours", person_id=loan.person)
    assert given.windows == [{"days": [0], "start": "14:30", "until": "16:30", "on": "2026-03-02"}]
    assert (given.at, given.until_at) == (at(MONDAY, "11:05"), at(MONDAY, "16:30"))


def test_calls_in_the_hours_a_person_asked_for_are_contacts_that_no_count_of_calls_has(working, loan):
    taken = dial(working, loan)
    verify(working, taken.attempt)
    end(working, taken.attempt, "call_back_agreed", callback_at=at(MONDAY, "15:30"))
    for clock, calls in (("14:00", 2), ("15:00", 2)):  # an hour too early, then within the agreed one
        dial(working, loan, clock)
        assert working.position(loan.account).calls_slots == calls
    assert working.position(loan.account).contacts_slots == 3


def test_the_first_conversation_uses_up_the_wish_to_be_called(working, loan):
    taken = dial(working, loan)
    verify(working, taken.attempt)
    end(working, taken.attempt, "call_back_agreed", callback_at=at(MONDAY, "15:30"))
    agreed = dial(working, loan, "14:45")
    verify(working, agreed.attempt, "14:46")
    end(working, agreed.attempt, "refuses", "14:50")
    position = working.position(loan.account)
    assert (position.calls_slots, position.contacts_slots) == (1, 2)
    told_elsewhere(working, loan, "15:00")
    position = working.position(loan.account)
    assert (position.calls_slots, position.contacts_slots) == (2, 3)


def test_what_was_dialled_by_hand_counts_and_opens_an_incident(working, loan):
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role

    def told(origin: Any, direction: Any, ref: str) -> Any:
        return contacts.Told(
            owner=working.lender, person=loan.person, accounts=(loan.account,), contact_point=loan.phone,
            role=Role.DEBTOR, channel=Channel.CALL, origin=origin, direction=direction, outcome=Outcome.NO_ANSWER,
            at=at(MONDAY, "10:00"), source_kind="agency", source_ref=f"{loan.account}/{ref}",
        )  # fmt: skip

    before = written(working)
    with working.hands_of(working.dora, MONDAY):
        contacts.record_elsewhere(told(Origin.AGENCY_REPORTED, Direction.TO_PERSON, "1"), now=at(MONDAY))
        contacts.record_elsewhere(told(Origin.HISTORIC, Direction.TO_PERSON, "2"), now=at(MONDAY))
        contacts.record_elsewhere(told(Origin.INBOUND, Direction.FROM_PERSON, "3"), now=at(MONDAY))
        again: Any = contacts.record_elsewhere(told(Origin.HISTORIC, Direction.TO_PERSON, "2"), now=at(MONDAY))
    assert again.code == "told_before"
    after = written(working)
    assert (after["attempt"] - before["attempt"], after["incident"] - before["incident"]) == (3, 1)
    assert working.position(loan.account).calls_slots == 2
    refused = dial(working, loan, "12:00")
    assert [spoken.rule.id for spoken in refused.verdict.refusing] == ["house.day"]


def test_money_on_its_way_stops_contact(working, loan):
    from arrears.actions import positions
    from arrears.actions.contacts import Refused
    from arrears.domain.entries import EntryKind

    working.enter(loan.account, EntryKind.PAYMENT_SEEN, MONDAY, 10_000)
    with working.nobody():
        positions.refresh([loan.account], now=at(MONDAY), using="night")
    refused = dial(working, loan)
    assert isinstance(refused, Refused)
    assert "core.money_on_its_way" in [spoken.rule.id for spoken in refused.verdict.refusing]


def test_an_agency_calls_under_its_own_count_and_the_house_limit_joins_both(working, loan):
    from arrears.actions.contacts import Refused, Taken

    working.place(loan, from_on=MONDAY - timedelta(days=3), in_default_since=date(2026, 2, 15))
    for clock in ("09:00", "10:00"):
        end(working, dial(working, loan, clock).attempt, "no_answer", clock.replace(":00", ":02"))
    assert isinstance(dial(working, loan, "11:00", staff=working.bob), Taken)
    assert isinstance(dial(working, loan, "12:00", staff=working.bob), Refused)
    assert isinstance(dial(working, loan, "14:30"), Refused)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("call_back_agreed", {"callback_at": at(MONDAY + timedelta(days=1))}),
        ("bad_moment", {}),
        ("hung_up_verified", {}),
        ("abusive_call_ended", {}),
        ("number_blocked", {}),
        ("hung_up", {}),
        ("line_dropped", {}),
    ],
)
def test_once_somebody_was_verified_the_call_counts_as_a_conversation_however_it_ended(working, loan, code, said):
    """12 CFR 1006.14(b)."""
    from arrears.domain.contacts import Outcome

    taken = dial(working, loan)
    verify(working, taken.attempt)
    assert end(working, taken.attempt, code, **said).outcome is Outcome.CONVERSATION


@pytest.mark.parametrize(
    ("clock", "direction", "origin", "incidents"),
    [
        ("10:59", "to_person", "historic", 0),
        ("11:00", "to_person", "agency_reported", 1),
        ("17:00", "to_person", "agency_reported", 1),
        ("17:00", "from_person", "inbound", 0),
    ],
)
def test_historic_is_only_what_lies_before_the_first_book_day(working, loan, clock, direction, origin, incidents):
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
    from arrears.store.tables.contact import Attempt, Incident

    told = contacts.Told(
        owner=working.lender, person=loan.person, accounts=(loan.account,), contact_point=loan.phone, role=Role.DEBTOR,
        channel=Channel.CALL, origin=Origin.HISTORIC, direction=Direction(direction), outcome=Outcome.NO_ANSWER,
        at=at(MONDAY, clock), source_kind="dialler", source_ref=f"{loan.account}/{clock}",
    )  # fmt: skip
    with working.hands_of(working.dora, MONDAY):
        contacts.record_elsewhere(told, now=at(MONDAY, "18:00"))
    assert Attempt.objects.using("report").get(person_id=loan.person).origin == origin
    assert Incident.objects.using("report").filter(person_id=loan.person).count() == incidents


@pytest.mark.parametrize(("minutes", "incidents"), [(124, 0), (125, 1)])
def test_an_outcome_noted_after_the_life_of_a_call_opens_an_incident(working, loan, minutes, incidents):
    from arrears.actions import contacts
    from arrears.store.tables.contact import Incident

    taken = dial(working, loan)
    with working.hands_of(working.alice, MONDAY):
        ended = contacts.record_outcome(taken.attempt, "no_answer", now=at(MONDAY) + timedelta(minutes=minutes))
    assert isinstance(ended, contacts.Ended)
    found = Incident.objects.using("report").filter(attempt_id=taken.attempt, kind="late_outcome")
    assert found.count() == incidents
