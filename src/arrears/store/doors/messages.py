"""Messages: queued, held one at a time by whoever sends them, moved on, counted by batch and by refusing rule."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final  # Any: rows of a cursor, and JSON

from arrears.domain.contacts import Channel, Purpose
from arrears.domain.messages import WAITING, Figure, MessageState, Wording
from arrears.domain.wording import Block, Topic
from arrears.store import answers, writing
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
    found = answers.prepared(f"{_SELECT} WHERE id = %s", [message_id], using=using)
    return _of(found[0]) if found else None


_COLUMNS: Final = (
    "id", "organisation_id", "by_organisation_id", "batch_id", "person_id", "accounts", "contact_point_id", "channel",
    "purpose", "template", "is_own_wording", "carries", "given", "state", "language", "subject", "words",
    "words_digest", "figures", "refusing", "due_at", "next_permitted", "give_up_at", "tries", "permit_id",
    "attempt_id", "channel_ref", "said", "made_at", "made_by_id", "sent_at", "source_kind", "source_ref",
)  # fmt: skip
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM message"
_WAITS: Final = """
    by_organisation_id = %s AND state IN ('queued', 'refused') AND due_at <= %s AND channel = ANY(%s::text[])"""
_NEXT: Final = f"{_SELECT} WHERE {_WAITS} ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
_ONLY: Final = f"{_SELECT} WHERE {_WAITS} AND id = %s FOR UPDATE SKIP LOCKED"


def take_due(
    channels: Sequence[Channel], *, now: datetime, only: int | None = None, using: str = "night"
) -> MessageRow | None:
    """Hold the scope's next message that may go, until the transaction ends; those that others hold are passed by."""
    waits = [current(using).organisation, now, [one.value for one in channels]]
    if only is None:
        found = answers.prepared(_NEXT, waits, using=using)
    else:
        found = answers.prepared(_ONLY, [*waits, only], using=using)
    return _of(found[0]) if found else None


def move(message_id: int, *, using: str = "default", wording: Wording | None = None, **columns: Any) -> bool:
    """Write what became of a message, with the words it now has; False where the scope sees no such one."""
    said = {**(_columns_of(wording) if wording else {}), **columns}
    return writing.change(Message, message_id, using=using, **said)


def stale(before: datetime, *, using: str = "night") -> tuple[MessageRow, ...]:
    """Return the scope's messages that have been on their way since before an instant, oldest first."""
    found = answers.prepared(_STALE, [current(using).organisation, before, MOST], using=using)
    return tuple(map(_of, found))


_STALE: Final = f"""
    {_SELECT} WHERE by_organisation_id = %s AND state = 'sending'
      AND (SELECT a.started_at FROM attempt a WHERE a.id = message.attempt_id) < %s
    ORDER BY id LIMIT %s"""


def is_waiting(state: MessageState) -> bool:
    """Return whether a message in this state may still go out by itself."""
    return state in WAITING


def _of(row: Sequence[Any]) -> MessageRow:
    said = dict(zip(_COLUMNS, row, strict=True))
    return MessageRow(
        id=said["id"],
        owner=said["organisation_id"],
        by_organisation=said["by_organisation_id"],
        batch=said["batch_id"],
        person=said["person_id"],
        accounts=tuple(said["accounts"]),
        contact_point=said["contact_point_id"],
        channel=Channel(said["channel"]),
        purpose=Purpose(said["purpose"]),
        template=said["template"],
        is_own_wording=said["is_own_wording"],
        carries=said["carries"],
        given=said["given"],
        state=MessageState(said["state"]),
        language=said["language"],
        subject=said["subject"],
        words=said["words"],
        words_digest=said["words_digest"],
        figures=said["figures"],
        refusing=said["refusing"],
        due_at=said["due_at"],
        next_permitted=said["next_permitted"],
        give_up_at=said["give_up_at"],
        tries=said["tries"],
        permit=said["permit_id"],
        attempt=said["attempt_id"],
        channel_ref=said["channel_ref"],
        said=said["said"],
        made_at=said["made_at"],
        made_by=said["made_by_id"],
        sent_at=said["sent_at"],
        source=(said["source_kind"], said["source_ref"]),
    )
