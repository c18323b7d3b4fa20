"""Consents as they are given: what the person agreed to, to whom, in which contact, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from arrears.domain.contacts import Medium
from arrears.domain.holds import ConsentKind, PreferenceKind, WeeklyWindow
from arrears.store.doors.kept_windows import kept_windows
from arrears.store.scope import current
from arrears.store.tables.person import Consent, Preference


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Consents given together, one of each kind; ``media`` empty means any, ``accounts`` empty all of the person's."""

    owner: int
    person: int
    kinds: Sequence[ConsentKind]
    at: datetime
    source_kind: str
    source_ref: str
    attempt: int | None = None
    until: datetime | None = None
    media: Sequence[str] = ()
    accounts: Sequence[int] = ()
    windows: Sequence[WeeklyWindow] = ()
    is_in_allowed_contact: bool = True
    evidence: Mapping[str, Any] = field(default_factory=dict)  # JSON


def add(given: Given, *, using: str = "default") -> None:
    """Add consents given directly to the organisation of the scope."""
    Consent.objects.using(using).bulk_create(
        [
            Consent(
                organisation_id=given.owner,
                by_organisation_id=current(using).organisation,
                person_id=given.person,
                attempt_id=given.attempt,
                kind=kind,
                media=list(given.media),
                accounts=list(given.accounts),
                windows=kept_windows(given.windows),
                at=given.at,
                until_at=given.until,
                is_in_allowed_contact=given.is_in_allowed_contact,
                evidence=dict(given.evidence),
                source_kind=given.source_kind,
                source_ref=f"{given.source_ref}:{kind.value}",
            )
            for kind in given.kinds
        ]
    )


def revoke(person: int, kind: ConsentKind, *, at: datetime, using: str = "default") -> int:
    """End the consents of ``kind`` that the person gave to the organisation of the scope; return how many ran."""
    given = Consent.objects.using(using).filter(person_id=person, kind=kind, revoked_at=None)
    return given.filter(by_organisation_id=current(using).organisation).update(revoked_at=at)


def add_blocked_number(
    owner: int, person: int, *, number: str, at: datetime, source_ref: str, using: str = "default"
) -> None:
    """Keep that the person blocked a number of ours: it is honoured on every number (R04)."""
    Preference.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        kind=PreferenceKind.BLOCKED_NUMBER,
        words=number,
        media=["telephone"],
        from_at=at,
        source_kind="attempt",
        source_ref=source_ref,
    )


def add_stop(owner: int, person: int, *, medium: Medium, at: datetime, hold: int, using: str = "default") -> None:
    """Keep that the person asked on ``medium`` that contact cease, with the hold that the same words started."""
    Preference.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        kind=PreferenceKind.STOP_MEDIUM,
        media=[medium.value],
        from_at=at,
        source_kind="hold",
        source_ref=str(hold),
    )


def add_address_stop(
    owner: int,
    person: int,
    point: int | None,
    *,
    media: Sequence[str],
    words: str,
    at: datetime,
    source_ref: str,
    using: str = "default",
) -> None:
    """Keep that the person wants no more messages at one address, or by ``media`` at all; said twice, kept once."""
    wish = Preference(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        contact_point_id=point,
        kind=PreferenceKind.STOP_MEDIUM,
        words=words,
        media=list(media),
        from_at=at,
        source_kind="opt_out",
        source_ref=source_ref,
    )
    Preference.objects.using(using).bulk_create([wish], ignore_conflicts=True)


def end_stop(hold: int, *, at: datetime, using: str = "default") -> None:
    """End the stop of a medium that began with a hold."""
    Preference.objects.using(using).filter(source_kind="hold", source_ref=str(hold)).update(until_at=at)


def with_agreed_hours(
    people: Sequence[int], now: datetime, *, agreed_until: datetime, using: str = "default"
) -> frozenset[int]:
    """Return who of ``people`` agreed to hours of their own that are not over: the usual ones may not bind them.

    Hours around one agreed moment (a promise, a call-back) count where they end by ``agreed_until``.
    """
    given = Consent.objects.using(using).filter(person_id__in=list(people), kind=ConsentKind.HOURS, revoked_at=None)
    given = given.filter(Q(until_at=None) | Q(until_at__gt=now))
    given = given.exclude(source_kind__in=("promise", "call_back"), until_at__gt=agreed_until)
    return frozenset(given.values_list("person_id", flat=True))
