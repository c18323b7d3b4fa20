"""``arrears transcripts``: transcripts of calls from files to the contacts they belong to, read as they come."""

import sys
from pathlib import Path

import click

from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

_TOLD = Text(
    "{name}: {new} new transcripts, {known} known before; {flagged} with words that are flagged",
    "{name}: {new} transcripciones nuevas, {known} ya conocidas; {flagged} con palabras señaladas",
    "{name}：新通话文本 {new}，此前已有 {known}；{flagged} 份含被标记的字句",
)


@click.group()
def command() -> None:
    """Bring transcripts to the contacts of the log."""


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--organisation", default="", help="Whose book: name or number; the only creditor if left out.")
@click.option("--language", default="", help="en, es or zh, for what is said about the files.")
@click.option("--user", default="", help="User name of whoever brings the files in.")
def take(paths: tuple[Path, ...], organisation: str, language: str, user: str) -> None:
    """Keep transcripts: CSV, one turn a row (columns contact or reference, speaker, words; at, language).

    Our turns are read by the checker: what is found is flagged and opens an incident. What the person said is sorted
    like a letter. The same transcript twice is kept once. Ends with status 1 where a row was wrong.
    """
    from arrears.config.start import book_open

    with book_open():
        code = _take(paths, organisation, language, user)
    sys.exit(code)


def _take(paths: tuple[Path, ...], said: str, language: str, user: str) -> int:
    from arrears.actions.imports import desk

    found = desk.who_called(said, user)
    if isinstance(found, Problem):
        return _refused([found], language or "en")
    owner, staff = found
    return max(_file(path, owner.id, staff, language or owner.language) for path in paths)


def _file(path: Path, owner: int, staff: int | None, spoken: str) -> int:
    from arrears.actions import transcripts
    from arrears.channels.transcripts import read_transcripts
    from arrears.config import clock, sorting_model
    from arrears.store.doors import contact_records as records
    from arrears.store.scope import scope

    with scope(owner, staff):
        zone = records.house_of(owner).timezone
    taken = transcripts.take_in(
        read_transcripts(path.read_bytes(), path.name),
        path.name,
        owner,
        staff=staff,
        today=clock.today_in(zone),
        now=clock.now(),
        model=sorting_model.model(),
    )
    counts = {"new": taken.new, "known": taken.known, "flagged": taken.flagged}
    click.echo(_TOLD.said_in(spoken).format(name=path.name, **counts))
    return _refused(taken.problems, spoken)


def _refused(problems: list[Problem], language: str) -> int:
    for one in problems:
        click.echo(one.said_in(language), err=True)
    return int(bool(problems))
