"""Transcripts of contacts: kept once as they came, read with what was found in them, erased when they must be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from arrears.domain.transcripts import Turn, as_kept, as_read, digest_of
from arrears.store.scope import current
from arrears.store.tables.contact import Attempt
from arrears.store.tables.staff import Staff
from arrears.store.tables.transcript import Transcript

SOURCE: Final = "transcript"
_OUR_OWN: Final = ("permit", "received", "inbound")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTranscript:
    """A transcript as it is first kept. ``found``: see :class:`arrears.store.tables.transcript.Transcript`."""

    owner: int
    person: int
    attempt: int
    turns: Sequence[Turn]
    language: str
    found: Sequence[Mapping[str, Any]]  # JSON
    rules_version: str
    source: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A transcript as it stands; without turns where its words were erased."""

    id: int
    owner: int
    person: int
    attempt: int
    turns: tuple[Turn, ...]
    found: tuple[Mapping[str, Any], ...]  # JSON
    language: str
    rules_version: str
    source: str
    brought_by: str
    recorded_at: datetime
    content_hash: str
    erased_at: datetime | None


def add(new: NewTranscript, *, using: str = "default") -> tuple[int, bool]:
    """Keep a transcript; return its id, and whether it is new: the same words of one contact are kept once."""
    scope = current(using)
    row, is_new = Transcript.objects.using(using).get_or_create(
        by_organisation_id=scope.organisation,
        attempt_id=new.attempt,
        content_hash=digest_of(new.turns),
        defaults={
            "organisation_id": new.owner,
            "person_id": new.person,
            "turns": as_kept(new.turns),
            "language": new.language,
            "found": [dict(one) for one in new.found],
            "rules_version": new.rules_version,
            "source": new.source,
            "recorded_at": new.recorded_at,
            "staff_id": scope.user,
        },
    )
    return int(row.pk), is_new


def of_attempts(attempts: Sequence[int], *, using: str = "default") -> tuple[Kept, ...]:
    """Return the transcripts of contacts that the scope sees, oldest first."""
    return _kept(list(Transcript.objects.using(using).filter(attempt_id__in=list(attempts)).order_by("pk")), using)


def numbered(transcripts: Sequence[int], *, using: str = "default") -> dict[int, Kept]:
    """Return transcripts by id, those that the scope sees."""
    rows = list(Transcript.objects.using(using).filter(pk__in=list(transcripts)))
    return {one.id: one for one in _kept(rows, using)}


def attempt_referred(reference: str, house: int, *, using: str = "default") -> int | None:
    """Return the contact that another system knows by ``reference``; None where none or several are.

    Of debts that ``house`` owns, or told by it. Our own numbers (of permits, of letters that came) are no other
    system's: one that is alike would put a talk on record as somebody else's.
    """
    theirs = Attempt.objects.using(using).filter(Q(organisation_id=house) | Q(by_organisation_id=house))
    rows = theirs.filter(source_ref=reference).exclude(source_kind__in=_OUR_OWN).values_list("pk", flat=True)
    found = list(rows[:2])
    return int(found[0]) if len(found) == 1 else None


def erase(transcript: int, *, at: datetime, using: str = "default") -> bool:
    """Take the words out of a transcript, the digest of them stays; return whether there were any."""
    rows = Transcript.objects.using(using).filter(pk=transcript, erased_at=None)
    return rows.update(turns=[], erased_at=at) == 1


def _kept(rows: list[Transcript], using: str) -> tuple[Kept, ...]:
    ids = {row.staff_id for row in rows if row.staff_id}
    names = dict(Staff.objects.using(using).filter(pk__in=ids).values_list("pk", "full_name")) if ids else {}
    return tuple(
        Kept(
            id=row.pk,
            owner=row.organisation_id,
            person=row.person_id,
            attempt=row.attempt_id,
            turns=as_read(row.turns),
            found=tuple(row.found),
            language=row.language,
            rules_version=row.rules_version,
            source=row.source,
            brought_by=names.get(row.staff_id or 0, ""),
            recorded_at=row.recorded_at,
            content_hash=row.content_hash,
            erased_at=row.erased_at,
        )
        for row in rows
    )
