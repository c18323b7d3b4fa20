"""Messages that wait for a named human: what the gate warned about, alike ones together, and what was answered."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final  # Any: rows of a cursor, and JSON

from django.db import connections

from arrears.domain.contacts import Channel
from arrears.domain.messages import MessageState
from arrears.domain.warnings import Json, is_open
from arrears.store.scope import current
from arrears.store.tables.message import Message

SHOWN: Final = 50
MOST: Final = 5_000
"""How many are answered at once: a house assumption; more are answered in turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A message that only a named human's answer keeps from its turn. ``likeness`` changes when what is asked does."""

    id: int
    owner: int
    person: int
    person_name: str
    batch: int | None
    batch_name: str
    template: str
    is_own_wording: bool
    warnings: tuple[Json, ...]
    likeness: str
    made_at: datetime
    give_up_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Messages of one template and channel about which the same rules warn; ``first`` are those that wait longest."""

    key: str
    template: str
    channel: Channel
    rules: tuple[str, ...]
    count: int
    first: tuple[Warned, ...]


#: The records that nobody answered, and whether all of them ask for a human.
_OPEN: Final = "(SELECT r.value FROM jsonb_array_elements(m.refusing) r WHERE NOT r.value ? 'answered')"
#: Of people whom the scope sees: what an agency queued about a debt that went back is nobody's to let go.
_WAITING: Final = f"""
    FROM message m JOIN person seen ON seen.id = m.person_id CROSS JOIN LATERAL (
        SELECT string_agg(r.value->>'rule', ' ' ORDER BY r.value->>'rule') AS rules
        FROM jsonb_array_elements(m.refusing) r WHERE NOT r.value ? 'answered') AS open
    WHERE m.by_organisation_id = %(own)s AND m.state = 'refused' AND open.rules IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM {_OPEN} o WHERE o.value->>'answer' <> 'ask_human')"""
_GROUPS: Final = f"""
SELECT m.template, m.channel, open.rules, count(*) {_WAITING}
GROUP BY 1, 2, 3 ORDER BY min(m.give_up_at), 1, 2, 3"""
_COUNTS: Final = f"SELECT m.batch_id, count(*) {_WAITING} GROUP BY 1"
_ITEMS: Final = f"""
SELECT m.id, m.organisation_id, m.person_id, p.full_name, m.batch_id, coalesce(b.name, ''), m.is_own_wording,
       m.refusing::text, m.made_at, m.give_up_at, m.template
FROM (SELECT m.* {_WAITING} AND (%(only)s::bigint[] IS NULL OR m.id = ANY(%(only)s))
      AND (%(rules)s::text IS NULL OR (m.template, m.channel, open.rules) = (%(template)s, %(channel)s, %(rules)s))
      ORDER BY m.give_up_at, m.id LIMIT %(most)s) m
JOIN person p ON p.id = m.person_id LEFT JOIN message_batch b ON b.id = m.batch_id
ORDER BY m.give_up_at, m.id"""
_HOLD: Final = "SELECT id FROM message WHERE id = ANY(%s) ORDER BY id FOR UPDATE"


def groups(*, using: str = "default") -> list[Group]:
    """Return what waits for a human in the scope's organisation, what ends soonest first."""
    with connections[using].cursor() as cursor:
        cursor.execute(_GROUPS, {"own": current(using).organisation})
        found = cursor.fetchall()
    return [_group(*row, using=using) for row in found]


def _group(template: str, channel: str, rules: str, count: int, *, using: str) -> Group:
    asked = {"template": template, "channel": channel, "rules": rules, "most": SHOWN}
    return Group(
        key=key_of(template, channel, rules),
        template=template,
        channel=Channel(channel),
        rules=tuple(rules.split()),
        count=count,
        first=_items(asked, using),
    )


def key_of(template: str, channel: str, rules: str) -> str:
    """Return what names a group in an address."""
    return hashlib.sha256(f"{template}\x1f{channel}\x1f{rules}".encode()).hexdigest()[:16]


def all_of(group: Group, *, using: str = "default") -> tuple[Warned, ...]:
    """Return the messages of a group, at most `MOST`, those that end soonest first."""
    asked = {"template": group.template, "channel": group.channel.value, "rules": " ".join(group.rules), "most": MOST}
    return _items(asked, using)


def named(ids: Sequence[int], *, is_held: bool = False, using: str = "default") -> tuple[Warned, ...]:
    """Return those of ``ids`` that wait for a human; ``is_held``: until the transaction ends nobody changes them."""
    if is_held:
        with connections[using].cursor() as cursor:
            cursor.execute(_HOLD, [list(ids)])
    return _items({"only": list(ids), "most": MOST}, using)


def count_by_batch(*, using: str = "default") -> dict[int | None, int]:
    """Return how many messages of each batch wait for a human; None for those of no batch."""
    with connections[using].cursor() as cursor:
        cursor.execute(_COUNTS, {"own": current(using).organisation})
        return dict(cursor.fetchall())


def _items(asked: Mapping[str, Any], using: str) -> tuple[Warned, ...]:
    nothing = dict.fromkeys(("only", "template", "channel", "rules"))
    with connections[using].cursor() as cursor:
        cursor.execute(_ITEMS, {**nothing, "own": current(using).organisation, **asked})
        return tuple(_read(row) for row in cursor.fetchall())


def _read(row: Sequence[Any]) -> Warned:
    warnings = tuple(one for one in json.loads(row[7]) if is_open(one))
    said = json.dumps([[one["rule"], one["reason"]] for one in warnings], sort_keys=True, ensure_ascii=False)
    return Warned(
        id=row[0],
        owner=row[1],
        person=row[2],
        person_name=row[3],
        batch=row[4],
        batch_name=row[5],
        template=row[10],
        is_own_wording=row[6],
        warnings=warnings,
        likeness=hashlib.sha256(said.encode()).hexdigest()[:16],
        made_at=row[8],
        give_up_at=row[9],
    )


_ANSWER: Final = """
UPDATE message SET refusing = (
    SELECT jsonb_agg(CASE WHEN r.value ? 'answered' THEN r.value
                     ELSE r.value || jsonb_build_object('answered', %(answer)s::jsonb) END ORDER BY r.ordinality)
    FROM jsonb_array_elements(refusing) WITH ORDINALITY r), {moves}
WHERE id = ANY(%(ids)s) AND state = 'refused'"""
_TO_GO: Final = "state = 'queued', due_at = %(at)s, next_permitted = NULL"
_TO_STOP: Final = f"state = '{MessageState.STOPPED}', ended_at = %(at)s, next_permitted = NULL"


def answer(ids: Sequence[int], said: Json, *, lets_go: bool, at: datetime, using: str = "default") -> int:
    """Keep an answer with every open warning of messages, and let them come to their turn or stop them."""
    statement = _ANSWER.format(moves=_TO_GO if lets_go else _TO_STOP)
    with connections[using].cursor() as cursor:
        cursor.execute(statement, {"answer": json.dumps(said), "ids": list(ids), "at": at})
        return int(cursor.rowcount)


def answers_of(message: int, *, using: str = "default") -> list[Json]:
    """Return the answered warnings of a message, each with who answered, why and when."""
    found = Message.objects.using(using).filter(pk=message).values_list("refusing", flat=True).first()
    return [one for one in found or () if not is_open(one)]
