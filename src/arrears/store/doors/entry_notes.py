"""Why somebody posted an entry or decided on money, in their own words: a note, whose words can be erased."""

from datetime import datetime

from arrears.store.doors.postings import Owed
from arrears.store.scope import current
from arrears.store.tables.account import Note


def add(owed: Owed, words: str, *, language: str, at: datetime, using: str = "default") -> int:
    """Add a note about an account, by the user of the scope; return its id."""
    scope = current(using)
    row = Note.objects.using(using).create(
        organisation_id=owed.owner,
        by_organisation_id=scope.organisation,
        account_id=owed.id,
        person_id=owed.person,
        staff_id=scope.user,
        at=at,
        words=words,
        language=language,
    )
    return int(row.pk)
