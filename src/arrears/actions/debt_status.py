"""How a debt stands, for the gate: by the word kept with the account and by what its entries came to.

The live gate and the night's mask both ask here, so that neither lets a contact go that the other would refuse.
"""

from typing import Final

from arrears.domain.position import Flag
from arrears.engine.gate import DebtStatus

#: One past the highest value of a position's flags.
FLAGS: Final = 1 << len(Flag)
OVER: Final = frozenset(
    {DebtStatus.PAID, DebtStatus.SETTLED, DebtStatus.SOLD, DebtStatus.RECALLED, DebtStatus.CANCELLED}
)
"""How a debt stands that nobody works any more; a charged-off one is still owed."""

_BY_WORD: Final = {
    "open": DebtStatus.OPEN,
    "paid": DebtStatus.PAID,
    "settled": DebtStatus.SETTLED,
    "written_off": DebtStatus.CHARGED_OFF,
    "sold": DebtStatus.SOLD,
    "closed": DebtStatus.CANCELLED,
}
_BY_ENTRIES: Final = (
    (Flag.NOTHING_OWED, DebtStatus.PAID),
    (Flag.SOLD, DebtStatus.SOLD),
    (Flag.CHARGED_OFF, DebtStatus.CHARGED_OFF),
)


def debt_status(word: str, flags: int) -> DebtStatus | None:
    """Return how a debt stands whose account says ``word`` and whose position has ``flags``; None for an unknown word.

    A word that says the debt is over stands; one that it is still owed gives way to entries that ended it.
    """
    said = _BY_WORD.get(word)
    if said not in {DebtStatus.OPEN, DebtStatus.CHARGED_OFF}:
        return said
    return next((meaning for flag, meaning in _BY_ENTRIES if flags & flag), said)
