"""Incidents about words that were noted: rules and places in the note, never the words, which may be erased."""

from collections.abc import Sequence
from datetime import datetime

from arrears.domain.contacts import IncidentKind
from arrears.store.scope import current
from arrears.store.tables.account import Note
from arrears.store.tables.contact import Incident


def open_incident(
    owner: int, person: int, note: int, found: Sequence[dict[str, object]], *, at: datetime, using: str = "default"
) -> int:
    """Open an incident about what ``note`` says; return its id."""
    row = Incident.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        attempt_id=None,
        kind=IncidentKind.FLAGGED_WORDS,
        facts={"note": note, "found": list(found)},
        opened_at=at,
    )
    return int(row.pk)


def note_words(notes: Sequence[int], *, using: str = "default") -> dict[int, str]:
    """Return the words of ``notes`` by id; those that were erased or may not be seen are left out."""
    return dict(Note.objects.using(using).filter(pk__in=list(notes)).values_list("pk", "words"))
