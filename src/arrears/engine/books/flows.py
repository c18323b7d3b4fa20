"""How the sums of a debt's flows spread over the purposes of the books.

The ledger sums up, in the loop that makes a position, all that flowed on a debt (`arrears.engine.ledger.sums`), and
holds that balances are the sum of flows. So the purposes of a debt add up to nothing by themselves; nothing is plugged.
"""

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from arrears.engine.books.purposes import DERIVED

Rows: TypeAlias = NDArray[Any]  # structured

_PARTS: Final = ("principal", "interest", "fees", "charges", "costs", "accrued")
_DEBITS: Final = {
    "principal": ("balance_principal",),
    "interest": ("balance_interest",),
    "accrued": ("balance_accrued",),
    "fees": ("balance_fees",),
    "costs": ("balance_costs",),
    "charges": ("balance_charges",),
    "received": ("cash_payment",),
    "received_direct": ("cash_direct",),
    "set_off": ("cash_set_off",),
    "recovered": ("cash_recovery",),
    "waived": tuple(f"waived_{part}" for part in _PARTS),
    "settled": tuple(f"settled_{part}" for part in _PARTS),
    "adjusted": tuple(f"adjusted_{part}" for part in _PARTS),
    "sale_price": ("sale_price",),
}
_CREDITS: Final = {
    "debtor_credit": ("balance_credit",),
    "opened": ("opened_principal", "opened_interest"),
    "adjusted": ("added_principal", "added_fees"),
    "interest_income": ("billed_interest",),
    "accrued_income": ("accrued_interest",),
    "fee_income": ("fees",),
    "cost_income": ("costs",),
    "charge_income": ("charges",),
    "sold": ("sale_price",),
}


def derived(sums: Rows) -> Rows:
    """Return what each debt's purposes stand at: one row of `DERIVED` for each row of ``sums``, adding up to 0.

    What is charged off leaves the books as far as it is still owed; what comes in on it afterwards is income from
    recoveries. A sale takes the rest out; its price is due from the buyer.
    """
    out = np.zeros(len(sums), DERIVED)
    for name, flows in _DEBITS.items():
        for flow in flows:
            out[name] += sums[flow]
    for name, flows in _CREDITS.items():
        for flow in flows:
            out[name] -= sums[flow]
    owed = sum(sums[f"balance_{part}"] for part in ("principal", "interest", "fees", "costs")) - sums["balance_credit"]
    net = np.maximum(0, owed)
    lost = sums["charged_off"]
    regained = np.maximum(0, lost - net)
    out["charge_off"], out["recovery_income"] = lost, -regained
    out["sold"] += sums["sold"]
    out["written_off"] = -(lost - regained + sums["sold"])
    return out
