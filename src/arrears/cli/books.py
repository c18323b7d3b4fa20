"""``arrears books``: the trial balance, the general ledger for other programs, closing a period, the proof."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arrears.config import clock
from arrears.config.start import book_open

if TYPE_CHECKING:
    from arrears.store.doors.organisations_at_night import NightOrganisation

_MONTH = click.DateTime(["%Y-%m"])
_SINCE = click.option("--since", type=_MONTH, help="The first month, as 2026-01; from the beginning by default.")
_UNTIL = click.option("--until", type=_MONTH, help="The last month; to the end by default.")
_TO = click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else shown here.")


@click.group()
def command() -> None:
    """Look at the books of an organisation, export them, close a period."""


@contextmanager
def _of(said: str) -> "Iterator[NightOrganisation]":
    """Open the book and the scope of the organisation that was named."""
    with book_open():
        from arrears.store.doors.organisations_at_night import named
        from arrears.store.scope import scope

        found = named(said)
        if found is None:
            raise click.ClickException(f"There is no organisation called {said!r}.")
        with scope(found.id, None, using="night"):
            yield found


def _day(month: datetime | None) -> date | None:
    return month.date() if month else None


def _out(parts: Iterable[str], to: Path | None) -> None:
    if to is None:
        for part in parts:
            click.echo(part, nl=False)
        return
    with to.open("w", encoding="utf-8") as file:
        file.writelines(parts)
    click.echo(f"Written to {to}.")


@command.command()
@click.argument("organisation")
@_SINCE
@_UNTIL
@_TO
def trial(organisation: str, since: datetime | None, until: datetime | None, to: Path | None) -> None:
    """Show the trial balance of ORGANISATION as CSV, each currency by itself."""
    with _of(organisation) as found:
        from arrears.reports.trial_balance import as_csv, trial_balances

        balances = trial_balances(found.id, since=_day(since), until=_day(until), using="night")
        _out([as_csv(balances, found.language)], to)


@command.command()
@click.argument("organisation")
@click.option("--as", "form", type=click.Choice(["csv", "beancount"]), default="csv", show_default=True)
@_SINCE
@_UNTIL
@_TO
def export(organisation: str, form: str, since: datetime | None, until: datetime | None, to: Path | None) -> None:
    """Write the general ledger of ORGANISATION, every line of every journal, as CSV or as beancount text."""
    with _of(organisation) as found:
        from arrears.reports import beancount
        from arrears.reports.trial_balance import general_ledger_csv

        first, last = _day(since), _day(until)
        if form == "beancount":
            _out(beancount.text(found.id, found.name, since=first, until=last, using="night"), to)
        else:
            _out(general_ledger_csv(found.id, since=first, until=last, language=found.language, using="night"), to)


@command.command()
@click.argument("organisation")
@click.argument("month", type=_MONTH)
def close(organisation: str, month: datetime) -> None:
    """Close the books of ORGANISATION for MONTH, as 2026-01; what comes later adjusts the next open month."""
    with _of(organisation) as found:
        from arrears.actions import books, books_accrual
        from arrears.kernel.problems import Problem
        from arrears.store import bookday
        from arrears.store.doors.book_balances import periods

        period = next((each for each in periods(found.id, using="night") if each.from_on == month.date()), None)
        if period is None:
            raise click.ClickException(f"{found.name} has no period that begins in {month:%Y-%m}.")
        now = clock.now()
        day = bookday.opened(found.id, using="night")
        if day is not None:
            books_accrual.accrue(found.id, day.business_date, since=day.day, now=now, using="night")
        closed = books.close_period(period.id, now=now, using="night")
        if isinstance(closed, Problem):
            raise click.ClickException(closed.said_in(found.language))
        click.echo(f"{found.name}: closed to {closed.until_on}; postings go into the period from {closed.next_from}.")


@command.command()
@click.argument("organisation")
@click.option("--one-in", default=1, show_default=True, type=click.IntRange(1), help="Derive one debt in so many.")
def prove(organisation: str, one_in: int) -> None:
    """Prove that the general ledger of ORGANISATION says the same as its debts; exits with 1 if it does not."""
    with _of(organisation) as found:
        from arrears.actions.books_proof import prove as proved

        result = proved(found.id, one_in=one_in, using="night")
    if result.is_sound:
        click.echo(f"{found.name}: the general ledger is what {result.accounts:,} debts say, and it balances.")
        return
    for what in (result.out_of_balance, result.unequal):
        for name, amount in what.items():
            click.echo(f"{name}: out by {amount} minor units")
    for account in result.differing[:20]:
        click.echo(f"account {account}: posted otherwise than its entries say")
    raise SystemExit(1)
