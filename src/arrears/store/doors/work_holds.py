"""Who is being worked by whom: one person at a time for one collector, decided by the row's own key.

Candidates come from the published list in its order; the caller decides each again before serving it, and holds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connections

from arrears.store.scope import current


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the published list that nobody else holds. Minutes are of the debtor's local day."""

    person: int
    account: int
    owner: int
    run: int
    staff: int
    rank: int
    tier: int
    wave: int
    next_action: int
    from_minute: int
    until_minute: int


_HOLD: Final = """
    INSERT INTO work_hold (person_id, organisation_id, by_organisation_id, staff_id, held_at, until_at)
    SELECT p.id, p.organisation_id, %(by)s, %(staff)s, %(now)s, %(until)s FROM person p WHERE p.id = %(person)s
    ON CONFLICT (person_id) DO UPDATE
    SET by_organisation_id = excluded.by_organisation_id, staff_id = excluded.staff_id,
        held_at = CASE WHEN work_hold.staff_id = excluded.staff_id THEN work_hold.held_at ELSE excluded.held_at END,
        until_at = excluded.until_at
    WHERE work_hold.until_at <= %(now)s OR work_hold.staff_id = excluded.staff_id
    RETURNING person_id"""


def hold_person(person_id: int, staff_id: int, *, now: datetime, until: datetime, using: str = "default") -> bool:
    """Hold a person for a collector until an instant; return whether they are ours now.

    Somebody else's hold stands until it runs out; one's own is prolonged. Of two who ask at once one is told no.
    """
    values: dict[str, int | datetime] = {
        "person": person_id,
        "staff": staff_id,
        "now": now,
        "until": until,
        "by": current(using).organisation,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_HOLD, values)
        return cursor.fetchone() is not None


def release_person(person_id: int, staff_id: int, *, using: str = "default") -> bool:
    """End one's own hold; return whether there was one."""
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM work_hold WHERE person_id = %s AND staff_id = %s", [person_id, staff_id])
        return bool(cursor.rowcount)


_CANDIDATES: Final = """
    SELECT w.person_id, w.account_id, w.owner_id, w.run_id, w.staff_id, w.rank, w.tier, w.wave, w.next_action,
           w.from_minute, w.until_minute
    FROM worklist w JOIN published_run published ON published.run_id = w.run_id AND published.on_day = w.on_day
    WHERE w.on_day = %(day)s AND w.organisation_id = %(organisation)s AND w.staff_id IN (%(staff)s, 0)
      AND NOT EXISTS (SELECT 1 FROM work_hold held WHERE held.person_id = w.person_id
                      AND held.until_at > %(now)s AND held.staff_id <> %(staff)s)
      AND NOT EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.returns_at > %(now)s)
      AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.person_id = w.person_id AND a.started_at >= %(since)s
                      AND a.origin = 'outbound')
    ORDER BY (w.staff_id = 0), w.rank, w.person_id
    LIMIT %(most)s"""


def candidates(
    staff_id: int, on_day: int, *, now: datetime, since: datetime, most: int = 20, using: str = "default"
) -> Iterator[Candidate]:
    """Yield whom the collector could work next on an epoch day, in order: their own list, then their team's.

    Left out are who is held by somebody else, who was skipped and is not back yet, and whom somebody here has tried to
    reach since the instant ``since`` (the start of the wave).
    """
    values: dict[str, int | datetime] = {
        "day": on_day,
        "organisation": current(using).organisation,
        "staff": staff_id,
        "now": now,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_CANDIDATES, {**values, "since": since, "most": most})
        rows = cursor.fetchall()
    yield from (Candidate(*row) for row in rows)
