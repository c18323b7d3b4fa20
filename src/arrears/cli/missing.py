"""``arrears missing``: look over a book for facts that the gate misses; export them; bring the answers in."""

import sys
from pathlib import Path
from typing import Any

import click

from arrears.config import clock
from arrears.config.start import book_open


@click.group()
def command() -> None:
    """Find the facts for want of which the gate refuses, send the list out, and bring the answers in."""


def _organisation(name: str) -> Any:  # Any: the door's organisation, imported when it is needed
    from arrears.store.doors import organisations_at_night

    found = organisations_at_night.named(name)
    if found is None:
        raise click.ClickException(f"There is no organisation called {name!r}.")
    return found


@command.command()
@click.argument("organisation")
def look(organisation: str) -> None:
    """Look at everybody who owes something: their papers, and what the gate misses. A night looks only at changes."""
    with book_open():
        from arrears.actions import missing, readiness
        from arrears.store.scope import scope

        found = _organisation(organisation)
        now = clock.now()
        with scope(found.id, None, today=clock.today_in(found.timezone), using="night"):
            papers = readiness.refresh(now=now, using="night")
            done = missing.look(now=now, told=_told, using="night")
    click.echo(f"\r{papers.debts} debts: {papers.parked} parked, {papers.ready} ready again")
    click.echo(f"{done.people} people: {done.missing} facts missing")


def _told(progress: Any) -> None:  # Any: as above
    click.echo(f"\r{progress.people} people, {progress.missing} facts missing", nl=False, err=True)


@command.command()
@click.argument("organisation")
@click.option("--fact", default="", help="Only this fact, by its name (debt.last_payment).")
@click.option("--supplier", default="", help="Only what this supplier is asked for (creditor, house, debtor).")
@click.option("--language", default="", help="Language of the questions: en, es, zh.")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the screen.")
def export(organisation: str, fact: str, supplier: str, language: str, path: Path | None) -> None:
    """Write the missing facts of ORGANISATION as CSV with an empty column for the answers."""
    with book_open():
        from arrears.actions import missing
        from arrears.store.scope import scope

        found = _organisation(organisation)
        with scope(found.id, None, today=clock.today_in(found.timezone), using="night"):
            table = missing.exported(fact, supplier=supplier, language=language or found.language, using="night")
    if path is None:
        sys.stdout.write(table)
    else:
        path.write_text("\ufeff" + table, encoding="utf-8")
        click.echo(f"{path}: {table.count(chr(10)) - 1} facts")


@command.command("import")
@click.argument("organisation")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--because", required=True, help="Why it is so, for the history: the letter or file that says it.")
def import_answers(organisation: str, path: Path, because: str) -> None:
    """Bring in the answers of PATH, an exported list with its last column filled. Good rows count, others are named."""
    with book_open():
        from arrears.actions import missing
        from arrears.store.scope import scope

        found = _organisation(organisation)
        with scope(found.id, None, today=clock.today_in(found.timezone), using="night"):
            done = missing.answers_from(path.read_bytes(), because, now=clock.now(), using="night")
    for problem in done.problems:
        click.echo(problem.said_in(found.language), err=True)
    click.echo(f"{done.answered} answered, {done.empty} without an answer, {len(done.problems)} not used")
    if done.problems:
        raise SystemExit(1)
