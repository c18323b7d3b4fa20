"""The log of contacts: everybody who may look finds each contact with its permit, and nobody else's."""

import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")


def signed_in(username: str, language: str = "en") -> Any:
    street = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return street.signed_in(username, language)


def street(name: str) -> Any:
    return getattr(next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST)), name)


@pytest.fixture
def cora(town: Any) -> str:
    """A compliance officer of the lender."""
    street("staff")("cora", town.people.lender, ["compliance"])
    return "cora"


@pytest.fixture
def called(town: Any, now: Any) -> int:
    """One call made here under a permit; its attempt."""
    from arrears.actions import contacts
    from arrears.store.scope import scope
    from arrears.store.tables.staff import Staff

    people = town.people
    point = street("can_be_called")(people.lender, people.kept_debtor, "+12125550177")
    alice = Staff.objects.using("night").get(username="alice").pk
    with scope(people.lender, alice, today=now.date()):
        taken = contacts.take_permit(contacts.Approach(person=people.kept_debtor, contact_point=point), now=now)
    assert isinstance(taken, contacts.Taken), taken
    return taken.attempt


def told_elsewhere(town: Any, now: Any) -> int:
    """A call that an agency says it made, for which nobody had leave."""
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
    from arrears.store.scope import scope

    people = town.people
    told = contacts.Told(
        owner=people.lender,
        person=people.kept_debtor,
        accounts=(people.kept,),
        contact_point=None,
        staff=None,
        origin=Origin.AGENCY_REPORTED,
        direction=Direction.TO_PERSON,
        role=Role.DEBTOR,
        channel=Channel.CALL,
        at=now - timedelta(hours=1),
        outcome=Outcome.NO_ANSWER,
        source_kind="test",
        source_ref="told",
    )
    with scope(people.lender, None, today=now.date()):
        attempt = contacts.record_elsewhere(told, now=now)
    assert isinstance(attempt, int), attempt
    return attempt


def test_the_log_shows_a_call_with_the_rules_that_allowed_it(town, cora, called):
    client = signed_in(cora)
    listed = client.get("/log/").content.decode()
    assert f"/log/{called}/" in listed

    whole = client.get(f"/log/{called}/").content.decode()
    assert "core." in whole or "house." in whole
    assert "2026" in whole
    assert "+12125550177" in whole


def test_a_transcript_is_brought_read_and_shown_with_its_flagged_words(town, cora, called):
    client = signed_in(cora)
    assert client.post(f"/log/{called}/transcript/", {"turns": "no speaker here"}).status_code == 422
    said = "[0:01] Agent: Pay or you will be arrested.\n[0:05] Customer: <b>What?</b>"
    assert client.post(f"/log/{called}/transcript/", {"turns": said}).status_code == 302
    whole = client.get(f"/log/{called}/").content.decode()
    assert "<mark" in whole
    assert "Pay or you will be arrested</mark>" in whole
    assert "&lt;b&gt;What?" in whole
    assert "15 USC 1692e(4)" in whole
    listed = client.get("/compliance/").content.decode()
    assert "<q>Pay or you will be arrested</q>" in listed
    assert f'href="/log/{called}/"' in listed


def test_a_rule_finds_the_contacts_about_which_it_spoke_and_no_others(town, cora, called):
    client = signed_in(cora)
    assert f"/log/{called}/" in client.get("/log/?rule=house.day").content.decode()
    assert f"/log/{called}/" in client.get("/log/?rule=house").content.decode()
    assert f"/log/{called}/" not in client.get("/log/?rule=hous").content.decode()
    assert f"/log/{called}/" not in client.get("/log/?rule=us.bk.362").content.decode()


def test_what_nobody_had_leave_for_is_found_as_such_with_its_incident(town, cora, called, now):
    elsewhere = told_elsewhere(town, now)
    page = signed_in(cora).get("/log/?verdict=none").content.decode()

    assert f"/log/{elsewhere}/" in page
    assert f"/log/{called}/" not in page
    assert "incident" in page


def test_the_period_is_in_days_of_the_house_and_both_ends_belong_to_it(town, cora, called, now):
    client = signed_in(cora)
    day = now.date().isoformat()
    before = (now.date() - timedelta(days=1)).isoformat()
    assert f"/log/{called}/" in client.get(f"/log/?since={day}&until={day}").content.decode()
    assert f"/log/{called}/" not in client.get(f"/log/?since={before}&until={before}").content.decode()


def test_the_file_holds_the_same_contacts_and_history_tells_who_took_it(town, cora, called):
    from arrears.store.tables.event import Event

    answer = signed_in(cora).get("/log/file/?channel=call")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert rows[0].startswith("id,at,person,name")
    assert any(row.startswith(f"{called},") for row in rows[1:])
    kept = Event.objects.using("night").filter(kind="contact_log_given_out").latest("pk")
    assert kept.facts["contacts"] == len(rows) - 1


def test_a_name_that_looks_like_a_formula_stays_words_in_the_file(town, cora, called):
    from arrears.store.tables.person import Person

    Person.objects.using("night").filter(pk=town.people.kept_debtor).update(full_name="=HYPERLINK(1)")
    answer = signed_in(cora).get("/log/file/")
    assert ",'=HYPERLINK(1)," in b"".join(answer.streaming_content).decode()


def test_older_pages_go_on_where_the_last_one_ended(town, cora, called, monkeypatch, now):
    from arrears.store.doors import contact_log

    elsewhere = told_elsewhere(town, now)
    monkeypatch.setattr(contact_log, "PAGE", 1)
    monkeypatch.setattr(contact_log, "found", partial(contact_log.found, most=1))
    client = signed_in(cora)
    first = client.get("/log/").content.decode()
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/log/{older}").content.decode()

    assert f"/log/{called}/" in first
    assert f"/log/{elsewhere}/" not in first
    assert f"/log/{elsewhere}/" in second


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("adam", 403)])
def test_who_works_the_phones_does_not_read_the_log_of_everybody(town, who, status):
    assert signed_in(who).get("/log/").status_code == status


def test_the_officer_of_another_organisation_sees_none_of_it(town, called):
    street("staff")("olga", town.people.hostile, ["compliance"])
    client = signed_in("olga")
    assert f"/log/{called}/" not in client.get("/log/").content.decode()
    assert client.get(f"/log/{called}/").status_code == 404
