"""The day's work: one person for one collector, decided and asked about again before being served."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import Loan, WorkingBook, at, hire, settle

TUESDAY = date(2026, 3, 3)


@pytest.fixture
def working(shared_book: str) -> WorkingBook:
    """A lender with three loans in arrears, and the list that the real night made of them, given to the whole team."""
    from arrears.actions import work

    working = settle()
    working.loans = [working.loan(unpaid_since=date(2026, 2, 8) + timedelta(days=n)) for n in range(3)]
    working.night_before(TUESDAY)
    with working.hands_of(working.dora, TUESDAY):
        for loan in working.loans:
            assert work.hand_over(loan.person, staff=None, now=at(TUESDAY, "06:00")) is None
    return working


def get_next(working: WorkingBook, staff: int, clock: str = "10:00") -> Any:
    from arrears.actions import work

    with working.hands_of(staff, TUESDAY):
        return work.get_next(now=at(TUESDAY, clock))


def skip(working: WorkingBook, staff: int, person: int, reason: str, clock: str = "10:00") -> Any:
    from arrears.actions import work

    with working.hands_of(staff, TUESDAY):
        return work.skip(person, reason, now=at(TUESDAY, clock))


def let_go(working: WorkingBook, staff: int, person: int, clock: str = "10:00") -> None:
    from arrears.actions import work

    with working.hands_of(staff, TUESDAY):
        assert work.release(person, now=at(TUESDAY, clock)) is None


def call(working: WorkingBook, loan: Loan, code: str, clock: str, staff: int | None = None) -> Any:
    from arrears.actions import contacts

    with working.hands_of(staff or working.alice, TUESDAY):
        approach = contacts.Approach(person=loan.person, contact_point=loan.phone)
        taken: Any = contacts.take_permit(approach, now=at(TUESDAY, clock))
        return contacts.record_outcome(taken.attempt, code, now=at(TUESDAY, clock))


def served_to_all(working: WorkingBook, staff: int, clock: str) -> list[int]:
    """Whom a collector is served, one after the other, letting each go without a call for the rest of the test."""
    found = []
    while (served := get_next(working, staff, clock)) is not None:
        found.append(served.person)
        skip(working, staff, served.person, "line_fault", clock)
    return found


def test_the_person_served_is_held_with_a_number_the_gate_lets_through(working):
    served = get_next(working, working.alice)
    loan = next(loan for loan in working.loans if loan.person == served.person)
    assert (served.account, served.contact_point, served.verdict.may_go) == (loan.account, loan.phone, True)
    assert served.next_action == "call"
    assert served.held_until == at(TUESDAY, "10:30")
    assert working.events(person_id=served.person)[-1] == "person_served"


def test_who_holds_somebody_gets_the_same_person_again(working):
    first = get_next(working, working.alice)
    again = get_next(working, working.alice, "10:20")
    assert (again.person, again.held_until) == (first.person, at(TUESDAY, "10:50"))


def test_two_collectors_never_get_the_same_person(working):
    people = {get_next(working, working.alice).person, get_next(working, working.dora).person}
    assert len(people) == 2
    assert people <= {loan.person for loan in working.loans}


def test_a_hold_that_ran_out_lets_another_collector_in(working):
    first = get_next(working, working.alice)
    others = {get_next(working, working.dora).person}
    let_go(working, working.dora, *others)
    assert first.person not in others
    later = served_to_all(working, working.dora, "10:30")
    assert first.person in later


def test_who_has_paid_has_left_the_list(working):
    first = get_next(working, working.alice)
    let_go(working, working.alice, first.person)
    loan = next(loan for loan in working.loans if loan.person == first.person)
    working.pay(loan, TUESDAY, 10_000)
    assert first.person not in served_to_all(working, working.alice, "11:00")


def test_who_promised_for_tomorrow_has_left_the_list(working):
    from arrears.actions import promises

    loan = working.loans[0]
    with working.hands_of(working.alice, TUESDAY):
        taken: Any = promises.take(
            loan.account, amount_minor=10_000, due_on=TUESDAY + timedelta(days=1), due_hour=12, means="card",
            may_call=False, may_write=False, now=at(TUESDAY, "09:00"),
        )  # fmt: skip
    assert taken.state == "open"
    assert loan.person not in served_to_all(working, working.alice, "10:00")


def test_a_hold_of_the_day_is_newer_than_the_nights_list(working):
    from arrears.actions import holds

    loan = working.loans[0]
    with working.hands_of(working.dora, TUESDAY):
        holds.place("cease", person=loan.person, account=None, now=at(TUESDAY, "09:00"))
    served = get_next(working, working.alice)
    while served.person != loan.person:
        skip(working, working.alice, served.person, "line_fault")
        served = get_next(working, working.alice)
    assert (served.next_action, served.contact_point) == ("review_hold", None)


def test_nobody_is_served_outside_the_hours_and_nothing_is_written(working):
    before = working.rows("work_hold"), working.rows("event")
    assert get_next(working, working.alice, "07:59") is None
    assert (working.rows("work_hold"), working.rows("event")) == before
    assert get_next(working, working.alice, "08:00") is not None


def test_after_the_note_the_next_person_comes(working):
    first = get_next(working, working.alice)
    loan = next(loan for loan in working.loans if loan.person == first.person)
    call(working, loan, "no_answer", "10:05")
    second = get_next(working, working.alice, "10:06")
    assert second.person != first.person
    assert first.person not in served_to_all(working, working.alice, "15:00")


def test_a_busy_line_comes_back_after_half_an_hour(working):
    loan = working.loans[0]
    call(working, loan, "busy", "10:00")
    assert loan.person not in served_to_all(working, working.dora, "10:29")
    assert loan.person in served_to_all(working, working.dora, "10:45")


def test_who_asked_to_be_called_at_three_comes_first_at_three(working):
    from arrears.actions import contacts, verification

    loan = working.loans[2]
    with working.hands_of(working.alice, TUESDAY):
        approach = contacts.Approach(person=loan.person, contact_point=loan.phone)
        taken: Any = contacts.take_permit(approach, now=at(TUESDAY, "09:00"))
        verification.record(taken.attempt, ["birth_date", "postcode"], is_passed=True, now=at(TUESDAY, "09:01"))
        contacts.record_outcome(
            taken.attempt, "call_back_agreed", now=at(TUESDAY, "09:02"), callback_at=at(TUESDAY, "15:00")
        )
    assert loan.person not in served_to_all(working, working.dora, "12:00")
    assert get_next(working, working.alice, "15:00").person == loan.person


def test_a_skip_needs_a_reason_of_the_list_and_comes_back_the_same_day(working):
    from arrears.store.tables.work import Skip

    first = get_next(working, working.alice)
    assert skip(working, working.alice, first.person, "do not feel like it").code == "skip_reason_unknown"
    assert skip(working, working.dora, first.person, "line_fault").code == "not_held_by_you"
    kept = Skip.objects.using("report").filter(person_id=first.person)
    assert not kept.exists()
    assert skip(working, working.alice, first.person, "line_fault") is None
    assert kept.get().returns_at == at(TUESDAY, "10:15")
    assert get_next(working, working.alice, "10:14").person != first.person
    assert first.person in served_to_all(working, working.dora, "10:16")


def test_who_is_known_to_a_collector_goes_to_another_at_once(working):
    first = get_next(working, working.alice)
    skip(working, working.alice, first.person, "knows_person")
    assert first.person in served_to_all(working, working.dora, "10:01")
    assert first.person not in served_to_all(working, working.alice, "18:00")


def test_a_supervisor_hands_a_person_over_and_the_newest_wins(working):
    from arrears.actions import work

    for loan in working.loans:
        with working.hands_of(working.alice, TUESDAY):
            problem: Any = work.hand_over(loan.person, staff=working.dora, now=at(TUESDAY, "09:00"))
            assert problem.code == "may_not_decide"
        with working.hands_of(working.dora, TUESDAY):
            assert work.hand_over(loan.person, staff=working.dora, now=at(TUESDAY, "09:00")) is None
    assert get_next(working, working.alice) is None
    assert len(served_to_all(working, working.dora, "10:00")) == 3


def test_the_day_in_numbers(working):
    from arrears.actions import work

    call(working, working.loans[0], "no_answer", "09:00")
    with working.hands_of(working.alice, TUESDAY):
        day = work.today(working.alice, now=at(TUESDAY, "12:00"))
    assert (day.on, day.reached, day.promises_taken, day.skips) == (TUESDAY, 0, 0, 0)
    assert day.due_by_hour == ()


def test_before_anybody_may_be_called_nobody_is_decided_about_and_the_first_opening_is_told(working, monkeypatch):
    from arrears.actions import people, work

    asked: list[int] = []
    real = people.redecide

    def told(who, **said):
        asked.extend(who)
        return real(who, **said)

    monkeypatch.setattr(people, "redecide", told)
    assert get_next(working, working.alice, "07:30") is None
    assert asked == []
    with working.hands_of(working.alice, TUESDAY):
        assert work.next_opening(now=at(TUESDAY, "07:30")) == at(TUESDAY, "08:00")
        assert work.next_opening(now=at(TUESDAY, "21:30")) == at(TUESDAY + timedelta(days=1), "08:00")
        assert work.next_opening(now=at(TUESDAY, "10:00")) is None


def test_whose_clock_is_ahead_is_served_while_the_others_sleep(working):
    from arrears.store.tables.person import ContactPoint, Person

    early = working.loans[2]
    islands = {"country": "US", "region": "US-PR"}
    Person.objects.using("night").filter(pk=early.person).update(**islands)
    points = ContactPoint.objects.using("night").filter(person_id=early.person)
    points.update(**islands, timezones=["America/Puerto_Rico"])
    assert get_next(working, working.alice, "07:30").person == early.person


def test_who_paid_while_held_is_let_go_and_the_next_is_served(working):
    first = get_next(working, working.alice)
    loan = next(loan for loan in working.loans if loan.person == first.person)
    working.pay(loan, TUESDAY, 10_000)
    second = get_next(working, working.alice, "10:10")
    assert second.person != first.person
    assert working.events(person_id=first.person)[-1] == "person_released"


def test_who_is_on_the_line_stays_with_the_collector_though_the_money_came(working):
    from arrears.actions import contacts

    first = get_next(working, working.alice)
    loan = next(loan for loan in working.loans if loan.person == first.person)
    with working.hands_of(working.alice, TUESDAY):
        contacts.take_permit(contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(TUESDAY, "10:01"))
    working.pay(loan, TUESDAY, 10_000)
    assert get_next(working, working.alice, "10:02").person == first.person


def test_nobody_calls_who_is_held_by_a_colleague_save_who_leads_them_and_says_why(working):
    from arrears.actions import contacts
    from arrears.store.tables.contact import Permit

    bea = hire(working.lender, ["collector"])
    first = get_next(working, working.alice)
    approach = contacts.Approach(person=first.person, contact_point=first.contact_point)

    def take(staff: int, clock: str, because: str = "") -> Any:
        with working.hands_of(staff, TUESDAY):
            return contacts.take_permit(approach, now=at(TUESDAY, clock), approved_because=because)

    before = working.rows("permit"), working.rows("event")
    assert take(bea, "10:01", "in a hurry").code == "with_colleague"
    assert take(working.dora, "10:01").code == "with_colleague"
    assert (working.rows("permit"), working.rows("event")) == before
    assert take(working.alice, "10:02").verdict.may_go
    assert take(bea, "10:40").code == "with_colleague"  # the hold ran out, the call did not end
    assert take(working.dora, "10:41", "Alice went home ill").verdict.may_go
    permit = Permit.objects.using("report").filter(person_id=first.person).latest("pk")
    assert (permit.approved_by_id, permit.approved_because) == (working.dora, "Alice went home ill")
