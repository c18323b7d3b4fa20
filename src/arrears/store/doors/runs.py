"""Runs and their steps: what a night has done, so that a killed one goes on where it stopped.

A step is marked done in the transaction that did its work. Nights of one organisation take turns under a lock of the
session, which the server lets go of when the process dies.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connections

from arrears.store.tables.work import PublishedRun, Run, RunStep

ALIAS = "night"
_LOCK_SPACE = 0x6E67  # "ng": the first key of the two-key advisory lock that nights take


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A run as the book knows it."""

    id: int
    organisation: int
    kind: str
    on: date
    book_day: int
    state: str
    started_at: datetime
    figures: dict[str, Any]  # JSON: figures by step


class NightIsRunningError(RuntimeError):
    """Another process runs this organisation's night just now."""


@contextmanager
def the_only_night(organisation: int) -> Iterator[None]:
    """Hold the organisation's nights for this process; raises `NightIsRunningError` where another one has them."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, organisation])
        if not cursor.fetchone()[0]:
            raise NightIsRunningError(f"a night of organisation {organisation} is running")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, organisation])


def unfinished_run(organisation: int, kind: str) -> StartedRun | None:
    """Return the oldest run that began and did not end, or None."""
    rows = Run.objects.using(ALIAS).filter(organisation_id=organisation, kind=kind).exclude(state="done")
    found = rows.order_by("book_day").first()
    return None if found is None else _started(found)


def last_run(organisation: int, kind: str) -> StartedRun | None:
    """Return the latest finished run, or None."""
    rows = Run.objects.using(ALIAS).filter(organisation_id=organisation, kind=kind, state="done")
    found = rows.order_by("-book_day").first()
    return None if found is None else _started(found)


def start_run(organisation: int, kind: str, *, on: date, book_day: int, seed: int, now: datetime) -> StartedRun:
    """Return the run of this book day: a new one, or the one that was begun."""
    row, _ = Run.objects.using(ALIAS).get_or_create(
        organisation_id=organisation,
        kind=kind,
        book_day=book_day,
        defaults={"on_date": on, "seed": seed, "started_at": now},
    )
    return _started(row)


def _started(row: Run) -> StartedRun:
    return StartedRun(
        row.pk, row.organisation_id, row.kind, row.on_date, row.book_day, row.state, row.started_at, row.figures
    )


def steps_done(run: StartedRun) -> dict[str, Mapping[str, Any]]:
    """Return the figures of the steps that are done, by name."""
    rows = RunStep.objects.using(ALIAS).filter(run_id=run.id, state="done")
    return {row.name: row.figures for row in rows}


def begin_step(run: StartedRun, name: str, number: int, now: datetime) -> None:
    """Say that a step runs; one that failed or was killed begins anew."""
    RunStep.objects.using(ALIAS).update_or_create(
        run_id=run.id,
        name=name,
        defaults={
            "organisation_id": run.organisation,
            "number": number,
            "state": "running",
            "started_at": now,
            "finished_at": None,
            "figures": {},
        },
    )


def end_step(run: StartedRun, name: str, figures: Mapping[str, Any], now: datetime, *, state: str = "done") -> None:
    """Mark a step done (or failed) with its figures; inside the transaction that did the work."""
    RunStep.objects.using(ALIAS).filter(run_id=run.id, name=name).update(
        state=state, finished_at=now, figures=dict(figures)
    )


def end_run(run: StartedRun, figures: Mapping[str, Any], now: datetime, *, state: str = "done") -> None:
    """Mark the run done (or failed) with all figures."""
    Run.objects.using(ALIAS).filter(pk=run.id).update(state=state, finished_at=now, figures=dict(figures))


def name_pack(run: StartedRun, pack_version: int) -> None:
    """Say under which version of the rules the run decides."""
    Run.objects.using(ALIAS).filter(pk=run.id).update(pack_version_id=pack_version)


def publish(run: StartedRun, on_day: int, now: datetime) -> None:
    """Make the run's list the one that people work; done twice it is done once."""
    PublishedRun.objects.using(ALIAS).get_or_create(
        run_id=run.id, defaults={"organisation_id": run.organisation, "on_day": on_day, "published_at": now}
    )
