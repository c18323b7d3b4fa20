"""``arrears bank``: statement files into the book from the terminal, each whole or not at all."""

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

if TYPE_CHECKING:
    from rich.console import Console

    from arrears.actions.bank import Taken
    from arrears.jobs.steps import Say

_WORDS = {
    "known": Text(
        "came in before; nothing was posted again",
        "ya se importó; no se volvió a contabilizar nada",
        "此前已导入，未重复入账",
    ),
    "outcome": Text(
        "{new} new lines: {posted} posted ({split} split), {returned} took a payment back, {waiting} wait, "
        "{outgoing} went out; {known} came before, {not_booked} only announced",
        "{new} líneas nuevas: {posted} contabilizadas ({split} repartidas), {returned} devolvieron un pago, "
        "{waiting} esperan, {outgoing} salidas; {known} ya venían, {not_booked} solo anunciadas",
        "新行 {new}：入账 {posted}（拆分 {split}），退回付款 {returned}，待处理 {waiting}，支出 {outgoing}；"
        "此前已有 {known}，仅预告 {not_booked}",
    ),
}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--organisation", default="", help="Whose book: name or number; the only creditor if left out.")
@click.option("--language", default="", help="en, es or zh, for what is said about the files.")
@click.option("--dry-run", is_flag=True, help="Do all of it and keep nothing.")
@click.option("--user", default="", help="User name of whoever brings the files in.")
@click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="How CSV files are written."
)
@click.option(
    "--unchecked", is_flag=True, help="Let in files whose sums contradict their lines; --user answers for it."
)
def command(
    paths: tuple[Path, ...],
    *,
    organisation: str,
    language: str,
    dry_run: bool,
    user: str,
    mapping: Path | None,
    unchecked: bool,
) -> None:
    """Bring bank statements in: camt.052/053/054, MT940/942, BAI2, OFX, CSV, and returns (pain.002, ACH).

    A file comes in whole or not at all, and the same file, or line, twice posts once. What is surely one debt's is
    posted; the rest waits on the page "Bank lines".
    """
    from rich.console import Console

    from arrears.config.start import book_open

    with book_open():
        how = _How(mapping, is_rehearsal=dry_run, sums_checked=not unchecked)
        code = _bring(Console(), paths, organisation, language, user, how)
    sys.exit(code)


@dataclass(frozen=True, slots=True)
class _How:
    """How files come in: with which mapping, kept or rehearsed, checked or on somebody's word."""

    mapping: Path | None
    is_rehearsal: bool
    sums_checked: bool


def _bring(console: "Console", paths: tuple[Path, ...], said: str, language: str, user: str, how: _How) -> int:
    from arrears.actions import bank
    from arrears.actions.imports import desk
    from arrears.channels.bank import read_table_mapping
    from arrears.config import clock
    from arrears.jobs.steps import saying

    owner = desk.owner_called(said)
    if isinstance(owner, Problem):
        return _refused(console, owner, language or "en")
    spoken = language or owner.language
    staff = desk.staff_called(user, owner)
    if isinstance(staff, Problem):
        return _refused(console, staff, spoken)
    if not (how.sums_checked or staff):
        return _refused(console, _nobody_answers(), spoken)
    text = how.mapping.read_text(encoding="utf-8") if how.mapping else "columns: {}"
    mapping = read_table_mapping(text, how.mapping.name if how.mapping else "")
    if isinstance(mapping, Problem):
        return _refused(console, mapping, spoken)
    worst = 0
    for path in paths:
        with saying(console, path.name) as say:
            taken = bank.take_in(
                path.read_bytes(),
                path.name,
                owner,
                now=clock.now(),
                staff=staff,
                is_rehearsal=how.is_rehearsal,
                mapping=mapping,
                sums_checked=how.sums_checked,
                progress=partial(_show, say, path.name),
            )
        worst |= _refused(console, taken, spoken) if isinstance(taken, Problem) else _told(console, taken, spoken)
    return worst


def _nobody_answers() -> Problem:
    return Problem(
        "nobody_answers",
        Text(
            "Nobody is named who answers for letting sums go unchecked.",
            "No se indica quién responde de no comprobar las sumas.",
            "未指明由谁对不核对总额负责。",
        ),
        Text("Name them: --user NAME.", "Indíquelo: --user NOMBRE.", "请指明：--user 用户名。"),
    )


def _show(say: "Say", name: str, step: str, done: int, of: int) -> None:
    say(f"{name}: {step} {done + 1:,} / {of:,}")


def _told(console: "Console", taken: "Taken", language: str) -> int:
    words = _WORDS["known" if taken.is_known else "outcome"].said_in(language)
    counts = ("new", "posted", "split", "returned", "waiting", "outgoing", "known", "not_booked")
    console.print(f"{taken.name}: {words.format(**{name: getattr(taken, name) for name in counts})}", highlight=False)
    return 0


def _refused(console: "Console", problem: Problem, language: str) -> int:
    console.print(problem.said_in(language), style="red", highlight=False)
    return 1
