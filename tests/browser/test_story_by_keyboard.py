"""The collector's day by keyboard alone: sign in, get next, call, verify, promise; the payment comes; the promise is kept."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
LANGUAGES = {
    "en": ("en-US", "Nobody is left on your list", "You may call now.", "kept"),
    "es": ("es-ES", "No queda nadie en su lista", "Puede llamar ahora.", "cumplida"),
    "zh": ("zh-CN", "名单上已没有现在可以联系的人", "现在可以拨打。", "已履行"),
}
PASSWORD = "correct horse battery staple"


def press(page: Any, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state()


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is on what ``selector`` names."""
    for _ in range(80):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {selector}")


def sign_in(page: Any, address: str, who: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.keyboard.type(who)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")


def speak(site: Any, language: str) -> None:
    from arrears.store.tables.person import Person
    from arrears.store.tables.staff import Staff

    Staff.objects.using("night").filter(username="alice").update(language=language)
    Person.objects.using("night").filter(pk=site.town.people.kept_debtor).update(language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_is_taken_and_kept_without_a_mouse(  # noqa: PLR0915 - one story is told in one go
    site: Any, chromium: Any, pictures: Path, language: str
) -> None:
    locale, nobody_left, may_call, kept = LANGUAGES[language]
    speak(site, language)
    page = chromium.new_context(locale=locale, viewport=WIDE).new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)

    def shoot(name: str) -> None:
        page.screenshot(path=pictures / f"{name}-{language}.png", full_page=True)

    sign_in(page, site.address, "alice")
    shoot("today")
    press(page, "n")
    assert may_call in page.content()
    shoot("call-before")
    press(page, "d")
    assert "$161" not in page.inner_text("[data-steps]")
    shoot("call-dialled")
    page.keyboard.press("v")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press(page, "Control+Enter")
    assert "161" in page.inner_text("[data-steps]")
    keep_for_readme(page, language)
    page.keyboard.press("o")
    shoot("objections")
    page.keyboard.press("Escape")

    page.keyboard.press("e")
    page.keyboard.press("Space")
    press(page, "Control+Enter")
    assert page.locator("[aria-invalid=true]").count() >= 3
    shoot("call-mistakes")
    tab_to(page, "[data-value='2026-03-04']")
    page.keyboard.press("Enter")
    tab_to(page, "[name=due_hour]")
    page.keyboard.type("15")
    tab_to(page, "[name=means]")
    page.keyboard.press("ArrowDown")
    for question in ("may_call", "may_write"):
        tab_to(page, f"[name={question}]")
        page.keyboard.press("Space")
    tab_to(page, "[name=note]")
    page.keyboard.type("Wages come tomorrow. Pays from the same account.")
    shoot("call-promise")
    press(page, "Control+Enter")
    assert nobody_left in page.content()

    pay(site, 16_114)
    site.clock[0] += timedelta(days=10)
    judge(site)
    page.keyboard.press("g")
    press(page, "s")
    page.keyboard.type("alvarez")
    page.wait_for_selector("#found a")
    page.keyboard.press("Tab")
    tab_to(page, "#found a")
    press(page, "Enter")
    assert kept in page.inner_text(".history")
    shoot("call-kept")
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shoot("call-narrow")
    assert [fault for fault in faults if "422" not in fault] == []


def keep_for_readme(page: Any, language: str) -> None:
    """Renew the picture of the README when asked (ARREARS_PICTURES=1)."""
    if language == "en" and os.environ.get("ARREARS_PICTURES") == "1":
        (ROOT / "docs" / "pictures").mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ROOT / "docs" / "pictures" / "call.png")


def pay(site: Any, amount: int) -> None:
    from arrears.actions import payments
    from arrears.store.scope import scope

    when = site.clock[0] + timedelta(days=1)
    with scope(site.town.people.lender, None, using="night"):
        posted = payments.post(
            site.town.people.kept, amount, when.date(), reference="bank-1", now=when, means="transfer", using="night"
        )
    assert posted.is_new  # type: ignore[union-attr]


def judge(site: Any) -> None:
    from arrears.actions import promises
    from arrears.store.scope import scope

    with scope(site.town.people.lender, None, using="night"):
        promises.judge([site.town.people.kept], now=site.clock[0], using="night")
