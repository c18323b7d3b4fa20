"""``arrears takings``: the round of links, debits and traces; where an organisation's money goes; a sandbox to try."""

import click

from arrears.config import clock
from arrears.config.start import book_open


@click.group()
def command() -> None:
    """Follow pay links, debits and traces; say where money goes; try it all in a sandbox."""


@command.command()
@click.argument("organisation", required=False, default="")
def round(organisation: str) -> None:  # noqa: A001 - the command's name
    """Present what is due, look up what is under way, end what is over; for ORGANISATION, else for all.

    Run it every quarter of an hour where the provider cannot reach us, and once a night everywhere.
    """
    with book_open():
        from arrears.actions.takings.rounds import go_round
        from arrears.config.payments import providers
        from arrears.store.doors import organisations_at_night

        named = organisations_at_night.named(organisation) if organisation else None
        if organisation and named is None:
            raise click.ClickException(f"There is no organisation called {organisation!r}.")
        for one in [named] if named else organisations_at_night.with_a_book():
            done = go_round(one.id, providers, now=clock.now())
            said = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(done.items()) if count)
            click.echo(f"{one.name}: {said or 'nothing to do'}")


@command.command()
@click.argument("organisation")
@click.argument("account")
def connect(organisation: str, account: str) -> None:
    """Say where ORGANISATION's money goes: ACCOUNT is 'own' (the key's own), a connected account, or 'none'."""
    with book_open():
        from arrears.actions.takings.organisation import connect_account
        from arrears.store.doors import organisations_at_night
        from arrears.store.scope import scope

        found = organisations_at_night.named(organisation)
        if found is None:
            raise click.ClickException(f"There is no organisation called {organisation!r}.")
        with scope(found.id, None, using="night"):
            problem = connect_account("" if account == "none" else account, now=clock.now())
    if problem is not None:
        raise click.ClickException(problem.said_in(found.language))
    click.echo(f"{found.name}: money goes to {account}")


@command.command()
@click.option("--port", default=12111, show_default=True, help="Port on this machine.")
def sandbox(port: int) -> None:
    """Serve a payment provider of our own on this machine: no money, no network. Ctrl-C ends it."""
    from threading import Event

    from arrears.channels.payments.sandbox import KEY, WEBHOOK_SECRET, Sandbox

    with Sandbox(clock.now, port=port, is_easy=True).serving() as serving:
        click.echo(f"ARREARS_PAYMENTS_ADDRESS={serving.address}")
        click.echo(f"ARREARS_PAYMENTS_KEY={KEY}")
        click.echo(f"ARREARS_PAYMENTS_WEBHOOK_SECRET={WEBHOOK_SECRET}")
        Event().wait()
