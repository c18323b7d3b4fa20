"""The life of a permit: issued, then used, given back or expired, and never twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from arrears.domain.contacts import EFFECTS, Channel, Contact, Medium, Origin, Outcome, Purpose
from arrears.domain.permits import LIFE_OF_A_PERMIT, Bound, Permit, PermitState, expire, is_good_for, issue, settle
from arrears.kernel.problems import Problem

NOW = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)
BOUND = Bound(
    collector=1,
    person=2,
    debts=frozenset({3}),
    channel=Channel.CALL,
    address=4,
    from_number="+12025550100",
    purpose=Purpose.COLLECT,
    template="early",
    words_digest="abc",
)


def settled(outcome: Outcome) -> Permit:
    permit = settle(issue(BOUND, NOW), outcome)
    assert isinstance(permit, Permit)
    return permit


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.BUSY, Outcome.NOT_IN_SERVICE}))
def test_any_outcome_but_busy_and_not_in_service_uses_the_permit(outcome):
    permit = settled(outcome)

    assert permit.state is PermitState.USED
    assert permit.counts_at(NOW)


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.NOT_IN_SERVICE])
def test_where_nothing_rang_the_permit_is_given_back_and_counts_no_longer(outcome):
    permit = settled(outcome)

    assert permit.state is PermitState.GIVEN_BACK
    assert not permit.counts_at(NOW)


def test_a_permit_is_good_until_the_instant_it_expires_and_counts_after_it():
    permit = issue(BOUND, NOW)
    last = NOW + LIFE_OF_A_PERMIT - timedelta(microseconds=1)

    assert expire(permit, last) == permit
    assert expire(permit, NOW + LIFE_OF_A_PERMIT).state is PermitState.EXPIRED
    assert expire(permit, NOW + LIFE_OF_A_PERMIT).outcome is Outcome.UNKNOWN
    assert expire(permit, NOW + LIFE_OF_A_PERMIT).counts_at(NOW)


def test_an_expired_permit_learns_late_what_came_of_it():
    expired = expire(issue(BOUND, NOW), NOW + timedelta(hours=1))

    late = settle(expired, Outcome.BUSY)

    assert isinstance(late, Permit)
    assert late.state is PermitState.GIVEN_BACK


def test_a_settled_permit_is_settled():
    again = settle(settled(Outcome.NO_ANSWER), Outcome.BUSY)

    assert isinstance(again, Problem)
    assert again.code == "permit_settled"
    assert "usado" in again.reason.es
    assert "已使用" in again.reason.zh


def test_a_permit_covers_exactly_what_it_was_issued_for():
    assert is_good_for(issue(BOUND, NOW), BOUND, NOW) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("collector", 9),
        ("person", 9),
        ("debts", frozenset({3, 9})),
        ("channel", Channel.TEXT),
        ("address", 9),
        ("from_number", "+12025550199"),
        ("purpose", Purpose.LOCATION),
        ("template", "late"),
        ("words_digest", "xyz"),
    ],
)
def test_anything_else_needs_another_permit(field, value):
    problem = is_good_for(issue(BOUND, NOW), replace(BOUND, **{field: value}), NOW)

    assert problem is not None
    assert problem.code == "permit_for_other"
    assert field in problem.reason.en


def test_a_permit_is_single_use_and_expires():
    used = is_good_for(settled(Outcome.NO_ANSWER), BOUND, NOW)
    stale = is_good_for(issue(BOUND, NOW), BOUND, NOW + LIFE_OF_A_PERMIT)

    assert used is not None
    assert used.code == "permit_settled"
    assert stale is not None
    assert stale.code == "permit_expired"


PLAIN = Contact(at=NOW, channel=Channel.CALL, outcome=Outcome.NO_ANSWER, person=1, collector=2)


def a_contact(**fields) -> Contact:
    return replace(PLAIN, **fields)


@pytest.mark.parametrize(
    ("fields", "is_placed"),
    [
        ({}, True),
        ({"outcome": Outcome.VOICEMAIL}, True),
        ({"outcome": Outcome.DROPPED}, True),
        ({"outcome": Outcome.UNKNOWN}, True),
        ({"outcome": Outcome.BUSY}, False),
        ({"outcome": Outcome.NOT_IN_SERVICE}, False),
        ({"channel": Channel.VOICEMAIL_DROP}, True),
        ({"channel": Channel.TEXT}, False),
        ({"origin": Origin.INBOUND}, False),
        ({"origin": Origin.HISTORIC}, True),
        ({"origin": Origin.AGENCY_REPORTED}, True),
    ],
)
def test_a_call_is_placed_when_we_rang_and_it_connected(fields, is_placed):
    assert a_contact(**fields).is_call_placed() is is_placed


def test_a_conversation_on_the_telephone_counts_whoever_began_it_and_a_met_person_is_no_call():
    assert a_contact(outcome=Outcome.CONVERSATION, origin=Origin.INBOUND).is_telephone_conversation()
    assert a_contact(outcome=Outcome.CONVERSATION, channel=Channel.AI_VOICE).is_telephone_conversation()
    assert not a_contact(outcome=Outcome.RIGHT_PARTY).is_telephone_conversation()
    assert not a_contact(outcome=Outcome.MET, channel=Channel.VISIT).is_telephone_conversation()


def test_what_was_talked_about_may_differ_from_what_the_call_was_for():
    contact = a_contact(debts=frozenset({1}), discussed=frozenset({1, 2}))

    assert contact.is_about(1)
    assert not contact.is_about(2)
    assert contact.talked_of(2)
    assert a_contact().is_about(2)
    assert a_contact().talked_of(2)


def test_every_outcome_has_an_effect_and_every_channel_a_medium():
    assert set(EFFECTS) == set(Outcome)
    assert {a_contact(channel=channel).medium() for channel in Channel} == set(Medium)
