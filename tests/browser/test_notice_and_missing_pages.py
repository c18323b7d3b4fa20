"""The pages of notices and of missing facts in a real browser: for axe, at 320 pixels, in three languages, by keyboard."""

import importlib.util
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.browser

EVERYBODY = Path(__file__).with_name("test_pages_for_everybody.py")
VIEWS = {
    "wide": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 320, "height": 720}, "color_scheme": "dark"},
}


def everybody() -> Any:
    found = next((m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(EVERYBODY)), None)
    if found is None:
        wanted = importlib.util.spec_from_file_location("pages_for_everybody", EVERYBODY)
        assert wanted is not None
        assert wanted.loader is not None
        found = importlib.util.module_from_spec(wanted)
        wanted.loader.exec_module(found)
    return found


SAID = {"breach": "Clause 4: payments on their days.", "consequences": "We may end the agreement."}


def fill(site: Any) -> tuple[int, int]:
    """Let both debts lack papers, one have a validation notice that waits to go and a default notice that went.

    Returns both notices.
    """
    from arrears.actions import missing, notices, readiness
    from arrears.domain.notices import NoticeKind
    from arrears.store.scope import scope
    from arrears.store.tables.account import Account
    from arrears.store.tables.organisation import Organisation
    from arrears.store.tables.person import ContactPoint

    people, now = site.town.people, site.clock[0]
    row = Organisation.objects.using("night").get(pk=people.lender)
    said: dict[str, Any] = {"address": "PO Box 9, Albany, NY 12201", "phone": "(518) 555-0100"}
    said |= {"website": "meadow.example", "information_sheet": True, "debt_advice": "MoneyHelper, 0800 138 7777"}
    row.settings = {**row.settings, "notices": said}
    row.save(using="night")
    for person in (people.kept_debtor, people.placed_debtor):
        ContactPoint(
            organisation_id=people.lender, person_id=person, kind="address", use="home", value="12 Elm St, Albany, NY",
            normalised="12 ELM ST", country="US", region="US-NY", timezones=["America/New_York"], source="contract",
        ).save(using="night")  # fmt: skip
    Account.objects.using("night").filter(pk__in=[people.kept, people.placed]).update(
        facts={"is_transferred": True}, country="GB", region=""
    )
    with scope(people.lender, None, using="night"):
        readiness.refresh(now=now, using="night")
        missing.look(now=now, using="night")
    with scope(people.lender, people.dora):
        draft: Any = notices.drafted(people.kept, NoticeKind.VALIDATION, now=now)
        made = notices.issue(draft, now=now)
    assert isinstance(made, int), made
    return made, served(people, now)


def served(people: Any, now: Any) -> int:
    """Serve a default notice about the kept debt, let it have gone, and return it."""
    from datetime import timedelta

    from arrears.actions import notices
    from arrears.domain.notices import NoticeKind
    from arrears.store.scope import scope
    from arrears.store.tables.notice import Notice
    from arrears.store.tables.staff import Staff

    mona = Staff.objects.using("night").get(username="mona").pk
    with scope(people.lender, mona):
        done = notices.issue_many([people.kept], NoticeKind.DEFAULT, now=now, because="Two reminders.", given=SAID)
    assert len(done.made) == 1, done.refused
    Notice.objects.using("night").filter(pk=done.made[0]).update(
        sent_at=now, received_on=now.date() + timedelta(days=7)
    )
    return done.made[0]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_axe_finds_nothing_serious_on_the_pages_of_notices_and_missing_facts(
    site: Any, chromium: Any, pictures: Path, view: str, language: str
) -> None:
    shared = everybody()
    (notice, default), people = fill(site), site.town.people
    context = chromium.new_context(bypass_csp=True, **VIEWS[view])
    page = context.new_page()
    shared.sign_in(page, site.address, "mona")
    shared.say(page, language)
    found: list[str] = []
    for name, place in {
        "missing": "missing/", "missing-fact": "missing/fact/debt.chain_of_creditors/", "notices": "notices/",
        "notice": f"notices/{notice}/", "notice-served": f"notices/{default}/", "account-noticed": f"account/{people.kept}/",
        "serve-empty": "notices/serve/", "serve-lacks": f"notices/serve/?one={people.placed}",
        "serve": f"notices/serve/?one={people.placed}&{urlencode(SAID)}", "notice-preview": f"notices/preview/validation/{people.placed}/",
    }.items():  # fmt: skip
        page.goto(f"{site.address}/{place}")
        page.screenshot(path=pictures / f"{name}-{view}-{language}.png", full_page=True)
        found += shared.serious(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} overflows"
    assert found == []


def test_a_missing_fact_is_said_for_all_by_keyboard_and_leaves_the_queue(site: Any, chromium: Any) -> None:
    shared = everybody()
    fill(site)
    page = chromium.new_context().new_page()
    shared.sign_in(page, site.address, "mona")
    page.goto(f"{site.address}/missing/fact/debt.right_person/")
    page.keyboard.press("a")
    page.keyboard.type("contract of sale and passport")
    page.keyboard.press("Tab")
    page.keyboard.type("files seen on 2 March")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.url.endswith("/missing/")
    assert page.locator("a[href*='debt.chain_of_creditors']").count() == 1
    assert page.locator("a[href*='debt.right_person']").count() == 0


def test_a_notice_is_served_by_keyboard_with_a_reason(site: Any, chromium: Any) -> None:
    from arrears.store.tables.notice import Notice

    shared, people = everybody(), site.town.people
    fill(site)
    page = chromium.new_context().new_page()
    shared.sign_in(page, site.address, "mona")
    page.goto(f"{site.address}/notices/")
    with page.expect_navigation():
        page.keyboard.press("v")
    page.goto(f"{site.address}/notices/serve/?one={people.placed}&{urlencode(SAID)}")
    page.keyboard.press("w")
    page.keyboard.type("Two reminders went unanswered.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.url.endswith("/notices/")
    kept = Notice.objects.using("night").get(person_id=people.placed_debtor, kind="default")
    assert kept.facts["because"] == "Two reminders went unanswered."
