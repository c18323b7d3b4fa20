"""Nothing serious for axe on any page, in light and dark, wide and narrow, in three languages; nothing overflows."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.long]

SHELL = "correct horse battery staple"
SERIOUS = {"serious", "critical"}
VIEWS = {
    "wide": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


def sign_in(page: Any, address: str, who: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", SHELL)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def serious(page: Any) -> list[str]:
    """What axe holds against a page, in a line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in SERIOUS]


def in_the_menu(page: Any) -> list[str]:
    """Where the menu leads, whoever is signed in."""
    return [str(link.get_attribute("href")).lstrip("/") for link in page.query_selector_all("nav.menus a")]


def say(page: Any, language: str) -> None:
    page.context.add_cookies([{"name": "arrears-language", "value": language, "url": page.url}])
    with page.expect_navigation():
        page.evaluate(
            "code => { const all = [...document.querySelectorAll('button[name=language]')];"
            " const one = all.find(button => button.value === code); one.form.requestSubmit(one); }",
            language,
        )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_axe_finds_nothing_serious_on_any_page(
    site: Any, chromium: Any, pictures: Path, view: str, language: str
) -> None:
    person, account = site.town.people.kept_debtor, site.town.people.kept
    fill(site)
    context = chromium.new_context(bypass_csp=True, **VIEWS[view])
    page = context.new_page()
    page.goto(f"{site.address}/sign-in/")
    say(page, language)
    found = serious(page)
    page.screenshot(path=pictures / f"sign-in-{view}-{language}.png")
    addresses = {
        "alice": [
            f"call/{person}/",
            f"may-we/{person}/",
            f"account/{account}/",
            f"account/{account}/ledger/",
            f"account/{account}/computation/",
            f"account/{account}/events/",
            f"offer/{account}/",
            f"cases/open/{person}/",
            f"care/{person}/",
            f"proofs/{person}/",
            "inbox/new/",
            "cases/1/",
            "rules/core.night/",
            "nowhere/",
        ],
        "mona": ["approvals/1/", "inbox/came-back/", "messages/decisions/"],
        "fred": [],
        "carol": [],
        "adam": [],
    }
    looked_at: set[str] = set()
    for who, places in addresses.items():
        page.context.clear_cookies()
        sign_in(page, site.address, who)
        say(page, language)
        for place in [place for place in [*in_the_menu(page), *places] if place not in looked_at]:
            looked_at.add(place)
            page.goto(f"{site.address}/{place}")
            name = place.strip("/").replace("/", "-")
            page.screenshot(path=pictures / f"{name}-{view}-{language}.png", full_page=name != "practices")
            found += serious(page)
            assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)"), (
                page.url
            )
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} overflows"
    assert found == []


def fill(site: Any) -> None:
    """Let every queue hold something: a line nobody matched, an arrangement or offer asked for, an incident, a permit."""
    from arrears.actions import cases, concessions, contacts, promises
    from arrears.actions.gatekeeping import Approach
    from arrears.domain.concessions import ConcessionKind, Part
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
    from arrears.store.doors.attempts import Told
    from arrears.store.scope import scope
    from arrears.store.tables.feed import ImportBatch, PaymentLine
    from arrears.store.tables.person import ContactPoint

    people, now = site.town.people, site.clock[0]
    owner = {"organisation_id": people.lender}
    batch = ImportBatch.objects.using("night").create(
        **owner, kind="payments", file_name="bank.csv", file_hash=b"1", started_at=now, finished_at=now, state="done"
    )
    for line, (payer, reference) in enumerate({"M ALVAREZ": "loan", "王小明": "还款"}.items(), start=1):
        PaymentLine.objects.using("night").create(
            **owner, batch=batch, line=line, source_ref=str(line), value_date=now.date(), amount_minor=16_000,
            currency="USD", reference=reference, payer=payer, state="unmatched",
        )  # fmt: skip
    point = ContactPoint.objects.using("night").filter(person_id=people.placed_debtor).values_list("pk", flat=True)[0]
    with scope(people.lender, people.alice, using="night"):
        opened = cases.open_case(
            "complaint", person=people.kept_debtor, received_at=now, now=now, regulator="us.cfpb", using="night"
        )
        assert isinstance(opened, int)
        paper = {"name": "Proof of payment", "sent_on": now.date().isoformat()}
        cases.add_paper(opened, b"%PDF-1.7", paper=paper, now=now, using="night")
        promises.take(
            people.kept, amount_minor=16_000, due_on=now.date().replace(day=20), due_hour=10, means="transfer",
            may_call=True, may_write=False, now=now, using="night",
        )  # fmt: skip
        concessions.propose(
            people.kept, ConcessionKind.SETTLEMENT, [Part(now.date().replace(day=20), 60_000)],
            reason="lost her job", key="1", now=now, using="night",
        )  # fmt: skip
        told = Told(
            owner=people.lender, person=people.kept_debtor, accounts=(people.kept,), contact_point=None,
            role=Role.DEBTOR, channel=Channel.CALL, origin=Origin.AGENCY_REPORTED, direction=Direction.TO_PERSON,
            outcome=Outcome.NO_ANSWER, at=now, source_kind="told", source_ref="1",
        )  # fmt: skip
        contacts.record_elsewhere(told, now=now, using="night")
        contacts.take_permit(Approach(person=people.placed_debtor, contact_point=point), now=now, using="night")
