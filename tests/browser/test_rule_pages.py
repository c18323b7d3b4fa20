"""A rule with its acts, and a proposal before and after its trial, in a real browser: axe, 320 pixels, three languages."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

EVERYBODY = Path(__file__).with_name("test_pages_for_everybody.py")
VIEWS = {
    "wide": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 320, "height": 720}, "color_scheme": "dark"},
}
QUIET = """title: {en: Quiet, es: Silencio, zh: 安静}
words: {en: Nobody is called., es: No se llama a nadie., zh: 不联系任何人。}
severity: BLOCK
kind: debt_status
parameters: {statuses: [open, charged_off]}
"""


def everybody() -> Any:
    found = next((m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(EVERYBODY)), None)
    if found is None:
        wanted = importlib.util.spec_from_file_location("pages_for_everybody", EVERYBODY)
        assert wanted is not None
        assert wanted.loader is not None
        found = importlib.util.module_from_spec(wanted)
        wanted.loader.exec_module(found)
    return found


def fill(site: Any) -> tuple[int, int]:
    """Switch a rule on, and propose two folders, of which one is tried; return both proposals."""
    from arrears.actions import rule_proposals, rule_settings, rule_trials
    from arrears.domain.rule_settings import RuleAct, Settled
    from arrears.kernel.hours import local_day
    from arrears.store.scope import scope

    people, now = site.town.people, site.clock[0]
    on = local_day(now, "America/New_York")
    act = Settled(act=RuleAct.SWITCH_ON, rule="uk.fg21-1", from_on=on)
    files = {"compliance/local/quiet.yaml": QUIET}
    with scope(people.lender, people.dora):
        rule_settings.settle(act, reason="counsel read it", now=now)
        made = [rule_proposals.propose([], files, reason="the board asks", from_on=on, now=now) for _ in range(2)]
        first, second = (number for number in made if isinstance(number, int))
        rule_trials.try_some(second, now=now)
    return first, second


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_axe_finds_nothing_serious_and_nothing_overflows(
    site: Any, chromium: Any, pictures: Path, view: str, language: str
) -> None:
    walk = everybody()
    first, second = fill(site)
    page = chromium.new_context(bypass_csp=True, java_script_enabled=True, **VIEWS[view]).new_page()
    page.route("**/try/", lambda route: route.abort())
    walk.sign_in(page, site.address, "carol")
    walk.say(page, language)
    found: list[str] = []
    for place in ("rules/", "rules/uk.fg21-1/", "rules/house.week/", "proposals/", f"proposals/{first}/",
                  f"proposals/{second}/"):  # fmt: skip
        page.goto(f"{site.address}/{place}")
        page.screenshot(path=pictures / f"{place.strip('/').replace('/', '-')}-{view}-{language}.png", full_page=True)
        found += walk.serious(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} overflows"
    assert found == []
