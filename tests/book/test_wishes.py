"""What a person says of hours that do not suit is obeyed from the next question on, and until they take it back."""

from datetime import date

import pytest
from tests.working_book import WorkingBook, at, settle

from arrears.kernel.problems import Problem

TUESDAY = date(2026, 3, 3)


@pytest.fixture
def working(shared_book: str) -> WorkingBook:
    return settle()


def asked(working, loan, clock: str):
    from arrears.actions import contacts

    with working.hands_of(working.alice, TUESDAY):
        return contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(TUESDAY, clock)
        )


def test_a_morning_that_does_not_suit_is_refused_and_the_afternoon_is_not(working):
    from arrears.actions import wishes

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    assert asked(working, loan, "10:00").may_go
    with working.hands_of(working.alice, TUESDAY):
        kept = wishes.keep(loan.person, "No me llamen por la mañana, trabajo de noche", now=at(TUESDAY, "09:00"))

    assert isinstance(kept, tuple)
    refused = asked(working, loan, "10:00")
    assert "core.said_not_then" in {spoken.rule.id for spoken in refused.refusing}
    assert refused.next_permitted == at(TUESDAY, "12:00")
    assert asked(working, loan, "13:00").may_go


def test_a_wish_that_is_taken_back_binds_no_more(working):
    from arrears.actions import wishes

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    with working.hands_of(working.alice, TUESDAY):
        kept = wishes.keep(loan.person, "never before noon", now=at(TUESDAY, "09:00"))
        assert isinstance(kept, tuple)
        [wish] = kept
        assert wishes.end(loan.person, wish, now=at(TUESDAY, "09:30")) is None
        again = wishes.end(loan.person, wish, now=at(TUESDAY, "09:31"))

    assert again is not None
    assert again.code == "wish_not_running"
    assert asked(working, loan, "10:00").may_go


def test_words_that_say_nothing_of_hours_keep_nothing(working):
    from arrears.actions import wishes
    from arrears.store.tables.person import Preference

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    with working.hands_of(working.alice, TUESDAY):
        answer = wishes.keep(loan.person, "I will pay on Friday", now=at(TUESDAY, "09:00"))

    assert isinstance(answer, Problem)
    assert answer.code == "no_wish_heard"
    assert not Preference.objects.using("report").filter(person_id=loan.person).exists()


def test_nobody_keeps_a_wish_of_somebody_they_do_not_see(working):
    from arrears.actions import wishes

    stranger = settle().loan(unpaid_since=date(2026, 2, 15))
    with working.hands_of(working.alice, TUESDAY):
        answer = wishes.keep(stranger.person, "not before ten", now=at(TUESDAY, "09:00"))
    assert isinstance(answer, Problem)
    assert answer.code == "person_not_found"
