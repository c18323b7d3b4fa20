"""Whom a collector may be served next, from the published lists and everything that has happened since."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connections

from arrears.store import answers
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


#: What decides about a line ``w`` of the list. A hand-over of the day gives it to somebody, or (NULL) to the pool.
_STANDING: Final = """
LEFT JOIN LATERAL (
    SELECT coalesce(g.staff_id, 0) AS staff_id FROM assignment g
    WHERE g.person_id = w.person_id AND g.from_at <= %(now)s AND g.from_at > lists.published_at
      AND (g.until_at IS NULL OR g.until_at > %(now)s)
    ORDER BY g.from_at DESC, g.id DESC LIMIT 1) given ON true
LEFT JOIN LATERAL (
    SELECT a.id, a.disposition, a.outcome_at FROM attempt a
    WHERE a.person_id = w.person_id AND a.started_at >= %(since)s AND a.started_at <= %(now)s
      AND a.direction = 'to_person' AND a.by_organisation_id = %(organisation)s
    ORDER BY a.started_at DESC, a.id DESC LIMIT 1) tried ON true
LEFT JOIN LATERAL (
    SELECT (c.evidence ->> 'call_back_at')::timestamptz AS at FROM consent c
    WHERE c.person_id = w.person_id AND c.source_kind = 'call_back' AND c.at >= %(since)s
    ORDER BY c.at DESC, c.id DESC LIMIT 1) agreed ON true
WHERE NOT EXISTS (SELECT 1 FROM work_hold held WHERE held.person_id = w.person_id
                  AND held.until_at > %(now)s AND held.staff_id <> %(staff)s)
  AND NOT EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.on_date = %(today)s
                  AND s.staff_id = %(staff)s AND s.reason = ANY(%(passes_on)s))
  AND NOT EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.returns_at > %(now)s
                  AND NOT (s.reason = ANY(%(passes_on)s) AND s.staff_id <> %(staff)s))
  AND (tried.id IS NULL OR agreed.at <= %(now)s
       OR (tried.disposition = ANY(%(returns_today)s) AND tried.outcome_at <= %(back_since)s))"""

_LISTS: Final = """
WITH lists AS MATERIALIZED (
    SELECT DISTINCT ON (p.organisation_id) p.run_id, p.on_day, p.published_at FROM published_run p
    WHERE p.on_day <= %(day)s AND p.on_day > %(day)s - %(oldest)s
    ORDER BY p.organisation_id, p.on_day DESC, p.run_id DESC
)"""

_LINE: Final = """w.person_id, w.account_id, w.owner_id, w.run_id, coalesce(given.staff_id, w.staff_id) AS staff,
       w.rank, w.tier, w.wave, w.next_action, agreed.at IS NOT NULL AND tried.id IS NOT NULL AS is_asked_for,
       tried.id IS NOT NULL AS is_back"""

#: Who may be the collector's for another reason than standing in the pool: found by that reason, not by scanning.
_NEAR: Final = f"""{_LISTS}, near AS MATERIALIZED (
    SELECT w.person_id FROM lists JOIN worklist w ON w.on_day = lists.on_day AND w.run_id = lists.run_id
    WHERE w.organisation_id = %(organisation)s AND w.staff_id = %(staff)s
    UNION SELECT g.person_id FROM assignment g
    WHERE (g.staff_id = %(staff)s OR g.staff_id IS NULL) AND g.from_at > (SELECT min(published_at) FROM lists)
    UNION SELECT s.person_id FROM skip s
    WHERE s.on_date = %(today)s AND s.staff_id <> %(staff)s AND s.reason = ANY(%(passes_on)s)
    UNION SELECT c.person_id FROM consent c WHERE c.source_kind = 'call_back' AND c.at >= %(since)s
)
SELECT {_LINE} FROM near
CROSS JOIN lists
JOIN worklist w ON w.person_id = near.person_id AND w.on_day = lists.on_day AND w.run_id = lists.run_id
{_STANDING}
  AND w.organisation_id = %(organisation)s
  AND (coalesce(given.staff_id, w.staff_id) IN (%(staff)s, 0)
       OR EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.on_date = %(today)s
                  AND s.staff_id <> %(staff)s AND s.reason = ANY(%(passes_on)s)))"""

_POOL: Final = f"""{_LISTS}
SELECT pool.* FROM lists CROSS JOIN LATERAL (
    SELECT {_LINE} FROM worklist w
    {_STANDING}
      AND w.on_day = lists.on_day AND w.run_id = lists.run_id AND w.organisation_id = %(organisation)s
      AND w.staff_id = 0 AND coalesce(given.staff_id, 0) = 0 AND (%(team)s = 0 OR w.owner_team = %(team)s)
    ORDER BY w.rank, w.person_id LIMIT %(most)s
) pool"""


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
    team: int = 0,
    using: str = "default",
) -> list[Candidate]:
    """Return whom the collector could be served, in order, from the newest published list of each owner.

    First those who asked to be called by now, then the collector's own, then the pool: of ``team`` as the list has it,
    of all where that is 0. Left out are people held by somebody else, passed over and not back yet, or tried since
    ``since`` (the start of the day) save where that attempt lets them come back: nothing rang, and it ended before
    ``back_since``. The pool is only read where the others are fewer than are asked for.
    """
    wanted = skip + most
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
    }
    found = {(row[0], row[3]): Candidate(*row) for row in answers.prepared(_NEAR, values, using=using)}
    if sum(not _is_of_pool(one) for one in found.values()) < wanted:
        asked = values | {"team": team, "most": wanted + len(found)}
        found = {(row[0], row[3]): Candidate(*row) for row in answers.prepared(_POOL, asked, using=using)} | found
    in_order = sorted(found.values(), key=lambda one: (not one.is_asked_for, one.staff == 0, one.rank, one.person))
    return in_order[skip:wanted]


def _is_of_pool(one: Candidate) -> bool:
    return one.staff == 0 and not one.is_asked_for


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
