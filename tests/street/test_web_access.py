"""Who may open which page, and what a refusal leaves behind: nothing."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")


def street() -> Any:
    return next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))


def signed_in(username: str) -> Any:
    return street().signed_in(username)


def events(town: Any) -> int:
    from arrears.store.tables.event import Event

    return Event.objects.using("night").count()


def rows(table: str) -> int:
    from django.apps import apps

    return int(apps.get_model("store", table).objects.using("night").count())


#: Each page, and who of Alice (collector), Ann (auditor: may look), Adam (administrator: no debtor), Charlie (of another
#: organisation) gets what. Charlie may open pages of his own that are empty; what is Alice's is not there for him.
LOOKING = {
    "/today/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 200},
    "/search/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 200},
    "/call/{person}/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 404},
    "/account/{account}/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 404},
    "/book/": {"alice": 403, "ann": 200, "adam": 403, "charlie": 200},
    "/book/USD/cash-light.svg": {"alice": 403, "ann": 200, "adam": 403, "charlie": 404},
    "/payments/": {"alice": 403, "ann": 200, "adam": 403, "charlie": 200},
    "/takings/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 200},
    "/takings/account/{account}/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 404},
    "/takings/traces/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 200},
    "/takings/receipts/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 200},
    "/takings/account/{account}/share/": {"alice": 200, "ann": 200, "adam": 403, "charlie": 404},
    "/takings/today/": {"alice": 403, "ann": 200, "adam": 403, "charlie": 200},
    "/arrangements/": {"alice": 403, "ann": 200, "adam": 403, "charlie": 200},
    "/compliance/": {"alice": 403, "ann": 200, "adam": 403, "charlie": 200},
    "/practices/": {"alice": 200, "ann": 200, "adam": 200, "charlie": 200},
}
ACTING = {
    "/next/": {"ann": 403, "adam": 403},
    "/call/{person}/dial/{point}/": {"ann": 403, "adam": 403, "charlie": 404},
    "/call/{person}/inbound/": {"ann": 403, "adam": 403, "charlie": 404},
    "/call/{person}/verify/": {"ann": 403, "adam": 403, "charlie": 404},
    "/call/{person}/outcome/": {"ann": 403, "adam": 403, "charlie": 404},
    "/call/{person}/skip/": {"ann": 403, "adam": 403, "charlie": 404},
    "/call/{person}/show/national_id/": {"ann": 403, "adam": 403, "charlie": 404},
    "/takings/account/{account}/link/": {"ann": 403, "adam": 403, "charlie": 404},
    "/takings/account/{account}/mandate/": {"ann": 403, "adam": 403, "charlie": 404},
    "/takings/account/{account}/debit/": {"ann": 403, "adam": 403, "charlie": 404},
    "/takings/account/{account}/trace/": {"ann": 403, "adam": 403, "charlie": 404},
    "/takings/account/{account}/mandate/1/revoke/": {"ann": 403, "adam": 403, "charlie": 404},
    "/takings/account/{account}/share/": {"alice": 403, "ann": 403, "adam": 403, "charlie": 403},
    "/takings/receipts/1/reverse/": {"alice": 403, "ann": 403, "adam": 403, "charlie": 403},
    "/payments/1/match/": {"alice": 403, "ann": 403, "adam": 403, "charlie": 403},
    "/arrangements/1/": {"alice": 403, "ann": 403, "adam": 403},
    "/compliance/incidents/1/": {"alice": 403, "ann": 403, "adam": 403, "charlie": 403},
}


@pytest.fixture
def places(standing_town: Any) -> dict[str, int]:
    from arrears.store.tables.person import ContactPoint

    point = ContactPoint.objects.using("night").filter(person_id=standing_town.people.kept_debtor).order_by("pk")[0]
    return {"person": standing_town.people.kept_debtor, "account": standing_town.people.kept, "point": point.pk}


def test_each_page_opens_to_those_whose_role_reaches_it(standing_town: Any, places: dict[str, int]) -> None:
    for who in ("alice", "ann", "adam", "charlie"):
        browser = signed_in(who)
        said = {page: browser.get(page.format(**places)).status_code for page in LOOKING}
        assert said == {page: answers[who] for page, answers in LOOKING.items()}, who


def test_nobody_acts_whose_role_does_not_and_nothing_is_left_of_the_try(
    standing_town: Any, places: dict[str, int]
) -> None:
    before = (events(standing_town), rows("Permit"), rows("Attempt"), rows("WorkHold"), rows("Verification"))
    for who in ("alice", "ann", "adam", "charlie"):
        browser = signed_in(who)
        wanted = {page: answers[who] for page, answers in ACTING.items() if who in answers}
        said = {page: browser.post(page.format(**places), {"attempt": "1"}).status_code for page in wanted}
        assert said == wanted, who
    assert (events(standing_town), rows("Permit"), rows("Attempt"), rows("WorkHold"), rows("Verification")) == before


def test_a_stranger_is_led_to_the_sign_in_and_sees_no_debtor(standing_town: Any, places: dict[str, int]) -> None:
    from django.test import Client

    stranger = Client(SERVER_NAME="localhost")
    for page in [*LOOKING, *ACTING]:
        answer = (stranger.get if page in LOOKING else stranger.post)(page.format(**places))
        assert answer.status_code == 302, page
        assert answer.headers["Location"].startswith("/sign-in/")
    assert "lvarez" not in stranger.get("/sign-in/").content.decode()


def test_what_belongs_to_another_organisation_is_found_by_no_search(standing_town: Any) -> None:
    found = signed_in("charlie").post("/search/", {"q": "alvarez"}).content.decode()
    assert "Álvarez" not in found
    assert "Álvarez" in signed_in("alice").post("/search/", {"q": "alvarez"}).content.decode()


def test_what_one_looks_for_stands_in_no_address(standing_town: Any) -> None:
    alice, fred = signed_in("alice"), signed_in("fred")
    asked = alice.get("/search/?q=alvarez").content.decode()
    assert "Álvarez" not in asked
    for page in (asked, fred.get("/payments/").content.decode()):
        assert "replace-url" not in page
        assert not re.search(r'<form method="get"[^>]*>(?:(?!</form>).)*name="q"', page, re.DOTALL)


def test_the_agency_sees_the_account_it_holds_and_no_other(standing_town: Any) -> None:
    bob = signed_in("bob")
    assert bob.get(f"/call/{standing_town.people.placed_debtor}/").status_code == 200
    assert bob.get(f"/account/{standing_town.people.placed}/").status_code == 200
    assert bob.get(f"/call/{standing_town.people.kept_debtor}/").status_code == 404
    assert bob.get(f"/account/{standing_town.people.kept}/").status_code == 404


def test_a_page_that_only_acts_is_not_looked_at(standing_town: Any) -> None:
    assert signed_in("alice").get("/next/").status_code == 405


def test_six_wrong_passwords_shut_the_door_for_a_while(standing_town: Any) -> None:
    from django.test import Client

    browser = Client(SERVER_NAME="localhost")
    wrong = {"username": "carol", "password": "not this one"}
    answers = [browser.post("/sign-in/", wrong).status_code for _ in range(6)]
    assert answers[:5] == [422] * 5
    right = {"username": "carol", "password": street().PASSWORD}
    assert browser.post("/sign-in/", right).status_code == 429
    assert browser.get("/today/").status_code == 302


def test_a_dismissed_member_cannot_sign_in_and_an_open_session_ends(standing_town: Any) -> None:
    from arrears.store.tables.staff import Staff

    browser = signed_in("dora")
    Staff.objects.using("night").filter(username="dora").update(is_active=False)
    assert browser.get("/today/").status_code == 302


def test_no_page_may_load_or_run_anything_that_is_not_ours(standing_town: Any, places: dict[str, int]) -> None:
    browser = signed_in("alice")
    for page in ("/today/", "/call/{person}/", "/account/{account}/", "/practices/"):
        answer = browser.get(page.format(**places))
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        body = answer.content.decode()
        assert " style=" not in body
        assert "<style" not in body
        assert "onclick=" not in body


def test_the_session_leads_on_to_where_one_wanted_to_go_but_never_off_the_site(standing_town: Any) -> None:
    from django.test import Client

    known = {"username": "alice", "password": street().PASSWORD}
    inside = Client(SERVER_NAME="localhost").post("/sign-in/", {**known, "next": "/search/"})
    outside = Client(SERVER_NAME="localhost").post("/sign-in/", {**known, "next": "https://elsewhere.example/"})
    assert inside.headers["Location"] == "/search/"
    assert outside.headers["Location"] == "/"
