"""What a flow of money is to the books, and how the sums of a debt spread over these purposes.

A purpose is the books' own name for a kind of flow; a chart says on which account it stands. Amounts are minor units,
debits above zero, credits below. The purposes of one debt add up to nothing: that is double entry, and it follows from
the ledger's identity that balances are the sum of flows.
"""

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[Any]  # structured
Whole: TypeAlias = NDArray[np.int64]

OF_DEBTS: Final = (
    "principal",
    "interest",
    "accrued",
    "fees",
    "costs",
    "charges",
    "written_off",
    "debtor_credit",
    "received",
    "received_direct",
    "set_off",
    "recovered",
    "opened",
    "adjusted",
    "interest_income",
    "accrued_income",
    "fee_income",
    "cost_income",
    "charge_income",
    "recovery_income",
    "waived",
    "settled",
    "charge_off",
    "sold",
    "sale_price",
)
"""Purposes that follow from the ledger of a debt."""

SUB_LEDGER: Final = ("principal", "interest", "accrued", "fees", "costs", "charges", "written_off", "debtor_credit")
"""Of these, what a debt consists of: the balances that the general ledger must show to the unit."""

OF_ORGANISATIONS: Final = (
    "suspense",
    "operating_bank",
    "trust_bank",
    "client_money",
    "commission_expense",
    "commission_payable",
    "commission_receivable",
    "commission_income",
)
"""Purposes that verbs post by themselves: money that belongs to no debt yet, clients' money, commission."""

PURPOSES: Final = (*OF_DEBTS, *OF_ORGANISATIONS)

DERIVED: Final = np.dtype([(name, "<i8") for name in OF_DEBTS])
"""One debt's purposes as a row."""
