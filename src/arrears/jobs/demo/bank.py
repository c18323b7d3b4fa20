"""Made-up bank statements of the demonstration: most payers write their reference well, some badly, some none."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

import numpy as np
import polars as pl

from arrears.jobs.demo.loans import LENDERS, Lender

LINES: Final = 48
#: Of a statement's lines: without a reference, with a digit wrong, two debts at once, from somebody unknown.
WITHOUT, MISTYPED, JOINED, STRANGERS = 0.08, 0.06, 0.02, 0.04
_LATE_DAYS: Final = 40
_NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass(frozen=True, slots=True)
class Paid:
    """A line of the statement: what was written, by whom, how much (minor units)."""

    reference: str
    payer: str
    amount: int


def statement(lender: Lender, frames: dict[str, pl.DataFrame], day: date, seed: int, number: int) -> bytes:
    """Return the statement of ``day`` as camt.053: instalments of the last weeks, paid by their debtors."""
    chance = np.random.default_rng([seed, LENDERS.index(lender), 2, number])
    return _camt(lender, day, number, _lines(chance, _due(frames, day)))


def _due(frames: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Return instalments of the last weeks that nobody has paid since, with number and payer."""
    since = day - timedelta(days=_LATE_DAYS)
    recent = frames["payments"].filter(pl.col("value_date") > since).select("account_number")
    return (
        frames["schedules"]
        .filter(pl.col("due_on").is_between(since, day))
        .join(recent, on="account_number", how="anti", maintain_order="left")
        .join(frames["debts"].select("account_number", "person_number"), on="account_number", maintain_order="left")
        .join(frames["parties"].select("person_number", "full_name"), on="person_number", maintain_order="left")
        .unique("account_number", keep="last", maintain_order=True)
        .select("account_number", "full_name", amount=_minor("amount"))
    )


def _minor(column: str) -> pl.Expr:
    return pl.col(column).str.replace(".", "", literal=True).cast(pl.Int64)


def _lines(chance: np.random.Generator, due: pl.DataFrame) -> list[Paid]:
    rows = due.sample(min(LINES, due.height), seed=int(chance.integers(2**31)), shuffle=True).rows()
    edges = np.cumsum([WITHOUT, MISTYPED, JOINED, STRANGERS])
    found = []
    for place, (reference, payer, amount) in enumerate(rows):
        kind = int(np.searchsorted(edges, chance.random(), side="right"))
        found.append(_said(kind, reference, payer, amount, rows[place - 1]))
    return found


def _said(kind: int, reference: str, payer: str, amount: int, other: tuple[str, str, int]) -> Paid:
    """Return how the payer writes it: 0 without reference, 1 a digit wrong, 2 two debts at once, 3 a stranger."""
    match kind:
        case 0:
            return Paid("", payer, amount)
        case 1:
            return Paid(f"{reference[:-2]}{reference[-1]}{reference[-2]}", payer, amount)
        case 2:
            return Paid(f"{reference} {other[0]}", payer, amount + other[2])
        case 3:
            return Paid("2026-114", "Harbour Bakery", amount)
        case _:
            return Paid(reference, payer, amount)


def _camt(lender: Lender, day: date, number: int, lines: list[Paid]) -> bytes:
    code, total = lender.currency, sum(line.amount for line in lines)
    opening = 125_000_00 + number
    entries = "".join(_entry(lender, day, number, place, line) for place, line in enumerate(lines, start=1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_NAMESPACE}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>DEMO-{number}</MsgId><CreDtTm>{day}T06:30:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{lender.code}-{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb><CreDtTm>{day}T06:30:00</CreDtTm>"
        f"<Acct><Id><Othr><Id>{lender.code.upper()}-COLLECTIONS</Id></Othr></Id><Ccy>{code}</Ccy></Acct>"
        f"{_balance('OPBD', opening, code, day)}{_balance('CLBD', opening + total, code, day)}{entries}"
        "</Stmt></BkToCstmrStmt></Document>\n"
    ).encode()


def _balance(kind: str, minor: int, code: str, day: date) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{code}">{_major(minor)}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _entry(lender: Lender, day: date, number: int, place: int, line: Paid) -> str:
    amount = f'<Amt Ccy="{lender.currency}">{_major(line.amount)}</Amt>'
    told = f"<RmtInf><Ustrd>{escape(line.reference)}</Ustrd></RmtInf>" if line.reference else ""
    return (
        f"<Ntry><NtryRef>{number}-{place}</NtryRef>{amount}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<AcctSvcrRef>B{number:02d}X{place:03d}</AcctSvcrRef>"
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>{escape(line.payer)}</Nm></Pty></Dbtr></RltdPties>"
        f"{told}</TxDtls></NtryDtls></Ntry>\n"
    )


def _major(minor: int) -> str:
    return f"{Decimal(minor) / 100:.2f}"
