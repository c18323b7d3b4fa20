"""Offering less, approving it, noting events: by the pages, each by who may."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

TODAY = date(2026, 3, 2)
FRI = TODAY.replace(day=6).isoformat()
STREET = Path(__file__).with_name("conftest.py")


def signed_in(username: str) -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET))
    return found.signed_in(username)


def offered(browser: Any, account: int, **said: str) -> Any:
    form = {"kind": "settlement", "amount-1": "500", "day-1": FRI, "reason": "her brother pays", "key": "k", **said}
    return browser.post(f"/offer/{account}/", form)


@pytest.fixture
def late(standing_town: Any) -> int:
    """A debt that is late enough to be settled."""
    return int(standing_town.people.kept)


def test_what_one_may_decide_is_shown_before_anything_is_written(standing_town: Any, late: int, now: Any) -> None:
    from arrears.store.tables.concession import Concession

    alice, before = signed_in("alice"), Concession.objects.using("night").count()
    answer = offered(alice, late, verb="weigh")
    assert answer.status_code == 200
    assert "Your authority" in answer.content.decode()
    assert Concession.objects.using("night").count() == before


def test_a_mistake_stays_in_the_form_with_its_reason(standing_town: Any, late: int, now: Any) -> None:
    answer = offered(signed_in("alice"), late, **{"amount-1": "many", "verb": "propose"})
    assert answer.status_code == 422
    assert 'value="many"' in answer.content.decode()


def test_an_event_is_noted_by_who_may_and_refused_to_others(standing_town: Any, late: int, now: Any) -> None:
    from arrears.store.tables.account import Entry

    said = {"verb": "note", "event": "cost", "amount": "12.50", "reason": "court fee", "key": "1"}
    assert signed_in("alice").post(f"/account/{late}/events/", said).status_code == 422
    assert signed_in("ann").post(f"/account/{late}/events/", said).status_code == 403
    mona = signed_in("mona")
    assert mona.post(f"/account/{late}/events/", said).status_code == 302
    row = Entry.objects.using("night").get(account_id=late, source_kind="debt_event")
    assert (row.kind, row.amount_minor) == (52, 1_250)
    page = mona.get(f"/account/{late}/events/").content.decode()
    assert "12.50" in page
    back = {"verb": "take_back", "entry": str(row.pk), "reason": "twice"}
    assert mona.post(f"/account/{late}/events/", back).status_code == 302


def test_a_direct_payment_is_reported_and_confirmed(standing_town: Any, late: int, now: Any) -> None:
    from arrears.store.tables.concession import ReportedPayment

    said = {"verb": "report", "amount": "20", "on": TODAY.isoformat(), "reason": "at the branch", "key": "r1"}
    assert signed_in("alice").post(f"/account/{late}/events/", said).status_code == 302
    row = ReportedPayment.objects.using("night").exclude(source_kind="debt_correction").get()
    mona = signed_in("mona")
    assert "at the branch" in mona.get("/approvals/").content.decode()
    assert mona.post(f"/approvals/reported/{row.pk}/", {"decision": "confirm"}).status_code == 302
    row.refresh_from_db(using="night")
    assert row.state == "confirmed"


@pytest.mark.parametrize(
    ("page", "answers"),
    [
        ("/approvals/", {"alice": 403, "ann": 200, "adam": 403, "charlie": 200}),
        ("/offer/{account}/", {"alice": 200, "ann": 403, "adam": 403, "charlie": 404}),
        ("/account/{account}/events/", {"alice": 200, "ann": 200, "adam": 403, "charlie": 404}),
        ("/approvals/999/", {"alice": 404, "ann": 404, "adam": 403, "charlie": 404}),
    ],
)
def test_each_page_opens_to_those_whose_role_reaches_it(
    standing_town: Any, late: int, now: Any, page: str, answers: dict[str, int]
) -> None:
    found = {who: signed_in(who).get(page.format(account=late)).status_code for who in answers}
    assert found == answers


def test_a_cut_that_grew_is_confirmed_on_the_page_of_approvals(standing_town: Any, late: int, now: Any) -> None:
    from arrears.store.tables.concession import Concession, ConcessionStep

    offered(signed_in("alice"), late, verb="propose")
    row = Concession.objects.using("night").get()
    Concession.objects.using("night").filter(pk=row.pk).update(state="paid", look_on=None)
    ConcessionStep(
        organisation_id=row.organisation_id, by_organisation_id=row.organisation_id, account_id=late, concession=row,
        at=row.proposed_at, book_day=row.book_day, number=9, state="paid",
        facts={"unconfirmed_minor": row.cut_minor + 100, "level": 4},
    ).save(using="night")  # fmt: skip
    mona = signed_in("mona")
    assert "Cuts that grew" in mona.get("/approvals/").content.decode()
    said = {"reason": "the bank was late", "cut": "1"}
    assert mona.post(f"/approvals/{row.pk}/cut/", said).status_code == 422
    assert signed_in("alice").post(f"/approvals/{row.pk}/cut/", said).status_code == 403


def test_a_correction_is_asked_for_and_waits_on_the_page_of_approvals(standing_town: Any, late: int, now: Any) -> None:
    from arrears.store.tables.account import Entry
    from arrears.store.tables.concession import ReportedPayment

    opening = Entry.objects.using("night").filter(account_id=late).earliest("pk")
    mona = signed_in("mona")
    assert f'<option value="{opening.pk}">' in mona.get(f"/account/{late}/events/").content.decode()
    said = {"verb": "note", "event": "adjustment", "amount": "20", "sign": "down", "reason": "billed twice", "key": "1"}
    assert mona.post(f"/account/{late}/events/", said).status_code == 422
    assert mona.post(f"/account/{late}/events/", {**said, "corrects": str(opening.pk)}).status_code == 302
    row = ReportedPayment.objects.using("night").get(source_kind="debt_correction")
    assert "billed twice" in mona.get("/approvals/").content.decode()
    assert mona.post(f"/approvals/corrections/{row.pk}/", {"decision": "confirm"}).status_code == 422
    assert not Entry.objects.using("night").filter(account_id=late, source_kind="debt_correction").exists()
