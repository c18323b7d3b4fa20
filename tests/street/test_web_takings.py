"""Taking payments on pages: during the call, from the account, from messages of the provider; no card is typed here."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
EVENTS = "/takings/events/"


def street() -> Any:
    return next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))


@pytest.fixture
def bank(town: Any, now: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The provider's sandbox, as the settings name it."""
    from django.core.cache import cache
    from tests.takings_desk import say

    from arrears.channels.payments.sandbox import KEY, WEBHOOK_SECRET, Sandbox

    cache.clear()
    say(town.people.lender, account="own")
    with Sandbox(lambda: now).serving() as serving:
        monkeypatch.setenv("ARREARS_PAYMENTS_KEY", KEY)
        monkeypatch.setenv("ARREARS_PAYMENTS_WEBHOOK_SECRET", WEBHOOK_SECRET)
        monkeypatch.setenv("ARREARS_PAYMENTS_ADDRESS", serving.address)
        yield serving


def sent(event: Any, **how: Any) -> int:
    """A message of the provider comes in, from somebody who never signed in; return the answer's code."""
    from django.test import Client

    from arrears.channels.payments.sandbox import signed

    body, signature = signed(event, **how)
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    return client.post(
        EVENTS, body, content_type="application/json", headers={"stripe-signature": signature}
    ).status_code


def rows(model: str) -> Any:
    from django.apps import apps

    return apps.get_model("store", model).objects.using("night")


def taken(account: int) -> list[tuple[int, int]]:
    entries = rows("Entry").filter(account_id=account).exclude(source_kind="contract").order_by("pk")
    return list(entries.values_list("kind", "amount_minor"))


def test_a_link_is_made_on_the_page_and_paid_by_a_signed_message(town: Any, bank: Any) -> None:
    alice, account = street().signed_in("alice"), town.people.kept
    answer = alice.post(f"/takings/account/{account}/link/", {"choice": "part", "amount": "12.50"})
    assert answer.status_code == 302
    link = rows("PayLink").get()
    page = alice.get(f"/takings/account/{account}/").content.decode()
    assert link.url in page
    assert (link.state, link.amount_minor) == ("open", 1_250)
    bank.pay(link.provider_ref)
    assert [sent(event) for event in bank.events] == [200, 200]
    assert taken(account) == [(80, 1_250)]
    assert [sent(event) for event in bank.events] == [200, 200]
    assert taken(account) == [(80, 1_250)]
    assert "$12.50" in alice.get(f"/account/{account}/").content.decode()


def test_a_message_that_is_not_signed_too_long_or_too_fast_is_refused(
    town: Any, bank: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.test import Client

    from arrears.web.takings import messages_in

    street().signed_in("alice").post(f"/takings/account/{town.people.kept}/link/", {"choice": "all_due"})
    bank.pay(rows("PayLink").get().provider_ref)
    event = bank.events[-1]
    assert sent(event, secret="whsec_of_somebody_else") == 400
    client = Client(SERVER_NAME="localhost")
    assert client.post(EVENTS, b"\xff", content_type="application/json").status_code == 400
    assert client.get(EVENTS).status_code == 405
    long = b" " * (messages_in.LONGEST + 1)
    assert client.post(EVENTS, long, content_type="application/json").status_code == 413
    monkeypatch.setattr(messages_in, "MOST_A_MINUTE", 0)
    assert sent(event) == 429
    assert taken(town.people.kept) == []
    assert "lvarez" not in caplog.text
    assert event["id"] not in caplog.text


def test_a_message_waits_where_the_provider_cannot_be_asked(town: Any, bank: Any) -> None:
    street().signed_in("alice").post(f"/takings/account/{town.people.kept}/link/", {"choice": "all_due"})
    bank.pay(rows("PayLink").get().provider_ref)
    bank.is_down = True
    assert sent(bank.events[-1]) == 503
    bank.is_down = False
    assert sent(bank.events[-1]) == 200


def test_without_a_signing_secret_no_message_is_taken_in(bank: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARREARS_PAYMENTS_WEBHOOK_SECRET", "")
    assert sent({"id": "evt_1"}) == 404


def test_a_debit_is_authorised_asked_for_fails_and_stands_in_the_queue_with_what_to_do(town: Any, bank: Any) -> None:
    alice, account = street().signed_in("alice"), town.people.kept
    wanted = {"scheme": "ach", "most": "500", "words": "I agree.", "is_recurring": "yes"}
    assert alice.post(f"/takings/account/{account}/mandate/", wanted).status_code == 302
    bank.authorise(rows("Mandate").get().provider_ref)
    assert sent(bank.events[-1]) == 200
    mandate = rows("Mandate").get()
    assert mandate.state == "active"
    soon = {"mandate": mandate.pk, "amount": "100", "is_told": "yes"}
    refused = alice.post(f"/takings/account/{account}/debit/", soon)
    assert refused.status_code == 422
    assert "house.notice" in refused.content.decode()
    once = {"like": mandate.pk, "form": "oral_recorded", "words": "Yes, 100 today.", "proof": "rec 7", "most": "100"}
    assert alice.post(f"/takings/account/{account}/mandate/record/", once).status_code == 302
    spoken = rows("Mandate").latest("pk")
    assert alice.post(f"/takings/account/{account}/debit/", {**soon, "mandate": spoken.pk}).status_code == 302
    debit = rows("Debit").get()
    assert (debit.state, taken(account)) == ("presented", [(70, 10_000)])
    bank.fail(debit.provider_ref, "insufficient_funds")
    assert sent(bank.events[-1]) == 200
    queue = alice.get("/takings/").content.decode()
    assert "Not enough money in the account" in queue
    assert "May be presented again" in queue
    assert alice.post(f"/takings/debits/{debit.pk}/worked/", {"how": "other_means"}).status_code == 302
    assert "Not enough money" not in alice.get("/takings/").content.decode()


def test_the_debtor_takes_an_authorisation_back_on_the_page(town: Any, bank: Any) -> None:
    alice, account = street().signed_in("alice"), town.people.kept
    alice.post(f"/takings/account/{account}/mandate/", {"scheme": "ach", "most": "500", "words": "I agree."})
    bank.authorise(rows("Mandate").get().provider_ref)
    sent(bank.events[-1])
    carol = street().signed_in("carol")
    mandate = rows("Mandate").get()
    assert carol.post(f"/takings/account/{account}/mandate/{mandate.pk}/revoke/").status_code == 302
    assert rows("Mandate").get().state == "revoked"


def test_a_payment_is_taken_while_the_person_is_on_the_line_once_verified(town: Any, bank: Any) -> None:
    people = town.people
    alice = street().signed_in("alice")
    make = f"/takings/account/{people.kept}/link/"
    assert make not in alice.get(f"/call/{people.kept_debtor}/").content.decode()
    alice.post(f"/call/{people.kept_debtor}/inbound/")
    assert make not in alice.get(f"/call/{people.kept_debtor}/").content.decode()
    call = rows("Attempt").latest("pk")
    items = {"attempt": call.pk, "items": ["account_number_end", "last_payment"], "passed": "yes"}
    alice.post(f"/call/{people.kept_debtor}/verify/", items)
    assert make in alice.get(f"/call/{people.kept_debtor}/").content.decode()
    answer = alice.post(make, {"choice": "all_due", "from": "call"})
    assert answer.headers["Location"] == f"/call/{people.kept_debtor}/"
    link = rows("PayLink").get()
    assert link.attempt_id == call.pk
    shown = alice.get(f"/call/{people.kept_debtor}/").content.decode()
    assert link.url in shown
    bank.pay(link.provider_ref)
    sent(bank.events[-1])
    assert link.url not in alice.get(f"/call/{people.kept_debtor}/").content.decode()


def test_what_is_said_to_be_paid_is_looked_for_and_closed_on_the_page(town: Any, bank: Any, now: Any) -> None:
    fred, account = street().signed_in("fred"), town.people.kept
    told = {"paid_to": "1234", "amount": "50", "paid_on": now.date().isoformat(), "means": "transfer", "proof": ""}
    missing = fred.post(f"/takings/account/{account}/trace/", {**told, "paid_to": ""})
    assert missing.status_code == 422
    assert rows("Trace").count() == 0
    assert fred.post(f"/takings/account/{account}/trace/", told).status_code == 302
    trace = rows("Trace").get()
    assert "María Álvarez" in fred.get("/takings/traces/").content.decode()
    assert fred.post(f"/takings/traces/{trace.pk}/end/", {"how": "not_found", "told": ""}).status_code == 422
    said = {"how": "not_found", "told": "Not at our bank."}
    assert fred.post(f"/takings/traces/{trace.pk}/end/", said).status_code == 302
    assert rows("Trace").get().state == "not_found"


def test_one_payment_is_shown_as_it_divides_before_it_is_posted(town: Any, bank: Any) -> None:
    fred, account = street().signed_in("fred"), town.people.kept
    page = f"/takings/account/{account}/share/"
    shown = fred.post(page, {"amount": "30", "go": "show"})
    assert shown.status_code == 200
    assert "$30.00" in shown.content.decode()
    assert taken(account) == []
    assert fred.post(page, {"amount": "30", "go": "post", "reference": "C-1"}).status_code == 302
    assert taken(account) == [(80, 3_000)]
    receipt = rows("Receipt").get()
    assert fred.post(f"/takings/receipts/{receipt.pk}/reverse/", {"because": "R01"}).status_code == 302
    assert [kind for kind, _ in taken(account)] == [80, 120]
    assert fred.post(page, {"amount": "x", "go": "post"}).status_code == 422


def test_the_days_money_stands_against_what_was_promised(town: Any, bank: Any, now: Any) -> None:
    from tests.takings_desk import say

    from arrears.actions import payments, promises
    from arrears.store.scope import scope

    people = town.people
    with scope(people.lender, people.alice, using="night"):
        promises.take(
            people.kept, amount_minor=8_000, due_on=now.date(), due_hour=17, means="transfer", may_call=False,
            may_write=False, now=now, using="night",
        )  # fmt: skip
        payments.post(people.kept, 6_000, now.date(), reference="x", now=now + timedelta(minutes=1), using="night")
    say(people.lender, first_time_plan_percent=50)
    mona = street().signed_in("mona")
    page = mona.get("/takings/today/").content.decode()
    assert "$80.00" in page
    assert "$60.00" in page
    assert "75%" in page
    assert mona.get("/takings/today/USD-light.svg").content.startswith(b"<svg")
    assert mona.get("/takings/today/XXX-light.svg").status_code == 404


def test_no_page_and_no_column_takes_a_card_number(town: Any) -> None:
    import re

    from arrears.store.furnish import tables

    card = re.compile(r"card.?number|cc-number|\bpan\b|cvv|cvc|iban|account.?holder|routing", re.IGNORECASE)
    folder = Path(__file__).resolve().parents[2] / "src" / "arrears" / "web"
    fields = [
        tag
        for page in folder.rglob("*.html")
        for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", page.read_text())
    ]
    assert fields
    assert not [tag for tag in fields if card.search(tag)]
    columns = [
        str(field.column)
        for model in tables()
        for field in model._meta.concrete_fields
        if model.__module__.endswith("taking")
    ]
    assert columns
    assert not [column for column in columns if card.search(column)]


def test_who_pays_lands_on_a_page_that_knows_nobody(town: Any) -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="localhost").get("/takings/thanks/")
    assert answer.status_code == 200
    assert "lvarez" not in answer.content.decode()
