"""The books' pages in three languages: nothing serious for axe, nothing overflows at 320, keys lead down and close."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.long]

SHELL = "correct horse battery staple"
LANGUAGES = ["en", "es", "zh-hans"]


def sign_in(page: Any, address: str, who: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", SHELL)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def say(page: Any, language: str) -> None:
    page.context.add_cookies([{"name": "arrears-language", "value": language, "url": page.url}])
    with page.expect_navigation():
        page.evaluate(
            "code => { const all = [...document.querySelectorAll('button[name=language]')];"
            " const one = all.find(button => button.value === code); one.form.requestSubmit(one); }",
            language,
        )


def serious(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def fill(site: Any) -> dict[str, Any]:
    """Post payments and a reversal, place a debt, hold clients' money that the bank tells otherwise."""
    from arrears.actions import books, commission, payments, trust, trust_reconciling
    from arrears.engine.books.journals import Line
    from arrears.store.doors import trust as trust_door
    from arrears.store.scope import scope

    people, now = site.town.people, site.clock[0]
    today = now.date()
    with scope(people.lender, people.alice, using="night"):
        for n, amount in enumerate((16_000, 4_500)):
            payments.post(people.kept, amount, today, reference=f"books-{n}", now=now, using="night")
        made: Any = commission.open_placement(
            people.agency, [people.placed], name="Spring", currency_code="USD", terms={"rate_ppm": 250_000},
            from_on=date(2026, 1, 1), in_default_on=date(2026, 1, 1), now=now, using="night",
        )  # fmt: skip
        payments.post(people.placed, 12_000, today, reference="books-placed", now=now, using="night")
        account: Any = trust.open_account("Clients in dollars", "USD", using="night")
        trust.receive(account, people.agency, 9_000, today.replace(day=1), reference="T-1", now=now, using="night")
        trust.receive(account, people.agency, 2_500, today, reference="T-2", now=now, using="night")
        trust_door.add_bank_line(people.lender, account, today, 9_000, "1", words="T-1", using="night")
        trust_door.add_bank_line(people.lender, account, today, -35, "2", words="bank fee", using="night")
        trust_door.add_bank_line(people.lender, account, today, 8_965, "end", is_balance=True, using="night")
        trust_reconciling.match_lines(trust_door.accounts(people.lender, using="night")[0], today, using="night")
        suspense = [Line("received", "USD", 700), Line("suspense", "USD", -700)]
        journal = books.post_lines(people.lender, "suspense", suspense, now=now, using="night")
        client = trust_door.clients(people.lender, using="night")[0].id
    commission.post(made, today, now=now)
    return {"journal": journal, "placement": made, "client": client}


def places(page: Any, site: Any, made: dict[str, Any]) -> list[str]:
    """Return every page of the books, drilled down from the trial balance."""
    page.goto(f"{site.address}/books/")
    first = page.query_selector("tbody a").get_attribute("href")
    close = page.query_selector("[data-key=c]").get_attribute("href")
    return [
        "/books/", first, f"/books/journal/{made['journal']}/", close, "/books/trust/",
        f"/books/trust/client/{made['client']}/", "/books/commission/", f"/books/commission/{made['placement']}/",
        f"/books/trust/client/{made['client']}/remit/", "/books/commission/place/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_books_are_whole_in_every_language_and_at_320(
    site: Any, chromium: Any, pictures: Path, language: str
) -> None:
    made = fill(site)
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, site.address, "fred")
    say(page, language)
    found = []
    for width, theme in ((1440, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        for n, place in enumerate(places(page, site, made)):
            page.goto(f"{site.address}{place}")
            page.screenshot(path=pictures / f"books-{n}-{width}-{language}.png", full_page=True)
            found += serious(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} overflows"
    assert found == []


def test_a_period_is_looked_at_and_closed_by_keyboard(site: Any, chromium: Any) -> None:
    fill(site)
    page = chromium.new_context().new_page()
    sign_in(page, site.address, "fred")
    page.goto(f"{site.address}/books/")
    for key in ("c", "Control+Enter"):
        with page.expect_navigation():
            page.keyboard.press(key)
    assert "closed" in page.inner_text("main")
    with page.expect_navigation():
        page.keyboard.press("2")
    assert "bank fee" in page.inner_text("main")


def test_money_is_remitted_by_keyboard_and_a_mistake_in_a_placement_is_read_out(site: Any, chromium: Any) -> None:
    made = fill(site)
    page = chromium.new_context(bypass_csp=True, viewport={"width": 320, "height": 800}).new_page()
    sign_in(page, site.address, "fred")
    page.goto(f"{site.address}/books/trust/client/{made['client']}/")
    with page.expect_navigation():
        page.keyboard.press("r")
    assert "What would go" in page.inner_text("main")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "to the client" in page.inner_text("body")
    page.goto(f"{site.address}/books/commission/")
    with page.expect_navigation():
        page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.type("Autumn")
    page.evaluate("document.querySelector('main form[method=post]').noValidate = true")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.input_value("[name=name]") == "Autumn"
    assert page.get_attribute("[name=debts]", "aria-describedby") == "problem-debts"
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
