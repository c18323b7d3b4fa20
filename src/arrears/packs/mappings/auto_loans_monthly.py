"""The car loans of Lautier, Pozdnyakov and Yan as debts, schedules, payments and other entries.

What the filings say, and how it is read:

- A loan begins here with the month t = 0: its opening is the balance before that month's payment.
- Each month of an open loan makes one instalment due on the month's last day, and what was paid that month is a payment
  of that day: filings tell the month, not the day, so whoever pays within the month is in time.
- A loan that is d > 0 days past due at the end of month 0 has floor(d / 30) + 1 unpaid instalments, the oldest due d
  days before. What was paid in month 0 settles an instalment of that amount which fell due earlier.
- The interest in an instalment is what the servicer took as interest that month (paid less principal paid), so that the
  ledger's principal follows the filed balance; interest above the instalment is a cost due the same day.
- A balance that falls to zero was paid off, unless part of it falls away without being paid: that is charged off.
  Other jumps of the balance are adjustments. Proceeds of a sold car and recoveries are recoveries; proceeds below zero,
  the servicer's cost of taking a car back, are left out: nothing says that the debtor was charged them.
- Months without a balance or payment figure are left out: nothing is known of them.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

_KEY: Final = "account_number"
_DATES: Final = "%Y-%m-%d"
_CENTS: Final = r"^(-?)(\d+)(?:\.(\d{1,2})0*)?$"


def tables(files: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return debts, schedules, payments and entries, text columns named as fields; ``files`` are loans and panel."""
    loans, months = _loans(files["loans"]), _months(files["panel"])
    months = months.join(loans.select(_KEY, "instalment", "late_days"), on=_KEY, maintain_order="left")
    debts = loans.join(_openings(months), on=_KEY, maintain_order="left")
    return {
        "debts": _said(
            debts.select(
                _KEY,
                pl.format("Loan {}", _KEY).alias("full_name"),
                "region",
                "opened_on",
                pl.col("original").alias("original_amount"),
                pl.col("opening").alias("balance_amount"),
                "balance_on",
                "contract_rate",
                pl.col("instalment").alias("instalment_amount"),
                "term_months",
            )
        ),
        "schedules": _said(pl.concat([_before(months), _instalments(months)])),
        "payments": _said(_payments(months)),
        "entries": _said(_entries(months)),
    }


def _cents(column: str) -> pl.Expr:
    """Return an amount as whole cents, digits moved and nothing computed; what is no amount is null."""
    text = pl.col(column)
    whole = (text.str.extract(_CENTS, 2) + text.str.extract(_CENTS, 3).fill_null("").str.pad_end(2, "0")).cast(pl.Int64)
    return pl.when(text.str.starts_with("-")).then(-whole).otherwise(whole)


def _month(column: str) -> pl.Expr:
    return (pl.lit("01/") + pl.col(column)).str.to_date("%d/%m/%Y", strict=False)


def _loans(loans: pl.DataFrame) -> pl.DataFrame:
    return loans.select(
        pl.col("loan_id").alias(_KEY),
        pl.col("state").alias("region"),
        _month("originated").alias("opened_on"),
        _cents("original_amount").alias("original"),
        _cents("scheduled_payment").alias("instalment"),
        pl.col("apr").alias("contract_rate"),
        pl.col("original_term").alias("term_months"),
        pl.col("days_past_due_t0").cast(pl.Int64).alias("late_days"),
    )


def _months(panel: pl.DataFrame) -> pl.DataFrame:
    """Return the months of which balance and payment are known, each with the balance before."""
    months = panel.select(
        pl.col("loan_id").alias(_KEY),
        pl.col("t").cast(pl.Int64),
        pl.col("month_end").str.to_date(_DATES).alias("on"),
        _cents("end_balance").alias("balance"),
        _cents("principal_paid").alias("principal"),
        _cents("amount_paid").alias("paid"),
        _cents("charged_off_recovery").fill_null(0).alias("recovered"),
        _cents("repossession_proceeds").fill_null(0).alias("proceeds"),
    ).drop_nulls(["balance", "paid"])
    before = pl.coalesce(pl.col("balance").shift(1).over(_KEY), pl.col("balance") + pl.col("principal"))
    return months.sort(_KEY, "t").with_columns(
        before.alias("before"), (pl.col("paid") - pl.col("principal")).alias("interest")
    )


def _openings(months: pl.DataFrame) -> pl.DataFrame:
    """Return each loan's opening: its balance before month 0, on the day before anything of it was due."""
    first = months.filter(pl.col("t") == 0)
    return first.select(_KEY, pl.col("before").alias("opening"), (_start() - pl.duration(days=1)).alias("balance_on"))


def _start() -> pl.Expr:
    """The day on which what was paid in month 0 had fallen due: in time, or before the oldest unpaid instalment."""
    late = pl.col("late_days")
    return pl.when(late > 0).then(pl.col("on") - pl.duration(days=late + 1)).otherwise(pl.col("on")).cast(pl.Date)


def _before(months: pl.DataFrame) -> pl.DataFrame:
    """Return the instalments of month 0: what it paid, and those that stayed unpaid at its end."""
    first = months.filter(pl.col("t") == 0)
    settled = first.filter(pl.col("paid") > 0).select(
        _KEY, _start().alias("due_on"), pl.col("paid").alias("amount"), pl.col("interest"), pl.lit("0").alias("number")
    )
    late = (
        first.filter(pl.col("late_days") > 0)
        .with_columns(pl.int_ranges(0, pl.col("late_days") // 30 + 1).alias("place"))
        .explode("place")
    )
    oldest = pl.col("on") - pl.duration(days=pl.col("late_days"))
    unpaid = late.select(
        _KEY,
        oldest.dt.offset_by(pl.format("{}mo", "place")).cast(pl.Date).alias("due_on"),
        pl.col("instalment").alias("amount"),
        pl.lit(0, pl.Int64).alias("interest"),
        pl.format("0-{}", pl.col("place") + 1).alias("number"),
    )
    return _numbered(pl.concat([settled, unpaid]))


def _instalments(months: pl.DataFrame) -> pl.DataFrame:
    """Return the instalment of each later month in which the loan was still open."""
    later = months.filter(pl.col("t") > 0, pl.col("before") > 0)
    return _numbered(
        later.select(
            _KEY,
            pl.col("on").alias("due_on"),
            pl.col("instalment").alias("amount"),
            pl.min_horizontal("interest", "instalment").alias("interest"),
            pl.col("t").cast(pl.String).alias("number"),
        )
    )


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.format("{}/{}", _KEY, "number").alias("reference")).drop("number")


def _payments(months: pl.DataFrame) -> pl.DataFrame:
    return months.filter(pl.col("paid") > 0).select(
        _KEY,
        pl.col("on").alias("value_date"),
        pl.col("paid").alias("amount"),
        pl.format("{}/{}", _KEY, "t").alias("reference"),
    )


def _entries(months: pl.DataFrame) -> pl.DataFrame:
    """Return what moved a balance besides instalments and payments."""
    came = pl.col("proceeds").clip(lower_bound=0) + pl.col("recovered").clip(lower_bound=0)
    fell = pl.col("before") - pl.col("balance") - pl.col("principal")
    months = months.with_columns(
        came.alias("came"),
        pl.when(pl.col("t") > 0).then(fell).otherwise(0).alias("fell"),
        (pl.col("balance") <= 0).alias("is_over"),
        (pl.col("before") > 0).alias("was_open"),
    )
    over, gone = pl.col("is_over") & pl.col("was_open"), pl.col("fell") - pl.col("came")
    excess = pl.col("interest") - pl.col("instalment")
    later = pl.col("t") > 0
    return pl.concat(
        [
            _entry(months.filter(later & (excess > 0) & pl.col("was_open")), "cost", excess),
            _entry(months.filter(later & (pl.col("interest") > 0) & ~pl.col("was_open")), "cost", pl.col("interest")),
            _entry(months.filter(later & over & (gone <= 0)), "payoff", pl.lit(0, pl.Int64)),
            _entry(months.filter(pl.col("came") > 0), "recovery", pl.col("came")),
            _entry(months.filter(over & (gone > 0)), "charge_off", gone),
            _entry(months.filter(~over & (pl.col("fell") != 0) & (gone != 0)), "adjustment", -gone),
        ]
    )


def _entry(months: pl.DataFrame, kind: str, amount: pl.Expr) -> pl.DataFrame:
    principal = amount if kind == "adjustment" else pl.lit(0, pl.Int64)
    return months.select(
        _KEY,
        pl.lit(kind).alias("entry_kind"),
        pl.col("on").alias("value_date"),
        amount.alias("amount"),
        principal.alias("principal"),
        pl.format("{}/{}/{}", _KEY, "t", pl.lit(kind)).alias("reference"),
    )


_AMOUNTS: Final = {
    "original_amount",
    "balance_amount",
    "instalment_amount",
    "amount",
    "interest",
    "principal",
}


def _said(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a table as text, amounts with a point before the cents."""
    return rows.with_columns(
        _major(name) if name in _AMOUNTS else pl.col(name).cast(pl.String) for name in rows.columns
    )


def _major(column: str) -> pl.Expr:
    size = pl.col(column).abs()
    sign = pl.when(pl.col(column) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return (sign + (size // 100).cast(pl.String) + "." + (size % 100).cast(pl.String).str.zfill(2)).alias(column)
