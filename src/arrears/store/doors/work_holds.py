"""Who is being worked by whom: one person at a time for one collector, decided by the row's own key."""

from datetime import datetime
from typing import Final

from django.db import connections

from arrears.store.scope import current

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
