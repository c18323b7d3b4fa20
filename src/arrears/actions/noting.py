"""Keeping what somebody said in their own words, in the language they work in."""

from datetime import datetime

from arrears.actions import people, wordchecks
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
    """Keep a note of the user about a person, one of their debts or a contact with them; return its id.

    It is read as it is kept: one that tells of words that must not be said opens an incident for compliance.
    """
    language = people.own_language(using=using)
    said = words.strip()
    note = notes.add(owner, person, said, account=account, attempt=attempt, language=language, at=now, using=using)
    wordchecks.flag_note(owner, person, note, said, language=language, now=now, using=using)
    return note
