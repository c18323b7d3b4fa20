"""The worklist: what it takes to hand persons out, and the appending of the day's rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
from django.db import connections

from arrears.store import copying
from arrears.store.layouts import WORKLIST

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]

#: Who had a person last (0 for nobody), and the place of the person's language in a list, from 1 (0: not in it).
KNOWN: Final = np.dtype([("person", "<i8"), ("last_staff", "<i8"), ("language", "<i2")])

_KNOWN: Final = """
    SELECT p.id, coalesce(given.staff_id, tried.staff_id, 0),
        coalesce(array_position(%s::text[], split_part(p.language, '-', 1)), 0)::smallint
    FROM unnest(%s::bigint[]) wanted(id) JOIN person p ON p.id = wanted.id
    LEFT JOIN LATERAL (SELECT staff_id FROM assignment a WHERE a.person_id = p.id AND a.from_at <= %s
        AND (a.until_at IS NULL OR a.until_at > %s) AND a.staff_id IS NOT NULL
        ORDER BY a.from_at DESC, a.id DESC LIMIT 1) given ON TRUE
    LEFT JOIN LATERAL (SELECT staff_id FROM attempt t WHERE t.person_id = p.id AND t.staff_id IS NOT NULL
        ORDER BY t.started_at DESC, t.id DESC LIMIT 1) tried ON TRUE"""


def known_of(people: Ints, languages: Sequence[str], *, now: datetime, using: str = "night") -> Rows:
    """Return rows of `KNOWN` for ``people`` (ascending, each once), in their order."""
    found = copying.read(_KNOWN, [list(languages), people.tolist(), now, now], KNOWN, using=using)
    return found[np.argsort(found["person"])]


def minutes_given(on_day: int, staff: Sequence[int], *, but_run: int, using: str = "night") -> dict[int, int]:
    """Return the minutes that lists of other runs, published for the day, already take of each of ``staff``."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT w.staff_id, sum(w.minutes) FROM worklist w JOIN published_run r ON r.run_id = w.run_id "
            "WHERE w.on_day = %s AND w.staff_id = ANY(%s) AND w.run_id <> %s GROUP BY w.staff_id",
            [on_day, list(staff), but_run],
        )
        return {int(who): int(minutes) for who, minutes in cursor.fetchall()}


def blank(count: int) -> Rows:
    """Return rows of the worklist with every number 0."""
    return np.zeros(count, WORKLIST)


def append(rows: Rows, *, using: str = "night") -> int:
    """Append rows of the worklist by COPY; return how many."""
    return copying.write("worklist", rows, using=using)
