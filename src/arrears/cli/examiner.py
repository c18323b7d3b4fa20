"""``arrears examiner``: contacts of a period with their permits, words, notices, holds and proofs, as one file."""

from datetime import datetime, time, timedelta
from pathlib import Path

import click

from arrears.config import clock
from arrears.config.start import book_open

NOT_AS_SEALED = 3
"""The exit code of a pack that was written and holds something that is not as it was sealed."""
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("organisation")
@click.option("--since", type=_DAY, required=True, help="The first day, as 2026-01-31.")
@click.option("--until", type=_DAY, required=True, help="The last day.")
@click.option("--person", type=int, help="One person only, by the number in the address of their page.")
@click.option("--account", type=int, help="One debt only, by the number in the address of its page.")
@click.option("--agency", type=int, help="Contacts made by this organisation only.")
@click.option("--rule", default="", help="Contacts about which this rule, or a folder of rules, spoke.")
@click.option("--language", type=click.Choice(["en", "es", "zh"]), default="en", show_default=True)
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The ZIP file to write.")
def command(
    organisation: str,
    since: datetime,
    until: datetime,
    person: int | None,
    account: int | None,
    agency: int | None,
    rule: str,
    language: str,
    to: Path,
) -> None:
    """Write an examiner's pack: all contacts of a period that fit, and everything that explains them.

    Exits with 3 and says what it is where the pack was written but something in it is not as it was sealed.
    """
    with book_open():
        from arrears.actions import examiner
        from arrears.kernel.hours import instant_of
        from arrears.kernel.problems import Problem
        from arrears.store.doors.contact_log import Sought
        from arrears.store.doors.organisations_at_night import named
        from arrears.store.scope import scope

        found = named(organisation)
        if found is None:
            raise click.ClickException(f"There is no organisation called {organisation!r}.")
        sought = Sought(
            since=instant_of(since.date(), time(0), found.timezone),
            until=instant_of(until.date() + timedelta(days=1), time(0), found.timezone),
            person=person,
            account=account,
            organisation=agency,
            rule=rule,
        )
        with scope(found.id, None):
            made = examiner.give_out(sought, language=language, now=clock.now())
        if isinstance(made, Problem):
            raise click.ClickException(made.said_in("en"))
    to.write_bytes(made.data)
    click.echo(f"{made.contacts:,} contacts, {made.proofs:,} with a proof, written to {to}. SHA-256 {made.digest}")
    if made.wrong:
        click.echo("Not as it was sealed:", err=True)
        for line in made.wrong:
            click.echo(f"  {line}", err=True)
        raise SystemExit(NOT_AS_SEALED)
