"""Papers of case files: what there is, for everybody who works the case; a paper itself, opened for named roles."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connections

from arrears.domain.case_papers import SUFFIXES
from arrears.store import sealed
from arrears.store.doors.case_files import Kept
from arrears.store.scope import current
from arrears.store.tables.case_paper import CasePaper, CasePaperContent
from arrears.store.tables.staff import Staff


class NotAsFiled(StrEnum):
    """How a paper is not what was filed: its seal does not open, or what it holds is not of the digest it came with."""

    SEAL_BROKEN = "seal_broken"
    OTHER_CONTENT = "other_content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of a case file. ``digest`` is SHA-256 in hex; one for carers has no name."""

    id: int
    owner: int
    person: int
    case: int
    name: str
    media_type: str
    size: int
    digest: str
    is_for_carers: bool
    added_at: datetime
    added_by: str

    @property
    def file_name(self) -> str:
        """The name under which it is given out: its numbers and its kind, nothing that somebody typed."""
        return f"case-{self.case}-paper-{self.id}{SUFFIXES[self.media_type]}"

    @property
    def seal(self) -> str:
        """What its seal binds it to: the name of the row in which it was filed."""
        return _bound(self.id)


def add(
    case: Kept, content: bytes, *, name: str, media_type: str, is_for_carers: bool, at: datetime, using: str
) -> int | None:
    """Keep a paper, sealed; None where the case has the same one already.

    Whoever adds it may not be one who reads it back, so nothing is asked to be returned.
    """
    by = current(using)
    digest = hashlib.sha256(content).digest()
    if CasePaper.objects.using(using).filter(case_file_id=case.id, content_hash=digest).exists():
        return None
    row = CasePaper(
        organisation_id=case.owner,
        by_organisation_id=by.organisation,
        person_id=case.person,
        case_file_id=case.id,
        name=name,
        media_type=media_type,
        size=len(content),
        content_hash=digest,
        is_for_carers=is_for_carers,
        added_at=at,
        staff_id=by.user,
    )
    row.save(using=using, force_insert=True)
    closed = sealed.seal_bytes(content, _bound(row.pk))
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO case_paper_content "
            "(paper_id, organisation_id, by_organisation_id, person_id, is_for_carers, sealed) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            [row.pk, case.owner, by.organisation, case.person, is_for_carers, closed],
        )
    return int(row.pk)


def of_case(case: int, *, using: str = "default") -> tuple[Paper, ...]:
    """Return the papers of a case file, oldest first."""
    return _papers(list(CasePaper.objects.using(using).filter(case_file_id=case).order_by("pk")), using)


def of_people(people: Sequence[int], *, since: datetime, until: datetime, using: str = "default") -> tuple[Paper, ...]:
    """Return the papers that were added about people in a period, oldest first."""
    rows = CasePaper.objects.using(using).filter(person_id__in=people, added_at__gte=since, added_at__lt=until)
    return _papers(list(rows.order_by("pk")), using)


def paper(number: int, *, using: str = "default") -> Paper | None:
    """Return a paper; None where the scope sees none of that id."""
    return next(iter(_papers(list(CasePaper.objects.using(using).filter(pk=number)), using)), None)


def content(found: Paper, *, using: str = "default") -> bytes | NotAsFiled | None:
    """Return a paper opened, or how it is not what was filed; None where it was erased or the user may not read it."""
    row = CasePaperContent.objects.using(using).filter(pk=found.id, sealed__isnull=False).first()
    if row is None or row.sealed is None:
        return None
    try:
        opened = sealed.unseal_bytes(bytes(row.sealed), found.seal)
    except sealed.SealBrokenError:
        return NotAsFiled.SEAL_BROKEN
    return opened if hashlib.sha256(opened).hexdigest() == found.digest else NotAsFiled.OTHER_CONTENT


def erase(number: int, *, at: datetime, using: str = "default") -> bool:
    """Forget what is in a paper; False where that was done, or the scope's user may not read it."""
    rows = CasePaperContent.objects.using(using).filter(pk=number, sealed__isnull=False)
    return rows.update(sealed=None, erased_at=at) == 1


def _bound(number: int) -> str:
    return f"case_paper {number}"


def _papers(rows: list[CasePaper], using: str) -> tuple[Paper, ...]:
    staff = {row.staff_id for row in rows if row.staff_id}
    names = dict(Staff.objects.using(using).filter(pk__in=staff).values_list("pk", "full_name"))
    return tuple(
        Paper(
            id=row.pk,
            owner=row.organisation_id,
            person=row.person_id,
            case=row.case_file_id,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            digest=bytes(row.content_hash).hex(),
            is_for_carers=row.is_for_carers,
            added_at=row.added_at,
            added_by=names.get(row.staff_id or 0, ""),
        )
        for row in rows
    )
