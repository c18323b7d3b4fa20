"""The pages of messages, each with something on it: nothing serious for axe, nothing overflows at 320 px, by keyboard."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SHELL = "correct horse battery staple"
SERIOUS = {"serious", "critical"}
VIEWS = {
    "wide": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 320, "height": 720}, "color_scheme": "dark"},
}


@pytest.fixture
def batch(site: Any) -> int:
    """A batch of one letter that waits, one e-mail refused until tomorrow, in the lender's book."""
    from tests.message_desk import Recorded

    from arrears.actions import holds
    from arrears.actions.messages.queueing import Prepared, prepare_batch
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store.scope import scope
    from arrears.store.tables.person import ContactPoint

    people, now = site.town.people, site.clock[0]
    ContactPoint.objects.using("night").create(
        organisation_id=people.lender, person_id=people.kept_debtor, kind="email", use="home", source="contract",
        value="maria@debtor.example", normalised="maria@debtor.example", country="US", region="US-NY",
        timezones=["America/New_York"], basis="contract",
    )  # fmt: skip
    with scope(people.lender, None, using="night"):
        made = prepare_batch(
            "arrears_reminder", channel=Channel.EMAIL, accounts=[people.kept], name="March", now=now, using="night"
        )
        until = now + timedelta(days=1)
        holds.place("moratorium", person=people.kept_debtor, account=None, now=now, until=until, using="night")
    send_due(people.lender, {Channel.EMAIL: Recorded()}, clock=lambda: now)
    assert isinstance(made, Prepared)
    return made.batch


def sign_in(page: Any, address: str, who: str, language: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", SHELL)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.context.add_cookies([{"name": "arrears-language", "value": language, "url": page.url}])
    with page.expect_navigation():
        page.evaluate(
            "code => { const all = [...document.querySelectorAll('button[name=language]')];"
            " const one = all.find(button => button.value === code); one.form.requestSubmit(one); }",
            language,
        )


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_on_the_pages_of_messages(
    site: Any, batch: int, chromium: Any, pictures: Path, view: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for language in ("en", "es", "zh-hans"):
        context = chromium.new_context(bypass_csp=True, **VIEWS[view])
        page = context.new_page()
        sign_in(page, site.address, "mona", language)
        for place in ("messages/", f"messages/{batch}/"):
            page.goto(f"{site.address}/{place}")
            page.wait_for_load_state("load")
            page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
            name = f"{place.strip('/').replace('/', '-')}-{view}-{language}"
            page.screenshot(path=pictures / f"{name}.png", full_page=True)
            broken = Axe().run(page).response["violations"]
            found += [
                f"{name}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in broken if one["impact"] in SERIOUS
            ]
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append(f"{name} overflows")
        context.close()
    assert found == []


def test_a_batch_is_opened_and_stopped_without_a_mouse(site: Any, batch: int, chromium: Any) -> None:
    page = chromium.new_page()
    sign_in(page, site.address, "mona", "en")
    page.goto(f"{site.address}/messages/")
    with page.expect_navigation():
        page.keyboard.press("o")
    assert page.url.endswith(f"/messages/{batch}/")
    page.keyboard.press("x")
    page.keyboard.type("wrong list")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "wrong list" in page.inner_text("main")
