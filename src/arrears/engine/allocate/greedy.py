"""Hand the day's cases out to collectors within their minutes (P15): best case first, who knows it before who does not.

Going down the ranked list, a case goes to whom a human gave it; else to the collector who had it last if that
person still has the minutes, speaks the language and has the skills; else to the one of the team who then has the
most minutes left, the lower number on a tie. A case that nobody can take stays with its team, with the reason.
Nothing is random and nothing is a float.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.engine.allocate.order import ranked

Ints = npt.NDArray[np.int64]
Whole = npt.NDArray[np.integer]

PLACED: Final = 0
NO_CAPACITY: Final = 1
NO_SKILL: Final = 2
NO_TEAM: Final = 3
_CHUNK: Final = 8_192


@dataclass(frozen=True, slots=True)
class Work:
    """One row a person, as columns of whole numbers.

    ``minutes`` is the time one handling takes; ``team`` and ``language`` are small codes; ``skills`` has a bit for
    each skill that is needed; ``last_collector`` is who had the case last, ``given_to`` whom a human gave it to; 0 for
    nobody.
    """

    person: Whole
    tier: Whole
    value_per_minute: Whole
    minutes: Whole
    team: Whole
    language: Whole
    skills: Whole
    last_collector: Whole
    given_to: Whole

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True)
class Collectors:
    """One row a collector; ``teams``, ``languages`` and ``skills`` have a bit for each one they serve."""

    staff: Ints
    teams: Ints
    languages: Ints
    skills: Ints
    minutes: Ints

    def __len__(self) -> int:
        return len(self.staff)


@dataclass(frozen=True, slots=True)
class Allocation:
    """For each row of work: its rank (0 is first), its collector (0 for the team's pool) and why not placed."""

    rank: Ints
    collector: Ints
    reason: npt.NDArray[np.int8]
    minutes_left: Ints


def allocate(work: Work, collectors: Collectors) -> Allocation:
    """Return who gets what; each collector's minutes are never exceeded."""
    order = ranked(work.tier, work.value_per_minute, work.person)
    rank = np.empty(len(work), np.int64)
    rank[order] = np.arange(len(work))
    desk = _Desk(work, collectors)
    for chunk in desk.chunks(order):
        desk.hand_out(chunk)
    return Allocation(rank, desk.collector, desk.reason, np.array(desk.left, np.int64))


class _Desk:
    """The state of handing out: who has how many minutes left, and which needs nobody can meet any more."""

    def __init__(self, work: Work, collectors: Collectors) -> None:
        self.work = work
        self.collectors = collectors
        self.left: list[int] = collectors.minutes.tolist()
        self.collector = np.zeros(len(work), np.int64)
        self.reason = np.zeros(len(work), np.int8)
        self.index = {int(staff): at for at, staff in enumerate(collectors.staff)}
        kinds, self.need = _kinds(work.team, work.language, work.skills, work.given_to)
        self.able = [_able(kind, collectors) for kind in kinds]
        self.refused = np.array([_refusal(kind, collectors) for kind in kinds], np.int8)
        self.heaps = [[(-self.left[at], at) for at in sorted(able)] for able in self.able]
        for heap in self.heaps:
            heapify(heap)
        self.least = _least(self.need, work.minutes, len(kinds))

    def chunks(self, order: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.intp]]:
        """Yield the list in pieces, each time without the cases whose need nobody can meet any more."""
        while len(order):
            closed = self._closed()[self.need[order]]
            self.reason[order[closed > 0]] = closed[closed > 0]
            order = order[closed == 0]
            yield order[:_CHUNK]
            order = order[_CHUNK:]

    def _closed(self) -> npt.NDArray[np.int8]:
        """Return by need the reason why not even its shortest case can be placed; 0 where one still can."""
        most = [max((self.left[at] for at in able), default=-1) for able in self.able]
        return np.where(self.refused > 0, self.refused, np.where(np.array(most) < self.least, NO_CAPACITY, 0)).astype(
            np.int8
        )

    def hand_out(self, chunk: npt.NDArray[np.intp]) -> None:
        """Place the cases of ``chunk``, in their order."""
        rows = zip(
            chunk.tolist(),
            self.need[chunk].tolist(),
            self.work.minutes[chunk].tolist(),
            self.work.last_collector[chunk].tolist(),
            strict=True,
        )
        for row, need, minutes, last in rows:
            at = self._who(need, minutes, last)
            if at is None:
                self.reason[row] = NO_CAPACITY
                continue
            self.left[at] -= minutes
            self.collector[row] = self.collectors.staff[at]

    def _who(self, need: int, minutes: int, last: int) -> int | None:
        known = self.index.get(last)
        if known is not None and known in self.able[need] and self.left[known] >= minutes:
            return known
        heap = self.heaps[need]
        while heap:
            left, at = heap[0]
            if -left != self.left[at]:  # their minutes went to another need meanwhile
                heappop(heap)
                heappush(heap, (-self.left[at], at))
                continue
            return at if -left >= minutes else None
        return None


def _kinds(*columns: Whole) -> tuple[list[list[int]], npt.NDArray[np.intp]]:
    """Return the different rows of ``columns``, and for each row the place of its like."""
    which = np.zeros(len(columns[0]), np.intp)
    for column in columns:
        values, place = np.unique(column, return_inverse=True)
        which = np.unique(which * len(values) + place.reshape(-1), return_inverse=True)[1].reshape(-1)
    first = np.unique(which, return_index=True)[1]
    return np.stack([column[first].astype(np.int64) for column in columns], axis=1).tolist(), which


def _able(kind: Sequence[int], collectors: Collectors) -> frozenset[int]:
    """Return the places of those who may take it: whom a human chose, else all who fit team, language and skills."""
    team, language, skills, given_to = kind
    if given_to in collectors.staff:
        return frozenset(np.flatnonzero(collectors.staff == given_to).tolist())
    fits = _serves(collectors, team) & (collectors.languages >> language & 1 == 1)
    return frozenset(np.flatnonzero(fits & (collectors.skills & skills == skills)).tolist())


def _serves(collectors: Collectors, team: int) -> npt.NDArray[np.bool_]:
    return np.asarray(collectors.teams >> team & 1 == 1, np.bool_)


def _refusal(kind: Sequence[int], collectors: Collectors) -> int:
    """Return why nobody could take such a case even with all minutes free."""
    if _able(kind, collectors):
        return PLACED
    return NO_SKILL if _serves(collectors, kind[0]).any() else NO_TEAM


def _least(need: npt.NDArray[np.intp], minutes: Whole, kinds: int) -> Ints:
    """Return the minutes of the shortest case of each need."""
    least = np.full(kinds, np.iinfo(np.int64).max)
    np.minimum.at(least, need, minutes)
    return least
