"""Who acts, and the people who must be decided about again because of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from arrears.actions.decisions import Redecided, redecide_people
from arrears.store.doors import workers

IN_CHARGE: Final = frozenset({"supervisor", "manager"})


def own_roles(*, using: str = "default") -> frozenset[str]:
    """Return the roles of the user of the scope; none for a job."""
    own = workers.own(using=using)
    return own.roles if own else frozenset()


def own_language(*, using: str = "default") -> str:
    """Return the language of the user of the scope; English for a job."""
    own = workers.own(using=using)
    return own.language if own else "en"


def is_in_charge(*, using: str = "default") -> bool:
    """Return whether the user of the scope leads others: a supervisor or manager."""
    return not IN_CHARGE.isdisjoint(own_roles(using=using))


def redecide(person_ids: Iterable[int], *, now: datetime, using: str = "default") -> tuple[Redecided, ...]:
    """Decide about people again, by the same tables as the night, so that lists are fresh at once.

    Returns what `decisions.redecide_people` does: each person once for every organisation that works for them.
    """
    return redecide_people(person_ids, now=now, using=using)
