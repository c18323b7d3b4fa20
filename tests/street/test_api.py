"""The programs' side over HTTP: the same people, roles and scope as the pages; JSON, and a token for what changes."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

CONFTEST = Path(__file__).with_name("conftest.py")


def street() -> Any:
    return next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))


def computation(browser: Any, account: int, **asked: str) -> Any:
    return browser.get(f"/api/accounts/{account}/computation", asked)


def test_a_computation_adds_up_line_by_line_in_three_languages(standing_town: Any) -> None:
    answer = computation(street().signed_in("alice"), standing_town.people.kept)
    assert answer.status_code == 200
    said = answer.json()
    lines = said["balance"]["lines"]
    assert sum(line["amount_numerator"] // line["amount_denominator"] for line in lines) == said["owed_minor"]
    assert all(line["words"][language] for line in lines for language in ("en", "es", "zh"))
    assert said["balance"]["total_minor"] == said["owed_minor"]
    assert {line["kind"] for line in said["charges"]["lines"]} <= {"period", "fixed", "rounding"}
    paid = next(line for line in lines if line["parts"])
    assert sum(part["amount_numerator"] for part in paid["parts"]) == -paid["amount_numerator"]


def test_as_of_and_known_on_are_dates_and_change_the_answer(standing_town: Any) -> None:
    alice, account = street().signed_in("alice"), standing_town.people.kept
    today = computation(alice, account).json()
    earlier = computation(alice, account, as_of="2026-01-01").json()
    assert earlier["as_of"] == "2026-01-01"
    assert earlier["owed_minor"] != today["owed_minor"]
    known = computation(alice, account, known_on="2026-03-02")
    assert (known.status_code, known.json()["known_on"]) == (200, 1)
    before = computation(alice, account, known_on="2020-01-01")
    assert before.status_code == 422
    assert (before.json()["code"], before.json()["field"]) == ("book_began_later", "known_on")
    assert computation(alice, account, as_of="yesterday").status_code == 422


def test_a_ledger_lists_every_entry_with_its_source(standing_town: Any) -> None:
    said = street().signed_in("ann").get(f"/api/accounts/{standing_town.people.kept}/ledger").json()
    assert next(entry["kind"] for entry in said["entries"]) == "opening"
    assert {"payment", "instalment_due"} <= {entry["kind"] for entry in said["entries"]}
    assert all(entry["source_ref"] for entry in said["entries"])
    assert said["contractual_minor"] > 0


def test_each_sees_what_their_pages_show_and_nothing_else(standing_town: Any) -> None:
    kept, placed = standing_town.people.kept, standing_town.people.placed
    for resource in ("computation", "ledger"):
        said = {
            who: street().signed_in(who).get(f"/api/accounts/{account}/{resource}").status_code
            for who, account in (("alice", kept), ("ann", kept), ("adam", kept), ("charlie", kept), ("bob", placed))
        }
        assert said == {"alice": 200, "ann": 200, "adam": 403, "charlie": 404, "bob": 200}
        assert street().signed_in("bob").get(f"/api/accounts/{kept}/{resource}").status_code == 404


def test_a_stranger_gets_nothing_not_even_the_schema(standing_town: Any) -> None:
    from django.test import Client

    stranger = Client(SERVER_NAME="localhost")
    for place in (f"/api/accounts/{standing_town.people.kept}/computation", "/api/openapi.json"):
        answer = stranger.get(place)
        assert answer.status_code == 401
        assert "lvarez" not in answer.content.decode()


def test_the_schema_names_every_resource_and_loads_nothing_from_elsewhere(standing_town: Any) -> None:
    alice = street().signed_in("alice")
    schema = alice.get("/api/openapi.json").json()
    assert set(schema["paths"]) >= {
        "/api/accounts/{account}/computation",
        "/api/accounts/{account}/ledger",
        "/api/accounts/{account}/told",
    }
    assert alice.get("/api/docs").status_code == 404


def test_telling_needs_the_token_a_role_that_acts_and_an_account_in_sight(standing_town: Any) -> None:
    from arrears.store.tables.told import Told

    account = standing_town.people.kept
    telling = {"kind": "letter", "as_of": date(2026, 3, 3).isoformat()}
    place = f"/api/accounts/{account}/told"

    def tried(who: str, **more: Any) -> int:
        browser = street().signed_in(who)
        return int(browser.post(place, telling, content_type="application/json", **more).status_code)

    from django.test import Client

    forged = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    forged.cookies = street().signed_in("alice").cookies
    assert forged.post(place, telling, content_type="application/json").status_code == 403
    assert (tried("ann"), tried("adam"), tried("charlie")) == (403, 403, 404)
    assert Told.objects.using("night").filter(account_id=account).count() == 0
    assert tried("alice") == 201
    assert Told.objects.using("night").filter(account_id=account).count() == 1
    bad = street().signed_in("alice").post(place, {**telling, "kind": "rumour"}, content_type="application/json")
    assert (bad.status_code, bad.json()["code"]) == (422, "kind_unknown")
