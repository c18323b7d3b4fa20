"""A town's fines replayed: fine, postage, penalty, payments; the balance holds for every case at every event.

The set is `traffic_fines_collection` (4TU, doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5). Its rule: balance =
(penalty amount if added, else fine) + postage less payments so far. Each event becomes known on a book day of its own, so
that what was known after each is asked of the ledger itself. Appeals and sending to collection are no money: what
they stop is held outside the ledger.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import Terms, Waterfall
from arrears.engine.ledger.rebuild import ENTRY, block_of, rebuild
from arrears.engine.ledger.state import state
from arrears.kernel.epoch import epoch_day, sure_date

DATA = Path(os.environ.get("ARREARS_DATA", Path(__file__).parents[2] / "../shared/data")) / "traffic_fines_collection"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data: {DATA} is missing (set ARREARS_DATA)"),
]

TERMS = Terms(waterfall=Waterfall.PRINCIPAL_INTEREST_CHARGES)
LAST = sure_date(20_000)
EVENTS = 20
"""The most events that a case has."""


class Town(NamedTuple):
    """Events in the file's order with what the rule says after each, in cents, and the entries that they become."""

    events: pl.DataFrame
    entries: np.ndarray


def cents(name: str) -> pl.Expr:
    return (pl.col(name).cast(pl.Decimal(12, 2)) * 100).cast(pl.Int64).fill_null(0)


def is_event(name: str) -> pl.Expr:
    return pl.col("activity") == name


@lru_cache(maxsize=1)
def town() -> Town:
    said = pl.read_csv(DATA / "data.csv.gz", infer_schema=False)
    events = (
        said.with_columns(
            case=pl.col("case_id").rank("dense").cast(pl.Int64),
            day=pl.col("timestamp").str.to_date().cast(pl.Int32),
            turn=pl.int_range(pl.len()).over("case_id").cast(pl.Int32) + 1,
            fine=pl.when(is_event("Create Fine")).then(cents("amount")).otherwise(0),
            penalty=pl.when(is_event("Add penalty")).then(cents("amount")).otherwise(0),
            postage=cents("expense"),
            paid=cents("paymentAmount"),
        )
        .with_columns(
            pl.col("fine").sum().over("case").alias("whole_fine"),
            has_penalty=(pl.col("activity") == "Add penalty").cum_max().over("case"),
            penalty_so_far=pl.col("penalty").cum_sum().over("case"),
            postage_so_far=pl.col("postage").cum_sum().over("case"),
            paid_so_far=pl.col("paid").cum_sum().over("case"),
        )
        .with_columns(
            balance=pl.when("has_penalty").then("penalty_so_far").otherwise("whole_fine")
            + pl.col("postage_so_far")
            - pl.col("paid_so_far")
        )
    )
    return Town(events, as_entries(events))


def as_entries(events: pl.DataFrame) -> np.ndarray:
    """Return the fine as a debt due at once, the postage as a cost, what the penalty adds as a fee, payments as such."""
    surcharge = pl.col("penalty") - pl.col("whole_fine")
    parts = [
        entry(events.filter(is_event("Create Fine")), EntryKind.OPENING, pl.col("fine"), pl.col("fine")),
        entry(events.filter(is_event("Create Fine")), EntryKind.INSTALMENT_DUE, pl.col("fine"), pl.col("fine")),
        entry(events.filter(is_event("Send Fine")), EntryKind.COST, pl.col("postage"), pl.lit(0)),
        entry(events.filter(is_event("Add penalty")), EntryKind.FEE, surcharge, pl.lit(0)),
        entry(events.filter(is_event("Payment")), EntryKind.PAYMENT, pl.col("paid"), pl.lit(0)),
    ]
    rows = pl.concat(parts)
    out = np.zeros(rows.height, ENTRY)
    for name in rows.columns:
        out[name] = rows[name].to_numpy()
    out["id"] = np.arange(1, len(out) + 1)
    return out


def entry(rows: pl.DataFrame, kind: EntryKind, amount: pl.Expr, principal: pl.Expr) -> pl.DataFrame:
    return rows.select(
        account=pl.col("case"),
        amount=amount.cast(pl.Int64),
        principal=principal.cast(pl.Int64),
        value=pl.col("day"),
        book=pl.col("turn"),
        kind=pl.lit(int(kind), pl.Int16),
    )


def owed(rows: np.ndarray) -> np.ndarray:
    total: np.ndarray = rows["principal_minor"] + rows["interest_minor"] + rows["fees_minor"] - rows["credit_minor"]
    return total


def after_each_event() -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield for each turn the cases that have such an event, and where they stood once it was known."""
    events, entries = town()
    turns = events.group_by("case").agg(pl.col("turn").max()).sort("case")["turn"].to_numpy()
    for turn in range(1, EVENTS + 1):
        cases = np.flatnonzero(turns >= turn) + 1
        own = entries[turns[entries["account"] - 1] >= turn]
        block = block_of(own)
        yield turn, cases, rebuild(block, [TERMS], np.zeros(len(cases), np.int64), LAST, known_on=turn)


def test_the_balance_holds_for_every_case_at_every_event() -> None:
    events = town().events
    assert (events.height, events["case"].max()) == (393_531, 105_489)
    compared = 0
    for turn, cases, rows in after_each_event():
        told = events.filter(pl.col("turn") == turn).sort("case")
        assert np.array_equal(rows["account"], cases)
        assert np.array_equal(owed(rows), told["balance"].to_numpy()), turn
        compared += len(cases)
    assert compared == 393_531


def ends() -> tuple[pl.DataFrame, np.ndarray]:
    """Every case at its end: by the rule, and by the ledger."""
    events, entries = town()
    last = events.group_by("case").agg(
        pl.col("balance").last(),
        pl.col("whole_fine").last(),
        pl.col("has_penalty").last(),
        pl.col("penalty_so_far").last(),
        pl.col("paid_so_far").last(),
    )
    block = block_of(entries)
    return last.sort("case"), rebuild(block, [TERMS], np.zeros(len(block.accounts), np.int64), LAST)


def test_over_payers_end_with_a_credit_and_nothing_vanishes() -> None:
    told, rows = ends()
    over = told["balance"].to_numpy() < 0
    assert np.array_equal(rows["credit_minor"][over], -told["balance"].to_numpy()[over])
    assert not rows["credit_minor"][~over].any()
    assert not (rows["principal_minor"] + rows["interest_minor"] + rows["fees_minor"])[over].any()
    assert int(over.sum()) == OVER_PAYERS
    assert int(rows["credit_minor"].sum()) == CREDIT_CENTS


def test_short_payers_who_left_only_the_penalty_are_listed_for_the_waiver_rule() -> None:
    told, rows = ends()
    surcharge = np.where(told["has_penalty"].to_numpy(), (told["penalty_so_far"] - told["whole_fine"]).to_numpy(), 0)
    balance, paid = told["balance"].to_numpy(), told["paid_so_far"].to_numpy()
    by_rule = (balance > 0) & (balance <= surcharge) & (paid > 0)
    by_ledger = (
        (rows["principal_minor"] + rows["interest_minor"] == 0)
        & (rows["fees_minor"] > 0)
        & (rows["fees_minor"] <= surcharge)
        & (rows["paid_minor"] > 0)
    )
    assert np.array_equal(by_ledger, by_rule)
    assert int(by_rule.sum()) == PENALTY_ONLY
    assert int(balance[by_rule].sum()) == PENALTY_ONLY_CENTS


def test_what_the_town_says_of_itself() -> None:
    told, _ = ends()
    assert round(told.filter(pl.col("paid_so_far") > 0).height / told.height * 100, 1) == 46.4


def test_one_case_read_by_hand() -> None:
    """Fine 22.00, postage 13.00, penalty raises 22.00 to 44.00, then 35.00 and 22.00 are paid: nothing is left."""
    events, entries = town()
    case = events.filter(pl.col("case_id") == "A10009")["case"][0]
    facts = [
        Entry(int(e["id"]), EntryKind(int(e["kind"])), sure_date(int(e["value"])), int(e["book"]), int(e["amount"]),
              int(e["principal"]))
        for e in entries[entries["account"] == case]
    ]  # fmt: skip
    found = [state(TERMS, facts, LAST, known).contractual for known in range(1, 7)]
    assert found == [2_200, 3_500, 3_500, 5_700, 2_200, 0]
    assert epoch_day(LAST) == 20_000


OVER_PAYERS, CREDIT_CENTS = 827, 1_205_573
PENALTY_ONLY, PENALTY_ONLY_CENTS = 5_164, 24_199_641
