# ruff: noqa: N999 - the command is called import, and a command is called as its file
"""``arrears import``: a lender's files into the book, shown before they go in, each row once, bad rows set aside."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from arrears.actions.imports.desk import Desk
    from arrears.actions.imports.run import FileResult, Planned
    from arrears.packs.mappings import Shipped
    from arrears.store.doors.intake import Owner

KINDS = ("parties", "debts", "relations", "contact_points", "schedules", "payments", "entries", "contacts", "promises")


class Options(TypedDict):
    """What was said on the command line."""

    organisation: str
    new_organisation: bool
    country: str
    timezone: str
    language: str
    mapping: str
    kind: str | None
    currency: str
    encoding: str
    delimiter: str
    decimal: str | None
    day_first: bool | None
    dry_run: bool
    user: str


@click.command(context_settings={"max_content_width": 110})
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--organisation", default="", help="Whose book: name or number; the only creditor if left out.")
@click.option("--new-organisation", is_flag=True, help="Make the creditor --organisation and open its book.")
@click.option("--country", default="US", show_default=True, help="With --new-organisation: its country (ISO 3166).")
@click.option(
    "--timezone", default="America/New_York", show_default=True, help="With --new-organisation: its time zone."
)
@click.option("--language", default="", help="en, es or zh, for what is said about the files (and a new organisation).")
@click.option("-m", "--mapping", default="", help="A mapping file, or a shipped one's name; else learnt, else guessed.")
@click.option("--kind", type=click.Choice(KINDS), help="What the files hold, where their columns do not tell.")
@click.option("--currency", default="", help="Currency of amounts that name none (ISO 4217).")
@click.option("--encoding", default="", help="Encoding of the files, where it cannot be told.")
@click.option("--delimiter", default="", help="What separates columns, where it cannot be told.")
@click.option("--decimal", type=click.Choice([".", ","]), help="Decimal mark, where it cannot be told.")
@click.option("--day-first/--month-first", default=None, help="Whether 03/04/2026 is in April or in March.")
@click.option("--dry-run", is_flag=True, help="Show what would go in; nothing does.")
@click.option("--user", default="", help="User name of whoever brings the files in.")
def command(paths: tuple[Path, ...], **options: object) -> None:
    """Bring debts, people, schedules, payments, past contacts and promises in from CSV files (also .gz).

    The first time, columns are guessed from their headers and the guess is kept beside the file as a mapping, to be
    read and edited. Bad rows are set aside in a file that says what is wrong and what to do; the good ones go in. The
    same file, or the same row, twice goes in once. A shipped mapping takes the folder that holds its set.
    """
    from rich.console import Console

    from arrears.config.start import book_open

    console = Console()
    with book_open():
        from arrears.store.scope import rehearsal

        is_made_up = options["dry_run"] and options["new_organisation"]  # the organisation must not stay either
        with rehearsal() if is_made_up else contextlib.nullcontext():
            code = _import(console, paths, options)  # type: ignore[arg-type]  # click fills what Options names
    sys.exit(code)


def _import(console: "Console", paths: Sequence[Path], said: Options) -> int:
    from arrears.actions.imports import run
    from arrears.config import clock
    from arrears.packs.mappings import shipped

    language = said["language"] or os.environ.get("LANG", "en")
    known_set = shipped(said["mapping"]) if said["mapping"] else None
    owner = _owner(said, known_set, language)
    if isinstance(owner, Problem):
        return _refuse(console, [owner], language)
    at = _desk(owner, said, known_set)
    planned, problems = _plan(at, known_set, paths)
    staff = _staff(said["user"], owner)
    if problems or isinstance(staff, Problem):
        return _refuse(console, [*problems, *([staff] if isinstance(staff, Problem) else [])], language)
    _show_reading(console, planned, owner, language)
    with _progress(console) as told:
        results = run.bring(
            planned,
            owner,
            now=clock.now(),
            staff=staff,
            is_rehearsal=said["dry_run"],
            terms=known_set.product.get("terms") if known_set else None,
            progress=told,
        )
    _show_outcome(console, results, language, is_rehearsal=said["dry_run"])
    _set_aside(console, results, paths, language, is_rehearsal=said["dry_run"])
    return 0


def _owner(said: Options, known_set: "Shipped | None", language: str) -> "Owner | Problem":
    from arrears.actions.imports import desk
    from arrears.config import clock

    if not said["new_organisation"]:
        return desk.owner_called(said["organisation"])
    spoken = language[:2] if language[:2] in {"en", "es", "zh"} else "en"
    place = desk.Place(said["country"], said["timezone"], spoken)
    if known_set:
        own = known_set.organisation
        place = desk.Place(own["country"], own["timezone"], own["language"])
    name = said["organisation"] or (known_set.organisation["name"] if known_set else "")
    return desk.new_owner(name, place, now=clock.now())


def _staff(username: str, owner: "Owner") -> int | Problem | None:
    from arrears.actions.imports import desk

    return desk.staff_called(username, owner)


def _desk(owner: "Owner", said: Options, known_set: "Shipped | None") -> "Desk":
    from arrears.actions.imports import desk
    from arrears.actions.imports.run import Defaults
    from arrears.config.environment import current

    defaults = Defaults(
        currency=said["currency"].upper(),
        encoding=said["encoding"],
        delimiter=said["delimiter"],
        decimal=said["decimal"] or "",
        day_first=said["day_first"],
        kind=said["kind"] or "",
    )
    mapping = Path(said["mapping"]) if said["mapping"] and not known_set else None
    home = None if said["dry_run"] and said["new_organisation"] else current().home
    return desk.desk(owner, defaults, mapping_at=mapping, home=home)


def _plan(at: "Desk", known_set: "Shipped | None", paths: Sequence[Path]) -> tuple[list["Planned"], list[Problem]]:
    from arrears.actions.imports import desk

    if known_set:
        folder = paths[0] if paths[0].is_dir() else paths[0].parent
        return desk.plan_shipped(at, known_set, folder)
    return desk.plan_files(at, paths)


def _refuse(console: "Console", problems: Sequence[Problem], language: str) -> int:
    for problem in problems:
        console.print(f"[red]✗[/] {problem.said_in(language)}", highlight=False)
    console.print(_NOTHING.said_in(language))
    return 1


_NOTHING = Text("Nothing was imported.", "No se importó nada.", "没有导入任何内容。")
_FIELD = Text("Field", "Campo", "字段")
_COLUMN = Text("Column", "Columna", "列")
_WRITTEN = Text("Read as", "Se lee como", "读法")
_NOT_READ = Text("not read: {names}", "no se leen: {names}", "不读取：{names}")
_GUESSED = Text("guessed from the headers", "deducido de la cabecera", "由表头推断")
_MAPPED = Text("by its mapping", "según su correspondencia", "按映射")
_NO_ROWS = Text(
    "{file}: no rows below the header.", "{file}: no hay filas bajo la cabecera.", "{file}：表头之下没有数据行。"
)
_ALSO = Text("could also be: {names}", "también podría ser: {names}", "也可能是：{names}")
_CONSTANT = Text("the same for all rows", "igual en todas las filas", "所有行相同")


def _show_reading(console: "Console", planned: Sequence["Planned"], owner: "Owner", language: str) -> None:
    """Show how each file is read: columns, formats, what is the same for all rows, what is not read."""
    for each in planned:
        shape, kind = each.settled.shape, each.settled.kind
        how = (_GUESSED if each.guessed else _MAPPED).said_in(language)
        console.print(
            f"[bold]{shape.path.name}[/] → {owner.name}: {kind.words.said_in(language)} ({how}; {shape.encoding}, "
            f"{shape.delimiter!r}, {each.settled.rows:,})",
            highlight=False,
        )
        console.print(_reading_table(each, language))
        if not each.settled.rows:
            console.print(_NO_ROWS.filled(file=shape.path.name).said_in(language), style="yellow", highlight=False)
        if each.guessed and each.guessed.unread:
            names = ", ".join(each.guessed.unread)
            console.print(_NOT_READ.filled(names=names).said_in(language), style="dim", highlight=False)


def _reading_table(each: "Planned", language: str) -> "Table":
    from rich.table import Table

    table = Table(_FIELD.said_in(language), _COLUMN.said_in(language), _WRITTEN.said_in(language), box=None)
    settled = each.settled
    rivals = each.guessed.rivals if each.guessed else {}
    for field in settled.kind.fields:
        reading, constant = settled.mapping.readings.get(field.name), settled.mapping.constants.get(field.name)
        if reading:
            also = _ALSO.filled(names=", ".join(rivals[field.name])).said_in(language) if field.name in rivals else ""
            table.add_row(
                field.words.said_in(language),
                reading.column,
                " ".join(filter(None, (_written(each, field.name), also))),
            )
        elif constant:
            table.add_row(field.words.said_in(language), "", f"{constant} ({_CONSTANT.said_in(language)})")
    return table


def _written(each: "Planned", name: str) -> str:
    """Return how a column is written, where that had to be found out."""
    from arrears.engine.intake.fields import Sort

    field, written = each.settled.kind.field(name), each.settled.written[name]
    match field.sort if field else None:
        case Sort.DATE | Sort.INSTANT:
            return written.format
        case Sort.AMOUNT:
            return f"1{',' if written.decimal == '.' else '.'}234{written.decimal}50"
        case Sort.RATE:
            return "%" if written.unit == "percent" else "0–1"
        case _:
            return ""


@contextlib.contextmanager
def _progress(console: "Console") -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar a file while rows go in; where there is no terminal, a line for each tenth of them."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from arrears.jobs.steps import counting, in_lines

    if not console.is_terminal:
        yield counting(in_lines(sys.stderr))
        return
    bars: dict[str, object] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:

        def told(name: str, done: int, total: int) -> None:
            if name not in bars:
                bars[name] = progress.add_task(name, total=total)
            progress.update(bars[name], completed=done)  # type: ignore[arg-type]  # rich's own task ids

        yield told


_HEADS = (
    Text("File", "Archivo", "文件"),
    Text("Rows", "Filas", "行数"),
    Text("New", "Nuevas", "新增"),
    Text("Known", "Conocidas", "已有"),
    Text("Set aside", "Apartadas", "搁置"),
)
_WENT_IN = Text("Imported.", "Importado.", "已导入。")
_WOULD = Text("A rehearsal: nothing was kept.", "Ensayo: no se guardó nada.", "预演：未保存任何内容。")
_FIRST = Text("First rows, as understood:", "Primeras filas, tal como se entienden:", "前几行的理解：")


def _show_outcome(console: "Console", results: Sequence["FileResult"], language: str, *, is_rehearsal: bool) -> None:
    from rich.table import Table

    table = Table(*(head.said_in(language) for head in _HEADS))
    for each in results:
        counts = (each.read, each.new, each.known, each.refused)
        table.add_row(each.name, *(f"{count:,}" for count in counts))
        if is_rehearsal and each.first.height:
            console.print(f"[bold]{each.name}[/] {_FIRST.said_in(language)}", highlight=False)
            console.print(_first_rows(each, language))
    console.print(table)
    if waiting := sum(each.waiting for each in results):
        console.print(_WAITING.filled(count=f"{waiting:,}").said_in(language), highlight=False)
    console.print((_WOULD if is_rehearsal else _WENT_IN).said_in(language))


_WAITING = Text(
    "Payments that found no debt and wait on the page Payments: {count}",
    "Pagos sin deuda que esperan en la página Pagos: {count}",
    "未找到债务、在“还款”页面等待处理的还款：{count}",
)
_SHOWN_ROWS = 3


def _first_rows(result: "FileResult", language: str) -> "Table":
    """Return the first rows as understood, a column each: money in major units, as the book will show it."""
    from rich.table import Table

    from arrears.engine.intake.fields import Sort
    from arrears.kernel.money import currency, plain

    first = result.first.head(_SHOWN_ROWS)
    codes = first["currency"].to_list() if "currency" in first.columns else []
    table = Table(_FIELD.said_in(language), *(str(row) for row in first["_row"]), box=None)
    for field in result.kind.fields:
        values = first[field.name].to_list()
        if field.sort is Sort.AMOUNT:
            values = [
                None if value is None else plain(value, currency(code))
                for value, code in zip(values, codes, strict=True)
            ]
        if any(value is not None for value in values):
            table.add_row(field.words.said_in(language), *("" if value is None else str(value) for value in values))
    return table


_ASIDE = Text(
    "{file}: set aside {count}, in part {part}. What is wrong and what to do: {where}",
    "{file}: apartadas {count}, en parte {part}. Qué falla y qué hacer: {where}",
    "{file}：搁置 {count} 行，部分搁置 {part} 行。原因和处理办法：{where}",
)


def _set_aside(
    console: "Console", results: Sequence["FileResult"], paths: Sequence[Path], language: str, *, is_rehearsal: bool
) -> None:
    """Write the rows that did not go in beside their file, or say the first of them where nothing was to be kept."""
    from arrears.engine.intake.quarantine import quarantined

    places = {path.name: path.parent for path in paths}
    for each in results:
        if not each.faults.height:
            continue
        table = quarantined(each.faults, each.bad, language)
        if is_rehearsal:
            for line in table.head(10).select(table.columns[:5]).iter_rows():
                cells = "  ".join(str(cell) for cell in line if cell is not None)
                console.print(f"{each.name}: {cells}", style="yellow", highlight=False, markup=False)
            continue
        where = (
            places.get(each.name, Path.cwd()) / f"{each.name.removesuffix('.gz').removesuffix('.csv')}.set-aside.csv"
        )
        table.write_csv(where, include_bom=True)
        said = _ASIDE.filled(count=f"{each.refused:,}", part=f"{each.trimmed:,}", file=each.name, where=where.name)
        console.print(said.said_in(language), style="yellow", highlight=False)
