"""The middle of the night: which persons are read, in which blocks, and what is kept of each in memory.

Of an account nothing stays but its decision, once it is appended; of a person one narrow row, and only of those who
are on the list today. So memory follows the size of a block and of the list, not of the book.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.actions.deciding import FOLDED, DecidedRows, Desk, changed, decide_rows, folded, is_listed
from arrears.jobs.night.night import Night
from arrears.store.doors import decided, readings, runs
from arrears.store.doors.decided import Latest

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]

BLOCK_PEOPLE: Final = 32_768
#: Where more of the book than this share is due, reading all of it in order is cheaper than reading those by name.
MOST_BY_NAME: Final = 0.4


@dataclass(slots=True)
class DecidedNight:
    """What the night decided: figures, who is on the list, hand-overs (account, person, team before, team after)."""

    debts: int = 0
    persons: int = 0
    changed: int = 0
    written: int = 0
    refused: int = 0
    refused_by_rule: Counter[str] = field(default_factory=Counter)
    handed_over: list[tuple[int, int, int, int]] = field(default_factory=list)
    listed: list[Rows] = field(default_factory=list)

    def people(self) -> Rows:
        """Return the rows of `FOLDED` of who is on the list today, ascending by person; they are handed over once."""
        parts, self.listed = self.listed, []
        return np.concatenate(parts) if parts else np.empty(0, FOLDED)


def decided_night(night: Night, *, writing: bool) -> DecidedNight:
    """Decide about everybody this night reads; append what changed where ``writing``.

    Without ``writing`` it only finds again who is on the list, for a night that was killed after it had decided.
    """
    desk = night.desk()
    latest = _latest(night, desk)
    out = DecidedNight()
    for rows in _blocks(night, desk, latest):
        found = decide_rows(desk, rows, latest)
        _keep(out, desk, found)
        if writing:
            _write(out, night, found, latest)
    return out


def _latest(night: Night, desk: Desk) -> Latest:
    """Return what was decided before this run; its own decisions are not yet there, or must not count."""
    return decided.latest(
        night.organisation.id, desk.day, since_day=night.decisions_since, but_run=night.run.id, using=runs.ALIAS
    )


def _blocks(night: Night, desk: Desk, latest: Latest) -> Iterator[Rows]:
    reader = readings.Reader(night.organisation.id, night.organisation.timezone, night.on, night.instant, desk.words)
    people = None if night.reads_all else _people(night, desk, latest)
    if people is None or len(people) > MOST_BY_NAME * len(latest.person):
        for first, until in readings.ranges_of_people(night.organisation.id, BLOCK_PEOPLE):
            yield reader.of_range(first, until)
        return
    for start in range(0, len(people), BLOCK_PEOPLE):
        yield reader.of_people(people[start : start + BLOCK_PEOPLE])


def _people(night: Night, desk: Desk, latest: Latest) -> Ints:
    """Return who is read: touched since the last night, or due to be looked at by position or decision."""
    due = latest.person[latest.look_again_on <= desk.day]
    touched = readings.people_to_read(night.organisation.id, night.on, since_book_day=night.touched_since)
    return np.union1d(due, touched)


def _keep(out: DecidedNight, desk: Desk, found: DecidedRows) -> None:
    people = folded(desk, found)
    out.debts += len(found.stored)
    out.persons += len(np.unique(people["person"]))
    out.refused += int(np.count_nonzero(found.refusals))
    for number, count in zip(*np.unique(found.refusals[found.refusals > 0], return_counts=True), strict=True):
        out.refused_by_rule[desk.rules[number - 1]] += int(count)
    out.listed.append(people[is_listed(desk, people)])


def _write(out: DecidedNight, night: Night, found: DecidedRows, latest: Latest) -> None:
    new = changed(night.desk(), found, latest)
    out.changed += int(np.count_nonzero(new))
    out.written += decided.append(found.stored if night.begins_month else found.stored[new], using=runs.ALIAS)
    stored = found.stored[new]
    place, is_known = latest.places_of(stored["account_id"])
    before = np.where(is_known, latest.team[place] if len(latest.team) else 0, 0)
    moved = (before > 0) & (stored["owner_team"] > 0) & (before != stored["owner_team"])
    for row, team in zip(stored[moved], before[moved], strict=True):
        out.handed_over.append((int(row["account_id"]), int(row["person_id"]), int(team), int(row["owner_team"])))
