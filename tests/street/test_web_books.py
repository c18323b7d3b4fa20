"""The forms of the books: trust accounts, placements and remittances, by who may, with what is wrong beside its field."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
PLACES = ("/books/trust/open/", "/books/commission/place/")


def signed_in(username: str) -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return found.signed_in(username)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def opened(town: Any, name: str) -> int:
    """Open a trust account and return its client, for whom it holds $90 since January and $25 of today."""
    from arrears.actions import trust
    from arrears.config import clock
    from arrears.store.doors import trust as door
    from arrears.store.scope import scope

    people, now = town.people, clock.now()
    with scope(people.lender, people.alice, using="night"):
        account: Any = trust.open_account(name, "USD", using="night")
        for amount, on in ((9_000, date(2026, 1, 2)), (2_500, now.date())):
            trust.receive(account, people.agency, amount, on, reference=f"{name} {on}", now=now, using="night")
        found = door.clients(people.lender, using="night")
        return next(each.id for each in found if each.trust_account == account)


def number_of(account: int) -> str:
    from arrears.store.tables.account import Account

    return str(Account.objects.using("night").get(pk=account).number)


def place(town: Any, browser: Any, **said: Any) -> Any:
    form = {
        "name": "Spring", "holder": str(town.people.agency), "currency": "USD", "from_on": "2026-03-01",
        "in_default_on": "2026-01-01", "debts": number_of(town.people.kept), "by": "cumulated", "from-0": "0",
        "rate-0": "25", "from-1": "150", "rate-1": "20.5", "minimum": "1.00", "tail_days": "30",
        "on": ["payment", "direct"], **said,
    }  # fmt: skip
    return browser.post("/books/commission/place/", form)


@pytest.mark.parametrize("who", ["alice", "ann", "carol"])
def test_only_finance_and_managers_open_place_and_remit(standing_town: Any, now: Any, who: str) -> None:
    client = opened(standing_town, f"Looked at by {who}")
    browser = signed_in(who)
    for place_ in (*PLACES, f"/books/trust/client/{client}/remit/"):
        assert browser.post(place_, {}).status_code == 403


def test_a_trust_account_is_opened_and_a_second_of_its_name_refused_in_words(standing_town: Any, now: Any) -> None:
    from arrears.store.tables.trust import TrustAccount

    fred, said = signed_in("fred"), {"name": "Clients in dollars", "currency": "usd"}
    assert fred.post("/books/trust/open/", said).status_code == 302
    row = TrustAccount.objects.using("night").get(name="Clients in dollars")
    assert (row.name, row.currency, row.organisation_id) == (
        "Clients in dollars", "USD", standing_town.people.lender,
    )  # fmt: skip
    again = fred.post("/books/trust/open/", said)
    assert again.status_code == 422
    assert "There is a trust account called" in words(again)
    assert 'value="Clients in dollars"' in again.content.decode()


def test_debts_are_placed_on_tiers_and_recalled(standing_town: Any, now: Any) -> None:
    from arrears.store.tables.placement import PlacedAccount, Placement

    mona = signed_in("mona")
    answer = place(standing_town, mona)
    assert answer.status_code == 302, words(answer)
    row = Placement.objects.using("night").get()
    assert row.terms == {
        "tiers": {
            "by": "cumulated",
            "steps": [{"from": 0, "rate_ppm": 250_000}, {"from": 15_000, "rate_ppm": 205_000}],
        },
        "on": ["payment", "direct"], "tail_days": 30, "minimum_minor": 100, "maximum_minor": 0,
    }  # fmt: skip
    assert PlacedAccount.objects.using("night").get().account_id == standing_town.people.kept
    assert "One debt is placed now" in words(mona.get(answer["Location"]))
    recall = f"/books/commission/{row.pk}/recall/"
    early = mona.post(recall, {"debts": "", "until_on": "2026-02-01"})
    assert early.status_code == 422
    assert "before the placement began" in words(early)
    assert mona.post(recall, {"debts": "", "until_on": "2026-03-03"}).status_code == 302
    assert PlacedAccount.objects.using("night").get().until_on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"debts": "nobody-1"}, "Not among our debts (1): nobody-1."),
        ({"rate-0": "101"}, "A rate is a percentage from 0 to 100"),
        ({"from-1": "0"}, "Tiers begin at 0 and ascend."),
        ({"minimum": "9", "maximum": "5"}, "The minimum is above the maximum."),
        ({"on": []}, "lists one or more of"),
        ({"holder": "999999"}, "Choose who is to work the debts."),
        ({"currency": "EUR"}, "In another currency (1)"),
        ({"from_on": "soon"}, "is no date"),
    ],
)
def test_what_is_wrong_with_a_placement_is_said_and_nothing_is_placed(
    standing_town: Any, now: Any, said: dict[str, Any], told: str
) -> None:
    from arrears.store.tables.placement import Placement

    before = Placement.objects.using("night").count()
    answer = place(standing_town, signed_in("fred"), **said)
    assert answer.status_code == 422
    assert told in words(answer)
    assert 'value="Spring"' in answer.content.decode()
    assert Placement.objects.using("night").count() == before


def test_what_would_go_is_shown_then_goes_once(standing_town: Any, now: Any) -> None:
    from arrears.store.tables.trust import TrustLine

    client = opened(standing_town, "Shown")
    fred, at = signed_in("fred"), f"/books/trust/client/{client}/remit/"
    shown = words(fred.get(at, {"until": "2026-02-01"}))
    assert "Held $115.00" in shown
    assert "Not released yet $25.00" in shown
    assert "Free to go $90.00" in shown
    said = {"until": "2026-02-01", "way": "gross", "reference": "R-1"}
    assert fred.post(at, {**said, "reference": ""}).status_code == 422
    for _ in range(2):
        assert fred.post(at, said).status_code == 302
    assert [
        row.amount_minor for row in TrustLine.objects.using("night").filter(kind="remittance", client_id=client)
    ] == [-9_000]
    nothing = fred.post(at, {**said, "reference": "R-2"})
    assert nothing.status_code == 422
    assert "Nothing is free to go to the client." in words(nothing)


def test_a_client_that_would_be_left_with_less_than_nothing_is_refused_in_words(standing_town: Any, now: Any) -> None:
    client = opened(standing_town, "Refused")
    fred, at = signed_in("fred"), f"/books/trust/client/{client}/remit/"
    assert fred.post(at, {"until": now.date().isoformat(), "way": "net", "reference": "L-1"}).status_code == 302
    refused = fred.post(at, {"until": "2026-02-01", "way": "net", "reference": "L-2"})
    assert refused.status_code == 422
    assert "Nothing can go: the client would be left with less than nothing." in words(refused)
