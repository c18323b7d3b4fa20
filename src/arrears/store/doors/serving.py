"""Whom a collector may be served next, from the published lists and everything that has happened since."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connections

from arrears.store.scope import current
from arrears.store.tables.work import Assignment, Skip, WorkHold

#: Lists older than this are no longer worked; a night that failed is made good before then.
OLDEST_LIST_DAYS: Final = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the published list. ``is_asked_for``: they asked to be called by now; ``is_back``: tried today already.

    ``staff`` is whose it is now, 0 for the pool: a hand-over of the day is newer than the list.
    """

    person: int
    account: int
    owner: int
    run: int
    staff: int
    rank: int
    tier: int
    wave: int
    next_action: int
    is_asked_for: bool
    is_back: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """Which skips pass a person on, and after which endings the person comes back the same day."""

    passes_on: tuple[str, ...]
    returns_today: tuple[str, ...]


_SERVABLE: Final = """
WITH lists AS (
    SELECT p.run_id, p.on_day, p.published_at,
           row_number() OVER (PARTITION BY p.organisation_id ORDER BY p.on_day DESC, p.run_id DESC) AS turn
    FROM published_run p WHERE p.on_day <= %(day)s AND p.on_day > %(day)s - %(oldest)s
), listed AS (
    SELECT w.*, lists.published_at FROM lists JOIN worklist w ON w.run_id = lists.run_id AND w.on_day = lists.on_day
    WHERE lists.turn = 1 AND w.organisation_id = %(organisation)s
)
SELECT w.person_id, w.account_id, w.owner_id, w.run_id, coalesce(given.staff_id, w.staff_id), w.rank, w.tier, w.wave,
       w.next_action,
       agreed.at IS NOT NULL AND tried.id IS NOT NULL, tried.id IS NOT NULL
FROM listed w
LEFT JOIN LATERAL (
    SELECT coalesce(g.staff_id, 0) AS staff_id FROM assignment g
    WHERE g.person_id = w.person_id AND g.from_at <= %(now)s AND g.from_at > w.published_at
      AND (g.until_at IS NULL OR g.until_at > %(now)s)
    ORDER BY g.from_at DESC, g.id DESC LIMIT 1) given ON true
LEFT JOIN LATERAL (
    SELECT a.id, a.disposition, a.outcome, a.outcome_at, a.started_at FROM attempt a
    WHERE a.person_id = w.person_id AND a.started_at >= %(since)s AND a.started_at <= %(now)s
      AND a.direction = 'to_person' AND a.by_organisation_id = %(organisation)s
    ORDER BY a.started_at DESC, a.id DESC LIMIT 1) tried ON true
LEFT JOIN LATERAL (
    SELECT (c.evidence ->> 'call_back_at')::timestamptz AS at FROM consent c
    WHERE c.person_id = w.person_id AND c.source_kind = 'call_back' AND c.at >= %(since)s
    ORDER BY c.at DESC, c.id DESC LIMIT 1) agreed ON true
WHERE (coalesce(given.staff_id, w.staff_id) IN (%(staff)s, 0)
       OR EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.on_date = %(today)s
                  AND s.staff_id <> %(staff)s AND s.reason = ANY(%(passes_on)s)))
  AND NOT EXISTS (SELECT 1 FROM work_hold held WHERE held.person_id = w.person_id
                  AND held.until_at > %(now)s AND held.staff_id <> %(staff)s)
  AND NOT EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.on_date = %(today)s
                  AND s.staff_id = %(staff)s AND s.reason = ANY(%(passes_on)s))
  AND NOT EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.returns_at > %(now)s
                  AND NOT (s.reason = ANY(%(passes_on)s) AND s.staff_id <> %(staff)s))
  AND (tried.id IS NULL OR agreed.at <= %(now)s
       OR (tried.disposition = ANY(%(returns_today)s) AND tried.outcome_at <= %(back_since)s))
ORDER BY (agreed.at IS NULL OR tried.id IS NULL), (coalesce(given.staff_id, w.staff_id) = 0), w.rank, w.person_id
LIMIT %(most)s OFFSET %(skip)s"""


def servable(
    staff: int,
    *,
    today: date,
    day: int,
    since: datetime,
    back_since: datetime,
    now: datetime,
    rules: Rules,
    most: int,
    skip: int = 0,
    using: str = "default",
) -> list[Candidate]:
    """Return whom the collector could be served, in order, from the newest published list of each owner.

    First those who asked to be called by now, then the collector's own, then the pool. Left out are people held by
    somebody else, passed over and not back yet, or tried since ``since`` (the start of the day) save where that
    attempt lets them come back: nothing rang, and it ended before ``back_since``.
    """
    values: dict[str, Any] = {
        "organisation": current(using).organisation,
        "staff": staff,
        "today": today,
        "day": day,
        "oldest": OLDEST_LIST_DAYS,
        "since": since,
        "back_since": back_since,
        "now": now,
        "passes_on": list(rules.passes_on),
        "returns_today": list(rules.returns_today),
        "most": most,
        "skip": skip,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_SERVABLE, values)
        return [Candidate(*row) for row in cursor.fetchall()]


def has_turn(person_id: int, *, using: str = "default") -> bool:
    """Take this person's turn if nobody else has it, without waiting; kept until the transaction ends."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"person {person_id}"])
        found = cursor.fetchone()
    return bool(found and found[0])


def held_for(staff: int, now: datetime, *, using: str = "default") -> int | None:
    """Return the person held for a collector; None for nobody."""
    rows = WorkHold.objects.using(using).filter(staff_id=staff, until_at__gt=now).order_by("-held_at", "person_id")
    return rows.values_list("person_id", flat=True).first()


def add_skip(
    person: int, owner: int, staff: int, *, reason: str, on: date, at: datetime, returns_at: datetime, using: str
) -> None:
    """Keep that a person was passed over."""
    Skip.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        staff_id=staff,
        on_date=on,
        reason=reason,
        at=at,
        returns_at=returns_at,
    )


def skips_of(person: int, on: date, *, using: str = "default") -> int:
    """Return how often a person was passed over on a day, by anybody."""
    return Skip.objects.using(using).filter(person_id=person, on_date=on).count()


def add_assignment(
    person: int, owner: int, *, staff: int | None, team: str, at: datetime, until: datetime | None, using: str
) -> None:
    """Keep that a person was handed to a collector or a team."""
    Assignment.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        staff_id=staff,
        team=team,
        from_at=at,
        until_at=until,
        made_by_id=current(using).user,
    )
