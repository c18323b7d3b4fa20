"""The lenders of the demonstration and their made-up loans: amounts, terms, due days, months missed."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

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
    product_name: str
    debt_kind: str
    smallest: int
    largest: int
    terms: tuple[int, ...]


NORTHFIELD = Lender(
    "northfield", "Northfield Auto Credit (fictitious)", "US", "America/New_York", "USD", "en",
    "Car loan", "auto_loan", 600_000, 2_800_000, (36, 48, 60),
)  # fmt: skip
QINGHE = Lender(
    "qinghe", "清禾消费金融（虚构）", "CN", "Asia/Shanghai", "CNY", "zh",
    "消费分期", "instalment_loan", 300_000, 5_000_000, (18, 24, 36),
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


def loans_of(chance: np.random.Generator, lender: Lender, debts: int) -> Loans:
    """Return ``debts`` made-up loans; some people have two."""
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


def principal_of(instalment: np.ndarray) -> np.ndarray:
    """Return the part of each instalment that is principal."""
    part: np.ndarray = instalment * 85 // 100
    return part


def due_dates(loans: Loans, day: date, first: int = -MONTHS_OF_HISTORY, last: int = 0) -> np.ndarray:
    """Return epoch days [loans, months]: the due date in each month from ``first`` to ``last``, this month being 0."""
    firsts = np.array([month_start(day, month) for month in range(first, last + 1)], dtype="datetime64[D]")
    due: np.ndarray = (firsts - EPOCH).astype(np.int64)[None, :] + (loans.due_day - 1)[:, None]
    return due


def month_start(day: date, offset: int) -> date:
    """Return the first day of the month ``offset`` months after that of ``day``."""
    months_since = day.year * 12 + day.month - 1 + offset
    return date(months_since // 12, months_since % 12 + 1, 1)


def history_starts(day: date) -> date:
    """Return the first day of the history that a portfolio seen on ``day`` holds."""
    return month_start(day, -MONTHS_OF_HISTORY) - timedelta(days=31)
