"""Received texts: kept as they came, found in the order in which a human should see them, erased when they must be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from arrears.domain.contacts import Channel, PointUse
from arrears.domain.holds import PreferenceKind
from arrears.domain.received import ReceivedState
from arrears.store.scope import current
from arrears.store.tables.person import ContactPoint, Person, Preference
from arrears.store.tables.received import Received
from arrears.store.tables.staff import Staff

SOURCE: Final = "received"
_OPEN: Final = ~Q(state=ReceivedState.DONE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """A text as it is first kept: the organisation is the person's owner, or ours while nobody knows whose it is."""

    owner: int
    person: int | None
    contact_point: int | None
    attempt: int | None
    accounts: Sequence[int]
    channel: Channel
    address: str
    words: str
    language: str
    found: Sequence[Mapping[str, Any]]  # JSON
    urgency: int
    rules_version: str
    has_model: bool
    received_at: datetime
    recorded_at: datetime
    source: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A received text as it stands. ``found``: see :class:`arrears.store.tables.received.Received`."""

    id: int
    owner: int
    person: int | None
    person_name: str
    contact_point: int | None
    attempt: int | None
    accounts: tuple[int, ...]
    channel: Channel
    address: str
    words: str
    language: str
    found: tuple[Mapping[str, Any], ...]  # JSON
    urgency: int
    state: ReceivedState
    taken_by: int | None
    done_by: str
    done_at: datetime | None
    received_at: datetime
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """A person who is reached at the address a text came from."""

    person: int
    owner: int
    contact_point: int
    use: PointUse


def add(new: NewText, *, using: str = "default") -> tuple[int, bool]:
    """Keep a text; return its id, and whether it is new: the same source is kept once."""
    scope = current(using)
    row, is_new = Received.objects.using(using).get_or_create(
        by_organisation_id=scope.organisation,
        source_kind=new.source[0],
        source_ref=new.source[1],
        defaults={
            "organisation_id": new.owner,
            "person_id": new.person,
            "contact_point_id": new.contact_point,
            "attempt_id": new.attempt,
            "accounts": list(new.accounts),
            "channel": new.channel,
            "address": new.address,
            "words": new.words,
            "language": new.language,
            "found": [dict(one) for one in new.found],
            "urgency": new.urgency,
            "rules_version": new.rules_version,
            "has_model": new.has_model,
            "received_at": new.received_at,
            "recorded_at": new.recorded_at,
            "staff_id": scope.user,
        },
    )
    return int(row.pk), is_new


def came_before(source: tuple[str, str], *, using: str = "default") -> int | None:
    """Return the text that came from this source before."""
    rows = Received.objects.using(using).filter(by_organisation_id=current(using).organisation)
    found = rows.filter(source_kind=source[0], source_ref=source[1]).values_list("pk", flat=True).first()
    return None if found is None else int(found)


def from_source(kind: str, ref: str, *, using: str = "default") -> list[int]:
    """Return the texts from one source that the scope sees, whoever of those who work the debt took them in."""
    return list(Received.objects.using(using).filter(source_kind=kind, source_ref=ref).values_list("pk", flat=True))


def kept(text: int, *, using: str = "default") -> Text | None:
    """Return a received text; None where the scope sees no such one."""
    return next(iter(_texts(Received.objects.using(using).filter(pk=text), using)), None)


def locked(text: int, *, using: str = "default") -> Text | None:
    """Return a received text and hold its row until the transaction ends."""
    rows = Received.objects.using(using).filter(pk=text).select_for_update(no_key=True)
    return next(iter(_texts(rows, using)), None)


def change(text: int, *, using: str = "default", **changes: object) -> None:
    """Change what is learnt of a text after it came."""
    Received.objects.using(using).filter(pk=text).update(**changes)


def queue(*, most: int, using: str = "default") -> tuple[Text, ...]:
    """Return the texts that wait: danger first, then what stops contact, then the rest; the oldest of each first."""
    rows = _workable(using).filter(_OPEN).order_by("urgency", "received_at", "pk")
    return _texts(rows[:most], using)


def waiting(*, using: str = "default") -> dict[int, int]:
    """Return how many texts wait, by urgency."""
    rows = _workable(using).filter(_OPEN).values_list("urgency").annotate(Count("pk")).order_by("urgency")
    return dict(rows)


def _workable(using: str) -> "QuerySet[Received, Received]":
    """Return the texts of people whom the scope sees now, and those of nobody known.

    Who received a text about a debt that has gone back keeps it as theirs, and does not work it any more.
    """
    seen = Person.objects.using(using).values("pk")
    return Received.objects.using(using).filter(Q(person__isnull=True) | Q(person_id__in=seen))


def of_person(person: int, *, most: int, using: str = "default") -> tuple[Text, ...]:
    """Return the last texts of a person, the newest first."""
    rows = Received.objects.using(using).filter(person_id=person).order_by("-received_at", "-pk")
    return _texts(rows[:most], using)


def senders(kind: str, normalised: str, *, using: str = "default") -> tuple[Sender, ...]:
    """Return everybody who is reached at an address, as it is kept to be compared."""
    rows = ContactPoint.objects.using(using).filter(kind=kind, normalised=normalised).order_by("pk")
    return tuple(
        Sender(person, owner, point, PointUse(use))
        for point, person, owner, use in rows.values_list("pk", "person_id", "organisation_id", "use")
    )


def numbered(number: str, *, using: str = "default") -> int | None:
    """Return the person with a number; None where nobody, or more than one owner's person, is numbered so."""
    found = list(Person.objects.using(using).filter(number=number).values_list("pk", flat=True)[:2])
    return int(found[0]) if len(found) == 1 else None


def erase(text: int, *, at: datetime, using: str = "default") -> None:
    """Take the words away, and what was read out of them; that a text came, and what it led to, stays."""
    row = Received.objects.using(using).filter(pk=text).first()
    if row is None:
        return
    left = [{**one, "passages": [], "details": {}} for one in row.found]
    change(text, words="", address="", found=left, erased_at=at, using=using)


def add_wish(
    owner: int,
    person: int,
    *,
    kind: PreferenceKind,
    media: Sequence[str],
    places: Sequence[str],
    at: datetime,
    source_ref: str,
    using: str = "default",
) -> int:
    """Keep that the person asked not to be reached by a medium, or at a kind of place; return the wish's id."""
    row, _ = Preference.objects.using(using).get_or_create(
        organisation_id=owner,
        source_kind=SOURCE,
        source_ref=source_ref,
        defaults={
            "by_organisation_id": current(using).organisation,
            "person_id": person,
            "kind": kind,
            "media": list(media),
            "places": list(places),
            "from_at": at,
        },
    )
    return int(row.pk)


def end_wish(wish: int, *, at: datetime, using: str = "default") -> None:
    """End a wish that was kept because of a text."""
    rows = Preference.objects.using(using).filter(pk=wish, source_kind=SOURCE)
    for row in rows:
        rows.filter(pk=row.pk).update(until_at=max(at, row.from_at))


def _texts(rows: "QuerySet[Received, Received]", using: str) -> tuple[Text, ...]:
    found = list(rows)
    people = Person.objects.using(using).filter(pk__in={row.person_id for row in found if row.person_id})
    names = {person.pk: person.full_name for person in people}
    staff = dict(
        Staff.objects.using(using)
        .filter(pk__in={row.done_by_id for row in found if row.done_by_id})
        .values_list("pk", "full_name")
    )
    return tuple(_text(row, names.get(row.person_id or 0, ""), staff.get(row.done_by_id or 0, "")) for row in found)


def _text(row: Received, name: str, done_by: str) -> Text:
    return Text(
        id=row.pk,
        owner=row.organisation_id,
        person=row.person_id,
        person_name=name,
        contact_point=row.contact_point_id,
        attempt=row.attempt_id,
        accounts=tuple(row.accounts),
        channel=Channel(row.channel),
        address=row.address,
        words=row.words,
        language=row.language,
        found=tuple(row.found),
        urgency=row.urgency,
        state=ReceivedState(row.state),
        taken_by=row.taken_by_id,
        done_by=done_by,
        done_at=row.done_at,
        received_at=row.received_at,
        is_erased=row.erased_at is not None,
    )
