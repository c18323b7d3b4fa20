"""Holds and verification: easy to place, hard to lift; two items, none of them kept."""

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


def gate_says(working: WorkingBook, loan: Any, on: date = MONDAY, clock: str = "11:00") -> list[str]:
    from arrears.actions import contacts

    with working.hands_of(working.alice, on):
        verdict: Any = contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(on, clock)
        )
    return [spoken.rule.id for spoken in verdict.refusing]


def place(working: WorkingBook, kind: str, **about: Any) -> Any:
    from arrears.actions import holds

    with working.hands_of(working.alice, MONDAY):
        return holds.place(kind, **{"person": None, "account": None, **about}, now=at(MONDAY))


def release(working: WorkingBook, hold: int, because: str, staff: int, on: date = MONDAY) -> Any:
    from arrears.actions import holds

    with working.hands_of(staff, on):
        return holds.release(hold, because, now=at(on, "12:00"))


def test_a_hold_stops_contact_at_once_and_shows_in_the_position(working, loan):
    from arrears.domain.holds import HoldKind
    from arrears.engine.gate.columns import HOLD_BIT

    assert gate_says(working, loan) == []
    hold = place(working, "cease", person=loan.person, proof={"letter": "2026-03-02"})
    assert gate_says(working, loan) == ["core.cease"]
    assert working.position(loan.account).holds == HOLD_BIT[HoldKind.CEASE]
    assert release(working, hold, "withdrawn in writing", working.dora) is None
    assert gate_says(working, loan, clock="12:01") == []
    assert working.position(loan.account).holds == 0
    assert working.events(person_id=loan.person) == ["hold_placed", "hold_released"]


def test_a_grave_hold_is_not_lifted_by_a_collector(working, loan):
    hold = place(working, "bankruptcy", person=loan.person)
    assert release(working, hold, "they said so", working.alice).code == "may_not_decide"
    assert gate_says(working, loan) == ["core.bankruptcy", "us.bk.362"]


def test_a_collector_ends_a_payment_trace(working, loan):
    hold = place(working, "payment_trace", account=loan.account)
    assert release(working, hold, "", working.alice).code == "reason_missing"
    assert release(working, hold, "found on the wrong account", working.alice) is None
    assert release(working, hold, "again", working.alice).code == "hold_not_found"


def test_a_payment_trace_ends_by_itself_and_the_position_says_when(working, loan):
    from arrears.kernel.epoch import epoch_day

    place(working, "payment_trace", account=loan.account)
    free = MONDAY + timedelta(days=14)  # the clocks change in between
    assert working.position(loan.account).dealings_look_on == epoch_day(free)
    assert gate_says(working, loan, free - timedelta(days=1), "20:59") == ["core.money_on_its_way"]
    assert gate_says(working, loan, free, "08:00") == []


def test_a_hold_on_one_debt_leaves_the_other_alone(working, loan):
    from arrears.actions import contacts

    place(working, "dispute", account=loan.account, facts={"written": True, "in_period": True})
    assert "house.dispute" in gate_says(working, loan)
    other = working.loan(unpaid_since=date(2026, 2, 15))
    assert gate_says(working, other) == []
    with working.hands_of(working.alice, MONDAY):
        approach = contacts.Approach(person=loan.person, contact_point=loan.phone, accounts=(other.account,))
        problem: Any = contacts.dry_verdict(approach, now=at(MONDAY))
    assert problem.code == "not_a_party"


@pytest.mark.parametrize(
    ("kind", "about", "code"),
    [
        ("holiday", {"person": 1}, "hold_kind_unknown"),
        ("cease", {}, "person_not_found"),
        ("cease", {"person": 10**12}, "person_not_found"),
        ("dispute", {"account": 10**12}, "account_not_found"),
        ("care", {"person": 1, "until": at(MONDAY, "10:59")}, "hold_backward"),
    ],
)
def test_a_hold_that_makes_no_sense_is_not_placed(working, kind, about, code):
    before = working.rows("hold"), working.rows("event")
    assert place(working, kind, **about).code == code
    assert (working.rows("hold"), working.rows("event")) == before


def test_an_illness_becomes_a_hold_for_care_and_is_written_down_nowhere(working, loan):
    from arrears.actions import findings
    from arrears.store.tables.account import Account
    from arrears.store.tables.event import Event

    with working.hands_of(working.alice, MONDAY):
        assert findings.note(loan.account, reason_late="ill", ability="unable", now=at(MONDAY)) is None
        problem: Any = findings.note(loan.account, reason_late="bored", now=at(MONDAY))
    assert problem.code == "finding_unknown"
    assert Account.objects.using("report").get(pk=loan.account).facts == {"ability": "unable"}
    assert gate_says(working, loan) == ["core.care"]
    facts = Event.objects.using("report").filter(person_id=loan.person).values_list("facts", flat=True)
    assert "ill" not in [value for one in facts for value in one.values()]


# --- Verification ---


def dialled(working: WorkingBook, loan: Any) -> int:
    from arrears.actions import contacts

    with working.hands_of(working.alice, MONDAY):
        taken: Any = contacts.take_permit(
            contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(MONDAY)
        )
    return int(taken.attempt)


def verify(
    working: WorkingBook, attempt: int, items: list[str], clock: str, staff: int, *, is_passed: bool = True
) -> Any:
    from arrears.actions import verification

    with working.hands_of(staff, MONDAY):
        return verification.record(attempt, items, is_passed=is_passed, now=at(MONDAY, clock))


def is_verified(working: WorkingBook, attempt: int, clock: str) -> bool:
    from arrears.actions import verification

    with working.hands_of(working.alice, MONDAY):
        return verification.is_verified(attempt, now=at(MONDAY, clock))


def test_two_different_items_verify_for_this_call_and_no_longer(working, loan):
    from arrears.actions import contacts

    attempt = dialled(working, loan)
    assert not is_verified(working, attempt, "11:00")
    assert verify(working, attempt, ["birth_date", "birth_date"], "11:01", working.alice).code == "items_too_few"
    assert verify(working, attempt, ["birth_date", "postcode"], "11:02", working.alice).is_passed
    assert is_verified(working, attempt, "11:03")
    assert is_verified(working, attempt, "12:59")
    assert not is_verified(working, attempt, "13:00")
    with working.hands_of(working.alice, MONDAY):
        contacts.record_outcome(attempt, "refuses", now=at(MONDAY, "11:10"))
    assert not is_verified(working, attempt, "11:11")
    assert verify(working, attempt, ["birth_date", "postcode"], "11:12", working.alice).code == "call_is_over"


def test_a_failed_verification_gives_words_that_reveal_nothing(working, loan):
    attempt = dialled(working, loan)
    failed = verify(working, attempt, ["birth_date"], "11:01", working.alice, is_passed=False)
    assert not failed.is_passed
    for language, words in {
        "en": ["debt", "pay", "owe"],
        "es": ["deuda", "pag", "debe"],
        "zh": ["债", "款", "欠"],
    }.items():
        assert not any(word in failed.say.said_in(language).lower() for word in words)


def test_only_the_items_are_kept_and_only_by_who_is_on_the_call(working, loan):
    from arrears.store.tables.contact import Verification

    attempt = dialled(working, loan)
    assert verify(working, attempt, ["birth_date", "postcode"], "11:01", working.dora).code == "attempt_of_other"
    assert verify(working, attempt, ["birth_date", "1970-01-01"], "11:01", working.alice).code == "item_unknown"
    verify(working, attempt, ["postcode", "birth_date"], "11:01", working.alice)
    row = Verification.objects.using("report").get(attempt_id=attempt)
    assert (row.items, row.staff_id, row.is_passed) == (["birth_date", "postcode"], working.alice, True)


def learn_of_a_death(working: WorkingBook, loan: Any, way: str) -> None:
    from arrears.actions import cases, contacts

    with working.hands_of(working.alice, MONDAY):
        if way == "case_file":
            cases.open_case(
                "deceased", person=loan.person, accounts=[loan.account], received_at=at(MONDAY), now=at(MONDAY)
            )
            return
        approach = contacts.Approach(person=loan.person, contact_point=loan.phone, accounts=(loan.account,))
        taken: Any = contacts.take_permit(approach, now=at(MONDAY))
        contacts.record_outcome(taken.attempt, "told_deceased", now=at(MONDAY, "11:02"))


@pytest.mark.parametrize("way", ["case_file", "disposition"])
def test_a_hold_on_a_person_shows_in_debts_that_were_not_talked_of(working, loan, way):
    from arrears.domain.holds import HoldKind
    from arrears.engine.gate.columns import HOLD_BIT

    other = working.loan(unpaid_since=date(2026, 2, 15), owed_by=loan.person)
    learn_of_a_death(working, loan, way)
    for account in (loan.account, other.account):
        assert working.position(account).holds & HOLD_BIT[HoldKind.DECEASED]
    assert working.differing(loan.account, other.account, now=at(MONDAY, "11:03")) == []
