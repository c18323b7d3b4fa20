"""Filters that put values into the words of the page's language."""

from datetime import date, datetime

from django import template
from django.conf import settings

from arrears.domain.entries import EFFECTS, EntryKind
from arrears.kernel.texts import Text
from arrears.packs.returns import reasons
from arrears.web import spoken, wording
from arrears.web.menu import Menu, menu_for

register = template.Library()


@register.filter
def said(text: Text | str | None) -> str:
    """Return a text of the house in the language of the page."""
    if text is None:
        return ""
    return text.said_in(spoken.language()) if isinstance(text, Text) else str(text)


@register.filter
def money(minor: int | None, code: str) -> str:
    """Return an amount of minor units: ``{{ owed|money:account.currency }}``."""
    return spoken.money(minor, code)


@register.filter
def plain_money(minor: int | None, code: str) -> str:
    """Return an amount as one types it."""
    return spoken.plain_money(minor, code)


@register.filter
def day(value: date | int | None) -> str:
    """Return a date with its weekday."""
    return spoken.day(value)


@register.filter
def short_day(value: date | int | None) -> str:
    """Return a date with its weekday and without its year."""
    return spoken.day(value, short=True)


@register.filter
def iso_day(value: date | int | None) -> str:
    """Return a date for machines (``datetime`` attributes, date inputs)."""
    found = spoken.calendar_day(value)
    return found.isoformat() if found else ""


@register.filter
def clock(value: datetime | None, zone: str = "UTC") -> str:
    """Return the wall time of an instant in a zone."""
    return spoken.clock(value, zone)


@register.filter
def moment(value: datetime | None, zone: str = "UTC") -> str:
    """Return day and wall time of an instant in a zone."""
    return spoken.moment(value, zone)


@register.filter
def grouped(value: int | None) -> str:
    """Return a whole number with grouping."""
    return spoken.number(value)


@register.filter
def share_of(part: int, whole: int) -> str:
    """Return a percentage: ``{{ kept|share_of:due }}``."""
    return spoken.share(part, whole)


@register.filter
def html_language(code: str) -> str:
    """Return the language tag of a page language for ``lang`` attributes: ``zh-Hans``, not ``zh-hans``."""
    return {"zh-hans": "zh-Hans", "zh": "zh-Hans"}.get(code, code)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Return the languages of the pages, each in its own words."""
    return list(settings.LANGUAGES)


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> Menu:
    """Return the menu of whoever is signed in."""
    request = context["request"]
    return menu_for(request.user, getattr(request.resolver_match, "url_name", None) or "")


@register.filter
def named(code: str, table: str) -> str:
    """Return the words of a code: ``{{ point.use|named:"use" }}``."""
    return wording.named(code, table)


@register.filter
def ended(code: str) -> str:
    """Return the words of how a contact ended."""
    return wording.ending(code).said_in(spoken.language())


@register.filter
def promise_signal(state: str) -> str:
    """Return the class of the chip of a promise's state."""
    return wording.PROMISE_SIGNALS.get(state, "")


@register.filter
def entry_words(name: str) -> str:
    """Return the words of an entry's kind by its name: ``payment``, ``reversal``."""
    return EFFECTS[EntryKind[name.upper()]].words.said_in(spoken.language())


@register.filter
def returned_because(reason: str) -> str:
    """Return why a bank took a payment back: the code, and its words where it is a known one; else as it was said."""
    code = reason.partition(":")[0].strip()
    known = reasons().get(code.upper())
    return f"{known.code}: {known.words.said_in(spoken.language())}" if known else reason


@register.filter
def recorded(said: dict[str, str]) -> str:
    """Return a reason that was kept in three languages in the one of the page."""
    return said.get(spoken.language(), said.get("en", ""))
