"""The pages of takings, each with something on it: nothing serious for axe, nothing overflows at 320 px, one key away."""

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
def provider(site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The provider's sandbox, and a lender with something in every queue."""
    from arrears.channels.payments.sandbox import KEY, WEBHOOK_SECRET, Sandbox

    with Sandbox(lambda: site.clock[0]).serving() as bank:
        monkeypatch.setenv("ARREARS_PAYMENTS_KEY", KEY)
        monkeypatch.setenv("ARREARS_PAYMENTS_WEBHOOK_SECRET", WEBHOOK_SECRET)
        monkeypatch.setenv("ARREARS_PAYMENTS_ADDRESS", bank.address)
        fill(site, bank)
        yield bank


def fill(site: Any, bank: Any) -> None:
    from tests.takings_desk import say

    from arrears.actions.takings import debits, following, links, mandates, receipts, traces
    from arrears.config.payments import providers
    from arrears.store.doors import takings as rows
    from arrears.store.scope import scope

    people, now = site.town.people, site.clock[0]
    say(people.lender, account="own", first_time_plan_percent=40)
    own: Any = {"providers": providers, "now": now}
    with scope(people.lender, people.alice):
        links.ask(people.kept, "part", 4_200, back="http://localhost/", **own)
        asked: Any = mandates.ask_page(
            people.kept, scheme="ach", words="I agree to be debited.", is_recurring=False, most_minor=20_000,
            back="http://localhost/", **own,
        )  # fmt: skip
        receipts.post_shared(
            people.kept_debtor, 1_500, now.date(), owner=people.lender, currency="USD", reference="C-1", now=now
        )
        traces.open_trace(
            people.placed, paid_to="the account on the letter", amount_minor=10_000, paid_on=now.date(),
            means="transfer", proof="slip", now=now,
        )  # fmt: skip
    with scope(people.lender, people.alice):
        page: Any = rows.mandate(asked.id)
    bank.authorise(page.provider_ref)
    provider: Any = providers("own")
    following.follow(people.lender, page.reference, provider, now=now)
    bank.declines.append("insufficient_funds")
    with scope(people.lender, people.alice):
        debits.ask(asked.id, 5_000, now.date(), is_told=True, **own)
        again: Any = mandates.ask_page(
            people.kept, scheme="ach", words="I agree to be debited.", is_recurring=True, most_minor=20_000,
            valid_until=now.date() + timedelta(days=90), back="http://localhost/", **own,
        )  # fmt: skip
    with scope(people.lender, people.alice):
        page = rows.mandate(again.id)
    bank.authorise(page.provider_ref)
    following.follow(people.lender, page.reference, provider, now=now)


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
def test_axe_finds_nothing_serious_on_the_pages_of_takings(
    site: Any, provider: Any, chromium: Any, pictures: Path, view: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    account = site.town.people.kept
    places = {
        "alice": ["takings/", f"takings/account/{account}/", "takings/traces/", "takings/receipts/", "takings/thanks/"],
        "fred": [f"takings/account/{account}/share/", "takings/today/"],
    }
    found = []
    for language in ("en", "es", "zh-hans"):
        for who, wanted in places.items():
            context = chromium.new_context(bypass_csp=True, **VIEWS[view])
            page = context.new_page()
            sign_in(page, site.address, who, language)
            for place in wanted:
                page.goto(f"{site.address}/{place}")
                page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
                name = f"{place.strip('/').replace('/', '-')}-{view}-{language}"
                page.screenshot(path=pictures / f"{name}.png", full_page=True)
                broken = Axe().run(page).response["violations"]
                found += [
                    f"{name}: {one['id']}: {one['nodes'][0]['html'][:160]}"
                    for one in broken
                    if one["impact"] in SERIOUS
                ]
                if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                    found.append(f"{name} overflows")
            context.close()
    assert found == []


def test_a_link_is_made_without_a_mouse(site: Any, provider: Any, chromium: Any) -> None:
    page = chromium.new_page()
    sign_in(page, site.address, "alice", "en")
    page.goto(f"{site.address}/call/{site.town.people.kept_debtor}/")
    with page.expect_navigation():
        page.keyboard.press("w")
    assert page.url.endswith(f"/takings/account/{site.town.people.kept}/")
    with page.expect_navigation():
        page.keyboard.press("k")
    assert page.input_value("input[readonly] >> nth=0").startswith(provider.address)
