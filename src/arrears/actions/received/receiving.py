"""Receiving a text: whose it is, that it came (a contact that counts), what it says, and what must stop at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from arrears.actions import elsewhere, history
from arrears.actions.imports.contact_points import normalised
from arrears.actions.received import effects
from arrears.actions.received.mistakes import mistake
from arrears.domain.contacts import KIND_OF_POINT, MEDIUM_OF, Channel, Direction, Origin, Outcome, Role
from arrears.domain.received import Ruling, urgency
from arrears.engine.sorting import Found, Model, Sorted
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES, Language
from arrears.packs import sorting
from arrears.store.doors import contact_records as records
from arrears.store.doors import received as rows
from arrears.store.doors.attempts import Told
from arrears.store.doors.received import NewText
from arrears.store.scope import current

LONGEST: Final = 40_000
"""Characters of a text that are kept and read: a house assumption, longer than any letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A text as it came: by which channel, from which address or number, when, in which words.

    ``person`` and ``accounts`` where they are known; else the person is the only one reached at ``address``, or a
    human says who it is. ``source`` (kind and reference) keeps the same text from coming twice.
    """

    channel: str
    words: str
    at: datetime
    source: tuple[str, str]
    address: str = ""
    person: int | None = None
    accounts: tuple[int, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as kept: its id, whose it is, what it says, how much was set off, whether it came for the first time."""

    id: int
    person: int | None
    sorted: Sorted
    effects: int
    is_new: bool


def receive(inbound: Inbound, *, now: datetime, model: Model | None = None, using: str = "default") -> Kept | Problem:
    """Keep a text, count it as a contact from the person, sort it, and stop at once what it surely stops.

    The same ``source`` is kept once. Where nobody or several are reached at the address it waits for a human, and
    nothing is set off before it is known who wrote it.
    """
    if (wrong := _wrong(inbound, now)) is not None:
        return wrong
    words = inbound.words.strip()[:LONGEST]
    said = sorting.sort(words, inbound.language, model=model)
    if (before := rows.came_before(inbound.source, using=using)) is not None:
        known = rows.kept(before, using=using)
        return Kept(before, known.person if known else None, said, 0, is_new=False)
    found = _whose(inbound, using)
    if isinstance(found, Problem):
        return found
    owner, whose, point = found
    new = _new(replace(inbound, words=words), said, (owner, whose, point), has_model=model is not None, now=now)
    text, is_new = rows.add(new, using=using)
    history.append(
        "text_received",
        owner=owner,
        person=whose,
        now=now,
        using=using,
        received=text,
        channel=inbound.channel,
        categories=[one.category.value for one in said.found],
    )
    done = 0
    if whose is not None:
        done = belongs_to(text, whose, owner=owner, now=now, using=using)
    return Kept(text, whose, said, done, is_new)


def belongs_to(text: int, person: int, *, owner: int, now: datetime, using: str) -> int:
    """Count the text as a contact from ``person`` and set off what it surely stops; return how much that was."""
    kept = rows.locked(text, using=using)
    assert kept is not None
    accounts = kept.accounts or _owed(person, now, using)
    attempt = elsewhere.record_elsewhere(
        Told(
            owner=owner,
            person=person,
            accounts=accounts,
            contact_point=kept.contact_point,
            role=Role.DEBTOR if accounts else Role.UNKNOWN,
            channel=kept.channel,
            origin=Origin.INBOUND,
            direction=Direction.FROM_PERSON,
            outcome=Outcome.DELIVERED,
            at=kept.received_at,
            source_kind=rows.SOURCE,
            source_ref=str(text),
            address=kept.address,
            staff=current(using).user,
        ),
        now=now,
        using=using,
    )
    if not isinstance(attempt, Problem):
        rows.change(text, attempt_id=attempt, accounts=list(accounts), using=using)
    return effects.obey(text, now=now, using=using)


def as_kept(found: Found) -> dict[str, Any]:
    """Return what was found as the book keeps it: places instead of words, which stand in the text alone."""
    return {
        "category": found.category.value,
        "ppm": found.certainty_ppm,
        "passages": [[one.start, one.until, one.rule] for one in found.words],
        "details": dict(found.details),
        "effect": None,
        "ruling": Ruling.OPEN.value,
    }


def _wrong(inbound: Inbound, now: datetime) -> Problem | None:
    if not inbound.words.strip():
        return mistake("text_empty", "words")
    if inbound.channel not in set(Channel):
        return mistake("channel_unknown", "channel", said=inbound.channel)
    if inbound.at > now:
        return mistake("time_ahead", "at")
    return None


def _whose(inbound: Inbound, using: str) -> tuple[int, int | None, int | None] | Problem:
    """Return the owner, the person and the contact point that a text is of; our own and nobody where that is open."""
    ours = current(using).organisation
    senders = _senders(inbound, ours, using)
    if inbound.person is not None:
        reached = records.reached_person(inbound.person, using=using)
        if reached is None:
            return mistake("person_not_found", "person")
        point = next((one.contact_point for one in senders if one.person == inbound.person), None)
        return reached.owner, inbound.person, point
    if len({one.person for one in senders}) != 1:
        return ours, None, None
    return senders[0].owner, senders[0].person, senders[0].contact_point


def _senders(inbound: Inbound, ours: int, using: str) -> Sequence[rows.Sender]:
    kind = KIND_OF_POINT.get(MEDIUM_OF[Channel(inbound.channel)])
    if kind is None or not inbound.address.strip():
        return ()
    normal = normalised(kind, inbound.address.strip(), records.house_of(ours, using=using).country)
    return () if normal is None else rows.senders(kind, normal, using=using)


def _owed(person: int, now: datetime, using: str) -> tuple[int, ...]:
    record = records.record_of(person, now, using=using)
    return tuple(debt.id for debt in record.owed) if record else ()


def _new(
    inbound: Inbound, said: Sorted, whose: tuple[int, int | None, int | None], *, has_model: bool, now: datetime
) -> NewText:
    owner, person, point = whose
    return NewText(
        owner=owner,
        person=person,
        contact_point=point,
        attempt=None,
        accounts=inbound.accounts,
        channel=Channel(inbound.channel),
        address=inbound.address.strip(),
        words=inbound.words,
        language=said.language if said.language in LANGUAGES else "en",
        found=[as_kept(one) for one in said.found],
        urgency=urgency(frozenset(one.category for one in said.found)),
        rules_version=sorting.load().version,
        has_model=has_model,
        received_at=inbound.at,
        recorded_at=now,
        source=inbound.source,
    )
