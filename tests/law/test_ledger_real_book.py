"""The ledger on a real book: US car loans by month, every payment posted, roll rates held to published figures.

The set is `auto_loans_monthly` (Lautier, Pozdnyakov, Yan, JRSS-A 2024, from securitisation filings). It says months, not
days: an instalment is taken as due, and a payment as made, on the fifth; what closes a loan, on the last of the month.
"""

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.position import Flag
from arrears.domain.terms import Terms
from arrears.engine.ledger.by_day import days_past_due_many
from arrears.engine.ledger.rebuild import ENTRY, block_of, rebuild
from arrears.engine.ledger.state import state
from arrears.kernel.epoch import epoch_day, sure_date

DATA = Path(os.environ.get("ARREARS_DATA", Path(__file__).parents[2] / "../shared/data")) / "auto_loans_monthly"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data: {DATA} is missing (set ARREARS_DATA)"),
]

TERMS = Terms(tolerance_ppm=50_000)
STATES = ("0", "1", "2", "3", "4+", "paid", "gone")
PUBLISHED = {
    0: (113_014, (0.950, 0.031, 0, 0, 0, 0.019, 0.000)),
    1: (9_330, (0.249, 0.582, 0.150, 0, 0, 0.019, 0.000)),
    2: (3_993, (0.037, 0.101, 0.575, 0.270, 0, 0.016, 0.002)),
    3: (3_990, (0.013, 0.012, 0.080, 0.684, 0.192, 0.016, 0.003)),
    4: (6_651, (0.005, 0.003, 0.006, 0.043, 0.918, 0.018, 0.007)),
}
"""Next month by missed instalments, as published with the set: number of transitions, share by next state."""


class Book(NamedTuple):
    """Months kept of all loans with money in cents, the loans, and their entries."""

    months: pl.DataFrame
    entries: np.ndarray


def cents(name: str) -> pl.Expr:
    return (pl.col(name).cast(pl.Decimal(14, 2)) * 100).cast(pl.Int64)


@lru_cache(maxsize=1)
def book() -> Book:
    loans = pl.read_csv(DATA / "loans.csv.gz", infer_schema=False).select(
        loan=pl.col("loan_id").cast(pl.Int64),
        scheduled=cents("scheduled_payment"),
        late=pl.col("days_past_due_t0").cast(pl.Int64) // 30,
        age=pl.col("age_months").cast(pl.Int64),
        apr_ppm=(pl.col("apr").cast(pl.Decimal(12, 6)) * 1_000_000).cast(pl.Int64),
    )
    months = (
        pl.read_csv(DATA / "panel.csv.gz", infer_schema=False)
        .drop_nulls(["end_balance", "amount_paid"])
        .select(
            loan=pl.col("loan_id").cast(pl.Int64),
            t=pl.col("t").cast(pl.Int64),
            end=pl.col("month_end").str.to_date(),
            balance=cents("end_balance"),
            principal=cents("principal_paid"),
            paid=cents("amount_paid"),
        )
        .join(loans.filter(pl.col("scheduled") > 0), on="loan")
        .sort("loan", "t")
        .with_columns(
            before=pl.col("balance").shift().over("loan").fill_null(pl.col("balance") + pl.col("principal")),
            is_closed=pl.col("balance") <= 0,
            fifth=pl.col("end").dt.truncate("1mo") + pl.duration(days=4),
        )
        .with_columns(was_closed=pl.col("is_closed").shift().over("loan").fill_null(value=False))
    )
    return Book(months, entries_of(months))


def entries_of(months: pl.DataFrame) -> np.ndarray:
    """Return the entries of loans told by month: opening, instalments, payments, early repayment, charge-off."""
    first = months.filter(pl.col("t") == 0).with_columns(start=pl.col("fifth").dt.offset_by("-12mo"))
    open_months = months.filter(~pl.col("was_closed") & (pl.col("t") > 0))
    interest = (pl.col("apr_ppm") * pl.max_horizontal("before", 0) + 6_000_000) // 12_000_000
    of_interest = pl.min_horizontal(interest, "scheduled")
    late = first.filter(pl.col("late") > 0).with_columns(back=pl.int_ranges(0, pl.col("late"))).explode("back")
    pieces = [
        _piece(first, EntryKind.OPENING, "start", pl.col("before"), pl.col("before")),
        # What was paid in the month before the count begins was due in it, and is no instalment of the count.
        _piece(
            first, EntryKind.INSTALMENT_DUE, "start", pl.col("paid"), pl.col("principal").clip(0, pl.col("paid")), -1
        ),
        _piece(first, EntryKind.PAYMENT, "start", pl.col("paid")),
        _piece(
            late.with_columns(due=pl.col("fifth").dt.offset_by(pl.format("-{}mo", "back"))),
            EntryKind.INSTALMENT_DUE,
            "due",
            pl.col("scheduled"),
            pl.col("scheduled") - of_interest,
            pl.col("age") - pl.col("back"),
        ),
        _piece(
            open_months.filter(~pl.col("is_closed") | (pl.col("paid") > 0)),
            EntryKind.INSTALMENT_DUE,
            "fifth",
            pl.col("scheduled"),
            pl.col("scheduled") - of_interest,
            pl.col("age") + pl.col("t"),
        ),
        _piece(months.filter(pl.col("t") > 0), EntryKind.PAYMENT, "fifth", pl.col("paid")),
    ]
    closing = months.filter(pl.col("is_closed") & ~pl.col("was_closed"))
    pieces += [
        _piece(closing.filter(pl.col("paid") > 0), EntryKind.PAYOFF, "fifth", pl.lit(0)),
        _piece(closing.filter(pl.col("paid") == 0), EntryKind.CHARGE_OFF, "end", pl.max_horizontal("before", 1)),
    ]
    rows = pl.concat(pieces).with_row_index("id", offset=1)
    made = np.zeros(len(rows), dtype=ENTRY)
    for name in rows.columns:
        made[name] = rows[name].to_numpy()
    return made


def _piece(
    of: pl.DataFrame,
    kind: EntryKind,
    on: str,
    amount: pl.Expr,
    principal: pl.Expr | None = None,
    detail: pl.Expr | int = 0,
) -> pl.DataFrame:
    """Return one entry for each row whose amount is not 0 (an early repayment has none)."""
    made = of.select(
        account=pl.col("loan"),
        amount=amount.cast(pl.Int64),
        principal=(pl.lit(0) if principal is None else principal).cast(pl.Int64),
        value=pl.col(on).cast(pl.Int32),
        book=(pl.col("t") + 1).cast(pl.Int32),
        detail=(pl.lit(detail) if isinstance(detail, int) else detail).cast(pl.Int32),
        kind=pl.lit(int(kind), dtype=pl.Int16),
    )
    return made.filter(pl.col("amount") != 0) if kind is not EntryKind.PAYOFF else made


@lru_cache(maxsize=1)
def nights() -> pl.DataFrame:
    """Return each loan's position at each month end it has, with what it missed and how late it is."""
    months, entries = book()
    order = np.argsort(entries["account"], kind="stable")
    entries = entries[order]
    found = []
    for (end,), rows in months.group_by("end", maintain_order=True):
        assert isinstance(end, date)
        mine = entries[np.isin(entries["account"], rows["loan"].to_numpy())]
        block = block_of(mine)
        at = rebuild(block, [TERMS], np.zeros(len(block.accounts), dtype=np.int64), end)
        columns = {name: at[name] for name in ("account", "instalments_due", "paid_minor", "flags")}
        found.append(
            rows.select("loan", "t", "scheduled").join(
                pl.DataFrame({**columns, "late_days": days_past_due_many(at, epoch_day(end))}),
                left_on="loan",
                right_on="account",
            )
        )
    return pl.concat(found).sort("loan", "t")


def roll_rates(at: pl.DataFrame, bucket: pl.Expr) -> dict[int, tuple[int, list[float]]]:
    """Return, for each bucket of open loans, how many there were and where they were a month later."""
    told = at.with_columns(
        state=pl.when(pl.col("flags") & Flag.ACCELERATED > 0)
        .then(5)
        .when(pl.col("flags") & Flag.CHARGED_OFF > 0)
        .then(6)
        .otherwise(bucket)
    ).with_columns(then=pl.col("state").shift(-1).over("loan"))
    steps = told.filter((pl.col("state") < 5) & pl.col("then").is_not_null())
    counts = np.zeros((5, 7), dtype=np.int64)
    np.add.at(counts, (steps["state"].to_numpy(), steps["then"].to_numpy()), 1)
    return {n: (int(row.sum()), (row / row.sum()).tolist()) for n, row in enumerate(counts)}


def test_every_payment_is_posted_to_the_cent() -> None:
    months, _ = book()
    last = nights().group_by("loan").agg(pl.col("paid_minor").last())
    paid = months.group_by("loan").agg(pl.col("paid").sum()).join(last, on="loan")
    assert paid.height == 4_481
    assert paid.filter(pl.col("paid") != pl.col("paid_minor")).height == 0


SINCE = pl.col("paid_minor") - pl.col("paid_minor").first().over("loan")
BEHIND = pl.col("instalments_due") * pl.col("scheduled") - SINCE
"""What was due less what was paid since the count began, in cents."""

EXACT = ((20 * BEHIND + pl.col("scheduled")) // (20 * pl.col("scheduled"))).clip(0, 4)
"""Missed instalments, 0 to 4: floor(behind / scheduled + 0.05) in whole numbers."""

DOLLARS = SINCE.diff().fill_null(0).over("loan") / 100
AS_PUBLISHED = (
    (pl.col("instalments_due") - DOLLARS.cum_sum().over("loan") / (pl.col("scheduled") / 100) + 0.05)
    .floor()
    .clip(0, 4)
    .cast(pl.Int64)
)
"""The same with the published figures' own arithmetic: dollars summed up as floating point numbers."""


def test_roll_rates_by_missed_instalments_are_the_published_ones() -> None:
    found = roll_rates(nights(), AS_PUBLISHED)
    for n, (count, shares) in PUBLISHED.items():
        assert abs(found[n][0] - count) <= 1
        assert found[n][1] == pytest.approx(shares, abs=0.001)


def test_in_whole_cents_only_loans_short_by_exactly_a_twentieth_are_counted_otherwise() -> None:
    at = nights().select(behind=BEHIND, scheduled=pl.col("scheduled"), is_parted=AS_PUBLISHED != EXACT)
    parted = at.filter("is_parted").with_columns(
        rest=(20 * pl.col("behind") + pl.col("scheduled")) % (20 * pl.col("scheduled"))
    )
    assert parted["rest"].to_list() == [0] * 92


OURS = {
    0: (104_893, (0.937, 0.044, 0, 0, 0, 0.019, 0.000)),
    1: (14_104, (0.224, 0.635, 0.125, 0, 0, 0.016, 0.000)),
    2: (5_004, (0.036, 0.117, 0.587, 0.247, 0, 0.013, 0.001)),
    3: (3_964, (0.014, 0.016, 0.084, 0.627, 0.237, 0.021, 0.001)),
    4: (9_013, (0.005, 0.002, 0.006, 0.035, 0.930, 0.016, 0.006)),
}
"""By our own days past due: 0, 1-30, 31-60, 61-90, more. Who pays a part is late here, and is not in the count above."""


def test_roll_rates_by_our_own_days_past_due_keep_payoff_and_charge_off_apart() -> None:
    late = pl.col("late_days")
    found = roll_rates(nights(), pl.when(late > 90).then(4).otherwise((late + 29) // 30))
    assert {n: count for n, (count, _) in found.items()} == {n: count for n, (count, _) in OURS.items()}
    for n, (_, shares) in OURS.items():
        assert [round(share, 3) for share in found[n][1]] == list(shares)


def test_a_random_third_with_payments_shuffled_in_arrival_ends_in_the_same_positions() -> None:
    months, entries = book()
    chance = np.random.default_rng(20_260_601)
    loans = months["loan"].unique(maintain_order=True).to_numpy()
    third = entries[np.isin(entries["account"], chance.choice(loans, len(loans) // 3, replace=False))]
    shuffled = third[chance.permutation(len(third))]
    shuffled["id"] = np.arange(1, len(shuffled) + 1)
    shuffled["book"] = 1 + np.arange(len(shuffled)) * 47 // len(shuffled)
    end = months["end"].max()
    assert isinstance(end, date)
    in_order, out_of_order = (
        rebuild(block, [TERMS], np.zeros(len(block.accounts), dtype=np.int64), end)
        for block in (block_of(third), block_of(shuffled))
    )
    assert len(in_order) == 1_493
    assert in_order.tobytes() == out_of_order.tobytes()


def test_each_cent_of_a_tenth_of_the_loans_is_allocated_or_held() -> None:
    months, entries = book()
    end = months["end"].max()
    assert isinstance(end, date)
    for loan in months["loan"].unique(maintain_order=True).to_list()[::10]:
        mine = [_entry(row) for row in entries[entries["account"] == loan]]
        it = state(TERMS, mine, end)
        assert sum(each.amount for each in it.allocations) + it.credit == it.paid
        assert it.paid == months.filter(pl.col("loan") == loan)["paid"].sum()


def _entry(row: np.void) -> Entry:
    return Entry(
        int(row["id"]),
        EntryKind(int(row["kind"])),
        sure_date(int(row["value"])),
        int(row["book"]),
        int(row["amount"]),
        int(row["principal"]),
        0,
        int(row["detail"]),
    )
