"""What the gate is told of the book: how debts stand, whose clock counts, whose holds reach whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)
NEXT_MONDAY = date(2026, 3, 9)


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


def refusing(refused: Any) -> list[str]:
    from arrears.actions.contacts import Refused

    assert isinstance(refused, Refused)
    return [spoken.rule.id for spoken in refused.verdict.refusing]


def written(working: WorkingBook) -> dict[str, int]:
    return {table: working.rows(table) for table in ("permit", "attempt", "event", "touched", "incident", "hold")}


def number_of(loan: Any) -> str:
    from arrears.store.tables.account import Account

    return str(Account.objects.using("report").get(pk=loan.account).number)


def refresh(working: WorkingBook, account: int) -> None:
    from arrears.actions import positions

    with working.nobody():
        positions.refresh([account], now=at(MONDAY), using="night")


def test_a_debt_paid_in_full_is_not_called_about_and_nothing_is_written(working, loan):
    working.pay(loan, MONDAY, 60_000)
    before = written(working)
    refused = dial(working, loan)
    assert refusing(refused) == ["core.debt_over"]
    assert refused.verdict.refusing[0].facts["status"] == "paid"
    assert refused.verdict.refusing[0].reason.en == f"Debt {number_of(loan)} is paid."
    assert written(working) == before


def test_a_debt_that_was_sold_is_not_called_about_and_nothing_is_written(working, loan):
    from arrears.domain.entries import EntryKind

    working.enter(loan.account, EntryKind.SALE, date(2026, 2, 27), 0)
    refresh(working, loan.account)
    before = written(working)
    refused = dial(working, loan)
    assert refusing(refused) == ["core.debt_over"]
    assert refused.verdict.refusing[0].facts["status"] == "sold"
    assert written(working) == before


def call_on_record(working: WorkingBook, loan: Any, clock: str, on: date = MONDAY) -> None:
    """A call that another system made, told with the time of its clock."""
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role

    told = contacts.Told(
        owner=working.lender, person=loan.person, accounts=(loan.account,), contact_point=loan.phone, role=Role.DEBTOR,
        channel=Channel.CALL, origin=Origin.HISTORIC, direction=Direction.TO_PERSON, outcome=Outcome.NO_ANSWER,
        at=at(on, clock), source_kind="dialler", source_ref=f"{loan.account}/{on}/{clock}",
    )  # fmt: skip
    with working.hands_of(working.dora, on):
        assert isinstance(contacts.record_elsewhere(told, now=at(on, "23:00")), int)


def test_a_contact_two_minutes_ahead_of_the_clock_comes_first(working, loan):
    from arrears.actions.contacts import Taken
    from arrears.store.tables.contact import Attempt

    call_on_record(working, loan, "11:02")
    taken = dial(working, loan, "11:00")
    assert isinstance(taken, Taken)
    started = Attempt.objects.using("report").get(pk=taken.attempt).started_at
    assert started == at(MONDAY, "11:02:00.000001")


def test_a_contact_further_ahead_moves_no_clock_and_is_refused_by_name(working, loan):
    call_on_record(working, loan, "11:02:01")
    before = written(working)
    refused = dial(working, loan, "11:00")
    assert refusing(refused) == ["core.facts_needed"]
    assert (refused.verdict.missing, refused.verdict.at) == (("clock",), at(MONDAY, "11:00"))
    assert written(working) == before


def test_tomorrows_contact_does_not_open_the_night(working, loan):
    call_on_record(working, loan, "09:00", date(2026, 3, 3))
    assert "core.night" in refusing(dial(working, loan, "23:30"))


def test_an_hour_agreed_for_one_evening_opens_that_evening_alone(working, loan):
    from arrears.actions import contacts, verification
    from arrears.actions.contacts import Taken

    taken = dial(working, loan)
    with working.hands_of(working.alice, MONDAY):
        verification.record(taken.attempt, ["birth_date", "postcode"], is_passed=True, now=at(MONDAY, "11:01"))
        ended = contacts.record_outcome(
            taken.attempt, "call_back_agreed", now=at(MONDAY, "11:05"), callback_at=at(NEXT_MONDAY, "22:30")
        )
    assert not isinstance(ended, list)
    for week, clock in ((0, "22:15"), (1, "21:29"), (2, "22:15")):
        refused = dial(working, loan, clock, MONDAY + timedelta(weeks=week))
        assert refusing(refused)[-1] == "house.hours"
    assert isinstance(dial(working, loan, "22:15", NEXT_MONDAY), Taken)


def ended(working: WorkingBook, loan: Any, code: str) -> Any:
    from arrears.actions import contacts, verification

    taken = dial(working, loan)
    with working.hands_of(working.alice, MONDAY):
        verification.record(taken.attempt, ["birth_date", "postcode"], is_passed=True, now=at(MONDAY, "11:01"))
        return contacts.record_outcome(taken.attempt, code, now=at(MONDAY, "11:05"))


def letter(working: WorkingBook, loan: Any) -> Any:
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel

    with working.hands_of(working.alice, MONDAY):
        approach = contacts.Approach(person=loan.person, contact_point=None, channel=Channel.LETTER)
        return contacts.dry_verdict(approach, now=at(MONDAY, "12:00"))


def test_a_stop_that_was_said_stops_the_telephone_and_warns_elsewhere_until_it_is_released(working, loan):
    from arrears.actions import holds
    from arrears.actions.contacts import Taken
    from arrears.store.tables.promise import Hold

    hold = ended(working, loan, "asked_to_stop").hold
    assert Hold.objects.using("report").get(pk=hold).facts == {"written": False}
    assert refusing(dial(working, loan, "12:00")) == ["core.after_stop"]
    by_post = letter(working, loan)
    assert by_post.said_by("core.cease_said") is not None
    assert by_post.said_by("core.cease") is None
    with working.hands_of(working.dora, MONDAY):
        assert holds.release(hold, "asked us to call again", now=at(MONDAY, "12:30")) is None
    assert isinstance(dial(working, loan, "12:31"), Taken)


def test_who_is_called_in_another_role_and_has_died_is_held_themselves(working, loan):
    from arrears.store.tables.account import AccountParty
    from arrears.store.tables.promise import Hold

    other = working.loan(unpaid_since=date(2026, 2, 15))
    AccountParty.objects.using("night").filter(account_id=loan.account).update(role="co_obligor")
    hold = ended(working, loan, "told_deceased").hold
    assert Hold.objects.using("report").get(pk=hold).person_id == loan.person
    assert refusing(dial(working, loan, "12:00")) == ["core.deceased"]
    assert dial(working, other, "12:00").attempt


@pytest.mark.parametrize("role", ["debtor", "co_obligor", "guarantor"])
def test_who_calls_us_is_written_down_as_what_they_are_to_the_debt(working, loan, role):
    from arrears.actions import contacts
    from arrears.store.tables.account import AccountParty
    from arrears.store.tables.contact import Attempt

    AccountParty.objects.using("night").filter(account_id=loan.account).update(role=role)
    with working.hands_of(working.alice, MONDAY):
        attempt = contacts.call_received(
            loan.person,
            (loan.account,),
            contact_point=loan.phone,
            owner=working.lender,
            now=at(MONDAY),
            using="default",
        )
    assert isinstance(attempt, int)
    assert Attempt.objects.using("report").get(pk=attempt).role == role


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(
    ("said", "limit"),
    [
        (({"house.day": {"limit": 5}}, {}), 3),  # the file says three: silence does not loosen
        (({}, {"house.day": {"limit": 5}}), 3),
        (({"house.day": {"limit": 5}}, {"house.week": {"limit": 12}}), 3),
        (({"house.day": {"limit": 2}}, {}), 2),
        (({"house.day": {"limit": 5}}, {"house.day": {"limit": 4}}), 4),
        (({"house.day": {"limit": 5}},), 5),
    ],
)
def test_of_two_houses_the_stricter_limit_holds_and_silence_means_the_files_own(said, limit):
    from arrears.actions.rule_books import settings_of

    settings = settings_of([{"gate": {"limits": limits}} for limits in said], date(2026, 3, 2), using="default")
    assert settings.limits["house.day", "limit"] == limit


def test_who_bought_a_debt_is_asked_whether_it_was_in_default_then(working, loan):
    from arrears.store.tables.account import Account
    from arrears.store.tables.organisation import Organisation

    house = Organisation.objects.using("night").get(pk=working.lender)
    Organisation.objects.using("night").filter(pk=house.pk).update(
        settings={**house.settings, "collector_kind": "debt_buyer"}
    )
    try:
        assert dial(working, loan).verdict.missing == ("debt.in_default_when_obtained",)
        Account.objects.using("night").filter(pk=loan.account).update(facts={"in_default_when_obtained": False})
        assert dial(working, loan).attempt
    finally:
        Organisation.objects.using("night").filter(pk=house.pk).update(settings=house.settings)


def test_money_that_never_arrives_holds_from_its_value_date_for_seven_days(working, loan):
    from arrears.actions import payments
    from arrears.actions.contacts import Taken

    with working.nobody():
        seen = payments.post(
            loan.account, 10_000, date(2026, 2, 27), reference=f"seen {loan.account}", is_cleared=False, now=at(MONDAY),
            using="night",
        )  # fmt: skip
    assert isinstance(seen, payments.Posted)
    assert seen.entry
    refused = dial(working, loan)
    assert refusing(refused) == ["core.money_on_its_way"]
    (spoken,) = refused.verdict.refusing
    assert (spoken.since, spoken.until) == (at(date(2026, 2, 27), "00:00"), at(date(2026, 3, 6), "00:00"))
    assert refusing(dial(working, loan, "20:59", date(2026, 3, 5))) == ["core.money_on_its_way"]
    assert isinstance(dial(working, loan, "08:00", date(2026, 3, 6)), Taken)


@pytest.mark.parametrize("kind", ["cease", "bankruptcy", "attorney"])
@pytest.mark.parametrize(("role", "is_stopped"), [("spouse", True), ("executor", True), ("co_obligor", False)])
def test_what_stops_contact_with_the_debtor_stops_it_with_who_stands_for_them_in_law(
    working, loan, kind, role, is_stopped
):
    from arrears.actions import contacts, holds
    from arrears.domain.contacts import Purpose
    from arrears.store.tables.account import AccountParty

    other = working.loan(unpaid_since=date(2026, 2, 15))
    AccountParty(
        organisation_id=working.lender, account_id=loan.account, person_id=other.person, role=role,
        disclosure_basis="consumer_in_law", from_on=date(2026, 1, 1),
    ).save(using="night")  # fmt: skip
    account = loan.account if kind == "attorney" else None
    with working.hands_of(working.alice, MONDAY):
        assert isinstance(holds.place(kind, person=loan.person, account=account, now=at(MONDAY, "10:00")), int)
        approach = contacts.Approach(
            person=other.person, contact_point=other.phone, accounts=(loan.account,), purpose=Purpose.DISCUSS
        )
        verdict: Any = contacts.dry_verdict(approach, now=at(MONDAY))
    assert (f"core.{kind}" in [spoken.rule.id for spoken in verdict.refusing]) is is_stopped
