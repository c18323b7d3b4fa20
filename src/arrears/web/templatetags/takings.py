"""Words and rows of takings, for templates of other pages too."""

from typing import Any

from django import template

from arrears.config import clock
from arrears.config.payments import providers
from arrears.packs.takings import takings as pack
from arrears.store.doors import takings as rows
from arrears.store.doors import traces
from arrears.web import spoken
from arrears.web.takings.wording import named

register = template.Library()


@register.filter
def taking(code: str, kind: str) -> str:
    """Return the words of a code of takings."""
    return named(code, kind)


@register.filter
def scheme(code: str) -> str:
    """Return the words of a kind of debit."""
    return pack().schemes[code].said_in(spoken.language())


@register.filter
def failure(said: str) -> str:
    """Return why a debit failed."""
    return pack().reason(said).title.said_in(spoken.language())


@register.filter
def treat(said: str) -> str:
    """Return what a failure calls for."""
    return named(pack().reason(said).treat, "treat")


@register.simple_tag
def takings_on(account: int) -> dict[str, Any]:
    """Return an account's links, authorisations, debits and trace, and whether a provider is set up for its owner."""
    links, mandates, debits = rows.of_account(account)
    payer = rows.payer(account)
    settings = rows.settings_of(payer.owner) if payer else {}
    today = clock.today_in(payer.timezone) if payer else None
    return {
        "links": links[:3],
        "debits": debits[:3],
        "active": [one for one in mandates if one.state == "active"],
        "trace": next(iter(traces.running_on([account])), None),
        "is_ready": providers(settings.get("account", "")) is not None,
        "today": today,
    }
