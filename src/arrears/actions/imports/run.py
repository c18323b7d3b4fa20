"""One import from files to book: a plan that can be shown, then everything in one transaction."""

import importlib
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol, cast

import numpy as np
import polars as pl

from arrears.actions import books, positions, promises, readiness
from arrears.actions.imports.intake import Brought, Intake
from arrears.actions.plans import judging
from arrears.domain.contacts import Source
from arrears.engine.intake import files, guess, mapping, refusals, understanding
from arrears.engine.intake.ahead import one_ahead
from arrears.engine.intake.faults import whole_file
from arrears.engine.intake.fields import Kind
from arrears.engine.intake.files import ROW, Shape
from arrears.engine.intake.mapping import Mapping
from arrears.engine.intake.understanding import Settled
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.mappings import kinds
from arrears.store import bookday, copying, partitions, search
from arrears.store.doors import intake as door
from arrears.store.doors.intake import Owner
from arrears.store.scope import scope

Progress = Callable[[str, int, int], None]
"""Told as work goes on: the file, rows done, rows in all."""


ROWS: Final = 50_000
"""How many rows of a file go in at a time, while the next are being read."""

PEOPLE: Final = 5_000
"""How many people are made findable at a time."""

MOST_BY_DAY: Final = 5_000
"""Up to so many accounts that were paid are decided again at once; beyond, the night does it in a few seconds."""


GREAT: Final = 1_000
"""From so many new rows on, an import ends with fresh statistics for the planner."""


class Bringer(Protocol):
    """What the module of a kind offers."""

    def bring(self, intake: Intake, rows: pl.DataFrame) -> Brought:
        """Put one part of a file into the book."""
        ...


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is the same for all files of an import unless a file or its mapping says otherwise."""

    currency: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    day_first: bool | None = None
    kind: str = ""


def with_currency(defaults: Defaults, currency: str) -> Defaults:
    """Return defaults with a currency."""
    return replace(defaults, currency=currency)


@dataclass(frozen=True, slots=True)
class Planned:
    """One file, understood: how it is written and read; ``guessed`` says that its mapping is new."""

    settled: Settled
    guessed: guess.Guess | None

    @property
    def name(self) -> str:
        return self.settled.shape.path.name


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file; ``faults`` has a row for each bad field, ``bad`` the rows as they stood in the file.

    ``refused`` rows did not go in; ``trimmed`` ones did, without a field that was wrong; ``waiting`` are lines of a
    payment feed that found no debt.
    """

    name: str
    kind: Kind
    read: int
    new: int
    known: int
    refused: int
    trimmed: int
    waiting: int
    faults: pl.DataFrame = field(repr=False)
    bad: pl.DataFrame = field(repr=False)
    first: pl.DataFrame = field(repr=False)


def plan(
    shape: Shape, owner: Owner, said: Mapping | None, defaults: Defaults, *, business_date: str
) -> Planned | list[Problem]:
    """Find out what a file is and how it is written; a mapping that is not said is guessed. Touches no book."""
    new = None
    if said is None:
        kind = _kind_of(shape, defaults)
        if isinstance(kind, Problem):
            return [kind]
        new = guess.guess(kind, shape.header)
        said = new.mapping
    kind = kinds()[said.kind]
    name = shape.path.name
    if refused := refusals.refused_file(name, shape.header, kind.name) or refusals.refused_source(said.source, name):
        return [refused]
    given = {"currency": defaults.currency, "country": owner.country}
    if "balance_amount" in said.readings:
        given["balance_on"] = business_date
    said = said.with_constants(**{name: value for name, value in given.items() if kind.field(name)})
    said = replace(
        said,
        timezone=said.timezone or owner.timezone,
        decimal=said.decimal or defaults.decimal,
        day_first=said.day_first if said.day_first is not None else defaults.day_first,
    )
    settled = understanding.settle(shape, kind, said)
    return settled if isinstance(settled, list) else Planned(settled, new)


def guessed(shape: Shape, defaults: Defaults) -> guess.Guess | None:
    """Return how a file would be read, where its kind is clear."""
    kind = _kind_of(shape, defaults)
    return None if isinstance(kind, Problem) else guess.guess(kind, shape.header)


def _kind_of(shape: Shape, defaults: Defaults) -> Kind | Problem:
    known = kinds()
    if defaults.kind:
        return known[defaults.kind]
    found = guess.guess_kind(known, shape.header, shape.path.name)
    if not found and (named := guess.named_kind(known, shape.header, shape.path.name)):
        return named
    if found and guess.is_clear(known, shape.header, shape.path.name):
        return found[0]
    choice = ", ".join(kind.name for kind in (found or known.values()))
    return whole_file(
        "kind_unclear",
        Text(
            "The columns do not show what kind of records this file holds.",
            "Las columnas no muestran qué clase de registros contiene este archivo.",
            "从列名看不出该文件是哪类记录。",
        ),
        Text(
            "Say it: --kind {choice}. The mapping may name the columns.",
            "Indíquelo: --kind {choice}. La correspondencia puede nombrar las columnas.",
            "请指明：--kind {choice}；也可在映射中指定各列。",
        ).filled(choice=choice),
        file=shape.path.name,
    )


def in_turn(planned: Sequence[Planned]) -> list[Planned]:
    """Return files in the order in which they must go in: people before debts, debts before payments."""
    return sorted(planned, key=lambda each: each.settled.kind.order)


def bring(
    planned: Sequence[Planned],
    owner: Owner,
    *,
    now: datetime,
    staff: int | None = None,
    is_rehearsal: bool = False,
    terms: Table[str, object] | None = None,
    progress: Progress = lambda *_: None,
) -> list[FileResult]:
    """Put files into the owner's book, all or nothing, and return what came of each.

    A rehearsal does everything and takes it back. Killed in the middle, nothing of it stays but the note that the files
    began; run again, it gives the same book.
    """
    partitions.make_ahead(local_day(now, owner.timezone), ahead=0)  # who paid is decided again, for today
    batches = {} if is_rehearsal else _begin(planned, owner, staff, now)
    with scope(owner.id, staff, using="night"):
        if is_rehearsal:
            batches = _begin(planned, owner, staff, now)  # in the transaction that is taken back
        intake = Intake(owner, bookday.stamp(owner.id, using="night"), now, staff, product_terms=dict(terms or {}))
        results = [_bring_file(intake, each, batches[each.name], progress) for each in in_turn(planned)]
        _bring_up_to_date(intake)
        for result in results:
            door.end_batch(
                batches[result.name],
                "done",
                now=now,
                read=result.read,
                new=result.new,
                known=result.known,
                refused=result.refused,
            )
        if is_rehearsal:
            door.take_back(using="night")
        elif sum(result.new for result in results) >= GREAT:
            door.refresh_statistics(using="night")
    return results


def _begin(planned: Sequence[Planned], owner: Owner, staff: int | None, now: datetime) -> dict[str, int]:
    """Note that files begin; outside a scope in a transaction of its own, so that what is killed leaves a trace."""
    with scope(owner.id, staff, using="night"):
        return {
            each.name: door.start_batch(
                each.settled.kind.name,
                each.name,
                each.settled.shape.digest,
                mapping.as_document(each.settled.mapping),
                staff,
                now=now,
            )
            for each in planned
        }


def _bring_file(intake: Intake, planned: Planned, batch: int, progress: Progress) -> FileResult:
    settled = planned.settled
    bringer = cast("Bringer", importlib.import_module(f"arrears.actions.imports.{settled.kind.name}"))
    intake.batch, intake.is_country_said = batch, "country" in settled.mapping.readings
    intake.source = settled.mapping.source or Source.CREDITOR_FILE
    read = new = known = waiting = 0
    faults, bad, first = [files.no_faults()], [], pl.DataFrame()
    for part in one_ahead(understanding.parts(settled, rows=ROWS)):
        brought = bringer.bring(intake, part.good)
        found = pl.concat([part.faults, _as_written(brought.faults, part.raw, settled.mapping)])
        read, new, known = read + part.read, new + brought.new, known + brought.known
        waiting += brought.waiting
        if found.height:
            faults.append(found)
            bad.append(part.raw.join(found.select(ROW).unique(), on=ROW, how="semi", maintain_order="left"))
        first = part.good.head(5) if first.is_empty() else first
        progress(planned.name, read, settled.rows)
    together = pl.concat(faults)
    refused = together.filter(~pl.col("field").is_in(settled.kind.spared))[ROW].n_unique()
    trimmed = together[ROW].n_unique() - refused
    rows = pl.concat(bad) if bad else pl.DataFrame()
    return FileResult(planned.name, settled.kind, read, new, known, refused, trimmed, waiting, together, rows, first)


def _as_written(faults: pl.DataFrame, raw: pl.DataFrame, said: Mapping) -> pl.DataFrame:
    """Return faults with each value as it stands in the file, where its field is a column of it."""
    columns = {name: reading.column for name, reading in said.readings.items() if reading.column in raw.columns}
    for name in faults["field"].unique().to_list():
        if name in columns:
            own = raw.select(ROW, pl.col(columns[name]).alias("written"))
            faults = (
                faults.join(own, on=ROW, how="left", maintain_order="left")
                .with_columns(pl.when(pl.col("field") == name).then("written").otherwise("value").alias("value"))
                .drop("written")
            )
    return faults


def _bring_up_to_date(intake: Intake) -> None:
    """Make people findable and positions anew; who paid is judged and decided again where the night has been."""
    met = pl.concat(intake.met).unique().sort().to_list() if intake.met else []
    for start in range(0, len(met), PEOPLE):
        search.index(met[start : start + PEOPLE], using=intake.using)
    if not intake.touched:
        return
    accounts = np.sort(pl.concat(intake.touched).unique().to_numpy())
    is_new = ~np.isin(accounts, door.accounts_with_position(accounts.tolist(), using=intake.using))
    judging.hold_together(accounts[~is_new].tolist(), using=intake.using)
    _make_first_positions(intake, accounts[is_new])
    positions.refresh(accounts[~is_new], now=intake.now, using=intake.using)
    readiness.refresh(accounts.tolist(), now=intake.now, using=intake.using)
    if intake.promised:
        promises.judge(intake.promised, now=intake.now, using=intake.using)
    if intake.paid:
        paid = pl.concat(intake.paid).unique()
        _tell_of_payments(intake, paid.filter(paid.is_in(accounts[~is_new])).to_list())


def _make_first_positions(intake: Intake, accounts: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
    """Write the first positions of accounts by COPY, and mark the accounts for the night."""
    for start in range(0, len(accounts), positions.RANGE):
        part = accounts[start : start + positions.RANGE]
        made = positions.made_with_sources(part, now=intake.now, using=intake.using)
        copying.write("account_position", made.rows, using=intake.using)
        books.post(made, positions.remade, now=intake.now, using=intake.using)
    touched = pl.DataFrame({"account_id": accounts}).select(
        pl.lit(intake.owner.id).alias("organisation_id"), pl.lit(intake.day.day).alias("book_day"), "account_id"
    )
    door.add_new("touched", touched, ("organisation_id", "book_day", "account_id"), using=intake.using)


def _tell_of_payments(intake: Intake, accounts: list[int]) -> None:
    """Judge promises and decide again about those who paid; a whole history is left to the night."""
    from arrears.actions import payments

    if 0 < len(accounts) <= MOST_BY_DAY:
        payments.follow_payments(accounts, now=intake.now, using=intake.using)
