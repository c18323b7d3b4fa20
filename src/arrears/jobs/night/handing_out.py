"""From the people on today's list to rows of the worklist: who works them, in which round, within whose minutes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arrears.engine.allocate import (
    NO_CAPACITY,
    NO_SKILL,
    NO_TEAM,
    PLACED,
    Allocation,
    Collectors,
    Wave,
    Waves,
    Work,
    allocate,
    waves_of,
)
from arrears.engine.allocate.rounds import rounds_of
from arrears.engine.allocate.waves import DEFAULT_WAVES
from arrears.engine.decide import Strategy
from arrears.jobs.night.night import Night
from arrears.kernel.texts import LANGUAGES, Text
from arrears.store.doors import lists
from arrears.store.doors.lists import Keepers
from arrears.store.doors.organisations_at_night import Worker, workers
from arrears.store.doors.runs import ALIAS

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]

_WHY: Final = {NO_CAPACITY: "no_capacity", NO_SKILL: "no_skill", NO_TEAM: "no_team"}
_EVERY_TEAM: Final = 2**62 - 1
BLOCK_ROWS: Final = 16_384
_MOST_MINUTES: Final = 32_767

#: Columns of the worklist and the names that the folded person has for them.
_SAME: Final = {
    "person_id": "person",
    "account_id": "account",
    "organisation_id": "working",
    **{
        name: name
        for name in (
            "arrears_minor", "value_per_minute", "days_past_due", "tier", "next_action", "treatment", "tone",
            "channels", "band", "stage", "owner_team", "reason",
        )
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The people on the list with what was found for each; the rows of the worklist are made a block at a time."""

    night: Night
    people: Rows
    waves: Waves
    staff: Ints
    rank: Ints
    figures: dict[str, Any]

    def rows(self) -> Iterator[Rows]:
        """Yield the rows of the worklist in the order of the people."""
        for start in range(0, len(self.people), BLOCK_ROWS):
            yield self._rows(slice(start, start + BLOCK_ROWS))

    def _rows(self, which: slice) -> Rows:
        people, desk = self.people[which], self.night.desk()
        rows = lists.blank(len(people))
        for name, ours in _SAME.items():
            rows[name] = people[ours]
        rows["owner_id"], rows["run_id"] = self.night.organisation.id, self.night.run.id
        rows["on_day"], rows["pack_version_id"] = desk.day, desk.pack_version
        rows["staff_id"], rows["rank"], rows["wave"] = self.staff[which], self.rank[which], self.waves.wave[which]
        rows["from_minute"], rows["until_minute"] = self.waves.starts[which], self.waves.ends[which]
        rows["minutes"] = np.minimum(people["effort_minutes"], _MOST_MINUTES)
        rows["accounts"] = np.minimum(people["accounts"], _MOST_MINUTES)
        return rows


def handed_out(night: Night, people: Rows) -> HandedOut:
    """Hand ``people`` (rows of `FOLDED`) out."""
    staff, rank, reason = _allocated(night, people)
    waves = _waves(night, people, staff, rank)
    placed = reason == PLACED
    figures = {
        "listed": len(people),
        "placed": int(np.count_nonzero(placed)),
        "minutes": int(people["effort_minutes"][placed].sum()),
        "not_placed": {why: n for code, why in _WHY.items() if (n := int(np.count_nonzero(reason == code)))},
        "by_tier": _counted(people["tier"], night.desk().strategy, "tier"),
        "by_wave": {str(wave): int(n) for wave, n in zip(*np.unique(waves.wave, return_counts=True), strict=True)},
    }
    return HandedOut(night, people, waves, staff, rank, figures)


def _counted(codes: npt.NDArray[np.integer], strategy: Strategy, fact: str) -> dict[str, int]:
    return {
        strategy.name(fact, int(code)): int(count)
        for code, count in zip(*np.unique(codes, return_counts=True), strict=True)
    }


def _waves(night: Night, people: Rows, staff: Ints, rank: Ints) -> Waves:
    """Return the round of each person: by their hours, and by whether their turn comes before its deadline."""
    policy = waves_in_force(night.organisation.settings)
    promised = people["tier"] == night.desk().strategy.number("tier", "promise_today")
    waves = waves_of(policy, people["opens"], people["closes"], promised)
    minutes = _whole(np.maximum(1, people["effort_minutes"]))
    return rounds_of(policy, waves, people["opens"], people["closes"], staff, rank, minutes)


def waves_in_force(settings: Mapping[str, Any]) -> tuple[Wave, ...]:
    """Return the rounds of the day: the organisation's own (``settings["waves"]``), else the default ones.

    Its own are given as ``{"name": …, "from": "08:00", "until": "10:00", "promises_only": false}``, in order.
    """
    said = settings.get("waves")
    if not said:
        return DEFAULT_WAVES
    return tuple(
        Wave(
            n,
            Text(*[str(one["name"])] * 3),
            _minute(one["from"]),
            _minute(one["until"]),
            bool(one.get("promises_only")),
        )
        for n, one in enumerate(said, start=1)
    )


def _minute(wall: str) -> int:
    hours, minutes = wall.split(":")
    return int(hours) * 60 + int(minutes)


def _allocated(night: Night, people: Rows) -> tuple[Ints, Ints, npt.NDArray[np.int8]]:
    """Return collector, rank and reason of each person; every organisation that works accounts hands out its own."""
    staff, rank = np.zeros(len(people), np.int64), np.zeros(len(people), np.int64)
    reason = np.zeros(len(people), np.int8)
    known = (
        lists.tried_by(night.organisation.id, now=night.instant, using=ALIAS),
        lists.given_to(night.organisation.id, now=night.instant, using=ALIAS),
    )
    hands = workers(np.unique(people["working"]).tolist(), using=ALIAS)
    given = lists.minutes_given(night.desk().day, [one.id for one in hands], but_run=night.run.id, using=ALIAS)
    for working in np.unique(people["working"]):
        own = np.flatnonzero(people["working"] == working)
        ours = [one for one in hands if one.organisation == working]
        done = _allocate(night.desk().strategy, people[own], known, ours, given)
        staff[own], rank[own], reason[own] = done.collector, done.rank, done.reason
    return staff, rank, reason


def _allocate(
    strategy: Strategy, people: Rows, known: tuple[Keepers, Keepers], hands: Sequence[Worker], given: Mapping[int, int]
) -> Allocation:
    tried_by, given_to = known
    skills = sorted({skill for one in hands for skill in one.skills})
    work = Work(
        person=people["person"],
        tier=people["tier"],
        value_per_minute=people["value_per_minute"],
        minutes=np.maximum(1, people["effort_minutes"]),
        team=people["owner_team"],
        language=people["language"],
        skills=_skills_needed(strategy, people["treatment"], skills),
        last_collector=tried_by.of(people["person"]),
        given_to=given_to.of(people["person"]),
    )
    return allocate(work, _collectors(strategy, hands, skills, given))


def _whole(column: npt.NDArray[np.generic]) -> Ints:
    return column.astype(np.int64)


def _skills_needed(strategy: Strategy, treatments: npt.NDArray[np.integer], skills: Sequence[str]) -> Ints:
    """Return the bits of the skill that a treatment's list entry asks for (``skill:``); one nobody has is bit 62."""
    codes = strategy.facts["treatment"].codes
    needed = np.zeros(max(code.number for code in codes) + 1, np.int64)
    for code in codes:
        skill = strategy.details.get("treatment", {}).get(code.name, {}).get("skill")
        if skill is not None:
            needed[code.number] = 1 << (skills.index(skill) if skill in skills else 62)
    return np.asarray(needed[treatments], np.int64)


def _collectors(
    strategy: Strategy, hands: Sequence[Worker], skills: Sequence[str], given: Mapping[int, int]
) -> Collectors:
    rows = [
        (
            one.id,
            _team(strategy, one.team),
            _languages(one),
            sum(1 << skills.index(skill) for skill in set(one.skills)),
            max(0, one.minutes - given.get(one.id, 0)),
        )
        for one in hands
    ]
    return Collectors(*np.array(rows, np.int64).reshape(-1, 5).T)


def _team(strategy: Strategy, team: str) -> int:
    """Return the bit of a team that the strategy knows; somebody in none of them serves all."""
    number = strategy.facts["owner_team"].number_of(team)
    return _EVERY_TEAM if not number else 1 << number


def _languages(worker: Worker) -> int:
    """Return bits of the languages spoken: one's own and those among the skills. Bit 0: who speaks none of ours."""
    spoken = {worker.language.split("-")[0], *(skill.split("-")[0] for skill in worker.skills)}
    return 1 | sum(1 << place for place, language in enumerate(LANGUAGES, start=1) if language in spoken)
