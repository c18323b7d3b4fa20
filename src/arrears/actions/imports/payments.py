"""Payment feeds: lines matched by account number or reference, the rest kept for a hand; each line counts once.

A line is kept beside its entry where it says more than the entry does: who paid in words, that it waits, that it came
back. The same file twice, or a line in two files, posts once.
"""

import json
from datetime import date, timedelta
from typing import Final

import polars as pl

from arrears.actions.imports.entering import Posting, enter, taken_by_others
from arrears.actions.imports.intake import Brought, Intake, checked, once, together
from arrears.actions.payments import PAYMENT, PAYMENT_RETURN, PAYMENT_SEEN, instruction
from arrears.domain.entries import EntryKind
from arrears.engine.intake.files import ROW, no_faults
from arrears.kernel.hours import local_day
from arrears.store.doors import intake as door
from arrears.store.doors.queues import BETWEEN

DAYS_AHEAD: Final = 7
"""How far ahead of the import a payment may be valued: a house assumption, for orders over a week-end and holidays."""

_WORD: Final = r"[0-9A-Za-z][0-9A-Za-z\-_/.]*[0-9A-Za-z]"


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Post the lines of a feed: cleared, pending and returned, and keep those that found no debt."""
    rows = rows.with_columns(
        pl.col("status").fill_null("cleared"),
        pl.coalesce("reference", _own_reference()).alias("source_ref"),
        pl.col("reference").alias("said_reference"),
    )
    rows, faults = checked(
        rows,
        (pl.col("amount") <= 0, "amount", "not_above_zero"),
        (pl.col("value_date") > latest_value_date(intake), "value_date", "paid_ahead"),
    )
    rows = rows.with_columns(pl.coalesce("reference", "source_ref").alias("reference"))
    came, returned = rows.filter(pl.col("status") != "returned"), rows.filter(pl.col("status") == "returned")
    came, twice = once(came, "source_ref")
    done = [_post(intake, came), _return(intake, returned)]
    return Brought(
        sum(part.new for part in done),
        sum(part.known for part in done),
        together((faults, twice, *(part.faults for part in done))),
        sum(part.waiting for part in done),
    )


def latest_value_date(intake: Intake) -> date:
    """Return the latest day on which what a file tells may be valued."""
    return local_day(intake.now, intake.owner.timezone) + timedelta(days=DAYS_AHEAD)


def _own_reference() -> pl.Expr:
    """Tell a line without a reference by what it says: the account, day, amount, and the payer's words."""
    parts = (
        pl.coalesce("account_number", pl.lit("?")),
        pl.col("value_date").cast(pl.String),
        pl.col("amount").cast(pl.String),
        pl.coalesce("text", "payer"),
    )
    return pl.concat_str(parts, separator="/", ignore_nulls=True)


def _post(intake: Intake, rows: pl.DataFrame) -> Brought:
    if not rows.height:
        return Brought(0, 0)
    rows = _matched(intake, rows)
    other = (pl.col("currency") != pl.col("account_currency")) & pl.col("account_id").is_not_null()
    rows, faults = checked(rows, (other, "currency", "other_currency"))
    found = rows.filter(pl.col("account_id").is_not_null())
    posted = _enter(intake, found)
    waiting = _keep_waiting(intake, rows.filter(pl.col("account_id").is_null()))
    return Brought(
        posted.new + waiting.new, posted.known + waiting.known, together((faults, posted.faults)), waiting.new
    )


def _matched(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with their account's columns, null where nothing named one.

    Tried in turn: the account number, the reference, the words of the payer's text; one debt alone must be named.
    """
    rows = rows.join(intake.accounts(rows["account_number"]), on="account_number", how="left", maintain_order="left")
    missing = rows.filter(pl.col("account_id").is_null())
    if not missing.height:
        return rows
    said = pl.concat_list(pl.concat_list("said_reference"), pl.col("text").fill_null("").str.extract_all(_WORD))
    words = missing.select(ROW, said.alias("word")).explode("word").drop_nulls().unique()
    words = words.filter(pl.col("word").str.contains(r"\d"))
    named = words.join(intake.accounts(words["word"]), left_on="word", right_on="account_number").drop("word")
    only = named.unique([ROW, "account_id"]).filter(pl.len().over(ROW) == 1)
    again = missing.select(rows.columns[: len(rows.columns) - (len(named.columns) - 1)]).join(
        only, on=ROW, how="left", maintain_order="left"
    )
    return pl.concat([rows.filter(pl.col("account_id").is_not_null()), again.select(rows.columns)])


def _enter(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Post matched lines; a cleared payment takes the place of the one that was seen under its reference."""
    new, known, faults = 0, 0, [no_faults()]
    for status, kind, source in (
        ("pending", EntryKind.PAYMENT_SEEN, PAYMENT_SEEN),
        ("cleared", EntryKind.PAYMENT, PAYMENT),
    ):
        part = rows.filter(pl.col("status") == status)
        if not part.height:
            continue
        part = part.with_columns(
            _seen_before(intake, part) if status == "cleared" else pl.lit(None, pl.Int64).alias("reverses_id")
        )
        found = enter(intake, Posting(source, _entries(part, kind), is_payment=True))
        taken = taken_by_others(part, found)
        faults.append(taken)
        new, known = new + part.height - found.height, known + found.height - taken.height
        _keep_told(intake, part, source)
    return Brought(new, known, together(faults))


def _entries(rows: pl.DataFrame, kind: EntryKind) -> pl.DataFrame:
    return rows.select(
        "account_id",
        pl.lit(int(kind), pl.Int16).alias("kind"),
        "value_date",
        pl.col("amount").alias("amount_minor"),
        pl.lit(0, pl.Int64).alias("principal_minor"),
        "reverses_id",
        _instructions(rows),
        "source_ref",
    )


def _instructions(rows: pl.DataFrame) -> pl.Series:
    """Return what entries keep of who paid and how, as JSON; few words stand for many rows."""
    pairs = rows.select("payer_role", "means").unique()
    said = [json.dumps(found) if (found := instruction(role, means)) else None for role, means in pairs.iter_rows()]
    known = pairs.with_columns(pl.Series("instruction", said, dtype=pl.String))
    joined = rows.select("payer_role", "means").join(
        known, on=["payer_role", "means"], how="left", nulls_equal=True, maintain_order="left"
    )
    return joined["instruction"]


def _seen_before(intake: Intake, rows: pl.DataFrame) -> pl.Series:
    """Return for each cleared line the entry that saw it coming, where one stands."""
    nothing = pl.Series("reverses_id", [None] * rows.height, dtype=pl.Int64)
    refs = rows["said_reference"].drop_nulls()
    if not refs.len():
        return nothing
    seen = door.entries_by_source(PAYMENT_SEEN, refs.to_list(), using=intake.using)
    standing = seen.filter(pl.col("reversed_by").is_null())
    if not standing.height:
        return nothing
    joined = rows.join(standing, left_on="said_reference", right_on="source_ref", how="left", maintain_order="left")
    return joined["to_reverse"].alias("reverses_id")


def _keep_told(intake: Intake, rows: pl.DataFrame, source: str) -> None:
    """Keep the lines of payments that say who paid in words, and settle those that were waiting until now."""
    waited = door.waiting_lines(using=intake.using)
    is_told = pl.col("payer").is_not_null() | pl.col("account_number").is_null()
    told = rows.filter(is_told | pl.col("source_ref").is_in(waited))
    if not told.height:
        return
    entries = door.entries_by_source(source, told["source_ref"].to_list(), using=intake.using)
    lines = told.join(entries.select("source_ref", "entry_id"), on="source_ref", maintain_order="left")
    frame = _lines(intake, lines, "matched").with_columns(lines["account_id"], lines["entry_id"])
    door.add_or_change(
        "payment_line",
        frame,
        ("organisation_id", "source_ref"),
        ("state", "account_id", "entry_id"),
        using=intake.using,
    )


def _keep_waiting(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Keep the lines that found no debt, for a hand; one that was kept before, or matched since, is known."""
    new = door.add_new(
        "payment_line", _lines(intake, rows, "unmatched"), ("organisation_id", "source_ref"), using=intake.using
    )
    return Brought(new, rows.height - new)


def _lines(intake: Intake, rows: pl.DataFrame, state: str) -> pl.DataFrame:
    return rows.select(
        pl.lit(intake.owner.id).alias("organisation_id"),
        pl.lit(intake.batch).alias("batch_id"),
        pl.col(ROW).cast(pl.Int32).alias("line"),
        "source_ref",
        "value_date",
        pl.col("amount").alias("amount_minor"),
        "currency",
        pl.concat_str(
            "account_number", pl.coalesce("text", "said_reference"), separator=BETWEEN, ignore_nulls=True
        ).alias("reference"),
        pl.col("payer").fill_null(""),
        pl.lit(state).alias("state"),
    )


def _return(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Take back the payments that lines name by reference; one that names none, or none of ours, is a fault."""
    if not rows.height:
        return Brought(0, 0)
    rows = rows.with_columns(pl.coalesce("returns_reference", "said_reference").alias("original"))
    rows, twice = once(rows, "original")
    refs = rows["original"].drop_nulls().to_list()
    paid = pl.concat([door.entries_by_source(source, refs, using=intake.using) for source in (PAYMENT, PAYMENT_SEEN)])
    standing = paid.unique("source_ref", keep="first", maintain_order=True)
    rows = rows.join(standing, left_on="original", right_on="source_ref", how="left", maintain_order="left")
    rows, faults = checked(rows, (pl.col("entry_id").is_null(), "returns_reference", "no_such_entry"))
    fresh = rows.filter(pl.col("reversed_by").is_null())
    entries = fresh.select(
        pl.col("entry_account_id").alias("account_id"),
        pl.lit(int(EntryKind.REVERSAL), pl.Int16).alias("kind"),
        "value_date",
        pl.col("entry_amount_minor").alias("amount_minor"),
        pl.lit(0, pl.Int64).alias("principal_minor"),
        pl.col("to_reverse").alias("reverses_id"),
        _reasons(fresh),
        (pl.lit("return of ") + pl.col("original")).alias("source_ref"),
    )
    found = enter(intake, Posting(PAYMENT_RETURN, entries, is_payment=True))
    door.mark_returned(fresh.select("entry_id", pl.col("return_reason").fill_null("")), using=intake.using)
    return Brought(fresh.height - found.height, rows.height - fresh.height + found.height, together((twice, faults)))


def _reasons(rows: pl.DataFrame) -> pl.Series:
    said = [json.dumps({"reason": reason}, ensure_ascii=False) if reason else None for reason in rows["return_reason"]]
    return pl.Series("instruction", said, dtype=pl.String)
