"""What the book knows around one contact, in the nouns the gate thinks in: read together, as the open scope sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import connections
from django.db.models import Q

from arrears.domain.contacts import (
    Channel,
    Contact,
    Direction,
    DisclosureBasis,
    Medium,
    Origin,
    Outcome,
    PointUse,
    Purpose,
    Role,
    Source,
)
from arrears.domain.holds import (
    Consent,
    ConsentKind,
    Hold,
    HoldKind,
    Preference,
    PreferenceKind,
    WeeklyWindow,
)
from arrears.packs.places import every_zone
from arrears.store.scope import current
from arrears.store.tables import organisation as organisations
from arrears.store.tables import person as persons
from arrears.store.tables import promise as promises
from arrears.store.tables.account import Account, AccountParty
from arrears.store.tables.work import AccountPosition

#: How far back contacts with the debtor are read. Contacts with others are read for good: some may be asked only once.
MEMORY: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An organisation as far as contact goes: who it is and how it has set its rules."""

    id: int
    kind: str
    country: str
    timezone: str
    language: str
    settings: Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The person to be contacted, with every zone and place where they may be."""

    id: int
    owner: int
    kind: str
    language: str
    place: str
    zones: tuple[str, ...]
    places: tuple[str, ...]
    facts: Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A debt that a contact would be about, and what the person is to it."""

    id: int
    owner: int
    debtor: int
    status: str
    currency: str
    place: str
    consumer_purpose: bool | None
    default_on: date | None
    held_since: date | None
    is_recalled: bool
    pending_minor: int
    role: Role
    basis: DisclosureBasis
    facts: Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The contact point to be used."""

    id: int
    person: int
    kind: str
    use: PointUse
    value: str
    source: Source | None
    is_valid: bool
    zones: tuple[str, ...]
    places: tuple[str, ...]


def house_of(organisation_id: int, *, using: str = "default") -> House:
    """Return an organisation that the scope knows; raises where it knows none of that id."""
    row = organisations.Organisation.objects.using(using).get(pk=organisation_id)
    return House(
        id=row.pk,
        kind=row.kind,
        country=row.country,
        timezone=row.timezone,
        language=row.language,
        settings=row.settings,
    )


def reached_person(person_id: int, *, using: str = "default") -> Reached | None:
    """Return the person with all candidate zones and places; None where the scope sees no such person."""
    row = persons.Person.objects.using(using).filter(pk=person_id).first()
    if row is None:
        return None
    points = list(persons.ContactPoint.objects.using(using).filter(person_id=person_id, is_valid=True))
    own = place_of(row.country, row.region)
    return Reached(
        id=row.pk,
        owner=row.organisation_id,
        kind=row.kind,
        language=row.language,
        place=own,
        zones=every_zone(row.country, row.region, (zone for point in points for zone in point.timezones)),
        places=_each_once((own, *(place_of(point.country, point.region) for point in points))),
        facts=row.facts,
    )


def place_of(country: str, region: str) -> str:
    """Return a place of law: ``US-NY``, or ``CN`` where no region is known."""
    if not region or region.startswith(f"{country}-"):
        return region or country
    return f"{country}-{region}"


def way(contact_point_id: int, *, using: str = "default") -> Way | None:
    """Return a contact point; None where the scope sees no such one."""
    row = persons.ContactPoint.objects.using(using).filter(pk=contact_point_id).first()
    if row is None:
        return None
    return Way(
        id=row.pk,
        person=row.person_id,
        kind=row.kind,
        use=PointUse(row.use),
        value=row.value,
        source=Source(row.source) if row.source in set(Source) else None,
        is_valid=row.is_valid,
        zones=tuple(row.timezones),
        places=_each_once((place_of(row.country, row.region),)),
    )


_USES: Final = ("mobile", "home", "work", "other")


def phones_of(person_id: int, *, using: str = "default") -> list[int]:
    """Return the person's telephone numbers that are not known to be bad: mobile, home, work, others (P17)."""
    rows = persons.ContactPoint.objects.using(using).filter(person_id=person_id, kind="phone", is_valid=True)
    return [row.pk for row in sorted(rows, key=lambda row: (_USES.index(row.use), row.pk))]


def owed_by(person_id: int, accounts: Sequence[int], on: date, *, using: str = "default") -> tuple[Owed, ...]:
    """Return those of ``accounts`` to which the person is a party on a date, in the order of their ids.

    Without ``accounts``: all to which the person is one.
    """
    in_force = Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on))
    about = Q(person_id=person_id, account_id__in=accounts) if accounts else Q(person_id=person_id)
    parties = {row.account_id: row for row in AccountParty.objects.using(using).filter(in_force & about)}
    rows = Account.objects.using(using).filter(pk__in=parties).select_related("product").order_by("pk")
    held = _held(list(parties), using)
    positions = AccountPosition.objects.using(using).filter(pk__in=parties)
    pending = dict(positions.values_list("pk", "pending_minor"))
    return tuple(_owed(row, parties[row.pk], held.get(row.pk), pending.get(row.pk, 0)) for row in rows)


def _held(accounts: list[int], using: str) -> dict[int, organisations.Access]:
    """Return what the working organisation was given of each account: the newest row wins."""
    own = current(using).organisation
    rows = organisations.Access.objects.using(using).filter(organisation_id=own, account_id__in=accounts)
    return {row.account_id: row for row in rows.order_by("from_on", "pk")}


def _owed(row: Account, party: AccountParty, held: organisations.Access | None, pending: int) -> Owed:
    return Owed(
        id=row.pk,
        owner=row.organisation_id,
        debtor=row.person_id,
        status=row.status,
        currency=row.currency,
        place=place_of(row.country, row.region),
        consumer_purpose=row.product.consumer_purpose,
        default_on=row.default_on,
        held_since=held.from_on if held and held.scope == "holder" else None,
        is_recalled=held is not None and held.scope == "after_recall",
        pending_minor=pending,
        role=Role(party.role),
        basis=DisclosureBasis(party.disclosure_basis),
        facts=row.facts,
    )


_CONTACTS: Final = """
    SELECT a.id, a.started_at, a.channel, a.outcome, a.person_id, a.by_organisation_id, a.origin, a.direction, a.role,
           a.discussed, a.contact_point_id, a.from_number, a.purpose,
           (SELECT array_agg(spoken.account_id) FROM attempt_account spoken WHERE spoken.attempt_id = a.id)
    FROM attempt a
    WHERE a.person_id = ANY(%s) AND (a.started_at >= %s OR a.role <> 'debtor')
    ORDER BY a.started_at, a.id"""


def contacts_with(people: Sequence[int], now: datetime, *, using: str = "default") -> tuple[Contact, ...]:
    """Return every contact with ``people`` that the book knows of at ``now``, of every origin, oldest first.

    One may be stamped a moment after ``now``: by somebody who read the clock after us and had their turn before us.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_CONTACTS, [list(people), now - MEMORY])
        return tuple(_contact(*row) for row in cursor.fetchall())


def _contact(
    attempt: int,
    at: datetime,
    channel: str,
    outcome: str,
    person: int,
    collector: int,
    origin: str,
    direction: str,
    role: str,
    discussed: list[int] | None,
    address: int | None,
    from_number: str,
    purpose: str,
    debts: list[int] | None,
) -> Contact:
    return Contact(
        id=attempt,
        at=at,
        channel=Channel(channel),
        outcome=Outcome(outcome),
        person=person,
        collector=collector,
        origin=Origin(origin),
        direction=Direction(direction),
        role=Role(role),
        debts=frozenset(debts or ()),
        discussed=None if discussed is None else frozenset(discussed),
        address=address,
        from_number=from_number or None,
        purpose=Purpose(purpose) if purpose else None,
    )


def holds_on(person_id: int, accounts: Sequence[int], *, using: str = "default") -> tuple[Hold, ...]:
    """Return every hold, past ones too, on the person or on one of ``accounts``."""
    about = Q(person_id=person_id) | Q(account_id__in=accounts)
    return tuple(_hold(row) for row in promises.Hold.objects.using(using).filter(about).order_by("pk"))


def _hold(row: promises.Hold) -> Hold:
    said = row.facts
    return Hold(
        kind=HoldKind(row.kind),
        since=row.from_at,
        until=row.until_at,
        person=row.person_id,
        debts=frozenset(() if row.account_id is None else (row.account_id,)),
        written=said.get("written"),
        in_period=said.get("in_period"),
        identified=said.get("identified", True),
        excused_from=datetime.fromisoformat(said["excused_from"]) if said.get("excused_from") else None,
    )


def wishes_of(person_id: int, *, using: str = "default") -> tuple[Preference, ...]:
    """Return what the person asked for about being contacted."""
    rows = persons.Preference.objects.using(using).filter(person_id=person_id).order_by("pk")
    return tuple(
        Preference(
            kind=PreferenceKind(row.kind),
            person=row.person_id,
            since=row.from_at,
            until=row.until_at,
            words=row.words,
            media=frozenset(map(Medium, row.media)),
            windows=windows_of(row.windows),
            places=frozenset(map(PointUse, row.places)),
            address=row.contact_point_id,
        )
        for row in rows
    )


def consents_of(people: Sequence[int], *, using: str = "default") -> tuple[Consent, ...]:
    """Return the consents that ``people`` gave, taken back or not."""
    rows = persons.Consent.objects.using(using).filter(person_id__in=people).order_by("pk")
    return tuple(
        Consent(
            kind=ConsentKind(row.kind),
            person=row.person_id,
            given_to=row.by_organisation_id,
            at=row.at,
            until=row.until_at,
            revoked_at=row.revoked_at,
            debts=frozenset(row.accounts),
            media=frozenset(map(Medium, row.media)),
            windows=windows_of(row.windows),
            about=row.about_id,
            in_allowed_contact=row.is_in_allowed_contact,
        )
        for row in rows
    )


def windows_of(kept: Iterable[Mapping[str, Any]]) -> tuple[WeeklyWindow, ...]:
    """Return weekly windows from their JSON: ``{"days": [0, 1], "start": "09:00", "until": "17:00"}``, 0 is Monday."""
    return tuple(
        WeeklyWindow(frozenset(one["days"]), time.fromisoformat(one["start"]), time.fromisoformat(one["until"]))
        for one in kept
    )


def kept_windows(windows: Iterable[WeeklyWindow]) -> list[dict[str, Any]]:
    """Return the JSON of weekly windows; `windows_of` reads it back to the same."""
    return [
        {"days": sorted(one.days), "start": one.start.isoformat("minutes"), "until": one.until.isoformat("minutes")}
        for one in windows
    ]


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
