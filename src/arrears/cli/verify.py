"""``arrears verify``: the proof that the book is what it should be."""

import click

from arrears.config import clock
from arrears.config.start import book_open


@click.command()
@click.option("--one-in", default=1, show_default=True, type=click.IntRange(1), help="Rebuild one account in so many.")
def command(one_in: int) -> None:
    """Prove that history is as it was sealed, and that every position is what its entries make of it.

    Exits with 1 and says what differs if anything does.
    """
    with book_open():
        from arrears.jobs.verifying import verify_all

        findings = list(verify_all(clock.now(), one_in))
    for finding in findings:
        click.echo(str(finding))
    if not all(finding.is_sound for finding in findings):
        raise SystemExit(1)
