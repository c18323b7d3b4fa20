"""``arrears organisation``: what an organisation says of itself."""

import click

from arrears.config import clock
from arrears.config.start import book_open


@click.group()
def command() -> None:
    """Say which telephone numbers an organisation calls from."""


@command.command()
@click.argument("organisation")
@click.option("--add", multiple=True, help="A number of one's own, with country code; may be given several times.")
@click.option("--drop", multiple=True, help="A number no longer used; may be given several times.")
def numbers(organisation: str, add: tuple[str, ...], drop: tuple[str, ...]) -> None:
    """Show the numbers that ORGANISATION calls from; add and drop some.

    By adding a number you say that it is the organisation's own and is answered when called back. A call that shows
    no such number is refused, so an organisation without any calls nobody.
    """
    with book_open():
        from arrears.actions.organisations import calling_numbers, change_numbers
        from arrears.store.doors.organisations_at_night import named
        from arrears.store.scope import scope

        found = named(organisation)
        if found is None:
            raise click.ClickException(f"There is no organisation called {organisation!r}.")
        with scope(found.id, None, using="night"):
            problems = change_numbers(add, drop, now=clock.now())
            own = calling_numbers()
    if problems:
        raise click.ClickException("\n".join(problem.said_in(found.language) for problem in problems))
    click.echo(f"{found.name} calls from: {', '.join(own) or 'no number yet'}")
