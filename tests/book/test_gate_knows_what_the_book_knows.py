"""Facts of the numbered cases as the book keeps them: each reaches the gate, and changes what it answers."""

from datetime import date
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 6, 1)
SUNDAY = date(2026, 6, 7)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return placed(working)


def placed(working: WorkingBook, **more: Any) -> Any:
    """Return a loan that the agency works, which is who Regulation F binds."""
    made = working.loan(unpaid_since=date(2026, 4, 1), **more)
    working.place(made, from_on=date(2026, 5, 25), in_default_since=date(2026, 4, 1))
    return made


def asked(working: WorkingBook, loan: Any, on: date = MONDAY, clock: str = "11:00", **more: Any) -> Any:
    from arrears.actions import contacts

    with working.hands_of(working.bob, on):
        approach = contacts.Approach(**{"person": loan.person, "contact_point": loan.phone, **more})
        return contacts.dry_verdict(approach, now=at(on, clock))


def refusing(*about: Any, **more: Any) -> set[str]:
    return {spoken.rule.id for spoken in asked(*about, **more).refusing}


def told(working: WorkingBook, loan: Any, account: int, at_: Any, channel: str = "call", **more: Any) -> None:
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role

    about = contacts.Told(
        owner=working.lender, person=loan.person, accounts=(account,), contact_point=loan.phone, role=Role.DEBTOR,
        channel=Channel(channel), origin=Origin(more.get("origin", "agency_reported")),
        direction=Direction(more.get("direction", "to_person")), outcome=Outcome(more.get("outcome", "no_answer")),
        at=at_, source_kind="dialler", source_ref=f"{account}/{at_}/{channel}",
    )  # fmt: skip
    now = max(at_, at(MONDAY, "09:00"))
    with working.hands_of(working.bob, now.date()):
        assert isinstance(contacts.record_elsewhere(about, now=now), int)


def hold(working: WorkingBook, loan: Any, kind: str, since: Any, **facts: Any) -> int:
    from arrears.store.tables.promise import Hold

    row = Hold(
        organisation_id=working.lender, by_organisation_id=working.lender, account_id=loan.account, kind=kind,
        from_at=since, facts=facts, source_kind="test", source_ref=f"{kind}:{loan.account}",
    )  # fmt: skip
    row.save(using="night")
    return int(row.pk)


def notice(working: WorkingBook, loan: Any, kind: str, sent_at: Any, **more: Any) -> None:
    from arrears.store.tables.notice import Notice

    Notice(
        organisation_id=working.lender, by_organisation_id=working.agency, person_id=loan.person, kind=kind,
        accounts=[loan.account], language="en", method="letter", document_hash=b"", made_at=sent_at, sent_at=sent_at,
        contents="", **more,
    ).save(using="night")  # fmt: skip


def test_t1_18_loans_under_one_account_number_share_their_calls_though_one_alone_is_asked_about(working, loan):
    from arrears.store.tables.account import Account, AccountParty

    other = placed(working)
    Account.objects.using("night").filter(pk=other.account).update(person_id=loan.person)
    AccountParty.objects.using("night").filter(account_id=other.account).update(person_id=loan.person)
    for day in range(7):
        told(working, loan, other.account, at(date(2026, 6, 1 + day), "10:00"))
    rule = "us.regf.1006.14.b.2.i.A"
    assert rule not in refusing(working, loan, SUNDAY, accounts=(loan.account,))
    assert rule in refusing(working, loan, SUNDAY, accounts=(other.account,))

    both = Account.objects.using("night").filter(pk__in=(loan.account, other.account))
    both.update(facts={"counting_key": "S-77"})
    assert rule in refusing(working, loan, SUNDAY, accounts=(loan.account,))


@pytest.mark.parametrize(("day", "is_in_time"), [(8, True), (9, False)])
def test_t4_1_and_4_5_the_notice_on_record_says_whether_a_dispute_was_in_time(working, loan, day, is_in_time):
    received = date(2026, 7, day)
    notice(working, loan, "validation", at(date(2026, 6, 1)), period_ends=date(2026, 7, 8))
    hold(working, loan, "dispute", at(received, "10:00"), written=True)
    verdict = asked(working, loan, date(2026, 7, 10))
    assert ("us.regf.1006.38.d.2" in {one.rule.id for one in verdict.refusing}) is is_in_time
    assert "dispute.in_period" not in verdict.missing


def test_t4_1_without_a_notice_nobody_knows_and_verification_on_record_answers(working, loan):
    hold(working, loan, "dispute", at(date(2026, 7, 8), "10:00"), written=True)
    assert "dispute.in_period" in asked(working, loan, date(2026, 7, 10)).missing

    notice(working, loan, "verification", at(date(2026, 7, 9)))
    assert "us.regf.1006.38.d.2" not in refusing(working, loan, date(2026, 7, 10))


@pytest.mark.parametrize(("to_agency", "is_open"), [(False, False), (True, True)])
def test_t1_21_a_consent_frees_calls_only_where_it_was_given_to_the_collector_itself(working, loan, to_agency, is_open):
    from arrears.store.tables.person import Consent

    for day in range(7):
        told(working, loan, loan.account, at(date(2026, 6, 1 + day), "10:00"))
    assert "us.regf.1006.14.b.2.i.A" in refusing(working, loan, SUNDAY)

    Consent(
        organisation_id=working.lender, by_organisation_id=working.agency if to_agency else working.lender,
        person_id=loan.person, kind="call_more", media=[], at=at(SUNDAY, "10:30"), source_kind="test",
        source_ref=f"more:{loan.person}",
    ).save(using="night")  # fmt: skip
    assert ("us.regf.1006.14.b.2.i.A" not in refusing(working, loan, SUNDAY)) is is_open


def test_t1_7_who_rings_in_and_talks_is_left_alone_for_seven_days(working, loan):
    said = {"origin": "inbound", "direction": "from_person", "outcome": "conversation"}
    told(working, loan, loan.account, at(date(2026, 6, 2), "10:00"), **said)
    assert "us.regf.1006.14.b.2.i.inbound" in refusing(working, loan, date(2026, 6, 8))
    assert "us.regf.1006.14.b.2.i.inbound" not in refusing(working, loan, date(2026, 6, 9))


def test_t2_1_a_number_and_an_address_in_two_zones_are_both_asked(working):
    far = placed(working, zones=("America/New_York", "America/Los_Angeles"))
    assert "us.regf.1006.6.b.1.i" in refusing(working, far, clock="10:59")
    assert "us.regf.1006.6.b.1.i" not in refusing(working, far, clock="11:00")


def test_t2_11_an_attorney_for_one_debt_stops_that_one(working, loan):
    from arrears.store.tables.account import Account, AccountParty

    other = placed(working)
    Account.objects.using("night").filter(pk=other.account).update(person_id=loan.person)
    AccountParty.objects.using("night").filter(account_id=other.account).update(person_id=loan.person)
    hold(working, loan, "attorney", at(date(2026, 5, 28)))
    assert "us.regf.1006.6.b.2" in refusing(working, loan, accounts=(loan.account,))
    assert "us.regf.1006.6.b.2" not in refusing(working, loan, accounts=(other.account,))


def test_t5_7_a_text_from_the_person_on_record_is_fresh_for_sixty_days(working, loan):
    said = {"origin": "inbound", "direction": "from_person", "outcome": "read"}
    told(working, loan, loan.account, at(date(2026, 4, 2), "10:00"), "text", **said)
    assert "us.regf.1006.6.d.5" not in refusing(working, loan, MONDAY, channel="text")
    assert "us.regf.1006.6.d.5" in refusing(working, loan, date(2026, 6, 2), channel="text")


def test_t4_9_what_may_still_be_said_after_a_cease_goes_once_by_the_record(working, loan):
    hold(working, loan, "cease", at(date(2026, 5, 28)), written=True)
    assert "us.regf.1006.6.c" not in refusing(working, loan, purpose="efforts_ended")
    assert "us.regf.1006.6.c" in refusing(working, loan)


def test_t6_9_a_place_of_the_person_nobody_has_ruled_out_is_a_place_of_law(working, loan):
    from arrears.store.tables.person import ContactPoint

    for day in (1, 2):
        told(working, loan, loan.account, at(date(2026, 6, day), "10:00"), outcome="voicemail")
    rule = "us.ma.940cmr.7.04.1.f.own"
    assert rule not in refusing(working, loan, date(2026, 6, 3))

    ContactPoint.objects.using("night").filter(pk=loan.phone).update(region="US-MA")
    assert rule in refusing(working, loan, date(2026, 6, 3))


def test_a_number_without_a_region_says_nothing_of_who_lives_in_one_and_everything_of_who_is_nowhere(working):
    from arrears.store.tables.account import Account
    from arrears.store.tables.person import ContactPoint, Person

    loan = placed(working)
    ContactPoint.objects.using("night").filter(pk=loan.phone).update(region="", timezones=["America/Denver"])
    Account.objects.using("night").filter(pk=loan.account).update(region="US-CO")
    elsewhere = {"us.dc.28-3814.consent"}
    Person.objects.using("night").filter(pk=loan.person).update(region="US-CO")
    assert not elsewhere & refusing(working, loan, channel="text")
    ContactPoint.objects.using("night").filter(pk=loan.phone).update(region="US-DC")
    assert elsewhere <= refusing(working, loan, channel="text")
    ContactPoint.objects.using("night").filter(pk=loan.phone).update(region="")
    Person.objects.using("night").filter(pk=loan.person).update(region="")
    assert elsewhere <= refusing(working, loan, channel="text")
