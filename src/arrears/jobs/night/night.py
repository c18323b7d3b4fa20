"""Runs the steps of a night in order, from wherever an earlier try of the same night stopped."""

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from time import perf_counter
from typing import Literal

from arrears.actions.deciding import Desk
from arrears.actions.desks import desk
from arrears.jobs.night.memory import peak_bytes
from arrears.jobs.night.step import Figures, Step, steps
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import instant_of, local_day
from arrears.store import bookday
from arrears.store.doors import organisations_at_night, rule_settings, runs
from arrears.store.doors.organisations_at_night import NightOrganisation
from arrears.store.scope import Scope, scope

KIND = "night"
Proof = Literal["none", "sample", "all"]

#: Called with the step and "begun", "worked" (its work is done, nothing of it committed) or "done".
Watcher = Callable[[Step, str], None]


@dataclass
class Night:
    """One night of one organisation, as its steps see it.

    ``on`` is the day that people will work and as of which everything is decided; ``run`` the row in the book;
    ``carried`` what one step hands to the next in memory, which each can make again when it is not there.
    """

    organisation: NightOrganisation
    on: date
    run: runs.StartedRun
    clock: Callable[[], datetime]
    full: bool = False
    proof: Proof = "none"
    carried: dict[str, object] = field(default_factory=dict)
    _desk: Desk | None = None

    @cached_property
    def last(self) -> runs.StartedRun | None:
        """The night before this one that was finished; None where this is the first."""
        return runs.last_run(self.organisation.id, KIND)

    @property
    def begins_month(self) -> bool:
        """Whether no night of this month is finished: then every account is read and its decision written anew.

        So the newest decision of any account is never older than its month's first night.
        """
        return self.last is None or (self.last.on.year, self.last.on.month) != (self.on.year, self.on.month)

    @property
    def reads_all(self) -> bool:
        """Whether every account is looked at: where asked for, once a month, and where rules changed since."""
        return self.full or self.begins_month or self.rules_changed

    @cached_property
    def rules_changed(self) -> bool:
        """Whether somebody who may work here settled anything about rules that the night before did not know."""
        if self.last is None:
            return True
        working = [one.id for one in organisations_at_night.working_for(self.organisation.id, using=runs.ALIAS)]
        return rule_settings.is_changed(
            working, since=self.last.started_at, after=self.last.on, until=self.on, using=runs.ALIAS
        )

    @property
    def decisions_since(self) -> int:
        """The epoch day from which on the newest decision of every account is found."""
        return epoch_day((self.last.on if self.last else self.on).replace(day=1))

    @property
    def touched_since(self) -> int:
        """The first book day whose marks no finished night has read."""
        return 1 if self.last is None else self.last.book_day + 1

    @property
    def instant(self) -> datetime:
        """The instant as of which positions and holds are read: now, or for another day's night the start of that."""
        now, zone = self.clock(), self.organisation.timezone
        return now if local_day(now, zone) == self.on else instant_of(self.on, time(0), zone)

    def desk(self) -> Desk:
        """Return the desk at which this night decides; set up once."""
        if self._desk is None:
            working = organisations_at_night.working_for(self.organisation.id, using=runs.ALIAS)
            self._desk = desk(
                self.organisation,
                working,
                self.on,
                run=self.run.id,
                book_day=self.run.book_day + 1,
                now=self.decided_at,
                using=runs.ALIAS,
            )
        return self._desk

    def scope(self) -> AbstractContextManager[Scope]:
        """Open a transaction in the organisation's scope, on behalf of nobody."""
        return scope(self.organisation.id, None, today=self.on, using=runs.ALIAS)

    @property
    def decided_at(self) -> datetime:
        """The instant stamped on what the night decides: its start, so that what is decided by day later is newer."""
        return self.run.started_at


@dataclass(frozen=True, slots=True)
class StepReport:
    """What a step did: its figures, seconds on the clock, and the process's largest size so far in bytes."""

    step: Step
    figures: Figures
    seconds: float
    peak: int
    was_done: bool


@dataclass(frozen=True, slots=True)
class NightReport:
    """What a night did, step by step."""

    run: runs.StartedRun
    on: date
    steps: tuple[StepReport, ...]

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)

    def figures(self) -> dict[str, object]:
        """Return every figure by step, with times in milliseconds and the peak in bytes, as the run keeps them."""
        by_step = {
            report.step.name: {
                **report.figures,
                **({} if report.was_done else {"ms": round(report.seconds * 1000), "peak_bytes": report.peak}),
            }
            for report in self.steps
        }
        return {**by_step, "ms": round(self.seconds * 1000), "peak_bytes": max(report.peak for report in self.steps)}


def run_night(
    organisation: NightOrganisation,
    on: date,
    *,
    clock: Callable[[], datetime],
    full: bool = False,
    proof: Proof = "none",
    watch: Watcher | None = None,
) -> NightReport | None:
    """Run the night that makes the day ``on`` ready; None where that day is ready already.

    A night that was begun for an earlier day is finished first, as that day's. Raises
    `runs.NightIsRunningError` where another process runs one, and whatever a step raises, after noting it.
    """
    with runs.the_only_night(organisation.id):
        begun = runs.unfinished_run(organisation.id, KIND)
        if begun is not None and begun.on < on:
            _run_steps(Night(organisation, begun.on, begun, clock, full, proof), watch)
            begun = None
        run = begun or _new_run(organisation, on, clock())
        return None if run is None else _run_steps(Night(organisation, run.on, run, clock, full, proof), watch)


def _new_run(organisation: NightOrganisation, on: date, now: datetime) -> runs.StartedRun | None:
    with scope(organisation.id, None, using=runs.ALIAS):
        open_day = bookday.opened(organisation.id, using=runs.ALIAS)
        is_first = open_day is not None and is_first_of_its_day(organisation, open_day, on)
        if open_day is not None and open_day.business_date >= on and not is_first:
            return None
        if open_day is None:
            open_day = bookday.open_first(organisation.id, on - timedelta(days=1), now=now, using=runs.ALIAS)
        return runs.start_run(
            organisation.id,
            KIND,
            on=on,
            book_day=open_day.day - is_first,
            seed=on.toordinal() * 1_000_003 + organisation.id,
            now=now,
        )


def is_first_of_its_day(organisation: NightOrganisation, open_day: bookday.OpenDay, on: date) -> bool:
    """Whether a book was opened on the day ``on`` itself and had no night yet: its day is then made ready as it stands.

    There is no earlier day to close; what comes in later on this day is read by the next night.
    """
    return open_day.business_date == on and runs.last_run(organisation.id, KIND) is None


def _run_steps(night: Night, watch: Watcher | None) -> NightReport:
    done = runs.steps_done(night.run)
    reports = []
    for step in steps():
        if step.name in done:
            reports.append(StepReport(step, done[step.name], 0.0, peak_bytes(), was_done=True))
        else:
            reports.append(_run_step(night, step, watch or _nobody_watches))
    report = NightReport(night.run, night.on, tuple(reports))
    runs.end_run(night.run, report.figures(), night.clock())
    return report


def _nobody_watches(step: Step, moment: str) -> None:
    """Take no notice."""


def _run_step(night: Night, step: Step, watch: Watcher) -> StepReport:
    runs.begin_step(night.run, step.name, step.number, night.clock())
    began = perf_counter()
    try:
        with night.scope() if step.at_once else contextlib.nullcontext():
            watch(step, "begun")
            figures = step.run(night)
            watch(step, "worked")
            runs.end_step(night.run, step.name, figures, night.clock())
    except Exception:
        runs.end_step(night.run, step.name, {}, night.clock(), state="failed")
        runs.end_run(night.run, {}, night.clock(), state="failed")
        raise
    watch(step, "done")
    return StepReport(step, figures, perf_counter() - began, peak_bytes(), was_done=False)
