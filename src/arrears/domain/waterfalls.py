"""Orders of paying: which part of a debt a payment pays first, and after it which.

Five parts can be paid. An order names all of them once; within a part the oldest comes first. Interest and principal
that stand side by side may be paid instalment by instalment instead of all of one before all of the other.

An order has a code, a whole number, so that a payment can carry its own order as an instruction: a named one has the
number of `Waterfall`, any other the digits of its steps in base eight, the first step lowest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Pays(IntEnum):
    """A part of a debt that can be paid. The codes are the steps of an order: stored, never renumbered."""

    COSTS = 1
    FEES = 2
    INTEREST = 3
    PRINCIPAL = 4
    CHARGES = 5


_INTEREST_WITH_PRINCIPAL: Final = 6
_PRINCIPAL_WITH_INTEREST: Final = 7
_STEP: Final = 8


class Waterfall(IntEnum):
    """In which order a payment pays, by name. Codes are stored as payment instructions; 0 there means the product's.

    `INTEREST_PRINCIPAL_CHARGES` pays late charges last, so that no late charge arises only because an earlier one
    ate part of a full and timely payment (16 CFR 444.4).
    """

    INTEREST_PRINCIPAL_CHARGES = 1
    CHARGES_INTEREST_PRINCIPAL = 2
    COSTS_INTEREST_PRINCIPAL = 3
    PRINCIPAL_INTEREST_CHARGES = 4


@dataclass(frozen=True, slots=True)
class Order:
    """An order of paying: every part once; ``by_instalment`` where interest and principal go side by side."""

    parts: tuple[Pays, ...]
    by_instalment: bool = False

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps as the ledger takes them: a part each, or both parts of one instalment after another."""
        if not self.by_instalment:
            return tuple(int(part) for part in self.parts)
        steps: list[int] = []
        for part in self.parts:
            if part in _SIDE_BY_SIDE and steps and steps[-1] in _SIDE_BY_SIDE:
                steps[-1] = _INTEREST_WITH_PRINCIPAL if part is Pays.PRINCIPAL else _PRINCIPAL_WITH_INTEREST
            else:
                steps.append(int(part))
        return tuple(steps)

    @property
    def code(self) -> int:
        """The order as one whole number."""
        return sum(step * _STEP**place for place, step in enumerate(self.steps))


_SIDE_BY_SIDE: Final = frozenset({Pays.INTEREST, Pays.PRINCIPAL})

ORDERS: Final[dict[Waterfall, Order]] = {
    Waterfall.INTEREST_PRINCIPAL_CHARGES: Order(
        (Pays.INTEREST, Pays.PRINCIPAL, Pays.COSTS, Pays.FEES, Pays.CHARGES), by_instalment=True
    ),
    Waterfall.CHARGES_INTEREST_PRINCIPAL: Order(
        (Pays.CHARGES, Pays.COSTS, Pays.FEES, Pays.INTEREST, Pays.PRINCIPAL), by_instalment=True
    ),
    Waterfall.COSTS_INTEREST_PRINCIPAL: Order((Pays.COSTS, Pays.FEES, Pays.CHARGES, Pays.INTEREST, Pays.PRINCIPAL)),
    Waterfall.PRINCIPAL_INTEREST_CHARGES: Order((Pays.PRINCIPAL, Pays.INTEREST, Pays.COSTS, Pays.FEES, Pays.CHARGES)),
}
"""What the named orders are."""


def order_of(waterfall: Waterfall | Order) -> Order:
    """Return the order that is meant."""
    return ORDERS[waterfall] if isinstance(waterfall, Waterfall) else waterfall


def whole_order(parts: Sequence[Pays], *, by_instalment: bool = False) -> Order | None:
    """Return the order that begins with ``parts``; parts left out follow in the order of `Pays`.

    None where a part is named twice, or where interest and principal are to be paid together and are not neighbours.
    """
    if len(set(parts)) < len(parts):
        return None
    whole = Order((*parts, *(part for part in Pays if part not in parts)), by_instalment)
    side_by_side = [place for place, part in enumerate(whole.parts) if part in _SIDE_BY_SIDE]
    return None if by_instalment and side_by_side[1] - side_by_side[0] != 1 else whole


def order_with(code: int) -> Order | None:
    """Return the order with a code, named or not; None where there is none."""
    if code in set(Waterfall):
        return ORDERS[Waterfall(code)]
    steps: list[int] = []
    rest = code
    while rest > 0:
        steps.append(rest % _STEP)
        rest //= _STEP
    parts = [Pays(part) for step in steps for part in _PARTS_OF.get(step, (step,)) if part]
    by_instalment = any(step in _PARTS_OF for step in steps)
    if len(parts) != len(Pays) or len(set(parts)) < len(parts):
        return None
    order = Order(tuple(parts), by_instalment)
    return order if order.code == code else None


_PARTS_OF: Final = {
    _INTEREST_WITH_PRINCIPAL: (Pays.INTEREST, Pays.PRINCIPAL),
    _PRINCIPAL_WITH_INTEREST: (Pays.PRINCIPAL, Pays.INTEREST),
}
