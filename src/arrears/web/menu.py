"""The menu: what each page says of its place in it, put in order for those who may look."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from arrears.web.permissions import may

MONEY, RULES = "money", "rules"
#: Drawers of the menu, for pages that few people need: a bar that everybody reads stays short.
DRAWERS: dict[str, str | Promise] = {MONEY: gettext_lazy("Money"), RULES: gettext_lazy("Rules")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page's place in the menu: its address by name, its title, who sees it, the key after ``g``, its drawer."""

    name: str
    title: str | Promise
    order: int
    roles: frozenset[str]
    key: str
    drawer: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """What stands in the bar, and the drawers beside it: title, pages, and whether the page shown is one of them."""

    bar: list[Entry]
    drawers: list[tuple[str | Promise, list[Entry], bool]]


@cache
def _entries() -> tuple[Entry, ...]:
    from arrears.web.urls import pages

    found = [page.menu for page in pages() if hasattr(page, "menu")]
    return tuple(sorted(found, key=lambda entry: entry.order))


def entries_for(user: Any) -> list[Entry]:  # Any: Django's anonymous user shares no base with ours
    """Return the pages that ``user`` may look at, in order."""
    return [entry for entry in _entries() if may(user, entry.roles)]


def menu_for(user: Any, shown: str = "") -> Menu:  # Any: as above
    """Return the menu of ``user``, in order; ``shown`` is the name of the page that is looked at."""
    seen = entries_for(user)
    drawers = []
    for drawer, title in DRAWERS.items():
        inside = [entry for entry in seen if entry.drawer == drawer]
        if inside:
            drawers.append((title, inside, shown in {entry.name for entry in inside}))
    return Menu([entry for entry in seen if not entry.drawer], drawers)
