"""A made-up portfolio as the files a lender would send: debts, people, contact points, schedules, payments, contacts.

Everything follows from the seed and the day, so two machines show the same demonstration.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from arrears.jobs.demo import months, people

MONTHS_OF_HISTORY = 12
#: Loans that are further behind when the history starts are shown as this many instalments behind.
MOST_MISSED = 4
EPOCH = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True, slots=True)
class Lender:
    """One creditor of the demonstration and what its loans look like (amounts in minor units)."""

    code: str
    name: str
    country: str
    zone: str
    currency: str
    language: str
    product: str
    product_name: str
    debt_kind: str
    smallest: int
    largest: int
    terms: tuple[int, ...]


NORTHFIELD = Lender(
    "northfield", "Northfield Auto Credit (fictitious)", "US", "America/New_York", "USD", "en",
    "auto-loan", "Car loan", "auto_loan", 600_000, 2_800_000, (36, 48, 60),
)  # fmt: skip
QINGHE = Lender(
    "qinghe", "清禾消费金融（虚构）", "CN", "Asia/Shanghai", "CNY", "zh",
    "consumer-loan", "消费分期", "instalment_loan", 300_000, 5_000_000, (18, 24, 36),
)  # fmt: skip
LENDERS = (NORTHFIELD, QINGHE)


@dataclass(frozen=True, slots=True)
class Loans:
    """Columns of the loans of one lender; index is the loan."""

    number: list[str]
    customer: np.ndarray
    place: np.ndarray
    original: np.ndarray
    instalment: np.ndarray
    term: np.ndarray
    due_day: np.ndarray
    missed: np.ndarray


def files(lender: Lender, debts: int, day: date, seed: int) -> dict[str, pl.DataFrame]:
    """Return the lender's files by kind, as a data frame each, for a book seen on ``day``."""
    chance = np.random.default_rng([seed, LENDERS.index(lender)])
    loans = _loans(chance, lender, debts)
    payments = _payments(chance, loans, day)
    schedules = _schedules(loans, day)
    principal = schedules.group_by("account_number").agg(owed=_minor("principal").sum())
    return {
        "parties": _parties(chance, lender, loans),
        "contact_points": _contact_points(chance, lender, loans),
        "debts": _debts(lender, loans, day, principal),
        "schedules": schedules,
        "payments": payments,
        "contacts": _contacts(chance, lender, loans, day),
    }


def _loans(chance: np.random.Generator, lender: Lender, debts: int) -> Loans:
    people_count = max(1, round(debts / 1.12))
    customer = np.concatenate([np.arange(people_count), chance.integers(0, people_count, debts - people_count)])
    places = people.PLACES_CN if lender.country == "CN" else people.PLACES_US
    term = chance.choice(np.array(lender.terms), debts)
    spread = chance.beta(1.6, 3.0, debts)
    original = (lender.smallest + spread * (lender.largest - lender.smallest)).astype(np.int64) // 10_000 * 10_000
    rate = 0.11 if lender.country == "US" else 0.14
    monthly = rate / 12
    instalment = np.round(original * monthly / (1 - (1 + monthly) ** -term)).astype(np.int64)
    return Loans(
        number=[f"{lender.code[:1].upper()}L-{100_000 + i}" for i in range(debts)],
        customer=customer,
        place=chance.integers(0, len(places), people_count),
        original=original,
        instalment=instalment,
        term=term,
        due_day=chance.integers(1, 29, debts),
        missed=months.missed_by_month(chance, debts, MONTHS_OF_HISTORY + 1),
    )


def _due_dates(loans: Loans, day: date, first: int = -MONTHS_OF_HISTORY, last: int = 0) -> np.ndarray:
    """Return epoch days [loans, months]: the due date in each month from ``first`` to ``last``, this month being 0."""
    firsts = np.array([_month_start(day, month) for month in range(first, last + 1)], dtype="datetime64[D]")
    due: np.ndarray = (firsts - EPOCH).astype(np.int64)[None, :] + (loans.due_day - 1)[:, None]
    return due


def _month_start(day: date, offset: int) -> date:
    months_since = day.year * 12 + day.month - 1 + offset
    return date(months_since // 12, months_since % 12 + 1, 1)


def _payments(chance: np.random.Generator, loans: Loans, day: date) -> pl.DataFrame:
    due = _due_dates(loans, day)
    rows = [_month_payments(chance, loans, due[:, month], month) for month in range(due.shape[1])]
    table = pl.concat(rows).filter(pl.col("epoch_day") <= (day - date(1970, 1, 1)).days)
    return (
        table.sort("epoch_day", "debt", "amount")
        .with_columns(
            reference=pl.format("PAY-{}", pl.int_range(pl.len()) + 1),
            value_date=pl.col("epoch_day").cast(pl.Int32).cast(pl.Date),
            account_number=pl.col("debt").replace_strict(dict(enumerate(loans.number)), return_dtype=pl.String),
        )
        .select("reference", "account_number", "value_date", amount=_as_decimal("amount"))
    )


def _month_payments(chance: np.random.Generator, loans: Loans, due: np.ndarray, month: int) -> pl.DataFrame:
    before, after = loans.missed[:, month], loans.missed[:, month + 1]
    count = len(before)
    amount = months.instalments_paid(before, after) * loans.instalment
    still_to_come = np.maximum(loans.term - MONTHS_OF_HISTORY, 6) + MONTHS_OF_HISTORY - month
    everything = loans.instalment * (still_to_come + before + 1)
    amount = np.where((after == months.PAID_OFF) & (before != months.PAID_OFF), everything, amount)
    part = (amount == 0) & (before != months.PAID_OFF) & (chance.random(count) < months.PART_SHARE)
    share = chance.integers(20, 81, count)
    amount = np.where(part, loans.instalment * share // 100, amount)
    on = due + months.days_after_due(chance, count)
    paid = np.flatnonzero(amount > 0)
    return pl.DataFrame({"debt": paid, "epoch_day": on[paid], "amount": amount[paid]})


def _as_decimal(column: str) -> pl.Expr:
    """Return minor units of two digits as the text a file holds, exactly."""
    whole, rest = pl.col(column) // 100, pl.col(column) % 100
    return pl.format("{}.{}", whole, rest.cast(pl.String).str.zfill(2))


def _minor(column: str) -> pl.Expr:
    """Return the minor units that `_as_decimal` wrote."""
    return pl.col(column).str.replace(".", "", literal=True).cast(pl.Int64)


def _schedules(loans: Loans, day: date) -> pl.DataFrame:
    """Return each instalment: those already missed when the history starts, its year, and what is still to come."""
    still_to_come = np.maximum(loans.term - MONTHS_OF_HISTORY, 6)
    missed_before = np.minimum(loans.missed[:, 0], MOST_MISSED)
    due = _due_dates(loans, day, -MONTHS_OF_HISTORY - MOST_MISSED, int(still_to_come.max()))
    month = np.arange(due.shape[1])[None, :] - MOST_MISSED
    keep = (month >= -missed_before[:, None]) & (month <= MONTHS_OF_HISTORY + still_to_come[:, None])
    which, column = np.nonzero(keep)
    return pl.DataFrame(
        {
            "account_number": np.array(loans.number)[which],
            "number": column - MOST_MISSED + missed_before[which] + 1,
            "due_on": due[which, column],
            "amount": loans.instalment[which],
            "principal": loans.instalment[which] * 85 // 100,
        }
    ).select(
        "account_number",
        "number",
        pl.col("due_on").cast(pl.Int32).cast(pl.Date),
        amount=_as_decimal("amount"),
        principal=_as_decimal("principal"),
    )


def _debts(lender: Lender, loans: Loans, day: date, principal: pl.DataFrame) -> pl.DataFrame:
    """Return each debt, opened with the principal that its schedule repays."""
    count = len(loans.number)
    return (
        pl.DataFrame(
            {
                "account_number": loans.number,
                "person_number": [_customer(lender, c) for c in loans.customer],
                "product": [lender.product] * count,
                "debt_kind": [lender.debt_kind] * count,
                "currency": [lender.currency] * count,
                "country": [lender.country] * count,
                "opened_on": [history_starts(day)] * count,
                "balance_on": [history_starts(day)] * count,
                "original": loans.original,
            }
        )
        .join(principal, on="account_number", how="left", maintain_order="left")
        .select(
            pl.exclude("original", "owed"), original_amount=_as_decimal("original"), balance_amount=_as_decimal("owed")
        )
    )


def _customer(lender: Lender, index: int) -> str:
    return f"{lender.code[:1].upper()}C-{500_000 + index}"


def _parties(chance: np.random.Generator, lender: Lender, loans: Loans) -> pl.DataFrame:
    count = len(loans.place)
    given, family = people.names(chance, count, lender.country)
    places = people.PLACES_CN if lender.country == "CN" else people.PLACES_US
    spanish = chance.random(count) < (0.18 if lender.country == "US" else 0)
    return pl.DataFrame(
        {
            "person_number": [_customer(lender, i) for i in range(count)],
            "full_name": [people.written(g, f, lender.country) for g, f in zip(given, family, strict=True)],
            "given_name": given,
            "family_name": family,
            "language": ["es" if s else lender.language for s in spanish],
            "country": [lender.country] * count,
            "region": [places[p].region for p in loans.place],
            "address": [places[p].city for p in loans.place],
        }
    )


def _contact_points(chance: np.random.Generator, lender: Lender, loans: Loans) -> pl.DataFrame:
    count = len(loans.place)
    customer = [_customer(lender, i) for i in range(count)]
    frames = []
    for use, share in (("mobile", 0.97), ("work", 0.35), ("home", 0.12)):
        has = np.flatnonzero(chance.random(count) < share)
        values = people.numbers(chance, loans.place[has], lender.country)
        frames.append(
            pl.DataFrame(
                {
                    "person_number": [customer[i] for i in has],
                    "point_kind": ["phone"] * len(has),
                    "use": [use] * len(has),
                    "value": values,
                    "source": ["contract"] * len(has),
                }
            )
        )
    return pl.concat(frames)


def _contacts(chance: np.random.Generator, lender: Lender, loans: Loans, day: date) -> pl.DataFrame:
    """Return past calls to those who were late: about as many as the days they were late ask for."""
    due = _due_dates(loans, day)
    before, after = loans.missed[:, :-1][:, : due.shape[1]], loans.missed[:, 1:][:, : due.shape[1]]
    late = (before > 0) & (before < months.PAID_OFF) | (after > before) & (after < months.PAID_OFF)
    calls = np.where(late, chance.poisson(1.6, late.shape), 0)
    which, month = np.nonzero(calls)
    repeat = calls[which, month]
    which, month = np.repeat(which, repeat), np.repeat(month, repeat)
    on = due[which, month] + chance.integers(2, 27, len(which))
    minute = chance.integers(9 * 60, 18 * 60, len(which))
    outcome = chance.choice(np.array(OUTCOMES), len(which), p=OUTCOME_SHARES)
    numbers = np.array(loans.number)
    return (
        pl.DataFrame(
            {
                "account_number": numbers[which],
                "person_number": [_customer(lender, c) for c in loans.customer[which]],
                "epoch_day": on,
                "minute": minute,
                "outcome": outcome,
            }
        )
        .filter(pl.col("epoch_day") < (day - date(1970, 1, 1)).days)
        .sort("epoch_day", "minute", "account_number")
        .with_columns(
            reference=pl.format("CALL-{}", pl.int_range(pl.len()) + 1),
            at=pl.col("epoch_day").cast(pl.Int32).cast(pl.Date).cast(pl.Datetime("us"))
            + pl.duration(minutes=pl.col("minute")),
            channel=pl.lit("call"),
            direction=pl.lit("outbound"),
        )
        .select(
            "reference", "account_number", "person_number", "channel", "direction", "outcome",
            at=pl.col("at").dt.strftime("%Y-%m-%d %H:%M"),
        )
    )  # fmt: skip


#: What calls come to, roughly as the trade reports it: most are not answered, one in five reaches the right person.
OUTCOMES = ("no_answer", "voicemail", "busy", "not_in_service", "right_party", "third_party")
OUTCOME_SHARES = (0.52, 0.14, 0.06, 0.04, 0.20, 0.04)


def history_starts(day: date) -> date:
    """Return the first day of the history that a portfolio seen on ``day`` holds."""
    return _month_start(day, -MONTHS_OF_HISTORY) - timedelta(days=31)
