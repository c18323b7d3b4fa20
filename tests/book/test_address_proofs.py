"""Proof of numbers and addresses: what is noted is what the gate goes by at once, and stays in history."""

from datetime import date
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    """Return a loan that the agency works, which is who Regulation F binds."""
    made = working.loan(unpaid_since=date(2026, 4, 1))
    working.place(made, from_on=date(2026, 5, 25), in_default_since=date(2026, 4, 1))
    return made


def refusing(working: WorkingBook, loan: Any, channel: str = "text", **more: Any) -> set[str]:
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel

    with working.hands_of(working.bob, MONDAY):
        verdict: Any = contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone, channel=Channel(channel), **more),
            now=at(MONDAY, "11:00"),
        )
    return {spoken.rule.id for spoken in verdict.refusing}


def noting(working: WorkingBook, name: str, point: int, *, by: int | None = None, **about: Any) -> Any:
    from arrears.actions import addresses

    with working.hands_of(by or working.bob, MONDAY):
        return getattr(addresses, name)(point, **about, now=at(MONDAY))


def test_a_text_needs_fresh_proof_that_the_number_is_theirs(working, loan):
    assert "us.regf.1006.6.d.5" in refusing(working, loan)

    assert noting(working, "note_use", loan.phone, on=date(2026, 4, 2)) is None
    assert "us.regf.1006.6.d.5" not in refusing(working, loan)

    assert noting(working, "note_use", loan.phone, on=date(2026, 4, 1)) is None
    assert "us.regf.1006.6.d.5" in refusing(working, loan)


def test_a_clean_check_makes_it_fresh_again_and_a_number_of_somebody_else_closes_it(working, loan):
    from arrears.domain.addresses import CheckResult

    noting(working, "note_use", loan.phone, on=date(2026, 3, 1))
    noting(working, "note_check", loan.phone, result=CheckResult.NOT_REASSIGNED, on=date(2026, 5, 20))
    assert "us.regf.1006.6.d.5" not in refusing(working, loan)

    noting(working, "note_check", loan.phone, result=CheckResult.REASSIGNED, on=date(2026, 5, 30))
    assert "us.regf.1006.6.d.5" in refusing(working, loan)


def test_an_opt_out_of_a_number_is_honoured_at_once_and_kept_in_history(working, loan):
    noting(working, "note_use", loan.phone, on=date(2026, 5, 20))
    noting(working, "note_opt_out", loan.phone, on=MONDAY, words="no more texts here")
    noting(working, "note_opt_out", loan.phone, on=MONDAY, words="no more texts here")

    assert refusing(working, loan) >= {"core.after_stop", "us.regf.1006.14.h", "us.regf.1006.6.d.5"}
    assert refusing(working, loan, channel="call") == set()
    assert working.events(person_id=loan.person)[-1] == "address_proven"


@pytest.mark.parametrize(("words", "is_stop"), [("STOP.", True), ("Opt  out", True), ("stop, please call me", False)])
def test_a_whole_message_that_is_a_stop_word_stops_texts_and_machines(working, loan, words, is_stop):
    assert noting(working, "hear_stop", loan.phone, by=working.alice, words=words) is is_stop

    stopped = "us.tcpa.64.1200.a.10" in refusing(working, loan, channel="recorded_call")
    assert stopped is is_stop


def test_proof_of_mail_is_not_kept_of_a_number_nor_of_a_day_to_come(working, loan):
    assert noting(working, "note_prior_use", loan.phone, is_proven=True).code == "point_of_other_kind"
    assert noting(working, "note_use", loan.phone, on=date(2026, 6, 3)).code == "time_ahead"
    assert noting(working, "note_use", 999_999_999, on=MONDAY).code == "point_of_other"


def test_a_consent_opens_texts_until_it_is_taken_back(working, loan):
    from arrears.actions import agreements
    from arrears.domain.contacts import Medium
    from arrears.domain.holds import ConsentKind

    with working.hands_of(working.bob, MONDAY):
        medium = ConsentKind.MEDIUM
        told = {"recording": "call of 1 June"}
        refused = agreements.take_consent(loan.person, medium, evidence={}, now=at(MONDAY))
        assert refused is not None
        assert refused.code == "reason_missing"
        assert (
            agreements.take_consent(loan.person, medium, media=[Medium.TEXT], evidence=told, now=at(MONDAY, "09:00"))
            is None
        )
    assert "us.regf.1006.6.d.5" not in refusing(working, loan)
    with working.hands_of(working.bob, MONDAY):
        assert agreements.take_back(loan.person, medium, now=at(MONDAY, "10:00")) is None
    assert "us.regf.1006.6.d.5" in refusing(working, loan)


def test_consent_to_electronic_notices_needs_the_steps_of_the_law(working, loan):
    from arrears.actions import agreements
    from arrears.domain.holds import ConsentKind

    with working.hands_of(working.bob, MONDAY):
        kind, half = ConsentKind.ELECTRONIC_NOTICES, {"disclosures_given": True}
        refused = agreements.take_consent(loan.person, kind, evidence=half, now=at(MONDAY))
        assert refused is not None
        assert refused.code == "reason_missing"
        whole = {**half, "access_shown": True}
        assert agreements.take_consent(loan.person, kind, evidence=whole, now=at(MONDAY)) is None
