"""``arrears demo``: a made-up portfolio, a night's work and the site, in one command."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arrears.cli.serve import refuse_taken_port, serve
from arrears.config import clock
from arrears.config.environment import Environment, current
from arrears.jobs.steps import saying

if TYPE_CHECKING:
    from rich.console import Console

DATABASE = "arrears_demo"
DEBTS = 20_000
SEED = 7
#: How often the demonstration asks its provider what became of links and debits.
LOOKS_EVERY_SECONDS = 10.0


@click.command()
@click.option("--debts", type=click.IntRange(20, 2_000_000), help=f"How many debts.  [default: {DEBTS:,}]")
@click.option("--seed", type=int, help=f"Another number makes another portfolio.  [default: {SEED}]")
@click.option("--fresh", is_flag=True, help="Throw the present demonstration away and build it again.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--no-serve", is_flag=True, help="Build and run the night; do not serve the site.")
def command(*, debts: int | None, seed: int | None, fresh: bool, port: int, host: str, no_serve: bool) -> None:
    """Build a made-up portfolio of two creditors and an agency, run the night, and serve the site.

    The first start builds it; later ones take seconds and run the nights that were missed. Names are invented and the
    telephone numbers can reach nobody. Ctrl-C stops everything.
    """
    from rich.console import Console

    if current().database_url:
        raise click.ClickException("The demonstration uses its own embedded database: unset ARREARS_DATABASE_URL.")
    if not no_serve:
        refuse_taken_port(host, port)
    os.environ["ARREARS_DATABASE_NAME"] = DATABASE
    from arrears.config.start import book_open

    console = Console()
    began = time.monotonic()
    with book_open(is_made=False) as environment:
        _make_ready(environment, console, debts, seed, fresh=fresh)
        console.print(f"Ready after {time.monotonic() - began:.1f} s.")
        if no_serve:
            return
        _print_sign_ins(console, host, port, _folder(environment))
        from arrears.jobs import case_rounds
        from arrears.jobs.sealing import sealing
        from arrears.jobs.sending import sending
        from arrears.jobs.taking_rounds import going_round

        rounds = going_round(clock.now, LOOKS_EVERY_SECONDS)
        with (
            _paying(), _writing(_folder(environment)), sealing(clock.now), rounds,
            case_rounds.going_round(clock.now), sending(clock.now),
        ):  # fmt: skip
            serve(host, port)


def _make_ready(
    environment: Environment, console: "Console", debts: int | None, seed: int | None, *, fresh: bool
) -> None:
    from arrears.config import databases
    from arrears.jobs.demo import build

    there = databases.mark_of(environment, DATABASE)
    wanted = f"debts={debts or DEBTS} seed={SEED if seed is None else seed}"
    if there and not fresh:
        if (debts is not None or seed is not None) and there != wanted:
            raise click.ClickException(f"The demonstration here was built with {there}. To replace it, add --fresh.")
        _migrate(environment)
        with saying(console, "opening the demonstration") as say:
            build.catch_up(clock.now(), say)
        return
    databases.drop(environment, DATABASE)
    with saying(console, "building the demonstration") as say:
        _migrate(environment)
        chosen = SEED if seed is None else seed
        build.build(build.Ordered(debts or DEBTS, chosen, clock.now(), _folder(environment)), say)
    databases.mark(environment, DATABASE, wanted)


@contextmanager
def _paying() -> "Iterator[None]":
    """Serve the provider's sandbox on this machine and take payments through it; one that was named is left alone."""
    from arrears.channels.payments.sandbox import KEY, WEBHOOK_SECRET, Sandbox

    if current().payments_key:
        yield
        return
    with Sandbox(clock.now, is_easy=True).serving() as sandbox:
        os.environ["ARREARS_PAYMENTS_ADDRESS"] = sandbox.address
        os.environ["ARREARS_PAYMENTS_KEY"] = KEY
        os.environ["ARREARS_PAYMENTS_WEBHOOK_SECRET"] = WEBHOOK_SECRET
        yield


@contextmanager
def _writing(folder: Path) -> "Iterator[None]":
    """Lay letters in a folder and give texts to a gateway on this machine that sends nothing; what was named stays."""
    from arrears.channels.texts.sandbox import KEY, Sandbox

    os.environ.setdefault("ARREARS_POST_FOLDER", str(folder / "post"))
    if current().texts_address:
        yield
        return
    with Sandbox().serving() as sandbox:
        os.environ["ARREARS_TEXTS_ADDRESS"] = sandbox.address
        os.environ["ARREARS_TEXTS_KEY"] = KEY
        yield


def _folder(environment: Environment) -> Path:
    """Return where files lie that somebody may try the pages with."""
    return environment.home / "demo"


def _migrate(environment: Environment) -> None:
    from arrears.config.migrating import migrate

    migrate(environment)


def _print_sign_ins(console: "Console", host: str, port: int, folder: Path) -> None:
    from rich.table import Table

    from arrears.jobs.demo import loans, staff
    from arrears.jobs.demo.build import AGENCY, statement_at

    table = Table(title=f"http://{host}:{port}/   password for all: {staff.PASSWORD}", title_style="bold")
    for column in ("sign in as", "who", "role"):
        table.add_column(column)
    for house, people in (
        (loans.NORTHFIELD.name, staff.NORTHFIELD),
        (loans.QINGHE.name, staff.QINGHE),
        (AGENCY, staff.AGENCY),
    ):
        table.add_section()
        table.add_row(f"[bold]{house}[/bold]")
        for one in people:
            table.add_row(one.username, one.full_name, ", ".join(one.roles))
    console.print(table)
    to_try = statement_at(folder, loans.NORTHFIELD)
    console.print(f"A bank statement to bring in as finance: {to_try}", soft_wrap=True)
    reach = f"Other commands reach this book with ARREARS_DATABASE_NAME={DATABASE}. Ctrl-C stops the site."
    console.print(reach, soft_wrap=True)
