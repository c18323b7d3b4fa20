"""What every verb leaves behind: its event, stamped with the open book day of the account's owner."""

from collections.abc import Sequence
from datetime import datetime

from arrears.store import bookday
from arrears.store.doors import events
from arrears.store.doors.events import Happened
from arrears.store.scope import current

__all__ = ["Happened", "append", "append_all"]


def append(
    kind: str,
    *,
    owner: int,
    now: datetime,
    account: int | None = None,
    person: int | None = None,
    using: str = "default",
    **facts: object,
) -> int:
    """Append one event of ``kind`` (past tense: ``promise_taken``), by the user of the open scope; return its book day.

    ``facts`` are codes, ids, amounts and dates, in JSON's own kinds. They must hold nothing personal: history is never
    erased.
    """
    event = Happened(kind=kind, owner=owner, account=account, person=person, staff=current(using).user, facts=facts)
    return append_all([event], now=now, using=using)[owner]


def append_all(happened: Sequence[Happened], *, now: datetime, using: str = "default") -> dict[int, int]:
    """Append events of one or several owners at once; return the book day they were stamped with, by owner."""
    stamped: dict[int, int] = {}
    for owner in sorted({event.owner for event in happened}):
        stamped[owner] = bookday.stamp(owner, using=using).day
        own = [event for event in happened if event.owner == owner]
        events.add(own, at=now, book_day=stamped[owner], using=using)
    return stamped
