"""Sums of an account up to a day: all that ever flowed, by what it was, and the balances that follow.

The books are made of these. Sums come out of the same loop as the position; `balances_of` says how a balance
follows from the flows, and property tests hold it to the unit. All amounts are minor units, none below zero.

Flows that add to the debt:

- ``opened_principal``, ``opened_interest`` (once due), ``added_principal`` and ``added_fees`` (adjustments upwards);
- ``billed_interest`` (of instalments that fell due), ``accrued_interest`` (of the contract, by day, as shown);
- ``fees``, ``costs``, ``charges`` (late charges as shown, daily and fixed).

Cash as it came in: ``cash_payment``, ``cash_direct`` (to the creditor), ``cash_set_off``, ``cash_recovery``. What
became of it: ``paid_…`` by part; the rest is credit.

Relief by part: ``waived_…``, ``settled_…``, ``adjusted_…`` (downwards); only what there was to relieve.

What the creditor's book alone knows: ``charged_off``; ``regained``, by how much charge-offs exceed what is still owed,
that is what came back of it; ``sold``, what a sale took out of the book; ``sale_price``, what it brought.

Parts are ``principal``, ``interest`` (of instalments or brought in), ``accrued`` (contract interest by day), ``fees``,
``costs`` and ``charges``. Balances: ``balance_<part>``, ``balance_credit``, and ``balance_book``: what is carried, late
charges and accrued interest aside, net of credit.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from arrears.domain.entries import Entry
from arrears.domain.terms import Terms
from arrears.engine.ledger import registers as r
from arrears.engine.ledger.columns import EVERYTHING, columns_of, room_for, terms_table
from arrears.engine.ledger.loop import run_range
from arrears.kernel.epoch import epoch_day

SUMS: Final = r.SUMS
"""Names of the sums, in the order of a row."""

FLOWS: Final = SUMS[: r.S_BALANCES]
BALANCES: Final = SUMS[r.S_BALANCES :]
PARTS: Final = ("principal", "interest", "fees", "charges", "costs", "accrued")

SUMS_ROW: Final = np.dtype([(name, "<i8") for name in SUMS])
"""The sums of an account as NumPy sees them."""

_ADDS: Final[dict[str, tuple[str, ...]]] = {
    "principal": ("opened_principal", "added_principal"),
    "interest": ("opened_interest", "billed_interest"),
    "fees": ("fees", "added_fees"),
    "charges": ("charges",),
    "costs": ("costs",),
    "accrued": ("accrued_interest",),
}
CASH: Final = ("cash_payment", "cash_direct", "cash_set_off", "cash_recovery")
TAKES: Final = ("paid", "waived", "settled", "adjusted")
"""What takes a part down: each is a flow with the part's name behind it."""

FLOWS_INTO: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    **{
        f"balance_{part}": (
            *((name, 1) for name in _ADDS[part]),
            *((f"{take}_{part}", -1) for take in TAKES),
        )
        for part in PARTS
    },
    "balance_credit": (*((name, 1) for name in CASH), *((f"paid_{part}", -1) for part in PARTS)),
}
"""Each balance as its flows with their signs, but for the book's."""


def balances_of(sums: Mapping[str, int]) -> dict[str, int]:
    """Return the balances that follow from the flows of ``sums``."""
    found = {balance: sum(sign * int(sums[flow]) for flow, sign in flows) for balance, flows in FLOWS_INTO.items()}
    owed = (
        sum(found[f"balance_{part}"] for part in ("principal", "interest", "fees", "costs")) - found["balance_credit"]
    )
    found["balance_book"] = owed - int(sums["charged_off"]) + int(sums["regained"]) - int(sums["sold"])
    return found


def sums_of(terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING) -> dict[str, int]:
    """Return the sums of one account at the end of ``as_of``, by entries with book days up to ``known_on``."""
    columns, ordered = columns_of(entries)
    out, sums = [0] * len(r.ANSWERS), [0] * len(SUMS)
    room = [0] * room_for(len(ordered), [terms], recording=False)
    starts = [0, len(ordered)]
    run_range(terms_table([terms]), [0], columns, starts, epoch_day(as_of), known_on, room, out, sums)
    return dict(zip(SUMS, sums, strict=True))
