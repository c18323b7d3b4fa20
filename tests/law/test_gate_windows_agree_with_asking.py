"""Windows, next permitted instant and answer come from the same bars: asked minute by minute they must agree."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.favourable import every_notice, favourable

from arrears.domain.contacts import (
    Act,
    Channel,
    Contact,
    DisclosureBasis,
    Medium,
    Origin,
    Outcome,
    PointUse,
    Purpose,
    Role,
    Source,
)
from arrears.domain.holds import Consent, ConsentKind, Hold, HoldKind, Preference, PreferenceKind, WeeklyWindow
from arrears.engine.gate import (
    Address,
    Answer,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    FromNumber,
    Known,
    Proposal,
    Settings,
    ask,
)
from arrears.engine.gate.closed import closed_hours
from arrears.packs.compliance import rule_book

#: Two or three days before clocks go forward or back somewhere, and plain weeks in which laws of this year begin.
ANCHORS = [
    datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC),
    datetime(2026, 10, 30, tzinfo=UTC), datetime(2026, 8, 29, tzinfo=UTC), datetime(2026, 12, 30, tzinfo=UTC),
]  # fmt: skip
EVERY = Settings(switched_on=frozenset(rule.id for rule in rule_book().rules))
#: A clock for each place that has law of its own.
CLOCKS = {
    "US-TX": "America/Chicago", "US-NY-NYC": "America/New_York", "US-MA": "America/New_York",
    "US-CA": "America/Los_Angeles", "US-DC": "America/New_York", "US-FL": "America/New_York",
    "US-WA": "America/Los_Angeles", "US-WV": "America/New_York", "GB-ENG": "Europe/London", "GB-SCT": "Europe/London",
    "ES": "Europe/Madrid", "DE": "Europe/Berlin", "CN": "Asia/Shanghai", "IN": "Asia/Kolkata", "CO": "America/Bogota",
    "MX": "America/Mexico_City", "BR": "America/Sao_Paulo", "PH": "Asia/Manila", "KE": "Africa/Nairobi",
}  # fmt: skip
ZONES = ["America/New_York", "America/Los_Angeles", "America/Bogota", "Asia/Shanghai", "Asia/Kolkata", "Europe/London"]


def moments(anchor: datetime, first_day: int, last_day: int):
    return st.integers(first_day * 1440, last_day * 1440).map(lambda minutes: anchor + timedelta(minutes=minutes))


def contacts(anchor: datetime):
    return st.builds(
        Contact,
        at=moments(anchor, -9, 0),
        channel=st.sampled_from([Channel.CALL, *Channel]),
        outcome=st.sampled_from([Outcome.NO_ANSWER, Outcome.CONVERSATION, *Outcome]),
        person=st.just("P"),
        collector=st.sampled_from(["X", "X", "Y"]),
        debts=st.sampled_from([frozenset(), frozenset({"A"}), frozenset({"B"}), frozenset({"A", "B"})]),
        address=st.sampled_from(["mobile", "work"]),
        use=st.sampled_from([None, *PointUse]),
        purpose=st.sampled_from([None, Purpose.COLLECT, *Purpose]),
        origin=st.sampled_from(Origin),
    )


WINDOWS = st.builds(
    WeeklyWindow,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.times(),
    until=st.times(),
    closing_in=st.booleans(),
)


def holds(anchor: datetime):
    return st.builds(
        Hold,
        kind=st.sampled_from(HoldKind),
        since=moments(anchor, -5, 3),
        until=st.none() | moments(anchor, 3, 12),
        person=st.sampled_from(["P", None]),
        debts=st.sampled_from([frozenset(), frozenset({"A"}), frozenset({"Z"})]),
        written=st.booleans(),
        in_period=st.booleans(),
        excused_from=st.none() | moments(anchor, 0, 5),
    )


def wishes(anchor: datetime):
    return st.builds(
        Preference,
        kind=st.sampled_from(PreferenceKind),
        person=st.just("P"),
        since=moments(anchor, -5, 3),
        until=st.none() | moments(anchor, 3, 6),
        windows=st.lists(WINDOWS, max_size=2).map(tuple),
        media=st.sampled_from([frozenset(), frozenset({Medium.TEXT}), frozenset({Medium.TELEPHONE})]),
        places=st.sampled_from([frozenset(), frozenset({PointUse.WORK})]),
    )


def consents(anchor: datetime):
    return st.builds(
        Consent,
        kind=st.sampled_from([ConsentKind.CALL_MORE, ConsentKind.HOURS, ConsentKind.TIME_AND_PLACE, *ConsentKind]),
        person=st.just("P"),
        given_to=st.sampled_from(["X", "C"]),
        at=moments(anchor, -5, 3),
        until=st.none() | moments(anchor, 3, 6),
        windows=st.lists(WINDOWS, max_size=1).map(tuple),
        in_allowed_contact=st.booleans(),
    )


def some_of(bearer: str):
    """The facts that every rule is content with, mostly all of them, now and then less one or two."""
    facts = favourable()[bearer]
    without: st.SearchStrategy[list[str]] = st.just([])
    if facts:
        without = st.lists(st.sampled_from(sorted(facts)), max_size=2)
    none: st.SearchStrategy[list[str]] = st.just([])
    left_out = st.one_of(none, none, without)
    return left_out.map(lambda names: {name: value for name, value in facts.items() if name not in names})


def what_is_known(anchor: datetime):
    places = [*((place,) for place in CLOCKS), ("US",), ("US-NY",), ("US", "CO"), ("US-MA", "GB-ENG")]
    return st.builds(
        Known,
        contacts=st.lists(contacts(anchor), max_size=9).map(tuple),
        holds=st.lists(holds(anchor), max_size=1).map(tuple),
        preferences=st.lists(wishes(anchor), max_size=1).map(tuple),
        consents=st.lists(consents(anchor), max_size=2).map(tuple),
        zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=2, unique=True).map(tuple),
        places=st.sampled_from(places),
        notices=st.sampled_from([(), every_notice("P", "A", "X")]),
        facts=some_of("person"),
        authorised_media=st.just(frozenset(Medium)),
        debtor=st.just("P"),
    )


def debts(names, facts, kind):
    return tuple(
        Debt(
            id=name, status=DebtStatus.OPEN, consumer_purpose=True, in_default_when_obtained=True, creditor="C",
            kind=kind, facts=facts,
        )
        for name in names
    )  # fmt: skip


KINDS = ["credit_card", "microfinance", "instalment_loan"]


def proposals(anchor: datetime):
    return st.builds(
        Proposal,
        at=moments(anchor, 0, 3),
        collector=st.builds(
            Collector, organisation=st.just("X"), kind=st.sampled_from(CollectorKind), facts=some_of("collector")
        ),
        person=st.just("P"),
        role=st.just(Role.DEBTOR),
        basis=st.just(DisclosureBasis.LIABLE),
        debts=st.builds(debts, st.sampled_from([("A",), ("A", "B")]), some_of("debt"), st.sampled_from(KINDS)),
        channel=st.sampled_from([Channel.CALL, Channel.TEXT, *Channel]),
        purpose=st.sampled_from([Purpose.COLLECT, Purpose.COLLECT, *Purpose]),
        address=st.builds(
            lambda use, facts: Address(id=use.value, use=use, source=Source.DEBTOR, facts=facts),
            st.sampled_from([PointUse.MOBILE, *PointUse]),
            some_of("address"),
        ),
        facts=some_of("proposal"),
        from_number=st.just(FromNumber(value="+12025550100", is_verified=True)),
        act=st.sampled_from([Act.CONTACT] * 8 + [Act.SUE, Act.FURNISH, Act.DEBIT]),
    )


@st.composite
def cases(draw):
    """A proposal and what is known about it, within days of one of the anchors."""
    anchor = draw(st.sampled_from(ANCHORS))
    return draw(proposals(anchor)), draw(what_is_known(anchor))


def asked_at(proposal: Proposal, known: Known, moment: datetime):
    return ask(rule_book(), replace(proposal, at=moment), known, EVERY)


@given(cases(), st.lists(st.integers(0, 7 * 1440 - 1), min_size=6, max_size=6))
@settings(deadline=None, max_examples=40)
def test_the_windows_of_the_week_agree_with_asking_at_any_minute(case, minutes):
    proposal, known = case
    verdict = asked_at(proposal, known, proposal.at)

    edges = [edge for window in verdict.windows for edge in (window.start, window.until)]
    around = [edge + step for edge in edges[:6] for step in (-timedelta(microseconds=1), timedelta(0))]
    for moment in [proposal.at, *(proposal.at + timedelta(minutes=n) for n in minutes), *around]:
        if proposal.at <= moment < proposal.at + timedelta(days=7):
            inside = next((w.answer for w in verdict.windows if w.start <= moment < w.until), Answer.REFUSE)
            assert asked_at(proposal, known, moment).answer == inside


@given(cases())
@settings(deadline=None, max_examples=25)
def test_windows_and_closed_hours_fill_the_week_and_each_closed_hour_names_the_rules_that_refuse_it(case):
    proposal, known = case
    verdict = asked_at(proposal, known, proposal.at)
    closed = closed_hours(rule_book(), proposal, known, EVERY)

    week = sorted([(one.start, one.until) for one in (*verdict.windows, *closed)])
    assert [week[0][0], *(until for _, until in week)] == [*(start for start, _ in week), week[-1][1]]
    assert (week[0][0], week[-1][1]) == (proposal.at, proposal.at + timedelta(days=7))
    for one in closed[:3]:
        for moment in (one.start, one.until - timedelta(microseconds=1)):
            refusing = {said.rule.id for said in asked_at(proposal, known, moment).refusing}
            assert refusing == {rule.id for rule in one.rules}


@given(cases())
@settings(deadline=None, max_examples=40)
def test_the_next_permitted_instant_is_permitted_and_the_instant_before_is_not(case):
    proposal, known = case
    verdict = asked_at(proposal, known, proposal.at)
    instant = verdict.next_permitted

    if instant is None:
        assert verdict.answer is Answer.REFUSE
        assert not verdict.windows
    else:
        assert asked_at(proposal, known, instant).answer is not Answer.REFUSE
        if instant > proposal.at:
            assert asked_at(proposal, known, instant - timedelta(microseconds=1)).answer is Answer.REFUSE
        if instant < proposal.at + timedelta(days=7):
            assert verdict.windows[0].start == instant


@given(cases(), st.data(), st.sampled_from([Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL, Outcome.SENT]))
@settings(deadline=None, max_examples=40)
def test_one_more_contact_of_ours_never_permits_what_was_refused(case, data, outcome):
    """Only what the person does themselves can open the gate: here every added contact is ours, and reached nobody.

    Acts are left out: that somebody was written to is what opens a listing (12 CFR 1006.30(a)).
    """
    proposal, known = replace(case[0], act=Act.CONTACT), case[1]
    drawn = data.draw(contacts(proposal.at.replace(hour=0, minute=0)))
    ours = replace(drawn, origin=Origin.OUTBOUND, outcome=outcome)
    before = asked_at(proposal, known, proposal.at).answer
    after = asked_at(proposal, replace(known, contacts=(*known.contacts, ours)), proposal.at).answer

    assert after >= before


@given(cases())
@settings(deadline=None, max_examples=30)
def test_more_rules_never_answer_milder(case):
    """A rule more can only be stricter, exceptions aside: here the house's own overlay is laid on top of the laws."""
    proposal, known = case
    shipped = [r.id for r in rule_book().rules if not r.is_house]
    laws = ask(rule_book(), proposal, known, Settings(only=frozenset(shipped)))
    both = ask(rule_book(), proposal, known, Settings(only=frozenset([*shipped, "house"])))

    assert both.answer >= laws.answer


@given(cases(), st.sampled_from([*CLOCKS, "US-NY", "US"]), st.sampled_from([*CLOCKS, "US-NY", "US"]))
@settings(deadline=None, max_examples=40)
def test_where_any_of_several_places_may_be_the_right_one_the_strictest_counts(case, here, there):
    proposal, known = case
    one = ask(rule_book(), proposal, replace(known, places=(here,)), EVERY)
    two = ask(rule_book(), proposal, replace(known, places=(here, there)), EVERY)

    assert two.answer >= one.answer
    assert {spoken.rule.id for spoken in one.refusing} <= {spoken.rule.id for spoken in two.refusing}


@given(cases(), st.sampled_from([place for place in CLOCKS if "-" in place]))
@settings(deadline=None, max_examples=40)
def test_who_may_live_anywhere_in_a_country_is_kept_by_the_law_of_each_of_its_parts(case, part):
    """Of somebody of whom only the country, or the state, is known, every city and state may be theirs."""
    proposal, known = case
    there = ask(rule_book(), proposal, replace(known, places=(part,)), EVERY)
    for wider in (part.rpartition("-")[0], part.partition("-")[0]):
        anywhere = ask(rule_book(), proposal, replace(known, places=(wider,)), EVERY)
        assert anywhere.answer >= there.answer
        assert {spoken.rule.id for spoken in there.refusing} <= {spoken.rule.id for spoken in anywhere.refusing}


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "America/Bogota"])
def test_nothing_known_but_the_plainest_facts_is_allowed_in_the_middle_of_the_day(zone):
    proposal = Proposal(
        at=datetime(2026, 6, 2, 16, 0, tzinfo=UTC)
        if zone.startswith("America")
        else datetime(2026, 6, 2, 7, tzinfo=UTC),
        collector=Collector(organisation="X", kind=CollectorKind.CREDITOR),
        person="P",
        role=Role.DEBTOR,
        basis=DisclosureBasis.LIABLE,
        debts=(Debt(id="A", status=DebtStatus.OPEN, consumer_purpose=True),),
        channel=Channel.CALL,
        purpose=Purpose.COLLECT,
        address=Address(id=1, use=PointUse.MOBILE, source=Source.CONTRACT, zones=(zone,), places=("DE",)),
        from_number=FromNumber(value="+12025550100", is_verified=True),
    )

    verdict = ask(rule_book(), proposal, Known())

    assert verdict.answer is Answer.ALLOW
    assert verdict.next_permitted == proposal.at


@pytest.mark.parametrize("place", CLOCKS)
def test_every_place_has_a_call_that_all_its_rules_let_go_unverified_ones_too(place):
    """Were rules to contradict each other, or ask what nobody can answer, nobody there could be called at all."""
    zone = ZoneInfo(CLOCKS[place])
    facts = favourable()
    basis = {"lawful_basis": "consent"} if place == "IN" else {}  # one fact, which each law reads in its own words
    proposal = Proposal(
        at=datetime(2026, 12, 2, 10, 30, tzinfo=zone).astimezone(UTC),
        collector=Collector(organisation="X", kind=CollectorKind.AGENCY, facts={**facts["collector"], **basis}),
        person="P",
        role=Role.DEBTOR,
        basis=DisclosureBasis.LIABLE,
        debts=debts(("A",), facts["debt"], "credit_card"),
        channel=Channel.CALL,
        purpose=Purpose.COLLECT,
        address=Address(id="mobile", use=PointUse.MOBILE, source=Source.CONTRACT, facts=facts["address"]),
        from_number=FromNumber(value="+12025550100", is_verified=True),
        facts=facts["proposal"],
    )
    known = Known(
        zones=(CLOCKS[place],), places=(place,), authorised_media=frozenset(Medium), facts=facts["person"],
        notices=every_notice("P", "A", "X"),
    )  # fmt: skip

    verdict = ask(rule_book(), proposal, known, EVERY)

    assert [(spoken.rule.id, spoken.missing) for spoken in verdict.refusing] == []


@given(cases(), st.sets(st.sampled_from([r.id for r in rule_book().rules if not r.of]), max_size=60), st.data())
@settings(deadline=None, max_examples=40)
def test_whatever_rules_are_added_exceptions_aside_the_answer_is_never_milder(case, fewer, data):
    proposal, known = case
    others = [rule.id for rule in rule_book().rules if not rule.of and rule.id not in fewer]
    more = fewer | data.draw(st.sets(st.sampled_from(others), max_size=60))

    mild = ask(rule_book(), proposal, known, Settings(only=frozenset(fewer)))
    strict = ask(rule_book(), proposal, known, Settings(only=frozenset(more)))

    assert strict.answer >= mild.answer
    assert {spoken.rule.id for spoken in mild.refusing} <= {spoken.rule.id for spoken in strict.refusing}
