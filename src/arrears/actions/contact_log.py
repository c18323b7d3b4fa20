"""The log of contacts given out as a file: it leaves the house, so history tells who took which part of it (P65)."""

from datetime import datetime

from arrears.actions import history
from arrears.store.doors import contact_log
from arrears.store.doors.contact_log import Logged, Sought
from arrears.store.scope import current


def give_out(sought: Sought, *, now: datetime, using: str = "default") -> list[Logged]:
    """Return the contacts that fit, newest first, and keep that they were given out, to whom and how many."""
    lines = list(contact_log.every(sought, using=using))
    history.append(
        "contact_log_given_out",
        owner=current(using).organisation,
        now=now,
        using=using,
        of_person=sought.person,
        since=sought.since.isoformat(),
        until=sought.until.isoformat(),
        contacts=len(lines),
    )
    return lines
