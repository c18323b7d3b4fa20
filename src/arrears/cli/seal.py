"""``arrears seal``: history sealed now."""

import click

from arrears.config import clock
from arrears.config.start import book_open


@click.command()
def command() -> None:
    """Seal what was added to history since the last seal. `serve` does so every five minutes by itself."""
    with book_open():
        from arrears.jobs.sealing import seal_all

        for name, number in seal_all(clock.now()).items():
            click.echo(f"{name}: seal {number}")
