"""What the words of a message name besides money: people, organisations, addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from arrears.domain.contacts import KIND_OF_POINT, MEDIUM_OF, Channel
from arrears.store import answers
from arrears.store.tables.person import ContactPoint

_USES: Final = ("mobile", "home", "other", "work")


@dataclass(frozen=True, slots=True)
class Names:
    """The names on a message: who gets it, whose the debt is, who sends it; and the sender's settings (JSON)."""

    person: str
    creditor: str
    collector: str
    settings: Mapping[str, Any]


def names(person: int, owner: int, sender: int, *, using: str = "default") -> Names:
    """Return the names for a message about a person's debts to ``owner``, from ``sender``."""
    ((whom, creditor, collector, settings),) = answers.prepared(_NAMES, [person, owner, sender], using=using)
    return Names(whom, creditor, collector, settings)


_NAMES: Final = """
    SELECT p.full_name, owner.name, sender.name, sender.settings
    FROM person p, organisation owner, organisation sender
    WHERE p.id = %s AND owner.id = %s AND sender.id = %s"""


def best_point(person: int, channel: Channel, *, using: str = "default") -> int | None:
    """Return the contact point of a person for a channel: a mobile before a home, a home before work; None where none.

    A text goes to a mobile alone, and nothing but a letter goes to work by itself.
    """
    kind = KIND_OF_POINT[MEDIUM_OF[channel]]
    rows = ContactPoint.objects.using(using).filter(person_id=person, kind=kind, is_valid=True)
    fit = [row for row in rows.only("pk", "use") if is_fit(row.use, channel)]
    return min(((_USES.index(row.use), row.pk) for row in fit), default=(0, None))[1]


def is_fit(use: str, channel: Channel) -> bool:
    """Return whether a point of this use is one that a message of this channel goes to by itself."""
    return use == "mobile" if channel is Channel.TEXT else use != "work"
