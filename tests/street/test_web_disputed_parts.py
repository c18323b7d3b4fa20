"""A debt disputed in part: pages show both parts, and what is taken of the rest is no more than the rest."""

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
DISPUTED = 3_000
PROMISE = {
    "code": "promise_taken", "due_on": "2026-03-04", "due_hour": "15", "means": "transfer", "may_call": "yes",
    "may_write": "no", "confidence": "sure", "note": "", "go": "stay",
}  # fmt: skip
#: An organisation that lets the rest be asked for where nothing else is.
LETS_THE_REST = """title: {en: The rest, es: El resto, zh: 余额}
words: {en: Nothing disputed is asked for., es: No se pide nada disputado., zh: 未要求有争议的款项。}
severity: EXCEPTION
kind: facts_lift
of: [house.dispute]
parameters: {any_of: [{of: proposal, name: undisputed_part_only, is: true}]}
"""


def signed_in(username: str, language: str = "en") -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return found.signed_in(username, language)


def table(name: str) -> Any:
    from django.apps import apps

    return apps.get_model("store", name).objects.using("night")


@pytest.fixture
def disputed(town: Any, now: datetime) -> Any:
    """A town in which part of María's debt has been disputed for an hour."""
    lender = town.people.lender
    table("Hold").create(
        organisation_id=lender, by_organisation_id=lender, account_id=town.people.kept, kind="dispute",
        from_at=now - timedelta(hours=1), facts={"disputed_minor": DISPUTED, "written": True}, source_kind="test",
        source_ref="1",
    )  # fmt: skip
    return town


def amount_beside(page: str, words: str) -> int:
    """Return the amount in the row of the page whose head says ``words``, in cents."""
    found = re.search(rf"{words}[^<]*</th><td[^>]*>[^\d]*([\d,]+)\.(\d\d)", page)
    assert found is not None, words
    return int(found[1].replace(",", "") + found[2])


def test_who_calls_us_about_the_rest_promises_no_more_than_that_and_the_dispute_stands(disputed: Any) -> None:
    person, account = disputed.people.kept_debtor, disputed.people.kept
    browser = signed_in("alice")
    page = browser.get(f"/call/{person}/").content.decode()
    rest = amount_beside(page, "Not disputed")
    assert amount_beside(page, "Disputed since") == DISPUTED
    assert rest == amount_beside(page, "Owed in all") - DISPUTED
    asked = amount_beside(page, "Past due, with fees and charges") - DISPUTED
    assert re.search(rf"<dt>Ask for</dt><dd[^>]*>\$?{asked // 100}\.{asked % 100:02}<", page)
    assert 'name="rest_only"' not in page, "the house holds the whole debt, so nobody is called about it"

    assert browser.post(f"/call/{person}/inbound/").status_code == 302
    attempt = table("Attempt").latest("pk").pk
    browser.post(f"/call/{person}/verify/", {"attempt": attempt, "items": ["birth_date", "postcode"], "passed": "yes"})
    page = browser.get(f"/call/{person}/").content.decode()
    assert f'name="amount" inputmode="decimal" autocomplete="off" value="{asked // 100}.{asked % 100:02}"' in page
    assert f"${asked // 100}.{asked % 100:02} by today" in page
    assert re.search(r'name="rest_only"[^>]*data-key="u"[^>]* checked', page)

    said = {"attempt": attempt, "account": account, **PROMISE, "rest_only": "yes"}
    linked = browser.post(
        f"/takings/account/{account}/link/", {"rest_only": "yes", "amount": "9000.00", "from": "take"}
    )
    above = browser.post(f"/call/{person}/outcome/", {**said, "amount": f"{(rest + 1) / 100:.2f}"})
    for refused in (linked, above):
        assert refused.status_code == 422
        assert "more than the rest that is not disputed" in refused.content.decode()
    assert table("Promise").count() == 0
    assert browser.post(f"/call/{person}/outcome/", {**said, "amount": f"{rest / 100:.2f}"}).status_code == 302
    assert table("Promise").get().amount_minor == rest
    assert table("Event").filter(kind="promise_taken").latest("pk").facts["undisputed_only"] is True
    hold = table("Hold").get(kind="dispute")
    assert (hold.until_at, hold.facts["disputed_minor"]) == (None, DISPUTED)


def test_the_account_shows_what_is_disputed_and_what_is_not(disputed: Any) -> None:
    said = {
        "en": ("Disputed", "not disputed:"),
        "es": ("En disputa", "sin disputa:"),
        "zh-hans": ("有争议", "无争议："),
    }
    for language, (part, rest) in said.items():
        table("Staff").filter(username="alice").update(language=language[:2])
        page = signed_in("alice", language).get(f"/account/{disputed.people.kept}/").content.decode()
        figure = re.search(rf"<dt>{part}</dt>.*?</div>", page, re.DOTALL)
        assert figure is not None, language
        assert re.search(r"30[.,]00", figure[0])
        assert rest in figure[0]


def test_where_the_organisation_lets_the_rest_be_asked_for_a_call_about_it_alone_is_offered(disputed: Any) -> None:
    from arrears.domain.rule_settings import PackKind
    from arrears.store.doors import rule_settings
    from arrears.store.scope import scope

    lender, person = disputed.people.lender, disputed.people.kept_debtor
    browser, name = signed_in("alice"), "cd" * 32
    point = table("ContactPoint").filter(person_id=person).order_by("pk")[0].pk
    assert browser.post(f"/call/{person}/dial/{point}/", {"rest_only": "yes"}).status_code == 409
    house = table("Organisation").filter(pk=lender)
    with scope(lender, None, using="night"):
        rule_settings.keep_pack(
            lender, PackKind.OWN, version="t", content_hash=name, files={"compliance/local/rest.yaml": LETS_THE_REST},
            now=table("Hold").get(kind="dispute").from_at, using="night",
        )  # fmt: skip
    house.update(settings={**house.get().settings, "gate": {"packs": {"own": name}}})

    page = browser.get(f"/call/{person}/").content.decode()
    assert re.search(r'data-key="r"[^>]*>Dial about the undisputed rest', page)
    assert browser.post(f"/call/{person}/dial/{point}/").status_code == 409
    assert browser.post(f"/call/{person}/dial/{point}/", {"rest_only": "yes"}).status_code == 302
    assert table("Attempt").latest("pk").origin == "outbound"
