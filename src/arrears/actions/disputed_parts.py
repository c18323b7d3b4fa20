"""Whether a disputed part still leaves a rest, for whoever asks for the rest of a debt alone.

What is owed falls with every payment; once it is no more than the part that is disputed, all of it is, and 12 CFR
1006.38(d)(2) lets nothing be asked for.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from arrears.actions.ledger_states import states_at
from arrears.domain.holds import Hold
from arrears.engine.gate import Known, Proposal

PART: Final = "disputed_minor"
REST_ONLY: Final = "undisputed_part_only"


def with_parts_that_leave_a_rest(known: Known, proposal: Proposal, today: date, *, using: str = "default") -> Known:
    """Return ``known`` in which a hold names a part of a debt only where more than that part is owed ``today``.

    The ledger is read only where somebody says that they ask for the rest alone.
    """
    parts = [hold for hold in known.holds if hold.facts.get(PART) is not None]
    if not parts or proposal.facts.get(REST_ONLY) is not True:
        return known
    days = {int(debt): today for hold in parts for debt in hold.debts}
    owed = {debt: one.contractual for debt, one in states_at(days, using=using).items()}
    return replace(known, holds=tuple(_whole(hold, owed) if hold in parts else hold for hold in known.holds))


def _whole(hold: Hold, owed: dict[int, int]) -> Hold:
    """Return the hold, of the whole debt where its part leaves nothing."""
    part = hold.facts[PART]
    if isinstance(part, int) and sum(owed.get(int(debt), 0) for debt in hold.debts) > part:
        return hold
    return replace(hold, facts={name: said for name, said in hold.facts.items() if name != PART})
