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
