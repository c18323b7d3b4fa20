"""The worklist: what it takes to hand persons out, and the appending of the day's rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
from django.db import connections

from arrears.store import copying
from arrears.store.layouts import WORKLIST

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]

_PAIR: Final = np.dtype([("person", "<i8"), ("staff", "<i8")])
_GIVEN: Final = """
    SELECT DISTINCT ON (person_id) person_id, staff_id FROM assignment
    WHERE organisation_id = %s AND staff_id IS NOT NULL AND from_at <= %s AND (until_at IS NULL OR until_at > %s)
    ORDER BY person_id, from_at DESC, id DESC"""
_TRIED: Final = """
    SELECT DISTINCT ON (person_id) person_id, staff_id FROM attempt
    WHERE organisation_id = %s AND staff_id IS NOT NULL AND started_at <= %s AND started_at > %s
    ORDER BY person_id, started_at DESC, id DESC"""

#: How long somebody who tried to reach a person is still the one who knows the case.
KNOWS_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Keepers:
    """By person, ascending: a collector."""

    person: Ints
    staff: Ints

    def of(self, people: Ints) -> Ints:
        """Return the collector of each of ``people``, 0 where there is none."""
        if not len(self.person):
            return np.zeros(len(people), np.int64)
        place = np.minimum(np.searchsorted(self.person, people), len(self.person) - 1)
        return np.where(self.person[place] == people, self.staff[place], 0)


def given_to(organisation: int, *, now: datetime, using: str = "night") -> Keepers:
    """Return to whom a human gave the persons of an organisation, as in force at ``now``."""
    return _keepers(_GIVEN, [organisation, now, now], using)


def tried_by(organisation: int, *, now: datetime, using: str = "night") -> Keepers:
    """Return who tried to reach the persons of an organisation last, in the time before ``now`` that still counts."""
    return _keepers(_TRIED, [organisation, now, now - KNOWS_FOR], using)


def _keepers(query: str, values: list[object], using: str) -> Keepers:
    rows = copying.read(query, values, _PAIR, using=using)
    rows = rows[np.argsort(rows["person"])]
    return Keepers(rows["person"].copy(), rows["staff"].copy())


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


def append(blocks: Iterable[Rows], *, using: str = "night") -> int:
    """Append blocks of rows of the worklist by COPY; return how many rows there were."""
    return copying.write("worklist", blocks, using=using)
