"""What a plan does to debts if it is kept: balances and charges to come, by the ledger itself, never by a formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.plans import Charges, Instalment
from arrears.engine.ledger.state import state
from arrears.engine.plans.judging import Debt
from arrears.engine.plans.shares import split
from arrears.kernel.epoch import epoch_day

_AHEAD = 2**30
"""Book day of what is only imagined."""


@dataclass(frozen=True, slots=True)
class Projected:
    """After one instalment is paid on its day: what is still owed in all, and how much late charge arose since."""

    instalment: Instalment
    owed: int
    charges: int


def projected(
    debts: Mapping[int, Debt],
    amounts: Mapping[int, int],
    instalments: Sequence[Instalment],
    charges: Charges,
    as_of: date,
) -> tuple[Projected, ...]:
    """Return what every instalment leaves, if each is paid on its due date and nothing else happens.

    ``amounts`` is what the plan covers of each debt. With charges frozen none accrue until the last instalment.
    """
    shares = split(instalments, amounts)
    imagined = {account: _imagined(shares[account], charges, as_of, instalments[-1].due) for account in amounts}
    before = {account: _arisen(debts[account], debts[account].entries, as_of) for account in amounts}
    found = []
    for each in instalments:
        owed = arisen = 0
        for account, entries in imagined.items():
            debt = debts[account]
            now = state(debt.terms, [*debt.entries, *entries], max(each.due, as_of))
            owed += now.contractual
            arisen += now.charges + now.charges_settled - before[account]
        found.append(Projected(each, owed, max(0, arisen)))
    return tuple(found)


def _arisen(debt: Debt, entries: Sequence[Entry], on: date) -> int:
    now = state(debt.terms, list(entries), on)
    return now.charges + now.charges_settled


def _imagined(own: Sequence[Instalment], charges: Charges, as_of: date, last: date) -> list[Entry]:
    """Return the entries that would be posted: each payment on its day, and the freeze where charges rest."""
    found = [Entry(10**15 + each.number, EntryKind.PAYMENT, max(each.due, as_of), _AHEAD, each.amount) for each in own]
    if charges is Charges.FROZEN:
        found.append(Entry(10**15, EntryKind.CHARGE_FREEZE, as_of, _AHEAD, 0, detail=epoch_day(last) + 1))
    return found
