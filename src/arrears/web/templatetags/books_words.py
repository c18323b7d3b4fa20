"""Filters of the books' pages: names of accounts, sides, kinds of journals and of clients' money."""

from datetime import date

from django import template
from django.utils.translation import gettext

from arrears.engine.books.chart import KIND_WORDS, Kind
from arrears.reports.trial_balance import name_in
from arrears.web import spoken

register = template.Library()


@register.filter
def gl_kind(code: str) -> str:
    """Return the words of a kind of account."""
    return KIND_WORDS[Kind(code)].said_in(spoken.language())


@register.filter
def gl_name(names: dict[str, str]) -> str:
    """Return the name of an account of the books."""
    return name_in(names, spoken.language())


@register.filter
def month(value: date) -> str:
    """Return month and year."""
    return spoken.month(value)


@register.filter
def turned(amount: int) -> int:
    """Return an amount from the other side."""
    return -amount


@register.filter
def side_money(amount: int, code: str) -> str:
    """Return an amount above zero with its side in words."""
    said = gettext("%(amount)s debit") if amount >= 0 else gettext("%(amount)s credit")
    return said % {"amount": spoken.money(abs(amount), code)}


@register.filter
def journal_kind(code: str) -> str:
    """Return the words of a kind of journal."""
    return {
        "opening": gettext("Brought in"),
        "posting": gettext("Posting"),
        "accrual": gettext("By time alone"),
        "adjustment": gettext("Adjustment of an earlier period"),
        "suspense": gettext("Suspense"),
        "trust": gettext("Clients' money"),
        "commission": gettext("Commission"),
    }[code]


@register.filter
def trust_kind(code: str) -> str:
    """Return the words of a movement of clients' money."""
    return {
        "receipt": gettext("Receipt"),
        "return": gettext("Returned by the bank"),
        "remittance": gettext("Remittance"),
        "commission": gettext("Commission kept"),
        "funding": gettext("Put in by us"),
        "refund": gettext("Refund to the payer"),
    }[code]
