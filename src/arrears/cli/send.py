"""``arrears send``: let due messages go once, for those who do not leave it to ``arrears serve``."""

import click

from arrears.config import clock
from arrears.config.start import book_open


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Let every message that is due go, each under a permit asked for as it goes."""
    if context.invoked_subcommand is not None:
        return
    with book_open():
        from arrears.config.channels import carriers
        from arrears.jobs.sending import send_all

        if not carriers():
            raise click.ClickException("No channel is set up: see ARREARS_MAIL_ADDRESS, _TEXTS_ADDRESS, _POST_FOLDER.")
        done = send_all(clock.now)
        said = ", ".join(f"{state.value.replace('_', ' ')} {count}" for state, count in sorted(done.items()))
        click.echo(said or "nothing is due")


@command.command()
@click.option("--port", default=12112, show_default=True, help="Port on this machine.")
def sandbox(port: int) -> None:
    """Serve a gateway for text messages on this machine that sends nothing. Ctrl-C ends it."""
    from threading import Event

    from arrears.channels.texts.sandbox import KEY, Sandbox

    with Sandbox(port=port).serving() as serving:
        click.echo(f"ARREARS_TEXTS_ADDRESS={serving.address}")
        click.echo(f"ARREARS_TEXTS_KEY={KEY}")
        Event().wait()
