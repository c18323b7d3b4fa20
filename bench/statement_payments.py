"""Payments for made statements: those of the real car loans, read in place, or of a made book where they are missing.

The car loans (`auto_loans_monthly`, filings of securitised loans) say the month of a payment and no name: the day and
the payer are made, from the number of the loan alone, so that a book and its statements agree. Debts of the made book
are a function of their number too; nothing is kept in memory.
"""

import random
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FIRST = (  # noqa: SIM905 - sixty names are best read as words
    "Ana María José Luis Carmen Jorge Lucía Pedro Sofía Miguel Jürgen Heike Günter Anke Uwe Birgit Klaus Petra James "
    "Mary Robert Linda Michael Susan David Karen Wei Li Fang Jun Ming Hua Lena Olga Ivan Piotr Agnieszka Tomasz Zoë "
    "Chloé René Aylin Mehmet Fatma Omar Leila Ahmed Björn Åsa Søren Mette Aroha Tane Kofi Ama Thabo Naledi Priya Arjun"
).split()
LAST = (  # noqa: SIM905 - as above
    "García López Hernández Núñez Ibáñez Romero Müller Schröder Weiß Köhler Vogt Brandt Krause Lange Smith Johnson "
    "Brown Miller Davis Wilson Taylor Clark Wang Zhang Chen Liu Yang Huang Kowalski Nowak Wójcik Zieliński Novák "
    "Dvořák Horváth Nagy Yilmaz Demir Öztürk Haddad Mansour Okafor Mensah Dlamini Khumalo Patel Sharma Reddy Singh "
    "Nielsen Jensen Lindqvist Åkesson Hansen Silva Souza Pereira Costa Rossi Bianchi Ferrari Dubois Lefèvre Moreau "
    "O'Brien Murphy Kelly McDonald Walker Young Allen King Wright Scott Torres Hill Green Adams Baker Nelson Carter"
).split()
PEOPLE_EACH = 0.85
INSTALMENTS = (7_500, 12_000, 19_999, 25_000, 30_000, 30_000, 41_250, 62_500)


class Debt(NamedTuple):
    """One debt of the made book: its number, who owes it, from which account they pay, and its instalment in cents."""

    number: str
    name: str
    payer_account: str
    instalment_minor: int


class Payment(NamedTuple):
    """One payment as it was meant: by whom, when, and what it is for by debt in cents."""

    on: date
    name: str
    payer_account: str
    debts: tuple[tuple[str, int], ...]

    @property
    def amount_minor(self) -> int:
        return sum(amount for _, amount in self.debts)


def _draw(what: str, number: object) -> random.Random:
    return random.Random(zlib.crc32(f"{what}/{number}".encode()))


@lru_cache(maxsize=200_000)
def name_of(person: str) -> str:
    """Return the name of the person behind a number: always the same, and shared by many as names are."""
    draw = _draw("name", person)
    return f"{draw.choice(FIRST)} {draw.choice(LAST)}"


@lru_cache(maxsize=200_000)
def payer_account_of(person: str) -> str:
    """Return the account a person pays from: an IBAN of a made bank with right check digits."""
    bban = f"99999999{zlib.crc32(f'account/{person}'.encode()) % 10**10:010d}"
    return f"DE{98 - int(f'{bban}131400') % 97:02d}{bban}"


def creditor_reference(number: str) -> str:
    """Return the structured creditor reference of a debt's number (ISO 11649: RF and two check digits)."""
    bare = "".join(letter for letter in number.upper() if letter.isalnum())
    digits = "".join(str(int(letter, 36)) for letter in f"{bare}RF00")
    return f"RF{98 - int(digits) % 97:02d}{bare}"


def made_debt(n: int, count: int) -> Debt:
    """Return the n-th of ``count`` debts (from 1). Numbers are A1, A2, …; some people owe several."""
    people = max(1, int(count * PEOPLE_EACH))
    person = f"P{n if n <= people else 1 + n * 7919 % people}"
    return Debt(f"A{n}", name_of(person), payer_account_of(person), _draw("instalment", n).choice(INSTALMENTS))


def others_of(n: int, count: int) -> tuple[int, ...]:
    """Return other debts of the same person that are easily found: the one beyond the people that leads to this one."""
    people = max(1, int(count * PEOPLE_EACH))
    return (1 + n * 7919 % people,) if n > people else ()


def made_payments(lines: int, count: int, seed: int, first: date = date(2025, 3, 3)) -> Iterator[Payment]:
    """Yield payments of a made book by day: mostly the instalment, some part, double or odd sums."""
    draw = random.Random(seed)
    days = max(1, min(250, lines // 40))
    for at in range(lines):
        n = draw.randint(1, count)
        debt = made_debt(n, count)
        kind = draw.random()
        amount = debt.instalment_minor
        if kind > 0.95:
            amount = draw.randint(500, 3 * amount)
        elif kind > 0.90:
            amount *= 2
        elif kind > 0.82:
            amount = max(500, amount // draw.randint(2, 4))
        debts = [(debt.number, amount)]
        for other in others_of(n, count):
            if draw.random() < 0.3:
                mate = made_debt(other, count)
                debts.append((mate.number, mate.instalment_minor))
        on = first + timedelta(days=at * days // lines)
        yield Payment(on, debt.name, debt.payer_account, tuple(debts))


def real_payments(folder: Path, lines: int, seed: int) -> Iterator[Payment]:
    """Yield the first ``lines`` payments of the car loans in the order of made days within their months."""
    import polars as pl

    cents = (pl.col("amount_paid").cast(pl.Decimal(14, 2)) * 100).cast(pl.Int64)
    paid = (
        pl.read_csv(folder / "panel.csv.gz", infer_schema=False, columns=["loan_id", "month_end", "amount_paid"])
        .with_columns(cents.alias("minor"), pl.col("month_end").str.to_date())
        .filter(pl.col("minor") > 0)
        .with_columns(back=pl.struct("loan_id", "month_end").hash(seed) % 27)
        .with_columns(on=pl.col("month_end") - pl.duration(days=pl.col("back")))
        .sort("on", "loan_id")
        .head(lines)
    )
    for number, minor, on in paid.select("loan_id", "minor", "on").iter_rows():
        yield Payment(on, name_of(number), payer_account_of(number), ((number, minor),))
