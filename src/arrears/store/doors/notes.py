"""What somebody wrote in their own words: about a contact, a promise, an entry, a decision on money.

Words may have to be erased, and entries, versions and history never are: these name the note by its id.
"""

from datetime import datetime

from arrears.store.scope import current
from arrears.store.tables.account import Note


def add(
    owner: int,
    person: int,
    words: str,
    *,
    account: int | None,
    attempt: int | None = None,
    language: str,
    at: datetime,
    using: str = "default",
) -> int:
    """Add a note about a person, one of their debts or a contact with them, by the user of the scope; return its id."""
    scope = current(using)
    row = Note.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=scope.organisation,
        account_id=account,
        person_id=person,
        attempt_id=attempt,
        staff_id=scope.user,
        at=at,
        words=words,
        language=language,
    )
    return int(row.pk)
