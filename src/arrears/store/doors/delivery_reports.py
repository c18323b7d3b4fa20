"""What was told of messages after they went: kept once each, found by message and by person."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.domain.contacts import Channel, Outcome
from arrears.domain.delivery_reports import Report, ReportKind, ReturnReason
from arrears.store import sealed
from arrears.store.doors.messages import MessageRow
from arrears.store.scope import current
from arrears.store.tables.contact import Attempt
from arrears.store.tables.delivery_report import DeliveryReport
from arrears.store.tables.person import Person

_REFERENCE: Final = re.compile(r"(arrears-(\d+)-(\d+))-([0-9a-f]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report as it is kept, with the person and the channel of its message, for pages."""

    id: int
    person: int
    person_name: str
    message: int
    attempt: int
    channel: Channel
    kind: ReportKind
    status: str
    reason: ReturnReason | None
    said: str
    is_address_gone: bool
    at: datetime


def reference_of(message: int, attempt: int) -> str:
    """Return what a message is known by outside: nobody else can make one, so nobody can tell tales of another's."""
    known = f"arrears-{message}-{attempt}"
    return f"{known}-{sealed.tag(known)}"


def read_reference(said: str) -> tuple[int, int] | None:
    """Return message and attempt of a reference of ours; None where it is not one."""
    found = _REFERENCE.fullmatch(said.strip().lower())
    if found is None or not sealed.is_tag(found[4], found[1]):
        return None
    return int(found[2]), int(found[3])


def add(
    message: MessageRow, report: Report, *, source_kind: str, is_address_gone: bool, now: datetime, using: str
) -> int | None:
    """Keep a report about a message of the scope's organisation; None where it came before."""
    by = current(using)
    assert message.attempt is not None
    known = DeliveryReport.objects.using(using).filter(
        by_organisation_id=by.organisation, source_kind=source_kind, source_ref=report.ref
    )
    if known.exists():
        return None
    row = DeliveryReport(
        organisation_id=message.owner,
        by_organisation_id=by.organisation,
        person_id=message.person,
        message_id=message.id,
        attempt_id=message.attempt,
        contact_point_id=message.contact_point,
        kind=report.kind,
        status=report.status,
        reason=report.reason or "",
        recipient=report.recipient,
        said=report.said,
        is_address_gone=is_address_gone,
        at=min(report.at, now),
        recorded_at=now,
        staff_id=by.user,
        source_kind=source_kind,
        source_ref=report.ref,
    )
    row.save(using=using, force_insert=True)
    return int(row.pk)


def bounce(attempt: int, *, at: datetime, using: str) -> bool:
    """Note that what was sent by an attempt came back; False where that is noted already, or it was not sent."""
    rows = Attempt.objects.using(using).filter(
        pk=attempt, outcome__in=(Outcome.SENT, Outcome.DELIVERED, Outcome.UNKNOWN)
    )
    return rows.update(outcome=Outcome.BOUNCED, outcome_at=at) == 1


def of_message(message: int, *, using: str = "default") -> tuple[Told, ...]:
    """Return what was told of a message, oldest first."""
    return _told(list(DeliveryReport.objects.using(using).filter(message_id=message).order_by("pk")), using)


def of_attempt(attempt: int, *, using: str = "default") -> tuple[Told, ...]:
    """Return what was told of the message that went by an attempt, oldest first."""
    return _told(list(DeliveryReport.objects.using(using).filter(attempt_id=attempt).order_by("pk")), using)


def latest(*, most: int, using: str = "default") -> tuple[Told, ...]:
    """Return what the scope's organisation was told last of messages to people whom it sees now, newest first."""
    seen = Person.objects.using(using).values("pk")
    own = DeliveryReport.objects.using(using).filter(by_organisation_id=current(using).organisation, person_id__in=seen)
    return _told(list(own.order_by("-pk")[:most]), using)


def _told(rows: list[DeliveryReport], using: str) -> tuple[Told, ...]:
    names = dict(
        Person.objects.using(using).filter(pk__in={row.person_id for row in rows}).values_list("pk", "full_name")
    )
    channels = dict(
        Attempt.objects.using(using).filter(pk__in={row.attempt_id for row in rows}).values_list("pk", "channel")
    )
    return tuple(
        Told(
            id=row.pk,
            person=row.person_id,
            person_name=names.get(row.person_id, ""),
            message=row.message_id,
            attempt=row.attempt_id,
            channel=Channel(channels[row.attempt_id]),
            kind=ReportKind(row.kind),
            status=row.status,
            reason=ReturnReason(row.reason) if row.reason else None,
            said=row.said,
            is_address_gone=row.is_address_gone,
            at=row.at,
        )
        for row in rows
        if row.attempt_id in channels
    )
