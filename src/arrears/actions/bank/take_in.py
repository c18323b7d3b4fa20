"""A bank file comes in: every statement and line of it, or nothing. What is sure is posted, the rest waits for a hand.

The same file twice posts once, and so does the same line in two files. Lines are posted by the part, as an import
does; positions are made anew by ranges and promises judged in the same transaction.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import polars as pl

from arrears.actions import history, payments, positions, suspense
from arrears.actions.bank import returns
from arrears.actions.bank.reading import Rows, asked, rows_of
from arrears.actions.imports.entering import Posting, enter
from arrears.actions.imports.intake import Intake
from arrears.actions.plans import judging
from arrears.channels import bank as channel
from arrears.channels.bank import TableMapping
from arrears.domain.entries import EntryKind
from arrears.domain.statements import Statement
from arrears.engine.matching.index import build
from arrears.engine.matching.learning import Told
from arrears.engine.matching.match import Matched, match
from arrears.engine.matching.weights import THRESHOLD_PPM
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store import bookday, locks, partitions
from arrears.store.doors import intake as intakes
from arrears.store.doors import statements as door
from arrears.store.doors.intake import Owner
from arrears.store.doors.organisations_at_night import organisations
from arrears.store.scope import scope, undo

THRESHOLD: Final = "matching_threshold_ppm"
"""The setting of an organisation from which score on (parts in a million) a line is posted without a hand."""

LOOK_BACK_DAYS: Final = 200
MOST_BY_DAY: Final = 5_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """One statement as it was read, and what came of it."""

    account: str
    number: str
    source_format: str
    currency: str
    opening_minor: int | None
    closing_minor: int | None
    total_minor: int
    lines: int
    new: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file; ``is_known``: the very file had come before, and nothing was done.

    Of its ``new`` lines so many were ``posted`` (of these ``split`` to several debts), wait, took a payment back, went
    out. ``known`` lines had come in another file; ``not_booked`` are only announced and left out.
    """

    name: str
    is_known: bool = False
    statements: tuple[Summary, ...] = ()
    new: int = 0
    known: int = 0
    posted: int = 0
    split: int = 0
    waiting: int = 0
    returned: int = 0
    outgoing: int = 0
    not_booked: int = 0
    batch: int = field(default=0, compare=False)


@dataclass(slots=True)
class _Work:
    intake: Intake
    threshold_ppm: int
    told: Told
    now: datetime
    progress: Progress
    taken: Taken


def take_in(
    data: bytes,
    name: str,
    owner: Owner,
    *,
    now: datetime,
    staff: int | None = None,
    is_rehearsal: bool = False,
    mapping: TableMapping | None = None,
    sums_checked: bool = True,
    progress: Progress = lambda *_: None,
) -> Taken | Problem:
    """Take a bank file into the owner's book in one transaction; a broken file is one problem and changes nothing.

    ``progress`` hears the step (read, match, post), how far it is, and of how much. Runs on the night's connection,
    outside any scope. A rehearsal does all of it and keeps nothing. ``mapping`` says how a CSV file is written. With
    ``sums_checked=False`` a file whose sums contradict its lines comes in; its batch keeps that and who answers for it.
    """
    progress("read", 0, 1)
    statements = channel.read(data, name, mapping=mapping, sums_checked=sums_checked)
    if isinstance(statements, Problem):
        return statements
    file_hash = hashlib.sha256(data).digest()
    kept = {} if sums_checked else {"sums_checked": False}
    partitions.make_ahead(local_day(now, owner.timezone), ahead=0)  # who paid is decided again, for today
    with scope(owner.id, staff, using="night"):
        locks.lock_statements(owner.id, using="night")
        if door.is_known_file(file_hash):
            return Taken(name, is_known=True)
        batch = intakes.start_batch("statement", name, file_hash, kept, staff, now=now)
        intake = Intake(owner, bookday.stamp(owner.id, using="night"), now, staff, batch=batch)
        work = _Work(intake, threshold_of(owner.id), Told(*door.told_before()), now, progress, Taken(name, batch=batch))
        _take_statements(work, statements, file_hash)
        _bring_up_to_date(intake)
        suspense.post_suspense(now=now, using="night")
        _close(work)
        if is_rehearsal:
            undo("night")
    return work.taken


def threshold_of(organisation: int, *, using: str = "night") -> int:
    """Return from which score on an organisation posts without a hand."""
    (own,) = organisations([organisation], using=using)
    return int(own.settings.get(THRESHOLD, THRESHOLD_PPM))


def _take_statements(work: _Work, statements: tuple[Statement, ...], file_hash: bytes) -> None:
    """Keep all lines of a file and post what is sure; matched together, each teaches about the others."""
    today = local_day(work.now, work.intake.owner.timezone)
    rows = [rows_of(one, today, f"{file_hash.hex()[:24]}/{place}") for place, one in enumerate(statements)]
    known = door.known_keys([key for each in rows for key in each.lines["line_key"]])
    new: list[pl.DataFrame] = []
    for each in rows:
        fresh = each.lines.filter(~pl.col("line_key").is_in(list(known)))
        known.update(fresh["line_key"])
        new.append(fresh)
    incoming = pl.concat(new).filter(pl.col("amount_minor") > 0) if new else None
    work.progress("match", 0, incoming.height if incoming is not None else 0)
    parts = incoming.group_by("currency", maintain_order=True) if incoming is not None else ()
    matched = {str(currency): _matched(work, part) for (currency,), part in parts}
    kept = [
        _keep_statement(work, one, place, file_hash, new[place], rows[place], matched)
        for place, one in enumerate(statements)
    ]
    if not kept:
        return
    every = pl.concat(kept)
    work.progress("post", 0, every.height)
    for lines, found in matched.values():
        _post(work, lines.join(every.select("line_key", "line_id"), on="line_key", maintain_order="left"), found)
    back = every.filter(pl.col("state") == "return_open")
    posted = pl.concat(work.intake.touched).to_list() if work.intake.touched else []
    judging.hold_together({*posted, *returns.accounts_of(back)}, using="night")
    returned = returns.take_back(back, now=work.now)
    work.taken = replace(work.taken, returned=returned)


def _keep_statement(
    work: _Work,
    statement: Statement,
    place: int,
    file_hash: bytes,
    new: pl.DataFrame,
    rows: Rows,
    matched: dict[str, tuple[pl.DataFrame, Matched]],
) -> pl.DataFrame:
    """Keep one statement and its new lines; what the file told of its references stands with the first."""
    told = [found.told for _, found in matched.values()] if place == 0 else []
    bank = door.bank_account(statement.bank_account or "?", statement.currency, now=work.now)
    statement_id = door.add_statement(
        batch_id=work.intake.batch,
        bank_account_id=bank,
        place=place,
        file_hash=file_hash,
        source_format=statement.source_format,
        kind=str(statement.kind),
        number=statement.number,
        currency=statement.currency,
        total_minor=statement.total_minor,
        lines=rows.lines.height,
        lines_new=new.height,
        opening_minor=statement.opening.amount_minor if statement.opening else None,
        opening_on=statement.opening.on if statement.opening else None,
        closing_minor=statement.closing.amount_minor if statement.closing else None,
        closing_on=statement.closing.on if statement.closing else None,
        taken_at=work.now,
        told_lines=int(sum(each.lines for each in told)),
        told_misled=int(sum(each.misled for each in told) * 1_000),
    )
    _count(work, statement, rows.not_booked, rows.lines.height - new.height, new)
    return _keep_lines(work, new, statement_id, bank, matched)


def _matched(work: _Work, lines: pl.DataFrame) -> tuple[pl.DataFrame, Matched]:
    """Match the lines of one currency; returns of our own payments out, and reversals, are left to a hand."""
    since = local_day(work.now, work.intake.owner.timezone) - timedelta(days=LOOK_BACK_DAYS)
    facts = door.facts_of(lines["currency"][0], since)
    index = build(facts.debts, facts.references, facts.names, facts.payers, facts.paid)
    found = match(index, asked(lines, work.intake.owner.id), threshold_ppm=work.threshold_ppm, told=work.told)
    back = lines.with_row_index("line").filter(pl.col("is_return")).select("line")
    if not back.height:
        return lines, found
    return lines, replace(found, answers=found.answers.join(back, on="line", how="anti"))


def _keep_lines(
    work: _Work, new: pl.DataFrame, statement: int, bank: int, matched: dict[str, tuple[pl.DataFrame, Matched]]
) -> pl.DataFrame:
    done = [lines.with_row_index("line").join(_done(found), on="line", how="semi") for lines, found in matched.values()]
    posted = pl.concat(each.select("line_key") for each in done)["line_key"].to_list() if done else []
    owner = work.intake.owner.id
    sealed = [
        door.sealed_payer(account, key, owner) for account, key in new.select("payer_account", "line_key").iter_rows()
    ]
    frame = new.drop("payer_account", "asked_references").with_columns(
        pl.when(pl.col("line_key").is_in(posted)).then(pl.lit("posted")).otherwise("state").alias("state"),
        pl.Series("payer_sealed", [pair[0] for pair in sealed], dtype=pl.String),
        pl.Series("payer_index", [pair[1] for pair in sealed], dtype=pl.String),
        pl.lit(statement).alias("statement_id"),
        pl.lit(bank).alias("bank_account_id"),
    )
    return door.add_lines(frame)


def _done(found: Matched) -> pl.DataFrame:
    return found.answers.filter(pl.col("decision") != "wait")


def _post(work: _Work, lines: pl.DataFrame, found: Matched) -> None:
    """Post what was matched for sure, each part an entry, and keep the candidates of what waits."""
    own = lines.with_row_index("line").select("line", "line_id", "line_key", "value_on", "amount_minor")
    answers = _done(found).join(own, on="line", maintain_order="left")
    singles = answers.filter(pl.col("decision") == "post").with_columns(pl.col("amount_minor").alias("amount"))
    splits = (
        answers.filter(pl.col("decision") == "split").drop("debt").join(found.parts, on="line", maintain_order="left")
    )
    parts = pl.concat([singles, splits.select(singles.columns)]) if splits.height else singles
    parts = parts.with_columns(pl.int_range(pl.len()).over("line").alias("part"))
    if parts.height:
        _enter(work, parts)
    _keep_candidates(own, found)


def source_ref(line_key: str, part: int = 0, turn: int = 0) -> str:
    """Return the reference by which (a part of) a line posts once; ``turn`` counts earlier matches that were undone."""
    return "/".join(("bank", line_key, *([str(part)] if part or turn else []), *([str(turn)] if turn else [])))


def _enter(work: _Work, parts: pl.DataFrame) -> None:
    refs = [source_ref(key, part) for key, part in parts.select("line_key", "part").iter_rows()]
    parts = parts.with_columns(pl.Series("source_ref", refs, dtype=pl.String))
    entries = parts.select(
        pl.col("debt").alias("account_id"),
        pl.lit(int(EntryKind.PAYMENT), pl.Int16).alias("kind"),
        pl.col("value_on").alias("value_date"),
        pl.col("amount").alias("amount_minor"),
        pl.lit(0, pl.Int64).alias("principal_minor"),
        "source_ref",
    )
    enter(work.intake, Posting(payments.PAYMENT, entries, is_payment=True))
    known = intakes.entries_by_source(payments.PAYMENT, refs, using="night").select("source_ref", "entry_id")
    made = parts.join(known, on="source_ref", maintain_order="left")
    door.add_matches(
        made.select(
            "line_id",
            pl.col("debt").alias("account_id"),
            "entry_id",
            pl.col("amount").alias("amount_minor"),
            pl.when(pl.col("decision") == "split").then(pl.lit("split")).otherwise(pl.lit("auto")).alias("how"),
            pl.col("score").cast(pl.Int32).alias("score_ppm"),
            "reasons",
            pl.lit(work.now.isoformat()).alias("made_at"),
        )
    )


def _keep_candidates(own: pl.DataFrame, found: Matched) -> None:
    waiting = found.answers.filter(pl.col("decision") == "wait").join(own, on="line", maintain_order="left")
    ids = waiting.select("line", "line_id")
    single = found.candidates.join(ids, on="line", maintain_order="left").with_columns(
        pl.lit([], pl.List(pl.Int64)).alias("parts")
    )
    parts = found.parts.join(ids, on="line", maintain_order="left")
    split = parts.group_by("line", "line_id", maintain_order=True).agg(
        pl.col("debt").first(),
        pl.concat_list("debt", "amount").list.explode(keep_nulls=False, empty_as_null=False).alias("parts"),
    )
    split = split.with_columns(
        pl.lit(990_000, pl.Int64).alias("score"), pl.lit(["references_several", "parts_add_up"]).alias("reasons")
    )
    both = pl.concat([split.select(single.columns), single], how="vertical_relaxed")
    ranked = both.with_columns((pl.int_range(pl.len()).over("line") + 1).cast(pl.Int16).alias("rank"))
    frame = ranked.filter(pl.col("rank") <= 9).select(  # noqa: PLR2004 - the digit keys
        "line_id", pl.col("debt").alias("account_id"), "rank", pl.col("score").cast(pl.Int32).alias("score_ppm"),
        "reasons", "parts",
    )  # fmt: skip
    if frame.height:
        door.add_candidates(frame)


def _bring_up_to_date(intake: Intake) -> None:
    """Make positions anew, and judge and decide again about who paid; a great file is left to the night for that."""
    if not intake.touched:
        return
    accounts = pl.concat(intake.touched).unique().sort().to_list()
    positions.refresh(accounts, now=intake.now, using="night")
    if len(accounts) <= MOST_BY_DAY:
        payments.follow_payments(accounts, now=intake.now, using="night")


def _count(work: _Work, statement: Statement, not_booked: int, known: int, new: pl.DataFrame) -> None:
    summary = Summary(
        statement.bank_account, statement.number, statement.source_format, statement.currency,
        statement.opening.amount_minor if statement.opening else None,
        statement.closing.amount_minor if statement.closing else None,
        statement.total_minor, new.height + known, new.height,
    )  # fmt: skip
    work.taken = replace(
        work.taken,
        statements=(*work.taken.statements, summary),
        new=work.taken.new + new.height,
        known=work.taken.known + known,
        outgoing=work.taken.outgoing + new.filter(pl.col("state") == "outgoing").height,
        not_booked=work.taken.not_booked + not_booked,
    )


def _close(work: _Work) -> None:
    batch = work.intake.batch
    posted, split, waiting = door.outcome_of(batch)
    work.taken = replace(work.taken, posted=posted, split=split, waiting=waiting)
    new, known = work.taken.new, work.taken.known
    intakes.end_batch(batch, "done", now=work.now, read=new + known, new=new, known=known, refused=0)
    history.append(
        "statement_taken", owner=work.intake.owner.id, now=work.now, using="night", batch=batch,
        lines=work.taken.new, posted=posted, waiting=waiting, returned=work.taken.returned,
    )  # fmt: skip
