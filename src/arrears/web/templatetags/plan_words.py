"""Filters that put the codes of plans and budgets into the words of the page's language."""

from typing import Any, Final

from django import template

from arrears.domain.plans import Instalment
from arrears.web import spoken
from arrears.web.permissions import COLLECTORS, may
from arrears.web.plans import words

register = template.Library()

_TABLES: Final = {
    "state": words.STATES,
    "standing": words.STANDINGS,
    "kind": words.KINDS,
    "rhythm": words.RHYTHMS,
    "charges": words.CHARGES,
    "why": words.WHYS,
    "how": words.HOWS,
    "because": words.BECAUSE,
}


@register.filter
def plan_word(code: str, table: str) -> str:
    """Return the words of a plan's code: ``{{ plan.state|plan_word:"state" }}``."""
    return str(_TABLES[table].get(str(code), str(code).replace("_", " ")))


@register.filter
def may_make_plans(user: Any) -> bool:  # Any: the staff member, whose type is chosen by settings
    """Return whether somebody may make plans: ``{% if request.user|may_make_plans %}``."""
    return may(user, COLLECTORS | {"manager"})


@register.filter
def plan_signal(state: str) -> str:
    """Return the class of the chip of a plan's state."""
    return words.SIGNALS.get(str(state), "")


@register.filter
def standing_signal(standing: str) -> str:
    """Return the class of the chip of an instalment."""
    return words.STANDING_SIGNALS.get(standing, "")


@register.filter
def of(table: dict[object, object], key: object) -> object:
    """Return what a table holds under a key; nothing where it holds none: ``{{ typed|of:name }}``."""
    return table.get(key, "")


@register.filter
def joined(first: str, second: object) -> str:
    """Return two words as one: ``{{ "covers-"|joined:account }}``."""
    return f"{first}{second}"


@register.filter
def instalment_day(each: Instalment) -> str:
    """Return the due date of an instalment with its weekday."""
    return spoken.day(each.due)
