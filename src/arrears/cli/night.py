"""``arrears night``: make the day ready."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arrears.jobs.night.night import Proof, Watcher
    from arrears.jobs.steps import Say
    from arrears.store.doors.organisations_at_night import NightOrganisation


@click.command(short_help="Run the night: decide about every account and make the day's list.")
@click.option("--organisation", help="Name or number of one organisation; all that own accounts by default.")
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day to make ready; today by default.")
@click.option("--full", is_flag=True, help="Read every account, not only those that something happened to.")
@click.option(
    "--proof",
    type=click.Choice(["none", "sample", "all"]),
    help="Rebuild positions and compare: a sample by default when --full, else none.",
)
@click.option("--catch-up", is_flag=True, help="Run every missed day in order, not only the last.")
def command(
    organisation: str | None, on: datetime | None, *, full: bool, proof: "Proof | None", catch_up: bool
) -> None:
    """Close the book day, decide about every account that something happened to, and make the day's list.

    A night that was interrupted goes on where it stopped; one that was missed is made up for.
    """
    from arrears.config.start import book_open

    with book_open():
        for each in _organisations(organisation):
            _run(each, on.date() if on else None, full=full, proof=proof, catch_up=catch_up)


def _organisations(said: str | None) -> tuple["NightOrganisation", ...]:
    from arrears.store.doors import organisations_at_night

    if said is None:
        return organisations_at_night.with_a_book()
    found = organisations_at_night.named(said)
    if found is None:
        raise click.ClickException(f"There is no organisation called {said!r}.")
    return (found,)


def _run(
    organisation: "NightOrganisation", on: date | None, *, full: bool, proof: "Proof | None", catch_up: bool
) -> None:
    from rich.console import Console

    from arrears.config import clock
    from arrears.jobs.night.nights import run_nights
    from arrears.jobs.night.shown import shown
    from arrears.jobs.steps import saying
    from arrears.store.doors.runs import NightIsRunningError

    console = Console()
    here = clock.today_in(organisation.timezone)
    if on and on > here + timedelta(days=1):
        raise click.ClickException(f"{on} is still to come: a night makes today ready, or tomorrow ({here} there now).")
    today = on or here
    wanted: Proof = proof or ("sample" if full else "none")
    ran = 0
    try:
        with saying(console, organisation.name) as say:
            watch = _watching(organisation, say)
            for report in run_nights(
                organisation, today, clock=clock.now, full=full, proof=wanted, catch_up=catch_up, watch=watch
            ):
                console.print(shown(report, organisation.name, organisation.language))
                ran += 1
    except NightIsRunningError as already:
        raise click.ClickException(f"{organisation.name}: {already}") from already
    if not ran:
        console.print(f"{organisation.name}: {today} is ready already.")


def _watching(organisation: "NightOrganisation", say: "Say") -> "Watcher":
    """Return what says each step as it begins, in the organisation's language."""
    name, language = organisation.name, organisation.language
    return lambda step, moment: say(f"{name}: {step.words.said_in(language)}") if moment == "begun" else None
