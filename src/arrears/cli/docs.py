"""``arrears docs``: the reference pages that are made from the code."""

import click

from arrears.config.environment import source_root
from arrears.config.start import ready_django
from arrears.jobs import reference


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail if a page is out of date.")
def command(*, check: bool) -> None:
    """Write docs/reference again from the code (in a checkout)."""
    root = source_root()
    if root is None:
        raise click.ClickException("The documentation lives in the project's checkout.")
    ready_django()
    folder = root / "docs" / "reference"
    if check:
        if old := reference.stale(folder):
            raise click.ClickException(f"Out of date: {', '.join(old)}. Run: ./arrears docs")
        return
    for name, words in reference.pages():
        (folder / name).write_text(words)
        click.echo(f"docs/reference/{name}")
