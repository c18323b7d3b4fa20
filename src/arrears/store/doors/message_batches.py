"""Batches of messages: for whom one is made, what has become of its messages, which rules refuse them, stopping it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final  # Any: rows of a cursor, and JSON

from django.db import connections

from arrears.domain.contacts import KIND_OF_POINT, MEDIUM_OF, Channel
from arrears.domain.messages import WAITING, MessageState
from arrears.store.scope import current
from arrears.store.tables.message import Message, MessageBatch

SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Debts that messages are for: days past due from and until (both inclusive), least arrears in minor units."""

    from_days: int = 1
    until_days: int | None = None
    least_minor: int = 1
    product: int | None = None
    on_day: int = 0
    """The epoch day by which days past due are counted."""

    def as_record(self) -> dict[str, Any]:
        """Return plain values to be kept with the batch."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who gets one message about these debts, and where; no address: None."""

    person: int
    owner: int
    accounts: tuple[int, ...]
    contact_point: int | None


_FIT: Final = {Channel.TEXT: "c.use = 'mobile'", Channel.EMAIL: "c.use <> 'work'", Channel.LETTER: "c.use <> 'work'"}
_RECIPIENTS: Final = """
WITH debts AS (
    SELECT a.id, a.person_id, a.organisation_id, a.currency
    FROM account a {chosen}
), grouped AS (
    SELECT person_id, organisation_id, array_agg(id ORDER BY id) AS accounts
    FROM debts GROUP BY person_id, organisation_id, currency
)
SELECT g.person_id, g.organisation_id, g.accounts,
       (SELECT c.id FROM contact_point c WHERE c.person_id = g.person_id AND c.kind = %(kind)s AND c.is_valid AND {fit}
        ORDER BY array_position(ARRAY['mobile', 'home', 'other', 'work'], c.use), c.id LIMIT 1)
FROM grouped g ORDER BY g.accounts[1]"""
_NAMED: Final = "WHERE a.id = ANY(%(accounts)s)"
_CHOSEN: Final = """
    JOIN account_position p ON p.account = a.id
    WHERE a.status IN ('open', 'written_off') AND p.due_unpaid_minor >= %(least_minor)s
      AND p.oldest_unpaid_day <= %(on_day)s - %(from_days)s
      AND (%(until_days)s::int IS NULL OR p.oldest_unpaid_day >= %(on_day)s - %(until_days)s)
      AND (%(product)s::bigint IS NULL OR a.product_id = %(product)s)
      AND NOT EXISTS (SELECT 1 FROM access g WHERE g.account_id = a.id AND g.scope = 'holder' AND g.until_on IS NULL
                      AND g.organisation_id <> %(own)s)
      AND (a.organisation_id = %(own)s OR EXISTS (SELECT 1 FROM access g WHERE g.account_id = a.id
           AND g.scope = 'holder' AND g.until_on IS NULL AND g.organisation_id = %(own)s))"""


def recipients(
    accounts: Sequence[int] | None, chosen: Chosen | None, channel: Channel, *, using: str = "default"
) -> list[Recipient]:
    """Return who gets a message: the main debtors of ``accounts``, or of the debts that are as ``chosen`` says.

    Chosen are debts of the scope's organisation that nobody else works, and those that it works for others.
    """
    asked: dict[str, Any] = {
        "kind": KIND_OF_POINT[MEDIUM_OF[channel]],
        "own": current(using).organisation,
        "accounts": list(accounts or ()),
        **(chosen.as_record() if chosen else {}),
    }
    statement = _RECIPIENTS.format(chosen=_CHOSEN if chosen else _NAMED, fit=_FIT[channel])
    with connections[using].cursor() as cursor:
        cursor.execute(statement, asked)
        return [Recipient(row[0], row[1], tuple(row[2]), row[3]) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """A batch as it stands, with how many of its messages are in each state."""

    id: int
    name: str
    template: str
    channel: Channel
    chosen: Mapping[str, Any]
    asked: int
    left_out: Mapping[str, int]
    made_at: datetime
    made_by: str
    stopped_at: datetime | None
    stopped_by: str
    stopped_because: str
    states: Mapping[MessageState, int]

    @property
    def waiting(self) -> int:
        """How many may still go out by themselves."""
        return sum(self.states.get(state, 0) for state in WAITING)

    @property
    def total(self) -> int:
        """How many messages it has."""
        return sum(self.states.values())


def add(
    *,
    name: str,
    template: str,
    channel: Channel,
    chosen: Mapping[str, Any],
    asked: int,
    left_out: Mapping[str, int],
    at: datetime,
    using: str = "default",
) -> int:
    """Add a batch of the scope's organisation and user, return its id."""
    by = current(using)
    row = MessageBatch(
        organisation_id=by.organisation,
        name=name,
        template=template,
        channel=channel,
        chosen=dict(chosen),
        asked=asked,
        left_out=dict(left_out),
        made_at=at,
        made_by_id=by.user,
    )
    row.save(using=using, force_insert=True)
    return int(row.pk)


def stop(batch: int, *, because: str, at: datetime, using: str = "default") -> bool:
    """Mark a batch of the scope's organisation as stopped; False where it is not there or stopped already."""
    by = current(using)
    rows = MessageBatch.objects.using(using).filter(pk=batch, organisation_id=by.organisation, stopped_at=None)
    return rows.update(stopped_at=at, stopped_by_id=by.user, stopped_because=because) == 1


def stop_messages(batch: int, *, at: datetime, using: str = "default") -> int:
    """Stop the messages of a batch that still wait; whoever is just sending one is waited for."""
    rows = Message.objects.using(using).filter(batch_id=batch, state__in=[state.value for state in WAITING])
    return rows.update(state=MessageState.STOPPED, ended_at=at)


_BATCHES: Final = """
SELECT b.id, b.name, b.template, b.channel, b.chosen::text, b.asked, b.left_out::text, b.made_at,
       coalesce(m.full_name, ''), b.stopped_at, coalesce(s.full_name, ''), b.stopped_because
FROM message_batch b LEFT JOIN staff m ON m.id = b.made_by_id LEFT JOIN staff s ON s.id = b.stopped_by_id
WHERE b.organisation_id = %(own)s AND (%(batch)s::bigint IS NULL OR b.id = %(batch)s)
ORDER BY b.id DESC LIMIT %(most)s"""
_STATES: Final = "SELECT batch_id, state, count(*) FROM message WHERE batch_id = ANY(%(batches)s) GROUP BY 1, 2"


def listed(batch: int | None = None, *, most: int = SHOWN, using: str = "default") -> list[BatchRow]:
    """Return the scope's batches, the newest first, or the one asked for."""
    with connections[using].cursor() as cursor:
        cursor.execute(_BATCHES, {"own": current(using).organisation, "batch": batch, "most": most})
        found = cursor.fetchall()
        cursor.execute(_STATES, {"batches": [row[0] for row in found]})
        states: dict[int, dict[MessageState, int]] = {}
        for of, state, count in cursor.fetchall():
            states.setdefault(of, {})[MessageState(state)] = count
    return [
        BatchRow(
            id=row[0],
            name=row[1],
            template=row[2],
            channel=Channel(row[3]),
            chosen=json.loads(row[4]),
            asked=row[5],
            left_out=json.loads(row[6]),
            made_at=row[7],
            made_by=row[8],
            stopped_at=row[9],
            stopped_by=row[10],
            stopped_because=row[11],
            states=states.get(row[0], {}),
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class RefusedBy:
    """A rule that refuses messages of a batch: how many wait, how many were given up, when the first may go."""

    rule: str
    reason: Mapping[str, str]
    waiting: int
    given_up: int
    next_permitted: datetime | None


_REFUSALS: Final = """
SELECT r.value->>'rule', (array_agg(r.value->'reason' ORDER BY m.id))[1]::text,
       count(*) FILTER (WHERE m.state = 'refused'), count(*) FILTER (WHERE m.state = 'given_up'),
       min(m.next_permitted) FILTER (WHERE m.state = 'refused')
FROM message m CROSS JOIN LATERAL jsonb_array_elements(m.refusing) r
WHERE m.batch_id = %s AND m.state IN ('refused', 'given_up') AND NOT jsonb_exists(r.value, 'answered')
GROUP BY 1 ORDER BY count(*) DESC, 1"""


def refusals(batch: int, *, using: str = "default") -> list[RefusedBy]:
    """Return the rules that refuse messages of a batch, those that refuse most first."""
    with connections[using].cursor() as cursor:
        cursor.execute(_REFUSALS, [batch])
        return [RefusedBy(row[0], json.loads(row[1] or "{}"), row[2], row[3], row[4]) for row in cursor.fetchall()]
