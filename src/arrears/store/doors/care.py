"""Care needs: what to do, for everybody; and why, sealed, for named roles."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connections

from arrears.domain.care import Need, NeedKind
from arrears.domain.contacts import Medium
from arrears.domain.holds import PreferenceKind, WeeklyWindow
from arrears.store import sealed
from arrears.store.doors.kept_windows import kept_windows
from arrears.store.scope import current
from arrears.store.tables.case_file import CareNeed, CareReason
from arrears.store.tables.person import Preference

SOURCE = "care_need"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cared:
    """A care need as it stands: what to do, by whose consent, when it is looked at again, since when it is no more."""

    id: int
    owner: int
    person: int
    case: int
    needs: tuple[Need, ...]
    consent: Mapping[str, Any]  # JSON
    at: datetime
    review_on: date
    withdrawn_at: datetime | None


def add(
    owner: int,
    person: int,
    case: int,
    needs: Sequence[Need],
    *,
    consent: Mapping[str, Any],
    at: datetime,
    review_on: date,
    using: str = "default",
) -> int:
    """Add a need with its consent; return its id."""
    row = CareNeed.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        case_file_id=case,
        needs=[{"need": need.kind.value, "value": need.value} for need in needs],
        consent=dict(consent),
        at=at,
        review_on=review_on,
        key_part=uuid.uuid4(),
    )
    return int(row.pk)


def add_reason(need: int, reason: str, *, using: str = "default") -> None:
    """Keep why there is a need, sealed. Whoever adds it may not read it back, so nothing is asked to be returned."""
    row = CareNeed.objects.using(using).get(pk=need)
    assert row.key_part is not None
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO care_reason (need_id, organisation_id, by_organisation_id, person_id, sealed) "
            "VALUES (%s, %s, %s, %s, %s)",
            [
                need,
                row.organisation_id,
                row.by_organisation_id,
                row.person_id,
                sealed.seal(reason, _bound(need), row.key_part.bytes),
            ],
        )


def reason(need: int, *, using: str = "default") -> str | None:
    """Return why there is a need, opened; None where the scope's user may not see it, or it was taken back."""
    found = CareReason.objects.using(using).filter(pk=need, sealed__isnull=False).first()
    part = CareNeed.objects.using(using).filter(pk=need).values_list("key_part", flat=True).first()
    if found is None or found.sealed is None or part is None:
        return None
    return sealed.unseal(bytes(found.sealed), _bound(need), part.bytes)


def _bound(need: int) -> str:
    return f"care_reason {need}"


def of_person(person: int, *, using: str = "default") -> tuple[Cared, ...]:
    """Return the needs of a person, those taken back too, newest first."""
    return tuple(map(_cared, CareNeed.objects.using(using).filter(person_id=person).order_by("-at", "-pk")))


def found(need: int, *, using: str = "default") -> Cared | None:
    """Return a need; None where the scope sees no such one."""
    row = CareNeed.objects.using(using).filter(pk=need).first()
    return None if row is None else _cared(row)


def _cared(row: CareNeed) -> Cared:
    return Cared(
        id=row.pk,
        owner=row.organisation_id,
        person=row.person_id,
        case=row.case_file_id,
        needs=tuple(Need(NeedKind(one["need"]), one["value"]) for one in row.needs),
        consent=row.consent,
        at=row.at,
        review_on=row.review_on,
        withdrawn_at=row.withdrawn_at,
    )


def withdraw(need: int, *, at: datetime, using: str = "default") -> bool:
    """Forget what a need was and throw away the key of its reason; False where that was done before."""
    rows = CareNeed.objects.using(using).filter(pk=need, withdrawn_at=None)
    done = rows.update(needs=[], key_part=None, withdrawn_at=at) == 1
    Preference.objects.using(using).filter(source_kind=SOURCE, source_ref__startswith=f"{need}:").filter(
        until_at=None
    ).update(until_at=at)
    return done


def erase_withdrawn(organisation: int, *, at: datetime, using: str = "night") -> int:
    """Empty the sealed reasons whose consent was taken back; return how many."""
    gone = CareNeed.objects.using(using).filter(organisation_id=organisation, withdrawn_at__isnull=False)
    rows = CareReason.objects.using(using).filter(need_id__in=gone.values("pk"), sealed__isnull=False)
    return rows.update(sealed=None, erased_at=at)


def due_for_review(organisation: int, on: date, *, using: str = "default") -> int:
    """Return how many needs should have been looked at again by ``on``."""
    rows = CareNeed.objects.using(using).filter(organisation_id=organisation, withdrawn_at=None)
    return rows.filter(review_on__lte=on).count()


def add_wish(
    cared: Cared,
    name: str,
    kind: PreferenceKind,
    *,
    words: str,
    windows: Sequence[WeeklyWindow] = (),
    media: Sequence[Medium] = (),
    using: str = "default",
) -> None:
    """Keep what a need makes of the person's wishes, so that the gate keeps it."""
    Preference.objects.using(using).create(
        organisation_id=cared.owner,
        by_organisation_id=current(using).organisation,
        person_id=cared.person,
        kind=kind,
        words=words,
        media=sorted(medium.value for medium in media),
        windows=kept_windows(windows),
        from_at=cared.at,
        source_kind=SOURCE,
        source_ref=f"{cared.id}:{name}",
    )
