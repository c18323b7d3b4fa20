"""One night or several: for today, or for every day that was missed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from arrears.jobs.night.calendar import nights_due
from arrears.jobs.night.night import NightReport, Proof, Watcher, is_first_of_its_day, run_night
from arrears.store import bookday
from arrears.store.doors import runs
from arrears.store.doors.organisations_at_night import NightOrganisation


def run_nights(
    organisation: NightOrganisation,
    today: date,
    *,
    clock: Callable[[], datetime],
    full: bool = False,
    proof: Proof = "none",
    catch_up: bool = False,
    watch: Watcher | None = None,
) -> Iterator[NightReport]:
    """Run the nights that are due up to ``today``, each as it is asked for; one that was begun is finished first."""
    begun = runs.unfinished_run(organisation.id, "night")
    opened = bookday.opened(organisation.id, using=runs.ALIAS)
    if opened is not None and is_first_of_its_day(organisation, opened, today):
        due: tuple[date, ...] = (today,)
    else:
        due = nights_due(opened.business_date if opened else None, today, catch_up=catch_up)
    for on in (*((begun.on,) if begun else ()), *due):
        report = run_night(organisation, on, clock=clock, full=full, proof=proof, watch=watch)
        if report is not None:
            yield report
