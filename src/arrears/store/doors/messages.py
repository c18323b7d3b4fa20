"""Messages: queued, held one at a time by whoever sends them, moved on, counted by batch and by refusing rule."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final  # Any: rows of a cursor, and JSON

from django.db import connections

from arrears.domain.contacts import Channel, Purpose
from arrears.domain.messages import WAITING, Figure, MessageState, Wording
from arrears.domain.wording import Block, Topic
from arrears.store.scope import current
from arrears.store.tables.message import Message, MessagePage

MOST: Final = 500
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A message about to be queued; ``source`` (kind, reference) queues it once for each sender."""

    owner: int
    person: int
    accounts: tuple[int, ...]
    contact_point: int | None
    channel: Channel
    purpose: Purpose
    template: str
    source: tuple[str, str]
    due_at: datetime
    give_up_at: datetime
    made_at: datetime
    batch: int | None = None
    given: Json = field(default_factory=dict)
    wording: Wording | None = None
    is_own_wording: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """A message as it stands. See `arrears.store.tables.message.Message`."""

    id: int
    owner: int
    by_organisation: int
    batch: int | None
    person: int
    accounts: tuple[int, ...]
    contact_point: int | None
    channel: Channel
    purpose: Purpose
    template: str
    is_own_wording: bool
    carries: Json
    given: Json
    state: MessageState
    language: str
    subject: str
    words: str
    words_digest: str
    figures: Sequence[Json]
    refusing: Sequence[Json]
    due_at: datetime
    next_permitted: datetime | None
    give_up_at: datetime
    tries: int
    permit: int | None
    attempt: int | None
    channel_ref: str
    said: str
    made_at: datetime
    made_by: int | None
    sent_at: datetime | None
    source: tuple[str, str]


def add(queued: Queued, *, using: str = "default") -> int | None:
    """Queue a message of the scope's organisation and user; None where its source queued it before."""
    kind, ref = queued.source
    by = current(using)
    known = Message.objects.using(using).filter(by_organisation_id=by.organisation, source_kind=kind, source_ref=ref)
    if known.exists():
        return None
    row = _row_of(queued, by.organisation, by.user)
    row.save(using=using, force_insert=True)
    if queued.wording is not None and queued.wording.document:
        keep_page(row.pk, queued.owner, queued.person, queued.wording.document, at=queued.made_at, using=using)
    return int(row.pk)


def add_all(queued: Iterable[Queued], *, using: str = "default") -> int:
    """Queue many messages of the scope's organisation at once, none with a page of its own; return how many."""
    by = current(using)
    rows = [_row_of(one, by.organisation, by.user) for one in queued]
    return len(Message.objects.using(using).bulk_create(rows, batch_size=1000))


def _row_of(queued: Queued, by: int, staff: int | None) -> Message:
    kind, ref = queued.source
    row = Message(
        organisation_id=queued.owner,
        by_organisation_id=by,
        batch_id=queued.batch,
        person_id=queued.person,
        accounts=list(queued.accounts),
        contact_point_id=queued.contact_point,
        channel=queued.channel,
        purpose=queued.purpose,
        template=queued.template,
        is_own_wording=queued.is_own_wording,
        given=dict(queued.given),
        due_at=queued.due_at,
        give_up_at=queued.give_up_at,
        made_at=queued.made_at,
        made_by_id=staff,
        source_kind=kind,
        source_ref=ref,
    )
    if queued.wording is not None:
        row.carries = carried(queued.wording)
        for name, value in _columns_of(queued.wording).items():
            setattr(row, name, value)
    return row


def carried(wording: Wording) -> dict[str, Any]:
    """Return what words carry, speak of and reveal, as JSON."""
    return {
        "blocks": sorted(wording.blocks),
        "mentions": sorted(wording.mentions),
        "reveals_debt": wording.reveals_debt,
    }


def _columns_of(wording: Wording) -> dict[str, Any]:
    return {
        "language": wording.language,
        "subject": wording.subject,
        "words": wording.words,
        "words_digest": wording.digest,
        "document_hash": hashlib.sha256(wording.document).digest(),
        "figures": [said_figure(figure) for figure in wording.figures],
    }


def wording_of(row: MessageRow, *, using: str = "default") -> Wording:
    """Return the words of a message that were given with it, with the page that goes with them."""
    page = MessagePage.objects.using(using).filter(message_id=row.id).order_by("pk").first()
    return Wording(
        template=row.template,
        language=row.language,
        subject=row.subject,
        words=row.words,
        blocks=frozenset(map(Block, row.carries.get("blocks", ()))),
        mentions=frozenset(map(Topic, row.carries.get("mentions", ()))),
        reveals_debt=bool(row.carries.get("reveals_debt", True)),
        figures=tuple(figure_of(one) for one in row.figures),
        document=bytes(page.content) if page else b"",
    )


def said_figure(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON that keeps it."""
    return {**asdict(figure), "as_of": figure.as_of.isoformat()}


def figure_of(said: Json) -> Figure:
    """Return a figure from the JSON that keeps it."""
    return Figure(**{**said, "as_of": date.fromisoformat(said["as_of"])})


def keep_page(message: int, owner: int, person: int, content: bytes, *, at: datetime, using: str = "default") -> None:
    """Keep the page of a message for good; the same one is kept once."""
    found = hashlib.sha256(content).digest()
    MessagePage.objects.using(using).get_or_create(
        message_id=message,
        content_hash=found,
        defaults={
            "organisation_id": owner,
            "by_organisation_id": current(using).organisation,
            "person_id": person,
            "content": content,
            "made_at": at,
        },
    )


def page_of(message: int, *, using: str = "default") -> bytes | None:
    """Return the newest page of a message; None where it has none that the scope sees."""
    row = MessagePage.objects.using(using).filter(message_id=message).order_by("-pk").first()
    return None if row is None else bytes(row.content)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it went: its words, and whether a page of it is kept."""

    id: int
    subject: str
    words: str
    words_digest: str
    language: str
    has_page: bool


def sent_with(attempt: int, *, using: str = "default") -> Sent | None:
    """Return the message that went with a contact; None where it was no message, or the scope sees none."""
    row = Message.objects.using(using).filter(attempt_id=attempt).first()
    if row is None:
        return None
    has_page = MessagePage.objects.using(using).filter(message_id=row.pk).exists()
    return Sent(row.pk, row.subject, row.words, row.words_digest, row.language, has_page)


def message(message_id: int, *, using: str = "default") -> MessageRow | None:
    """Return a message; None where the scope sees no such one."""
    row = Message.objects.using(using).filter(pk=message_id).first()
    return None if row is None else _read(row)


_TAKE: Final = """
    SELECT id FROM message
    WHERE by_organisation_id = %(by)s AND state IN ('queued', 'refused') AND due_at <= %(now)s
      AND channel = ANY(%(channels)s) AND (%(only)s::bigint IS NULL OR id = %(only)s)
    ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"""


def take_due(
    channels: Sequence[Channel], *, now: datetime, only: int | None = None, using: str = "night"
) -> MessageRow | None:
    """Hold the scope's next message that may go, until the transaction ends; those that others hold are passed by."""
    by, names = current(using).organisation, [one.value for one in channels]
    with connections[using].cursor() as cursor:
        cursor.execute(_TAKE, {"by": by, "now": now, "channels": names, "only": only})
        found = cursor.fetchone()
    return None if found is None else message(int(found[0]), using=using)


def move(message_id: int, *, using: str = "default", wording: Wording | None = None, **columns: Any) -> bool:
    """Write what became of a message, with the words it now has; False where the scope sees no such one."""
    said = {**(_columns_of(wording) if wording else {}), **columns}
    return Message.objects.using(using).filter(pk=message_id).update(**said) == 1


def stale(before: datetime, *, using: str = "night") -> tuple[MessageRow, ...]:
    """Return the scope's messages that have been on their way since before an instant, oldest first."""
    rows = Message.objects.using(using).filter(
        by_organisation_id=current(using).organisation, state=MessageState.SENDING, attempt__started_at__lt=before
    )
    return tuple(map(_read, rows.order_by("pk")[:MOST]))


def is_waiting(state: MessageState) -> bool:
    """Return whether a message in this state may still go out by itself."""
    return state in WAITING


def _read(row: Message) -> MessageRow:
    return MessageRow(
        id=row.pk,
        owner=row.organisation_id,
        by_organisation=row.by_organisation_id,
        batch=row.batch_id,
        person=row.person_id,
        accounts=tuple(row.accounts),
        contact_point=row.contact_point_id,
        channel=Channel(row.channel),
        purpose=Purpose(row.purpose),
        template=row.template,
        is_own_wording=row.is_own_wording,
        carries=row.carries,
        given=row.given,
        state=MessageState(row.state),
        language=row.language,
        subject=row.subject,
        words=row.words,
        words_digest=row.words_digest,
        figures=row.figures,
        refusing=row.refusing,
        due_at=row.due_at,
        next_permitted=row.next_permitted,
        give_up_at=row.give_up_at,
        tries=row.tries,
        permit=row.permit_id,
        attempt=row.attempt_id,
        channel_ref=row.channel_ref,
        said=row.said,
        made_at=row.made_at,
        made_by=row.made_by_id,
        sent_at=row.sent_at,
        source=(row.source_kind, row.source_ref),
    )
