"""Who acts, and the people who must be decided about again because of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from arrears.kernel.hours import local_day
from arrears.store.doors import workers
from arrears.store.doors.contact_records import house_of
from arrears.store.scope import current

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


def redecide(person_ids: Iterable[int], *, now: datetime, using: str = "default") -> None:
    """Decide about people again, by the same tables as the night, so that lists are fresh at once."""
    from arrears.actions import decisions

    as_of = local_day(now, house_of(current(using).organisation, using=using).timezone)
    decisions.redecide_people(sorted(set(person_ids)), as_of=as_of, now=now, using=using)
