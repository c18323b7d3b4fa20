"""Identifiers are kept sealed and shown masked; to show one is an act of its own, on record (DESIGN, access)."""

from datetime import datetime
from typing import Final

from arrears.actions import history
from arrears.actions.mistakes import mistake
from arrears.kernel.problems import Problem
from arrears.store.doors import identifiers

KINDS: Final = ("national_id", "birth_date")


def unmask(person: int, kind: str, *, now: datetime, using: str = "default") -> str | Problem:
    """Return an identifier of a person in the open, and keep who looked at which one, never what it said."""
    found = identifiers.unsealed(person, kind, using=using) if kind in KINDS else None
    if found is None:
        return mistake("person_not_found", "person")
    history.append("identifier_shown", owner=found.owner, person=person, now=now, using=using, identifier=kind)
    return found.said
