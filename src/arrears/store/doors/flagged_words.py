"""Incidents about words that were noted: rules and places in the note, never the words, which may be erased."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from arrears.domain.contacts import IncidentKind
from arrears.domain.transcripts import Turn
from arrears.store.doors import transcripts
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


def open_on_attempt(
    owner: int, person: int, attempt: int, facts: Mapping[str, Any], *, at: datetime, using: str = "default"
) -> tuple[int, bool]:
    """Open the incident about what was said in a contact; return its id, and whether it is new: there is one each."""
    row, is_new = Incident.objects.using(using).get_or_create(
        attempt_id=attempt,
        kind=IncidentKind.FLAGGED_WORDS,
        defaults={
            "organisation_id": owner,
            "by_organisation_id": current(using).organisation,
            "person_id": person,
            "facts": dict(facts),
            "opened_at": at,
        },
    )
    return int(row.pk), is_new


def note_words(notes: Sequence[int], *, using: str = "default") -> dict[int, str]:
    """Return the words of ``notes`` by id; those that were erased or may not be seen are left out."""
    return dict(Note.objects.using(using).filter(pk__in=list(notes)).values_list("pk", "words"))


def passages(facts: Sequence[Mapping[str, Any]], *, using: str = "default") -> list[list[tuple[str, str]]]:
    """Return for each incident's ``facts`` its rules with the words they found; "" where these were erased or missing.

    Who may not see the note or the transcript sees the rules alone.
    """
    noted = note_words([one["note"] for one in facts if one.get("note")], using=using)
    spoken = transcripts.numbered([one["transcript"] for one in facts if one.get("transcript")], using=using)
    told: list[list[tuple[str, str]]] = []
    for one in facts:
        turns = spoken[one["transcript"]].turns if one.get("transcript") in spoken else ()
        words = str(noted.get(one.get("note") or 0, ""))
        told.append([(str(found["rule"]), _words(found, turns, words)) for found in one.get("found", ())])
    return told


def _words(found: Mapping[str, Any], turns: Sequence[Turn], words: str) -> str:
    if "turn" in found:
        words = turns[found["turn"]].words if found["turn"] < len(turns) else ""
    return words[found.get("start", 0) : found.get("until", 0)]
