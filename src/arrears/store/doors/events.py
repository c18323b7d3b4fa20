"""History: one row for everything that happened, added in the transaction that made it happen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from arrears.store import writing
from arrears.store.scope import current
from arrears.store.tables.event import Event

_ONE_BY_ONE: Final = 4
"""Up to so many events cost less by a prepared statement each than by one that is planned for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event in the past tense. ``facts`` hold codes, ids and amounts; never a name, a number or a note."""

    kind: str
    owner: int
    account: int | None = None
    person: int | None = None
    staff: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)  # JSON


def add(events: list[Happened], *, at: datetime, book_day: int, using: str = "default") -> None:
    """Add events, in the caller's transaction; ``book_day`` is the stamp it holds."""
    own = current(using).organisation
    rows = [
        {
            "organisation_id": event.owner,
            "by_organisation_id": own,
            "staff_id": event.staff,
            "account_id": event.account,
            "person_id": event.person,
            "kind": event.kind,
            "at": at,
            "book_day": book_day,
            "facts": dict(event.facts),
        }
        for event in events
    ]
    if len(rows) <= _ONE_BY_ONE:
        writing.add(Event, rows, using=using)
    else:
        Event.objects.using(using).bulk_create([Event(**row) for row in rows])
