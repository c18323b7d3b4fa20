"""Contacts that happened without a permit of ours: inbound, historic, told by an agency, dialled by hand (R09).

They count in every window. An outbound one that no permit allowed opens an incident.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from arrears.actions import across, history, noting, people, positions
from arrears.actions.mistakes import mistake
from arrears.domain.contacts import Channel, Direction, IncidentKind, Origin, Outcome, Role
from arrears.kernel.problems import Problem
from arrears.store import bookday, locks
from arrears.store.doors import attempts
from arrears.store.doors import contact_records as records
from arrears.store.doors.attempts import Begun, Told
from arrears.store.scope import current


def keep_note(begun: Begun, note: str, now: datetime, using: str) -> None:
    """Keep the words of a note about a contact; empty ones leave nothing."""
    noting.keep(
        begun.owner,
        begun.person,
        note,
        account=begun.accounts[0] if len(begun.accounts) == 1 else None,
        attempt=begun.id,
        now=now,
        using=using,
    )


def record_elsewhere(told: Told, *, now: datetime, note: str = "", using: str = "default") -> int | Problem:
    """Add a contact that did not go through the gate: received, historic, reported by an agency, dialled by hand.

    It counts in every window. One that was made to the person, after the book began, opens an incident: nobody had
    leave to make it, whatever the teller calls it. Historic is only what lies before the first book day. Returns the
    attempt's id; a Problem where the source told it before or it lies in the future.
    """
    if told.at > now:
        return mistake("time_ahead", "at")
    told = replace(told, origin=origin_of(told.origin, told.direction, told.at, told.owner, using=using))
    locks.lock_person(told.person, using=using)
    stamped = bookday.stamp(told.owner, using=using)
    attempt = attempts.add_told(told, book_day=stamped.day, using=using)
    if attempt is None:
        return mistake("told_before", "source_ref")
    begun = attempts.attempt(attempt, using=using)
    assert begun is not None
    if note.strip():
        keep_note(begun, note.strip(), now, using)
    if told.direction is Direction.TO_PERSON and told.origin is not Origin.HISTORIC:
        facts = {"channel": told.channel.value, "origin": told.origin.value, "source": told.source_kind}
        open_incident(begun, IncidentKind.UNPERMITTED_CONTACT, facts, now, using)
    history.append(
        "contact_told",
        owner=told.owner,
        person=told.person,
        now=now,
        using=using,
        attempt=attempt,
        origin=told.origin.value,
        channel=told.channel.value,
        at=told.at.isoformat(),
    )
    across.note(told.person, told.at, using=using)
    positions.refresh(told.accounts, now=now, using=using)
    people.redecide([told.person], now=now, using=using)
    return attempt


def origin_of(origin: Origin, direction: Direction, at: datetime, owner: int, *, using: str = "default") -> Origin:
    """Return how a contact came into the book: one called historic that is not was received, or told by others."""
    began = bookday.began_at(owner, using=using)
    if origin is not Origin.HISTORIC or began is None or at < began:
        return origin
    return Origin.INBOUND if direction is Direction.FROM_PERSON else Origin.AGENCY_REPORTED


def open_incident(begun: Begun, kind: IncidentKind, facts: Mapping[str, str], now: datetime, using: str) -> None:
    """Open an incident about a contact, for the compliance officer: made without leave, or told of long afterwards."""
    incident = attempts.open_incident(begun, kind, facts=facts, at=now, using=using)
    history.append(
        "incident_opened",
        owner=begun.owner,
        person=begun.person,
        now=now,
        using=using,
        incident=incident,
        incident_kind=kind.value,
        channel=begun.channel.value,
        origin=begun.origin.value,
    )


def close_incident(incident_id: int, finding: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Close an incident with what was found; a Problem without words, or where it is closed already."""
    if not finding.strip():
        return mistake("reason_missing", "finding")
    scope = current(using)
    if not attempts.close_incident(incident_id, finding=finding.strip(), staff=scope.user, at=now, using=using):
        return mistake("incident_not_open")
    owner, person = attempts.incident_about(incident_id, using=using)
    history.append("incident_closed", owner=owner, person=person, now=now, using=using, incident=incident_id)
    return None


def call_received(
    person: int, accounts: tuple[int, ...], *, contact_point: int | None, owner: int, now: datetime, using: str
) -> int | Problem:
    """Begin an inbound call: it needs no permit, and gets its outcome by `record_outcome` as any other."""
    staff = current(using).user
    told = Told(
        owner=owner,
        person=person,
        accounts=accounts,
        contact_point=contact_point,
        role=_role(person, accounts, now, using),
        channel=Channel.CALL,
        origin=Origin.INBOUND,
        direction=Direction.FROM_PERSON,
        outcome=Outcome.STARTED,
        at=now,
        source_kind="inbound",
        source_ref=f"{person}:{staff}:{now.isoformat()}",
        staff=staff,
    )
    return record_elsewhere(told, now=now, using=using)


def _role(person: int, accounts: tuple[int, ...], now: datetime, using: str) -> Role:
    """Return what a person is to the debts they call about: the debtor of one of them before anything else."""
    record = records.record_of(person, now, using=using)
    roles = [debt.role for debt in record.owed if debt.id in accounts] if record else []
    return Role.DEBTOR if Role.DEBTOR in roles else next(iter(roles), Role.UNKNOWN)
