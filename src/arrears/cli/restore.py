"""``arrears restore``: a copy put back in place of the book."""

from pathlib import Path

import click

from arrears.config import clock
from arrears.config.dumps import DumpFailedError, put_back
from arrears.config.migrating import migrate
from arrears.config.start import book_open


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.confirmation_option(prompt="The present book is set aside and the copy takes its place. Go on?")
def command(file: Path) -> None:
    """Put FILE back as the book; the present one is kept under another name. A broken FILE changes nothing."""
    with book_open(is_made=False) as environment:
        try:
            kept = put_back(environment, file, clock.now())
            migrate(environment)  # roles and grants of a database are not in its copy; an older copy is brought up
        except DumpFailedError as failed:
            raise click.ClickException(f"Nothing was changed. {failed}") from None
    click.echo(f"{file} is the book now; the one before is the database {kept}. Next: arrears verify")
