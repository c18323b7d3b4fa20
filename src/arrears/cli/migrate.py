"""``arrears migrate``: the database made, or brought up to date."""

import click

from arrears.config.migrating import migrate
from arrears.config.start import book_open


@click.command()
@click.option("-v", "--verbosity", count=True, help="Say each migration.")
def command(verbosity: int) -> None:
    """Make the database, its roles and tables, or bring them up to date. Safe to repeat."""
    with book_open(is_made=False) as environment:
        from arrears.store.roles import RolesMissingError

        try:
            migrate(environment, verbosity)
        except RolesMissingError as missing:
            raise click.ClickException(str(missing)) from None
    click.echo("The database is up to date.")
