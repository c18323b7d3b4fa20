"""Permits, attempts, incidents: added here, and what came of them noted once. The lock of a person orders takers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from arrears.domain.contacts import Channel, Direction, IncidentKind, Origin, Outcome, Purpose, Role
from arrears.domain.permits import PermitState
from arrears.store import answers
from arrears.store.scope import current
from arrears.store.tables.contact import Attempt, AttemptAccount, Incident, Permit, Verification
from arrears.store.tables.person import ContactPoint
from arrears.store.writing import added


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a permit is bound to, and so what its attempt is."""

    owner: int
    person: int
    accounts: tuple[int, ...]
    contact_point: int | None
    role: Role
    channel: Channel
    purpose: Purpose
    address: str = ""
    from_number: str = ""
    template: str = ""
    words_digest: str = ""
    language: str = ""
    place: str = ""
    is_automated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The gate's answer as a permit keeps it."""

    verdict: str
    pack_version: str
    reasons: Sequence[Mapping[str, Any]]  # JSON
    facts: Mapping[str, Any]  # JSON
    issued_at: datetime
    expires_at: datetime
    approved_by: int | None = None
    approved_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A contact made outside a permit: received, historic, reported by an agency or by hand."""

    owner: int
    person: int
    accounts: tuple[int, ...]
    contact_point: int | None
    role: Role
    channel: Channel
    origin: Origin
    direction: Direction
    outcome: Outcome
    at: datetime
    source_kind: str
    source_ref: str
    address: str = ""
    from_number: str = ""
    purpose: str = ""
    disposition: str = ""
    staff: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An attempt as it stands."""

    id: int
    owner: int
    by_organisation: int
    person: int
    accounts: tuple[int, ...]
    contact_point: int | None
    staff: int | None
    permit: int | None
    origin: Origin
    channel: Channel
    role: Role
    purpose: str
    address: str
    from_number: str
    outcome: Outcome
    disposition: str
    started_at: datetime


def add_permit(asked: Asked, leave: Leave, *, staff: int | None, using: str = "default") -> int:
    """Add an issued permit, return its id."""
    return added(
        Permit,
        using=using,
        organisation_id=asked.owner,
        by_organisation_id=current(using).organisation,
        person_id=asked.person,
        accounts=list(asked.accounts),
        contact_point_id=asked.contact_point,
        staff_id=staff,
        role=asked.role,
        channel=asked.channel,
        address=asked.address,
        from_number=asked.from_number,
        template=asked.template,
        words_digest=asked.words_digest,
        purpose=asked.purpose,
        state=PermitState.ISSUED,
        verdict=leave.verdict,
        pack_version=leave.pack_version,
        reasons=list(leave.reasons),
        facts=dict(leave.facts),
        issued_at=leave.issued_at,
        expires_at=leave.expires_at,
        approved_by_id=leave.approved_by,
        approved_because=leave.approved_because,
    )


def add_attempt(asked: Asked, permit: int, *, at: datetime, book_day: int, staff: int | None, using: str) -> int:
    """Add the started attempt that a permit is for, return its id."""
    by = current(using).organisation
    made = added(
        Attempt,
        using=using,
        organisation_id=asked.owner,
        by_organisation_id=by,
        person_id=asked.person,
        contact_point_id=asked.contact_point,
        staff_id=staff,
        permit_id=permit,
        origin=Origin.OUTBOUND,
        direction=Direction.TO_PERSON,
        role=asked.role,
        channel=asked.channel,
        address=asked.address,
        from_number=asked.from_number,
        place=asked.place,
        purpose=asked.purpose,
        template=asked.template,
        words_digest=asked.words_digest,
        language=asked.language,
        is_automated=asked.is_automated,
        started_at=at,
        book_day=book_day,
        source_kind="permit",
        source_ref=str(permit),
        outcome=Outcome.STARTED,
    )
    answers.changed(_ABOUT, [asked.owner, by, made, list(asked.accounts)], using=using)
    return made


_ABOUT: Final = """
    INSERT INTO attempt_account (organisation_id, by_organisation_id, attempt_id, account_id)
    SELECT %s, %s, %s, unnest(%s::bigint[])"""


def add_told(told: Told, *, book_day: int, using: str = "default") -> int | None:
    """Add a contact from elsewhere, return its id; None where that source told it before."""
    known = Attempt.objects.using(using).filter(
        organisation_id=told.owner, source_kind=told.source_kind, source_ref=told.source_ref
    )
    if known.exists():
        return None
    row = Attempt.objects.using(using).create(
        organisation_id=told.owner,
        by_organisation_id=current(using).organisation,
        person_id=told.person,
        contact_point_id=told.contact_point,
        staff_id=told.staff,
        origin=told.origin,
        direction=told.direction,
        role=told.role,
        channel=told.channel,
        address=told.address,
        from_number=told.from_number,
        purpose=told.purpose,
        started_at=told.at,
        book_day=book_day,
        source_kind=told.source_kind,
        source_ref=told.source_ref,
        outcome=told.outcome,
        disposition=told.disposition,
        outcome_at=None if told.outcome is Outcome.STARTED else told.at,
    )
    about = [row.organisation_id, row.by_organisation_id, row.pk, list(told.accounts)]
    answers.changed(_ABOUT, about, using=using)
    return int(row.pk)


def attempt(attempt_id: int, *, using: str = "default") -> Begun | None:
    """Return an attempt; None where the scope sees no such one."""
    row = Attempt.objects.using(using).filter(pk=attempt_id).first()
    if row is None:
        return None
    spoken = AttemptAccount.objects.using(using).filter(attempt_id=attempt_id).order_by("account_id")
    return Begun(
        id=row.pk,
        owner=row.organisation_id,
        by_organisation=row.by_organisation_id,
        person=row.person_id,
        accounts=tuple(spoken.values_list("account_id", flat=True)),
        contact_point=row.contact_point_id,
        staff=row.staff_id,
        permit=row.permit_id,
        origin=Origin(row.origin),
        channel=Channel(row.channel),
        role=Role(row.role),
        purpose=row.purpose,
        address=row.address,
        from_number=row.from_number,
        outcome=Outcome(row.outcome),
        disposition=row.disposition,
        started_at=row.started_at,
    )


def end_attempt(
    attempt_id: int,
    *,
    outcome: Outcome,
    disposition: str,
    at: datetime,
    seconds: int | None,
    discussed: Sequence[int] | None,
    using: str = "default",
) -> bool:
    """Note what came of a started attempt; False where somebody has noted it already."""
    about = None if discussed is None else list(discussed)
    return answers.changed(_END, [outcome, disposition, at, seconds, about, attempt_id], using=using) == 1


_END: Final = """
    UPDATE attempt SET outcome = %s, disposition = %s, outcome_at = %s, seconds = %s, discussed = %s::bigint[]
    WHERE id = %s AND outcome IN ('started', 'unknown')"""


def settle_permit(
    permit_id: int, *, state: PermitState, outcome: Outcome, at: datetime, using: str = "default"
) -> bool:
    """Note what became of a permit that was issued or had expired; False where it was settled before."""
    return answers.changed(_SETTLE, [state, outcome, at, permit_id], using=using) == 1


_SETTLE: Final = """
    UPDATE permit SET state = %s, outcome = %s, settled_at = %s WHERE id = %s AND state IN ('issued', 'expired')"""


def expire_permits(now: datetime, *, using: str = "default") -> int:
    """Let the scope's permits expire whose time is over and of which nobody said anything; return how many.

    They are those about people of the scope's organisation, whoever asked for them.
    """
    own = current(using).organisation
    rows = Permit.objects.using(using).filter(organisation_id=own, state=PermitState.ISSUED, expires_at__lte=now)
    return rows.update(state=PermitState.EXPIRED, outcome=Outcome.UNKNOWN, settled_at=now)


def open_incident(begun: Begun, kind: IncidentKind, *, facts: Mapping[str, Any], at: datetime, using: str) -> int:
    """Open an incident about an attempt; the same kind is opened once."""
    row, _ = Incident.objects.using(using).get_or_create(
        attempt_id=begun.id,
        kind=kind,
        defaults={
            "organisation_id": begun.owner,
            "by_organisation_id": current(using).organisation,
            "person_id": begun.person,
            "facts": dict(facts),
            "opened_at": at,
        },
    )
    return int(row.pk)


def close_incident(incident_id: int, *, finding: str, staff: int | None, at: datetime, using: str = "default") -> bool:
    """Close an open incident with its finding; False where it is closed already or not to be seen."""
    rows = Incident.objects.using(using).filter(pk=incident_id, closed_at=None)
    return rows.update(closed_at=at, closed_by_id=staff, finding=finding) == 1


def incident_about(incident_id: int, *, using: str = "default") -> tuple[int, int]:
    """Return (owner, person) of an incident."""
    row = Incident.objects.using(using).get(pk=incident_id)
    return row.organisation_id, row.person_id


def mark_point(contact_point_id: int, *, outcome: str, at: datetime, is_bad: bool, using: str = "default") -> None:
    """Note on a contact point what came of the last try, and that it is no good where that is what came (P19)."""
    changes: dict[str, Any] = {"last_outcome": outcome, "last_outcome_at": at}
    if is_bad:
        changes["is_valid"] = False
    ContactPoint.objects.using(using).filter(pk=contact_point_id).update(**changes)


def add_verification(
    begun: Begun, items: Sequence[str], *, staff: int, at: datetime, expires_at: datetime, using: str, is_passed: bool
) -> int:
    """Add which items somebody on a call was asked for and whether they proved to be the person."""
    row = Verification.objects.using(using).create(
        organisation_id=begun.owner,
        by_organisation_id=current(using).organisation,
        person_id=begun.person,
        attempt_id=begun.id,
        staff_id=staff,
        items=list(items),
        is_passed=is_passed,
        at=at,
        expires_at=expires_at,
    )
    return int(row.pk)


def verification_of(attempt_id: int, *, using: str = "default") -> tuple[bool, tuple[str, ...], datetime] | None:
    """Return the latest verification on an attempt: (passed, items, expires at); None where there was none."""
    rows = Verification.objects.using(using).filter(attempt_id=attempt_id).order_by("-pk")
    found = rows.values_list("is_passed", "items", "expires_at").first()
    return None if found is None else (bool(found[0]), tuple(found[1]), found[2])
