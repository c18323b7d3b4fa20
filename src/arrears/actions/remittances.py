"""What a client's money comes to on the day it is passed on: released, kept as commission, and what would go."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from arrears.actions import commission
from arrears.engine.commission.terms import MoneyKind
from arrears.store.doors import placements
from arrears.store.doors import trust as door
from arrears.store.doors.trust import ClientRow
from arrears.store.scope import current


class Remittance(StrEnum):
    """How a client's money is passed on.

    ``gross``: all of it; commission is billed apart. ``net``: less the commission on what came through us.
    ``combined``: less the commission on what was paid to the client directly as well.
    """

    NET = "net"
    GROSS = "gross"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True)
class Due:
    """A client's money: all that is ``held``, of it ``unreleased`` and so kept back, and commission to be ``kept``.

    ``kept`` never exceeds what is free; minor units.
    """

    held: int
    unreleased: int
    kept: int

    @property
    def free(self) -> int:
        """Return what may leave the account; below zero where more was passed on than has been released."""
        return self.held - self.unreleased

    @property
    def passed(self) -> int:
        """Return what would go to the client."""
        return max(0, self.free) - self.kept


def due_to(ledger: ClientRow, way: Remittance, released_until: date, *, using: str = "default") -> Due:
    """Return what passing on a client's money would come to; writes nothing.

    Money valued after ``released_until`` stays: its bank may still take it back.
    """
    unreleased = door.unreleased(ledger.id, released_until, using=using)
    free = max(0, ledger.balance - unreleased)
    return Due(ledger.balance, unreleased, min(free, _commission_due(ledger, way, using)))


def _commission_due(ledger: ClientRow, way: Remittance, using: str) -> int:
    """Return the commission that may be kept of a client's money: earned and booked, less what was kept before."""
    if way is Remittance.GROSS:
        return 0
    owner = current(using).organisation
    own = [
        row for row in placements.placements(owner, using=using) if (row.owner, row.holder) == (ledger.client, owner)
    ]
    due = 0
    for row in own:
        if row.currency == ledger.currency:
            lines = commission.statement_lines(placements.posted(row.id, commission.HOLDER, using=using)).values()
            due += sum(
                line["commission"]
                for line in lines
                if way is Remittance.COMBINED or line["kind"] != MoneyKind.DIRECT.value
            )
    return max(0, due - door.taken_as_commission(ledger.id, using=using))
