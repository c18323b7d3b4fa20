"""Batches by their pages: counted first, made, watched, stopped; by who may, in three languages."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

STREET = Path(__file__).with_name("conftest.py")
FORM = {"way": "arrears_reminder/email", "from_days": "1", "until_days": "", "name": "March"}


def signed_in(username: str) -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET))
    return found.signed_in(username)


@pytest.fixture
def mailed(town: Any) -> int:
    """A debtor with an e-mail address."""
    from arrears.store.tables.person import ContactPoint

    row = ContactPoint.objects.using("night").create(
        organisation_id=town.people.lender, person_id=town.people.kept_debtor, kind="email", use="home",
        value="maria@debtor.example", normalised="maria@debtor.example", country="US", region="US-NY",
        timezones=["America/New_York"], source="contract", basis="contract",
    )  # fmt: skip
    return int(row.pk)


def batches() -> Any:
    from arrears.store.tables.message import MessageBatch

    return MessageBatch.objects.using("report")


def test_a_batch_is_counted_before_it_is_made(mailed: int) -> None:
    counted = signed_in("mona").post("/messages/", FORM)
    assert counted.status_code == 200
    assert "1 person would get a message." in counted.content.decode()
    assert batches().count() == 0


def test_a_batch_is_made_watched_and_stopped_with_a_reason(mailed: int) -> None:
    mona = signed_in("mona")
    made = mona.post("/messages/", {**FORM, "sure": "1"})
    number = batches().get().pk
    assert made.headers["Location"] == f"/messages/{number}/"
    assert "waiting their turn" in mona.get(f"/messages/{number}/figures/").content.decode()
    assert mona.post(f"/messages/{number}/stop/", {"because": " "}).status_code == 422
    assert batches().get().stopped_at is None
    mona.post(f"/messages/{number}/stop/", {"because": "wrong list"})
    shown = mona.get(f"/messages/{number}/").content.decode()
    assert "wrong list" in shown
    assert "hx-get" not in shown
    assert "March" in mona.get("/messages/").content.decode()


def test_refusals_stand_by_rule_with_the_first_instant(mailed: int, town: Any, now: datetime) -> None:
    from datetime import timedelta

    from tests.message_desk import Recorded

    from arrears.actions import holds
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store.scope import scope

    mona = signed_in("mona")
    mona.post("/messages/", {**FORM, "sure": "1"})
    with scope(town.people.lender, None, using="night"):
        holds.place(
            "moratorium", person=town.people.kept_debtor, account=None, now=now, until=now + timedelta(days=1),
            using="night",
        )  # fmt: skip
    send_due(town.people.lender, {Channel.EMAIL: Recorded()}, clock=lambda: now)
    number = batches().get().pk
    for language in ("en", "es", "zh-hans"):
        mona.cookies["arrears-language"] = language
        shown = mona.get(f"/messages/{number}/").content.decode()
        assert "core.moratorium" in shown
        assert 'href="/rules/core.moratorium/"' in shown


@pytest.mark.parametrize(("who", "look", "act"), [("ann", 200, 403), ("alice", 403, 403), ("carol", 200, 200)])
def test_who_leads_makes_batches_and_an_auditor_only_looks(mailed: int, who: str, look: int, act: int) -> None:
    browser = signed_in(who)
    assert browser.get("/messages/").status_code == look
    assert browser.post("/messages/", FORM).status_code == act


def test_a_form_that_does_not_read_makes_nothing(mailed: int) -> None:
    mona = signed_in("mona")
    for wrong in ({"from_days": "many"}, {"until_days": "-1"}, {"way": "arrears_reminder/pigeon"}, {"way": ""}):
        assert mona.post("/messages/", {**FORM, **wrong, "sure": "1"}).status_code == 422
    assert batches().count() == 0


def test_a_batch_of_another_organisation_is_not_found(mailed: int) -> None:
    mona = signed_in("mona")
    mona.post("/messages/", {**FORM, "sure": "1"})
    number = batches().get().pk
    assert mona.get(f"/messages/{number + 1}/").status_code == 404
    assert signed_in("charlie").get(f"/messages/{number}/").status_code in {403, 404}


@pytest.fixture
def warned(mailed: int, town: Any, now: datetime) -> int:
    """A batch of one message about which the gate warns: its debtor said on the telephone that contact should cease."""
    from tests.message_desk import Recorded

    from arrears.actions import holds
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store.scope import scope
    from arrears.store.tables.message import Message

    with scope(town.people.lender, None, using="night"):
        holds.place(
            "cease", person=town.people.kept_debtor, account=None, now=now, using="night",
            facts={"written": False, "medium": "telephone"},
        )  # fmt: skip
    signed_in("mona").post("/messages/", {**FORM, "sure": "1"})
    send_due(town.people.lender, {Channel.EMAIL: Recorded()}, clock=lambda: now)
    return int(Message.objects.using("report").get().pk)


def seen_on(page: str) -> dict[str, str]:
    """What the form of the list would say of the one message that it shows."""
    import re

    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("message", "group", "fingerprint")}
    return {name: one[1] for name, one in found.items() if one}


def test_what_the_gate_warns_about_is_answered_on_its_page(warned: int) -> None:
    from arrears.store.tables.message import Message

    mona = signed_in("mona")
    assert "1 message needs a decision" in mona.get("/messages/").content.decode()
    shown = mona.get("/messages/decisions/").content.decode()
    assert "should cease" in shown
    assert 'href="/rules/core.cease_said/"' in shown
    assert "María" in mona.get(f"/messages/decisions/{warned}/").content.decode()
    seen = seen_on(shown)
    assert mona.post("/messages/decisions/", {**seen, "because": " ", "let": "1"}).status_code == 422
    assert mona.post("/messages/decisions/", {"because": "none", "let": "1"}).status_code == 422
    done = mona.post("/messages/decisions/", {**seen, "all": "on", "because": "wrote to us", "let": "1"}, follow=True)
    assert "1 message may go now." in done.content.decode()
    assert "No message needs a decision." in done.content.decode()
    assert Message.objects.using("report").get().state == "queued"
    assert "wrote to us" in mona.get(f"/messages/decisions/{warned}/").content.decode()


def test_one_is_declined_on_its_own_page_and_an_auditor_only_looks(warned: int) -> None:
    from arrears.store.tables.message import Message

    auditor, path = signed_in("ann"), f"/messages/decisions/{warned}/"
    likeness = seen_on(auditor.get("/messages/decisions/").content.decode()).get("message", "")
    assert likeness == ""
    assert auditor.post(path, {"because": "no", "decline": "1"}).status_code == 403
    mona = signed_in("mona")
    said = seen_on(mona.get("/messages/decisions/").content.decode())["message"].partition("-")[2]
    assert mona.post(path, {"likeness": "0" * 16, "because": "no", "decline": "1"}).status_code == 422
    assert mona.post(path, {"likeness": said, "because": "no", "decline": "1"}).status_code == 302
    assert Message.objects.using("report").get().state == "stopped"
