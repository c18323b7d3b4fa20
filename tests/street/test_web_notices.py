"""Serving a notice on its page: who may, what is shown before it goes, and what the debt's page says of it after."""

import re
import sys
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
BRITISH = {
    "name": "Meadow Loans", "address": "1 High Street, Leeds", "phone": "0113 496 0000", "information_sheet": True,
    "debt_advice": "MoneyHelper, 0800 138 7777",
}  # fmt: skip
SAID = {"breach": "Clause 4: payments on their days.", "consequences": "We may end the agreement."}


def signed_in(username: str, language: str = "en") -> Any:
    street = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return street.signed_in(username, language)


@pytest.fixture(scope="module")
def british(standing_town: Any) -> Any:
    """The town, whose kept debt lies in the United Kingdom; what a default notice says of the breach nobody has said."""
    from arrears.store.tables.account import Account
    from arrears.store.tables.organisation import Organisation
    from arrears.store.tables.person import ContactPoint, Person

    people = standing_town.people
    row = Organisation.objects.using("night").get(pk=people.lender)
    row.settings = {**row.settings, "notices": BRITISH}
    row.save(using="night")
    Account.objects.using("night").filter(pk=people.kept).update(country="GB", region="")
    Person.objects.using("night").filter(pk=people.kept_debtor).update(country="GB", region="")
    ContactPoint(
        organisation_id=people.lender, person_id=people.kept_debtor, kind="address", use="home", country="GB",
        region="", value="7 Mill Lane, Leeds", normalised="7 MILL LANE", timezones=["Europe/London"], source="contract",
    ).save(using="night")  # fmt: skip
    return people


def rows(table: str) -> int:
    from django.apps import apps

    return int(apps.get_model("store", table).objects.using("night").count())


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("ann", 200), ("mona", 200)])
def test_who_may_look_at_what_would_be_served(british: Any, who: str, status: int) -> None:
    assert signed_in(who).get("/notices/serve/").status_code == status


def test_an_auditor_looks_and_serves_nothing(british: Any) -> None:
    page = signed_in("ann").get("/notices/serve/", {"one": british.kept, **SAID})
    assert 'name="because"' not in page.content.decode()
    assert signed_in("ann").post("/notices/serve/", {"one": british.kept, "because": "x", **SAID}).status_code == 403


def test_what_a_notice_lacks_is_asked_for_and_then_every_figure_is_proved(british: Any) -> None:
    mona = signed_in("mona")
    bare = mona.get("/notices/serve/", {"one": british.kept}).content.decode()
    assert re.findall(r'<input name="(breach|consequences)"', bare) == ["breach", "consequences"]
    assert 'name="because"' not in bare
    whole = mona.get("/notices/serve/", {"one": british.kept, **SAID}).content.decode()
    proofs = re.findall(rf'href="/account/{british.kept}/computation/\?as_of=(\d{{4}}-\d\d-\d\d)"', whole)
    assert len(proofs) == 4
    assert len(set(proofs)) == 1
    assert "Clause 4: payments on their days." in whole
    assert 'name="because"' in whole


def test_served_with_a_reason_it_waits_in_the_queue_and_the_debts_page_shows_it(british: Any) -> None:
    from arrears.store.tables.message import Message
    from arrears.store.tables.notice import Notice

    mona = signed_in("mona")
    before = rows("notice"), rows("message")
    asked = {"kind": "default", "method": "letter", "one": british.kept, **SAID}
    silent = mona.post("/notices/serve/", {**asked, "because": " "})
    assert silent.status_code == 422
    assert (rows("notice"), rows("message")) == before
    done = mona.post("/notices/serve/", {**asked, "because": "Two reminders went unanswered."})
    assert (done.status_code, done["Location"]) == (302, "/notices/")
    notice = Notice.objects.using("night").latest("pk")
    message = Message.objects.using("night").get(pk=int(notice.message_ref))
    assert (message.state, message.channel, message.purpose) == ("queued", "letter", "may_invoke_remedy")
    shown = mona.get(f"/notices/{notice.pk}/").content.decode()
    assert "Two reminders went unanswered." in shown
    assert f'href="/notices/{notice.pk}/"' in mona.get(f"/account/{british.kept}/").content.decode()
    again = mona.get("/notices/serve/", {"one": british.kept, **SAID}).content.decode()
    assert "waits to go, or has gone and has not come back" in again
    assert 'name="because"' not in again
    Notice.objects.using("night").filter(pk=notice.pk).update(dropped_at=notice.made_at, dropped_because="stopped")


def test_a_number_that_is_no_debts_is_named(british: Any) -> None:
    page = signed_in("mona").get("/notices/serve/", {"numbers": "NO-SUCH"}).content.decode()
    assert "No debt here has this number: NO-SUCH" in page


def test_a_preview_leads_to_serving_and_issues_nothing_by_itself(british: Any) -> None:
    mona = signed_in("mona")
    page = mona.get(f"/notices/preview/default/{british.kept}/", SAID).content.decode()
    assert f"/notices/serve/?kind=default&amp;method=letter&amp;one={british.kept}" in page
    before = rows("notice")
    assert mona.post("/notices/issue/", {"one": f"default:{british.kept}"}).status_code == 422
    assert rows("notice") == before


def test_the_page_of_a_preview_is_of_the_notice_that_is_shown(british: Any) -> None:
    asked = {"person": british.kept_debtor, "language": "es", **SAID}
    page = signed_in("mona").get(f"/notices/preview/default/{british.kept}/", asked).content.decode()
    found = re.search(r'href="\?([^"]*pdf=1)"', page)
    assert found is not None
    carried = dict(parse_qsl(unescape(found[1])))
    assert carried == {**{name: str(value) for name, value in asked.items()}, "pdf": "1"}
    document = signed_in("mona").get(f"/notices/preview/default/{british.kept}/?{unescape(found[1])}")
    assert document["Content-Type"] == "application/pdf"


def test_a_number_that_two_creditors_gave_is_nobodys_until_one_is_chosen(british: Any) -> None:
    from arrears.store.tables.account import Account
    from arrears.store.tables.organisation import Access
    from arrears.store.tables.staff import Staff

    kept, other = (Account.objects.using("night").get(pk=one) for one in (british.placed, british.other))
    given = Access(account_id=other.pk, owner_id=british.bank, organisation_id=british.agency, scope="holder")
    given.from_on = Access.objects.using("night").get(account_id=kept.pk).from_on
    given.save(using="night")
    bob, before = Staff.objects.using("night").filter(pk=british.bob), other.number
    roles = bob.get().roles
    bob.update(roles=["manager"])
    try:
        named = signed_in("bob").get("/notices/serve/", {"numbers": kept.number}).content.decode()
        Account.objects.using("night").filter(pk=other.pk).update(number=kept.number)
        page = signed_in("bob").get("/notices/serve/", {"numbers": kept.number}).content.decode()
    finally:
        Account.objects.using("night").filter(pk=other.pk).update(number=before)
        bob.update(roles=roles)
    several = f"More than one debt here has this number; choose it in the list: {kept.number}"
    assert (several in named, several in page) == (False, True)
    assert ("As they would go" in named, "As they would go" in page) == (True, False)
