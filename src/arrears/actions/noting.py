"""Keeping what somebody said in their own words, in the language they work in."""

from datetime import datetime

from arrears.actions import people
from arrears.store.doors import notes


def keep(
    owner: int,
    person: int,
    words: str,
    *,
    account: int | None,
    now: datetime,
    attempt: int | None = None,
    using: str = "default",
) -> int:
    """Keep a note of the user about a person, one of their debts or a contact with them; return its id."""
    language = people.own_language(using=using)
    return notes.add(
        owner, person, words.strip(), account=account, attempt=attempt, language=language, at=now, using=using
    )
