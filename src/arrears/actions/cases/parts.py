"""A dispute of a part of a debt: how much of it, of which debt, and never more than is owed.

12 CFR 1006.38(d)(2) ceases collection of the disputed part. The gate lets the rest be asked for where the law of the
place does and whoever asks says that nothing else is asked for; the house's own rule holds the whole debt.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from arrears.actions.cases.mistakes import mistake
from arrears.actions.ledger_states import states_at
from arrears.domain.case_files import CaseKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_records as records
from arrears.store.doors.cases import owner_of


def wrong_part(kind: CaseKind, accounts: Sequence[int], facts: Mapping[str, Any], now: datetime) -> Problem | None:
    """Return what is wrong with the part that a case names; None where it names none, or one that fits."""
    part = facts.get("disputed_minor")
    if part is None:
        return None
    if kind is not CaseKind.DISPUTE or len(accounts) != 1:
        return mistake("part_of_which_debt", "disputed")
    owed = owed_now(accounts[0], now)
    if isinstance(part, bool) or not isinstance(part, int) or not 0 < part <= owed:
        return mistake("part_too_large", "disputed")
    return None


def owed_now(account: int, now: datetime) -> int:
    """Return what is owed of a debt in all on the day, in minor units; nothing of one that the scope does not see."""
    owner, _ = owner_of(account)
    today = local_day(now, records.house_of(owner).timezone)
    found = states_at({account: today}).get(account)
    return found.contractual if found else 0
