"""Entries: the facts of an account, and what each kind does to what is owed and to what the creditor carries.

Entries are only ever added. Each has a value date (when it counts) and a book day (when it became known). A
kind's code is stable and is also its turn within a day: what makes something due comes before what pays it, so
that a payment on the due date is in time whatever the order of arrival.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from arrears.kernel.texts import Text


class EntryKind(IntEnum):
    """What happened. Codes are stored: never renumbered, new kinds take free numbers in their turn of the day."""

    OPENING = 10
    ADJUSTMENT = 20
    DEFERRAL = 30
    CHARGE_FREEZE = 32
    INSTALMENT_DUE = 40
    FEE = 50
    COST = 52
    ACCELERATION = 60
    PAYOFF = 62
    PAYMENT_SEEN = 70
    PAYMENT = 80
    PAYMENT_DIRECT = 82
    SET_OFF = 84
    RECOVERY = 86
    WAIVER = 90
    SETTLEMENT = 92
    RE_AGE = 100
    CHARGE_OFF = 110
    SALE = 112
    REVERSAL = 120


class Effect(NamedTuple):
    """What a kind does: to the contractual balance (owed), to the book balance (carried), and in words."""

    words: Text
    contractual: str
    book: str
    is_cash: bool = False
    is_relief: bool = False


EFFECTS: Final[Mapping[EntryKind, Effect]] = {
    EntryKind.OPENING: Effect(
        Text("Opening", "Apertura", "期初余额"),
        "adds the principal part, not yet due; the rest is interest already due on the value date",
        "adds the same",
    ),
    EntryKind.ADJUSTMENT: Effect(
        Text("Adjustment", "Ajuste", "调整"),
        "above zero adds the principal part to principal not yet due and the rest to fees; "
        "below zero takes off as a waiver does",
        "the same",
    ),
    EntryKind.DEFERRAL: Effect(
        Text("Deferral", "Aplazamiento", "延期"),
        "moves instalments that fall due from its value date until `detail` (an epoch day) to that day",
        "nothing",
        is_relief=True,
    ),
    EntryKind.CHARGE_FREEZE: Effect(
        Text("Freeze of interest and charges", "Congelación de intereses y recargos", "停计利息和滞纳金"),
        "from the end of its value date to the end of `detail` (an epoch day) no late charge arises and no contract "
        "interest accrues; the latest one says until when, so that one with an earlier end, at the earliest its own "
        "value date, ends it; what would have arisen meanwhile is not made up for",
        "nothing",
    ),
    EntryKind.INSTALMENT_DUE: Effect(
        Text("Instalment due", "Cuota vencida", "分期到期"),
        "makes the principal part (as far as principal is left that is not due yet) and the rest, interest, due; "
        "`detail` is its number in the contract, 0 where unknown",
        "adds the interest",
    ),
    EntryKind.FEE: Effect(Text("Fee", "Comisión", "费用"), "adds to fees, due at once", "adds the same"),
    EntryKind.COST: Effect(Text("Cost", "Gasto", "成本"), "adds to fees, due at once", "adds the same"),
    EntryKind.ACCELERATION: Effect(
        Text("Acceleration", "Vencimiento anticipado", "加速到期"),
        "makes all principal due on its value date; later instalments are void",
        "nothing",
    ),
    EntryKind.PAYOFF: Effect(
        Text("Early repayment", "Cancelación anticipada", "提前结清"),
        "as an acceleration, at the debtor's wish",
        "nothing",
    ),
    EntryKind.PAYMENT_SEEN: Effect(
        Text("Payment seen, not cleared", "Pago visto, sin liquidar", "已见款项，未清算"),
        "nothing: the cleared payment that follows names it in `reverses`",
        "nothing",
    ),
    EntryKind.PAYMENT: Effect(
        Text("Payment", "Pago", "还款"),
        "pays by the product's waterfall, or by the one in `detail`; what is left over is kept as credit and pays what "
        "falls due next",
        "takes off what it pays of principal, interest and fees",
        is_cash=True,
    ),
    EntryKind.PAYMENT_DIRECT: Effect(
        Text("Payment direct to the creditor", "Pago directo al acreedor", "直接向债权人还款"),
        "as a payment",
        "as a payment",
        is_cash=True,
    ),
    EntryKind.SET_OFF: Effect(Text("Set-off", "Compensación", "抵销"), "as a payment", "as a payment", is_cash=True),
    EntryKind.RECOVERY: Effect(
        Text("Recovery", "Recuperación", "核销后收回"), "as a payment", "as a payment", is_cash=True
    ),
    EntryKind.WAIVER: Effect(
        Text("Waiver", "Condonación", "减免"),
        "takes off the principal part from what is oldest due, then from what is not due; the rest from late charges, "
        "fees, interest in this order; never more than is owed, never a cure",
        "takes off the same, late charges aside",
        is_relief=True,
    ),
    EntryKind.SETTLEMENT: Effect(
        Text("Settlement", "Quita por acuerdo", "和解减免"),
        "as a waiver; posted only when the last payment of the settlement has cleared",
        "as a waiver",
        is_relief=True,
    ),
    EntryKind.RE_AGE: Effect(
        Text("Re-age", "Reinicio de antigüedad", "重置账龄"),
        "gives all unpaid instalments that are due its value date as the day from which they age; never a cure",
        "nothing",
        is_relief=True,
    ),
    EntryKind.CHARGE_OFF: Effect(
        Text("Charge-off", "Fallido contable", "核销"),
        "nothing: the debtor still owes all of it",
        "takes the amount off",
        is_relief=True,
    ),
    EntryKind.SALE: Effect(
        Text("Sale of the debt", "Venta de la deuda", "债权转让"),
        "nothing: the debtor owes it to somebody else, and the account is marked as sold",
        "nothing is carried any more",
    ),
    EntryKind.REVERSAL: Effect(
        Text("Reversal", "Retrocesión", "冲回"),
        "the entry named in `reverses`, posted before it, counts as if it had never been, from that entry's own value "
        "date; a reversal that is reversed gives back what it took out",
        "the same",
    ),
}
"""Every kind and its effect; a test holds the list complete."""

CASH_KINDS: Final = frozenset(kind for kind, effect in EFFECTS.items() if effect.is_cash)
RELIEF_KINDS: Final = frozenset(kind for kind, effect in EFFECTS.items() if effect.is_relief)


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of an account.

    ``id`` is its identity in the book; ``amount`` and ``principal`` are minor units, ``principal`` being the
    part of the amount that is principal; ``book_day`` is the number of the book day on which it became known;
    ``reverses`` is the id of the entry it takes out (0: none); ``detail`` is what the kind says (see
    `EFFECTS`), 0 where it says nothing.
    """

    id: int
    kind: EntryKind
    value_date: date
    book_day: int
    amount: int
    principal: int = 0
    reverses: int = 0
    detail: int = 0


def in_order(entry: Entry) -> tuple[date, int, int, int, int, int]:
    """Sort entries as the ledger takes them: by day, then turn, then size; never by when they arrived."""
    return (entry.value_date, entry.kind, entry.detail, entry.amount, entry.principal, entry.id)


def taken_out(entries: Iterable[Entry]) -> frozenset[int]:
    """Return the ids of entries that count for nothing because a later one takes them out.

    A reversal that is itself taken out takes out nothing. What says that a payment has cleared takes out the sighting
    of it for good, even where that payment is reversed.
    """
    dead: set[int] = set()
    for entry in sorted((each for each in entries if each.reverses), key=lambda each: -each.id):
        speaks = entry.kind is not EntryKind.REVERSAL or entry.id not in dead
        if speaks and entry.reverses < entry.id:
            dead.add(entry.reverses)
    return frozenset(dead)
