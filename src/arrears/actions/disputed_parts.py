"""Which part of a debt is disputed, what it leaves, and whether whoever asks for the rest alone asks for no more.

What is owed falls with every payment; once it is no more than the part that is disputed, all of it is, and 12 CFR
1006.38(d)(2) lets nothing be asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from arrears.actions import positions
from arrears.actions.ledger_states import states_at
from arrears.actions.mistakes import mistake
from arrears.domain.holds import Hold, HoldKind
from arrears.engine.gate import Known, Proposal
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import holds
from arrears.store.doors import positions as bases

PART: Final = "disputed_minor"
REST_ONLY: Final = "undisputed_part_only"


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a debt is disputed and how much of it is owed, in minor units, since the first such dispute came."""

    account: int
    disputed_minor: int
    owed_minor: int
    since: datetime

    @property
    def rest_minor(self) -> int:
        """What is owed and not disputed; nothing where payments left only what is disputed."""
        return self.owed_minor - self.disputed_minor


def parts_of(person: int, accounts: Sequence[int], now: datetime, today: date, *, using: str = "default") -> list[Part]:
    """Return the parts of debts that are disputed at an instant: several of one debt together, never more than is owed.

    A debt that is disputed as a whole, or whose debtor disputes everything, has no part.
    """
    found = [hold for hold in holds.standing(person, list(accounts), now, using=using) if hold.kind is HoldKind.DISPUTE]
    whole = {hold.account for hold in found if hold.facts.get(PART) is None}
    own = set() if None in whole else {one for one in accounts if one not in whole}
    parts = {one: [hold for hold in found if hold.account == one] for one in sorted(own)}
    owed = states_at({one: today for one, of_one in parts.items() if of_one}, using=using)
    return [_together(one, tuple(parts[one]), max(state.contractual, 0)) for one, state in sorted(owed.items())]


def _together(account: int, placed: Sequence[holds.Placed], owed_minor: int) -> Part:
    disputed = min(sum(int(hold.facts[PART]) for hold in placed), owed_minor)
    return Part(account, disputed, owed_minor, min(hold.since for hold in placed))


def above_rest(account: int, amount_minor: int | None, now: datetime, *, using: str = "default") -> Problem | None:
    """Return that an amount is more than the rest of a debt which nobody disputes, or that there is no such rest."""
    basis = next(iter(bases.bases_of(positions.ids([account]), using=using)), None)
    if basis is None:
        return mistake("account_not_found", "account")
    today = local_day(now, basis.timezone)
    part = next(iter(parts_of(basis.person, [account], now, today, using=using)), None)
    if part is None or not part.rest_minor:
        return mistake("no_rest", "amount")
    return mistake("above_rest", "amount") if (amount_minor or 0) > part.rest_minor else None


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
