"""The pages of plans in a real browser: nothing serious for axe, nothing overflows at 320 pixels, all by keyboard."""

import importlib.util
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

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


def fill(site: Any) -> int:
    """Agree a plan over the placed debt and leave its first instalment unpaid; take promises on the other."""
    from arrears.actions import promises
    from arrears.actions.plans.drafting import Draft
    from arrears.actions.plans.making import Agreement, make
    from arrears.domain.plans import AgreedBy, Outline, PlanKind, Rhythm
    from arrears.kernel.calendars import Place
    from arrears.store.scope import scope

    people, now = site.town.people, site.clock[0]
    outline = Outline(
        kind=PlanKind.EQUAL, rhythm=Rhythm.WEEKLY, first=now.date() + timedelta(days=1), total=9_000, count=4,
        place=Place("US", "NY"),
    )  # fmt: skip
    said = Draft(person=people.placed_debtor, amounts={people.placed: 9_000}, outline=outline)
    with scope(people.lender, people.alice):
        made: Any = make(said, means="transfer", agreement=Agreement(AgreedBy.LETTER, reference="L7"), now=now)
    with scope(people.lender, people.alice, using="night"):
        for hour in (15, 17):
            promises.take(
                people.kept, amount_minor=4_000, due_on=now.date() + timedelta(days=2), due_hour=hour, means="transfer",
                may_call=hour == 15, may_write=False, now=now, using="night",
            )  # fmt: skip
    return int(made.plan)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_axe_finds_nothing_serious_on_the_pages_of_plans(
    site: Any, chromium: Any, pictures: Path, view: str, language: str
) -> None:
    shared = everybody()
    plan, person = fill(site), site.town.people.kept_debtor
    context = chromium.new_context(bypass_csp=True, **VIEWS[view])
    page = context.new_page()
    shared.sign_in(page, site.address, "mona")
    shared.say(page, language)
    found: list[str] = []
    for name, place in {
        "plans": "plans/", "plan": f"plans/{plan}/", "plan-builder": f"plans/new/{person}/",
        "promises": f"promises/?day={site.clock[0].date() + timedelta(days=2)}",
    }.items():  # fmt: skip
        page.goto(f"{site.address}/{place}")
        if name == "plan-builder":
            compare(page)
        if name == "plan":
            look_ahead(page, (site.clock[0] + timedelta(days=9)).date().isoformat())
        page.screenshot(path=pictures / f"{name}-{view}-{language}.png", full_page=True)
        found += shared.serious(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} overflows"
    assert found == []


def look_ahead(page: Any, first: str) -> None:
    """Type how the rest is to be paid and see its schedule by the key, before anything is written."""
    form = page.locator("form[action$='/edit/']")
    form.locator("[name=first]").fill(first)
    form.locator("[name=count]").fill("3")
    page.evaluate("document.activeElement.blur()")
    with page.expect_navigation():
        page.keyboard.press("w")
    page.wait_for_selector("#ahead-title")


def compare(page: Any) -> None:
    """Fill the form of the budget by typing, work plans out by the key, and wait for the picture."""
    for name, value in {"line-wages": "1900", "line-housing": "900", "line-food": "950"}.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=consented]")
    page.check("[name=covers][value=all]")
    page.evaluate("document.activeElement.blur()")
    with page.expect_navigation():
        page.keyboard.press("w")
    page.wait_for_selector("polyline")
