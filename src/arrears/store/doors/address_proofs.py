"""What is proven of a person's numbers and addresses, as it was noted, and what they agreed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final  # Any: JSON

from arrears.store.tables.event import Event
from arrears.store.tables.person import Consent
from arrears.store.tables.staff import Staff

NOTED: Final = "address_proven"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One entry of proof: for which contact point, what by name, when, by whom (empty: a program)."""

    point: int
    proof: Mapping[str, Any]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A consent as it was given; ``revoked_at`` None where it was not taken back."""

    id: int
    kind: str
    media: Sequence[str]
    at: datetime
    until: datetime | None
    revoked_at: datetime | None
    evidence: Mapping[str, Any]
    source_kind: str
    by_organisation: int


def noted(person: int, *, using: str = "default") -> list[Noted]:
    """Return every entry of proof about a person's contact points, the newest first."""
    rows = list(Event.objects.using(using).filter(person_id=person, kind=NOTED).order_by("-pk"))
    ids = {row.staff_id for row in rows if row.staff_id}
    names = dict(Staff.objects.using(using).filter(pk__in=ids).values_list("pk", "full_name"))
    return [
        Noted(
            point=int(row.facts.get("contact_point", 0)),
            proof=row.facts.get("proof", {}),
            at=row.at,
            by=names.get(row.staff_id, "") if row.staff_id else "",
        )
        for row in rows
    ]


def agreed(person: int, *, using: str = "default") -> list[Agreed]:
    """Return what a person agreed to, the newest first, what was taken back with it."""
    rows = Consent.objects.using(using).filter(person_id=person).order_by("-at", "-pk")
    return [
        Agreed(
            id=row.pk,
            kind=row.kind,
            media=tuple(row.media),
            at=row.at,
            until=row.until_at,
            revoked_at=row.revoked_at,
            evidence=row.evidence,
            source_kind=row.source_kind,
            by_organisation=row.by_organisation_id,
        )
        for row in rows
    ]
