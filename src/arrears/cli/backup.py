"""``arrears backup``: the whole book in one file."""

from pathlib import Path

import click

from arrears.config import clock
from arrears.config.dumps import DumpFailedError, make_dump
from arrears.config.start import book_open


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path | None) -> None:
    """Copy the whole book into FILE (default: arrears-<instant>.dump here), while work goes on.

    The secret key (ARREARS_SECRET_KEY, or secret.key in the home folder) is not in it: keep that apart, for
    encrypted identifiers can be read again only with the key that wrote them.
    """
    file = file or Path(f"arrears-{clock.now():%Y%m%dT%H%M%SZ}.dump")
    if file.exists():
        raise click.ClickException(f"{file} exists: name another file, or remove it first.")
    with book_open() as environment:
        try:
            size = make_dump(environment, file)
        except DumpFailedError as failed:
            raise click.ClickException(str(failed)) from None
        key = "ARREARS_SECRET_KEY" if environment.secret_key else str(environment.home / "secret.key")
    click.echo(f"{file}: {size / 1e6:.1f} MB. Keep {key} with care and apart from it.")
