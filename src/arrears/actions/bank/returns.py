"""Returns: a line that took money back finds the payment it is about, and that payment counts as if it had never been.

The debt opens again, its promise is broken, and the bank's reason stays with the entry. A return that finds no payment,
or more than one, waits for a hand.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import polars as pl

from arrears.actions import payments
from arrears.actions.payments import Posted
from arrears.packs.takings import takings
from arrears.store.doors import bank_lines
from arrears.store.doors import statements as door

DAYS_BACK: Final = 430
"""How far back a payment may lie that comes back: thirteen months for an unauthorised debit, and some for the post."""
_WORD: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-_/.]*")


def take_back(lines: pl.DataFrame, *, now: datetime, using: str = "night") -> int:
    """Take back the payments that lines (as `reading.COLUMNS`, with ``line_id``) return; say how many there were."""
    return sum(_take_back(row, now, using) for row in lines.iter_rows(named=True))


def accounts_of(lines: pl.DataFrame, *, using: str = "night") -> set[int]:
    """Return the debts whose payments the lines may take back: who holds them all before meets nobody halfway."""
    return {paid.account for row in lines.iter_rows(named=True) for paid in _payments_of(row, using)}


def _take_back(row: dict[str, Any], now: datetime, using: str) -> bool:
    found = payment_of(row, using=using)
    if found is None:
        return False
    done = reverse(found.entry, row, now=now, using=using)
    return isinstance(done, Posted)


def payment_of(row: dict[str, Any], *, using: str = "night") -> door.Paid | None:  # Any: the columns of a line
    """Return the one payment that a return is about, None where there is none or a choice."""
    found = _payments_of(row, using)
    standing = [each for each in found if each.reversed_by is None]
    chosen = standing or found
    return chosen[0] if len(chosen) == 1 else None


def _payments_of(row: dict[str, Any], using: str) -> Sequence[door.Paid]:  # Any: the columns of a line
    references = row["said_references"]
    refs = [row["returned_ref"], *(json.loads(references) if isinstance(references, str) else references)]
    words = _WORD.findall(f"{row['remittance']} {row['bank_code']}")
    index = row.get("payer_index") or ""
    payer = index.removeprefix("\\x") if isinstance(index, str) else bytes(index).hex()
    return door.paid_back(
        [ref for ref in dict.fromkeys(refs) if ref],
        words,
        -row["amount_minor"],
        row["value_on"] - timedelta(days=DAYS_BACK),
        row["value_on"],
        payer,
        row["payer_name"],
        using=using,
    )


def reverse(entry: int, row: dict[str, Any], *, now: datetime, using: str) -> Posted | object:
    """Reverse a payment by the line that took it back, and note on the line which it was."""
    done = payments.reverse(
        entry,
        value_date=row["value_on"],
        reason=reason_of(row["return_reason"], row["bank_code"]),
        now=now,
        reference=f"bank/{row['line_key']}",
        using=using,
    )
    if isinstance(done, Posted):
        bank_lines.settle_return(row["line_id"], done.account, done.entry, row["amount_minor"], now=now, using=using)
    return done


def reason_of(code: str, bank_code: str) -> str:
    """Return the bank's reason as it is kept: its code, and its words in English behind it where we know them."""
    said = code or bank_code
    known = takings().reason(code)
    return f"{said}: {known.title.en}" if code and known.code != "other" else said
