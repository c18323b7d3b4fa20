"""``arrears inbox``: replies from files into the book, sorted as they come; and what came back of our messages."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any  # Any: what reads a file of either kind

import click

from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

_BACK = Text(
    "{back} messages came back; {noted} other reports noted; {machines} machine mails about nothing of ours",
    "{back} mensajes devueltos; {noted} avisos más anotados; {machines} correos automáticos ajenos a los nuestros",
    "退回信息 {back}；其他报告 {noted}；与我方信息无关的自动邮件 {machines}",
)
_TOLD = Text(
    "{name}: {new} new texts, {known} known before; {effects} stops set off; {unknown} whose writer is unknown",
    "{name}: {new} textos nuevos, {known} ya conocidos; {effects} paradas aplicadas; {unknown} de autor desconocido",
    "{name}：新来文 {new}，此前已有 {known}；已执行停止 {effects}；来文人未知 {unknown}",
)


@click.group()
def command() -> None:
    """Take in what people wrote."""


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--organisation", default="", help="Whose book: name or number; the only creditor if left out.")
@click.option("--language", default="", help="en, es or zh, for what is said about the files.")
@click.option("--user", default="", help="User name of whoever brings the files in.")
def take(paths: tuple[Path, ...], organisation: str, language: str, user: str) -> None:
    """Take in replies: CSV (columns channel, at, words; address, person, id, language) or saved e-mails (.eml).

    What a mail server reports of a message of ours, and what a machine answered, is no reply: a message that came back
    is marked so, its notice has to go again, and an address that is gone is not used again.

    Each reply is counted as a contact from the person, sorted, and obeyed at once where it surely stops something; all
    wait on the page "Inbox". The same reply twice is kept once. Ends with status 1 where a row was wrong.
    """
    from arrears.channels.replies import read_replies
    from arrears.config.start import book_open

    with book_open():
        code = _take(paths, organisation, language, user, read_replies)
    sys.exit(code)


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--organisation", default="", help="Who sent the letters: name or number.")
@click.option("--language", default="", help="en, es or zh, for what is said about the files.")
@click.option("--user", default="", help="User name of whoever brings the files in.")
def returned(paths: tuple[Path, ...], organisation: str, language: str, user: str) -> None:
    """Take in letters that the post returned: CSV with columns reference and returned_on; reason and words.

    Reasons: moved, unknown, no_such_address, vacant, unclaimed, refused, deceased, other. The same letter twice is kept
    once. Ends with status 1 where a row was wrong.
    """
    from arrears.channels.post.returned import read_returned
    from arrears.config.start import book_open

    with book_open():
        code = _take(paths, organisation, language, user, read_returned)
    sys.exit(code)


def _take(paths: tuple[Path, ...], said: str, language: str, user: str, read: Callable[..., Any]) -> int:
    from arrears.actions import received
    from arrears.actions.imports import desk
    from arrears.config import clock, sorting_model
    from arrears.store.doors import contact_records as records
    from arrears.store.scope import scope

    found = desk.who_called(said, user)
    if isinstance(found, Problem):
        return _refused([found], language or "en")
    owner, staff = found
    spoken = language or owner.language
    with scope(owner.id, staff):
        zone = records.house_of(owner.id).timezone
    worst = 0
    for path in paths:
        replies = read(path.read_bytes(), path.name, zone)
        taken = received.take_in(
            replies,
            path.name,
            owner.id,
            staff=staff,
            today=clock.today_in(zone),
            now=clock.now(),
            model=sorting_model.model(),
        )
        counts = {name: getattr(taken, name) for name in ("new", "known", "effects", "unknown")}
        click.echo(_TOLD.said_in(spoken).format(name=path.name, **counts))
        counts = {name: getattr(taken, name) for name in ("back", "noted", "machines")}
        if any(counts.values()):
            click.echo(_BACK.said_in(spoken).format(**counts))
        worst |= _refused(taken.problems, spoken)
    return worst


def _refused(problems: list[Problem], language: str) -> int:
    for one in problems:
        click.echo(one.said_in(language), err=True)
    return int(bool(problems))
