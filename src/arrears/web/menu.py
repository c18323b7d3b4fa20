"""The menu: what each page says of its place in it, put in order for those who may look."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise

from arrears.web.permissions import may


@dataclass(frozen=True, slots=True)
class Entry:
    """A page's place in the menu: its address by name, its title, who sees it, the key after ``g``."""

    name: str
    title: str | Promise
    order: int
    roles: frozenset[str]
    key: str


@cache
def _entries() -> tuple[Entry, ...]:
    from arrears.web.urls import pages

    found = [page.menu for page in pages() if hasattr(page, "menu")]
    return tuple(sorted(found, key=lambda entry: entry.order))


def entries_for(user: Any) -> list[Entry]:  # Any: Django's anonymous user shares no base with ours
    """Return the menu of ``user``, in order."""
    return [entry for entry in _entries() if may(user, entry.roles)]
