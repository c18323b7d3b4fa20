"""What the book knows around one contact, in the nouns the gate thinks in: read together, as the open scope sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

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
from arrears.domain.entries import EntryKind
from arrears.domain.holds import (
    Consent,
    ConsentKind,
    Hold,
    HoldKind,
    Preference,
    PreferenceKind,
    SignedPlan,
)
from arrears.domain.notices import Notice
from arrears.domain.plans import ACTIVE
from arrears.packs.places import every_zone
from arrears.store import answers
from arrears.store.doors.kept_windows import windows_of
from arrears.store.doors.record_parts import day_of, instant_of, notice_of, plan_of
from arrears.store.scope import current
from arrears.store.standing import STANDS
from arrears.store.tables import person as persons

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
    number: str
    owner: int
    debtor: int
    status: str
    currency: str
    place: str
    debt_kind: str
    consumer_purpose: bool | None
    default_on: date | None
    held_since: date | None
    is_recalled: bool
    pending_since: date | None  # value date of the oldest payment that is seen and not cleared
    pending_last: date | None
    flags: int  # of the position
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
    facts: Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything the gate asks of the book about one person, read in one statement.

    ``house`` is the organisation at work, ``owner`` the one whose person it is; ``ways`` all contact points, good and
    bad, by id; ``owed`` the debts to which the person is a party.
    """

    house: House
    owner: House
    person: Reached
    ways: Mapping[int, Way]
    owed: tuple[Owed, ...]
    contacts: tuple[Contact, ...]
    holds: tuple[Hold, ...]
    preferences: tuple[Preference, ...]
    consents: tuple[Consent, ...]
    plans: tuple[SignedPlan, ...] = ()
    notices: tuple[Notice, ...] = ()


def house_of(organisation_id: int, *, using: str = "default") -> House:
    """Return an organisation that the scope knows; raises where it knows none of that id."""
    ((found,),) = answers.prepared(_HOUSE, [organisation_id], using=using)
    return House(**found)


_HOUSE: Final = """
    SELECT to_jsonb(h) FROM (SELECT id, kind, country, timezone, language, settings FROM organisation
                             WHERE id = %s) h"""


def reached_person(person_id: int, *, using: str = "default") -> Reached | None:
    """Return the person with all candidate zones and places; None where the scope sees no such person."""
    row = persons.Person.objects.using(using).filter(pk=person_id).values(*_OF_PERSON).first()
    if row is None:
        return None
    points = persons.ContactPoint.objects.using(using).filter(person_id=person_id)
    return _reached(row, points.values("country", "region", "timezones", "is_valid"))


_OF_PERSON: Final = ("id", "organisation_id", "kind", "language", "country", "region", "facts")


def _reached(row: Mapping[str, Any], points: Iterable[Mapping[str, Any]]) -> Reached:
    valid = [point for point in points if point["is_valid"]]
    own = place_of(row["country"], row["region"])
    return Reached(
        id=row["id"],
        owner=row["organisation_id"],
        kind=row["kind"],
        language=row["language"],
        place=own,
        zones=every_zone(row["country"], row["region"], (zone for point in valid for zone in point["timezones"])),
        places=_each_once((own, *beside(own, (place_of(point["country"], point["region"]) for point in valid)))),
        facts=row["facts"],
    )


def place_of(country: str, region: str) -> str:
    """Return a place of law: ``US-NY``, or ``CN`` where no region is known."""
    if not region or region.startswith(f"{country}-"):
        return region or country
    return f"{country}-{region}"


def beside(own: str, places: Iterable[str]) -> tuple[str, ...]:
    """Return the places that say more than ``own``, where the person is known to live.

    A number of which only the country is known may be anywhere in it, and so may a number of the next town: it says
    nothing about a person who lives in Colorado. Of somebody whose own region nobody knows it stays, and every region
    of the country speaks.
    """
    return tuple(place for place in places if not own.startswith(f"{place}-"))


_USES: Final = ("mobile", "home", "work", "other")


def phones_of(person_id: int, *, using: str = "default") -> list[int]:
    """Return the person's telephone numbers that are not known to be bad: mobile, home, work, others (P17)."""
    rows = persons.ContactPoint.objects.using(using).filter(person_id=person_id, kind="phone", is_valid=True)
    return [row.pk for row in sorted(rows, key=lambda row: (_USES.index(row.use), row.pk))]


_RECORD: Final = f"""
WITH party AS MATERIALIZED (
    SELECT p.account_id, p.role, p.disclosure_basis
    FROM account_party p, (SELECT (%(now)s::timestamptz AT TIME ZONE timezone)::date AS on_day
                           FROM organisation WHERE id = %(own)s) today
    WHERE p.person_id = %(person)s AND p.from_on <= on_day AND (p.until_on IS NULL OR p.until_on > on_day)
), owed AS MATERIALIZED (
    SELECT a.id, a.number, a.organisation_id, a.person_id, a.status, a.currency, a.country, a.region, a.default_on,
           a.facts, product.debt_kind, product.consumer_purpose, party.role, party.disclosure_basis,
           coalesce(pos.flags, 0) AS flags, pending.since AS pending_since, pending.last AS pending_last,
           held.from_on AS held_from, held.scope AS held_scope
    FROM party JOIN account a ON a.id = party.account_id
    JOIN product ON product.id = a.product_id
    LEFT JOIN account_position pos ON pos.account = a.id
    LEFT JOIN LATERAL (SELECT min(e.value_date) AS since, max(e.value_date) AS last FROM entry e
                       WHERE pos.pending_minor > 0 AND e.account_id = a.id AND e.kind = %(seen)s
                         AND {STANDS}) pending ON true
    LEFT JOIN LATERAL (SELECT g.from_on, g.scope FROM access g
                       WHERE g.account_id = a.id AND g.organisation_id = %(own)s
                       ORDER BY g.from_on DESC, g.id DESC LIMIT 1) held ON true
), people AS MATERIALIZED (
    SELECT %(person)s::bigint AS id UNION SELECT person_id FROM owed
)
SELECT
    (SELECT to_jsonb(p) FROM (SELECT id, organisation_id, kind, language, country, region, facts
                              FROM person WHERE id = %(person)s) p),
    (SELECT jsonb_agg(to_jsonb(h)) FROM (SELECT id, kind, country, timezone, language, settings FROM organisation
        WHERE id = %(own)s OR id = (SELECT organisation_id FROM person WHERE id = %(person)s)) h),
    (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.id) FROM (SELECT id, person_id, kind, use, value, country, region,
        timezones, is_valid, source, facts FROM contact_point WHERE person_id = %(person)s) c),
    (SELECT jsonb_agg(to_jsonb(owed) ORDER BY owed.id) FROM owed),
    (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.started_at, t.id) FROM (
        SELECT a.id, a.started_at, a.channel, a.outcome, a.person_id, a.by_organisation_id, a.origin, a.direction,
               a.role, a.discussed, a.contact_point_id, a.from_number, a.purpose,
               (SELECT array_agg(s.account_id) FROM attempt_account s WHERE s.attempt_id = a.id) AS accounts
        FROM attempt a WHERE a.person_id IN (SELECT id FROM people)
          AND (a.started_at >= %(since)s OR a.role <> 'debtor')) t),
    (SELECT jsonb_agg(to_jsonb(h) ORDER BY h.id) FROM (
        SELECT id, kind, from_at, until_at, person_id, account_id, facts FROM hold
        WHERE person_id IN (SELECT id FROM people) OR account_id IN (SELECT account_id FROM party)) h),
    (SELECT jsonb_agg(to_jsonb(w) ORDER BY w.id) FROM (
        SELECT id, kind, person_id, from_at, until_at, words, media, windows, places, contact_point_id
        FROM preference WHERE person_id = %(person)s) w),
    (SELECT jsonb_agg(to_jsonb(g) ORDER BY g.id) FROM (
        SELECT id, kind, person_id, by_organisation_id, at, until_at, revoked_at, accounts, media, windows, about_id,
               is_in_allowed_contact
        FROM consent WHERE person_id IN (SELECT id FROM people)) g),
    (SELECT jsonb_agg(to_jsonb(s)) FROM (
        SELECT p.agreed_at, p.state, array_agg(d.account_id) AS accounts
        FROM plan p JOIN plan_debt d ON d.plan_id = p.id AND d.version = p.version
        WHERE p.person_id IN (SELECT id FROM people) AND p.state = ANY(%(plans)s) GROUP BY p.id) s),
    (SELECT jsonb_agg(to_jsonb(n) ORDER BY n.sent_at, n.id) FROM (
        SELECT id, kind, person_id, by_organisation_id, accounts, sent_at, received_on, period_ends, opt_out_by,
               undeliverable_at, contact_point_id, answers_id, facts
        FROM notice WHERE person_id IN (SELECT id FROM people) AND sent_at IS NOT NULL) n)"""


#: On one line: the driver keeps what it made of a statement only where that is shorter than four kilobytes.
_RECORD_ASKED: Final = " ".join(_RECORD.split())


def record_of(person_id: int, now: datetime, *, using: str = "default") -> Record | None:
    """Return everything the book knows around contact with a person; None where the scope sees no such person.

    Contacts are those of every origin, oldest first, with the person and the main debtors of the debts. One may be
    stamped a moment after ``now``: by somebody who read the clock after us and had their turn before us.
    """
    own = current(using).organisation
    asked: dict[str, Any] = {
        "person": person_id,
        "own": own,
        "now": now,
        "since": now - MEMORY,
        "seen": int(EntryKind.PAYMENT_SEEN),
    }
    asked["plans"] = sorted(state.value for state in ACTIVE)
    ((person, houses, points, owed, contacts, holds, wishes, consents, plans, notices),) = answers.prepared(
        _RECORD_ASKED, asked, using=using
    )
    if person is None:
        return None
    known = {house["id"]: House(**house) for house in houses}
    ways = [_way(point) for point in points or ()]
    uses = {way.id: way.use for way in ways}
    return Record(
        house=known[own],
        owner=known[person["organisation_id"]],
        person=_reached(person, points or ()),
        ways={way.id: way for way in ways},
        owed=tuple(map(_owed, owed or ())),
        contacts=tuple(_contact(row, uses) for row in contacts or ()),
        holds=tuple(map(_hold, holds or ())),
        preferences=tuple(map(_wish, wishes or ())),
        consents=tuple(map(_consent, consents or ())),
        plans=tuple(map(plan_of, plans or ())),
        notices=tuple(map(notice_of, notices or ())),
    )


def _way(row: Mapping[str, Any]) -> Way:
    return Way(
        id=row["id"],
        person=row["person_id"],
        kind=row["kind"],
        use=PointUse(row["use"]),
        value=row["value"],
        source=Source(row["source"]) if row["source"] in set(Source) else None,
        is_valid=row["is_valid"],
        zones=tuple(row["timezones"]),
        places=_each_once((place_of(row["country"], row["region"]),)),
        facts=row["facts"],
    )


def _owed(row: Mapping[str, Any]) -> Owed:
    return Owed(
        id=row["id"],
        number=row["number"],
        owner=row["organisation_id"],
        debtor=row["person_id"],
        status=row["status"],
        currency=row["currency"],
        place=place_of(row["country"], row["region"]),
        debt_kind=row["debt_kind"],
        consumer_purpose=row["consumer_purpose"],
        default_on=day_of(row["default_on"]),
        held_since=day_of(row["held_from"]) if row["held_scope"] == "holder" else None,
        is_recalled=row["held_scope"] == "after_recall",
        pending_since=day_of(row["pending_since"]),
        pending_last=day_of(row["pending_last"]),
        flags=row["flags"],
        role=Role(row["role"]),
        basis=DisclosureBasis(row["disclosure_basis"]),
        facts=row["facts"],
    )


def _contact(row: Mapping[str, Any], uses: Mapping[int, PointUse]) -> Contact:
    return Contact(
        id=row["id"],
        at=datetime.fromisoformat(row["started_at"]),
        channel=Channel(row["channel"]),
        outcome=Outcome(row["outcome"]),
        person=row["person_id"],
        collector=row["by_organisation_id"],
        origin=Origin(row["origin"]),
        direction=Direction(row["direction"]),
        role=Role(row["role"]),
        debts=frozenset(row["accounts"] or ()),
        discussed=None if row["discussed"] is None else frozenset(row["discussed"]),
        address=row["contact_point_id"],
        use=uses.get(row["contact_point_id"]),
        from_number=row["from_number"] or None,
        purpose=Purpose(row["purpose"]) if row["purpose"] else None,
    )


def _hold(row: Mapping[str, Any]) -> Hold:
    said = row["facts"]
    return Hold(
        kind=HoldKind(row["kind"]),
        since=datetime.fromisoformat(row["from_at"]),
        until=instant_of(row["until_at"]),
        person=row["person_id"],
        debts=frozenset(() if row["account_id"] is None else (row["account_id"],)),
        written=said.get("written"),
        in_period=said.get("in_period"),
        identified=said.get("identified", True),
        excused_from=instant_of(said.get("excused_from")),
        facts=said,
    )


def _wish(row: Mapping[str, Any]) -> Preference:
    return Preference(
        kind=PreferenceKind(row["kind"]),
        person=row["person_id"],
        since=datetime.fromisoformat(row["from_at"]),
        until=instant_of(row["until_at"]),
        words=row["words"],
        media=frozenset(map(Medium, row["media"])),
        windows=windows_of(row["windows"]),
        places=frozenset(map(PointUse, row["places"])),
        address=row["contact_point_id"],
    )


def _consent(row: Mapping[str, Any]) -> Consent:
    return Consent(
        kind=ConsentKind(row["kind"]),
        person=row["person_id"],
        given_to=row["by_organisation_id"],
        at=datetime.fromisoformat(row["at"]),
        until=instant_of(row["until_at"]),
        revoked_at=instant_of(row["revoked_at"]),
        debts=frozenset(row["accounts"]),
        media=frozenset(map(Medium, row["media"])),
        windows=windows_of(row["windows"]),
        about=row["about_id"],
        in_allowed_contact=row["is_in_allowed_contact"],
    )


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
