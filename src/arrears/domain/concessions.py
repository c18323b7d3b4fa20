"""Concessions: a debt settled for less, or charges waived, on conditions; and the life such an offer leads (P37).

Nothing is cut while an offer lives. The cut is booked once, when the last payment it asks for has cleared; an offer
that is missed leaves the whole debt standing, because nothing was ever taken off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from arrears.kernel.texts import Text


class ConcessionKind(StrEnum):
    """What is offered: all that is left beyond the payments is cut, or a stated sum of fees, charges, interest."""

    SETTLEMENT = "settlement"
    WAIVER = "waiver"


class State(StrEnum):
    """Where an offer stands. ``paid``: all has come, a bank may still take it back. ``missed`` is passed through."""

    DRAFTED = "drafted"
    OFFERED = "offered"
    AWAITING = "awaiting"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    PAID = "paid"
    COMPLETED = "completed"
    MISSED = "missed"
    REINSTATED = "reinstated"


WORDS: Final[Mapping[State, Text]] = {
    State.DRAFTED: Text("Draft", "Borrador", "草稿"),
    State.OFFERED: Text("Offered", "Ofrecida", "已提出"),
    State.AWAITING: Text("Waits for approval", "Espera aprobación", "待审批"),
    State.APPROVED: Text("Approved", "Aprobada", "已批准"),
    State.REFUSED: Text("Refused", "Rechazada", "已拒绝"),
    State.EXPIRED: Text("Expired", "Vencida", "已失效"),
    State.WITHDRAWN: Text("Withdrawn", "Retirada", "已撤回"),
    State.ACCEPTED: Text("Accepted, being paid", "Aceptada, en pago", "已接受，付款中"),
    State.PAID: Text("Paid, not yet cleared", "Pagada, sin liquidar", "已付清，待确认到账"),
    State.COMPLETED: Text("Completed", "Cumplida", "已完成"),
    State.MISSED: Text("Missed", "Incumplida", "未履行"),
    State.REINSTATED: Text("Missed: the whole debt stands", "Incumplida: se debe todo", "未履行：恢复全额债务"),
}

NEXT: Final[Mapping[State, frozenset[State]]] = {
    State.DRAFTED: frozenset({State.OFFERED, State.WITHDRAWN}),
    State.OFFERED: frozenset({State.AWAITING, State.APPROVED, State.WITHDRAWN}),
    State.AWAITING: frozenset({State.APPROVED, State.REFUSED, State.EXPIRED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.ACCEPTED, State.EXPIRED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.PAID, State.COMPLETED, State.MISSED, State.WITHDRAWN}),
    State.PAID: frozenset({State.ACCEPTED, State.COMPLETED, State.MISSED}),
    State.COMPLETED: frozenset({State.ACCEPTED, State.PAID, State.MISSED}),
    State.MISSED: frozenset({State.REINSTATED}),
    State.REINSTATED: frozenset({State.ACCEPTED, State.PAID, State.COMPLETED}),
    State.REFUSED: frozenset(),
    State.EXPIRED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Which state may follow which: money moves the last five either way, people move the others forward only."""

LIVE: Final = frozenset({State.OFFERED, State.AWAITING, State.APPROVED, State.ACCEPTED, State.PAID})
"""States in which a debt has an offer going on; it has one at most."""

JUDGED: Final = frozenset({State.ACCEPTED, State.PAID, State.COMPLETED, State.REINSTATED})
"""States that follow from payments."""


@dataclass(frozen=True, slots=True)
class Part:
    """One payment that an offer asks for: minor units by a day."""

    due: date
    amount: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What was agreed: the payments, in order of their days, from which day and after which entry money counts."""

    since: date
    parts: tuple[Part, ...]
    after_entry: int = 0

    @property
    def amount(self) -> int:
        """The sum that is to be paid."""
        return sum(part.amount for part in self.parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """An accepted offer judged on a day.

    ``state`` is accepted, paid, completed or missed. ``paid`` is what has come for it, at most its amount; ``next`` the
    part that is to be paid next; ``completed_on`` the value date of the payment that completed it; ``look_on`` the
    next day on which time alone changes the answer.
    """

    state: State
    paid: int
    next: Part | None = None
    completed_on: date | None = None
    look_on: date | None = None
    missed: Part | None = None
