"""Decisions by day: after each event the person is decided about again at once, by the night's own tables and fold.

What is decided by day is newer than the night's snapshot and wins. A decision is written only where it says something
else than the one in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from arrears.actions.deciding import Desk, changed, decide_rows, folded, is_listed
from arrears.actions.desks import desk
from arrears.kernel.hours import local_day
from arrears.store.doors import decided, readings, working_days

Rows = npt.NDArray[np.void]

#: How far back the decision in force can lie: every month's first night writes all of them anew.
LOOK_BACK_DAYS = 400
BLOCK_PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class Redecided:
    """A person as folded for one working organisation; codes are those of the strategy, ``next_on`` an epoch day.

    ``account`` is the lead debt; ``is_listed`` says whether the next action is due by the day decided for and nothing
    refuses it without an end; ``opens`` and ``closes`` are the minutes of the person's local day open for a call.
    """

    person: int
    working: int
    account: int
    next_action: int
    next_on: int
    tier: int
    treatment: int
    tone: int
    channels: int
    owner_team: int
    reason: int
    effort_minutes: int
    value_per_minute: int
    arrears_minor: int
    opens: int
    closes: int
    is_listed: bool


def redecide_people(
    person_ids: Iterable[int], *, now: datetime, as_of: date | None = None, using: str = "default"
) -> tuple[Redecided, ...]:
    """Decide about all accounts of ``person_ids`` again and append what says something new.

    ``as_of`` is the day decided for; without it, today on the calendar of each owner. Runs in the caller's scope and
    transaction, after the rows it rests on are written. Returns each person once for every organisation that works
    accounts of theirs, by person; a person without accounts is left out.
    """
    found: list[Redecided] = []
    for owner, people in readings.owners_of(sorted(set(person_ids)), using=using).items():
        place = desk_by_day(owner, as_of, now=now, using=using)
        for start in range(0, len(people), BLOCK_PEOPLE):
            found += _redecide(place, people[start : start + BLOCK_PEOPLE], using)
    return tuple(sorted(found, key=lambda one: (one.person, one.working)))


def _redecide(place: Desk, people: list[int], using: str) -> list[Redecided]:
    reader = readings.Reader(place.owner.id, place.owner.timezone, place.on, place.decided_at, place.words, using)
    rows = reader.of_people(people)
    if not len(rows):
        return []
    latest = decided.latest_of_people(people, place.day, since_day=place.day - LOOK_BACK_DAYS, using=using)
    result = decide_rows(place, rows, latest)
    new = changed(place, result, latest)
    if new.any():
        decided.add(result.stored[new], using=using)
    return _said(place, folded(place, result))


def desk_by_day(owner: int, as_of: date | None, *, now: datetime, using: str) -> Desk:
    """Return the desk at which accounts of ``owner`` are decided by day."""
    day = working_days.working_day(owner, using=using)
    on = as_of or local_day(now, day.owner.timezone)
    return desk(day.owner, day.working, on, run=0, book_day=day.book_day, now=now, using=using)


def _said(place: Desk, people: Rows) -> list[Redecided]:
    listed = is_listed(place, people)
    names = [name for name in Redecided.__slots__ if name != "is_listed"]
    return [
        Redecided(**{name: int(row[name]) for name in names}, is_listed=bool(on_list))
        for row, on_list in zip(people, listed, strict=True)
    ]
