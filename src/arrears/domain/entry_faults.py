"""What is wrong with an entry before it is posted: the ledger takes only entries that have no fault."""

from arrears.domain.entries import CASH_KINDS, Entry, EntryKind
from arrears.domain.waterfalls import order_with
from arrears.kernel.epoch import epoch_day
from arrears.kernel.money import MOST_MINOR
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

_WITHOUT_AMOUNT = frozenset(
    {
        EntryKind.DEFERRAL,
        EntryKind.CHARGE_FREEZE,
        EntryKind.ACCELERATION,
        EntryKind.PAYOFF,
        EntryKind.RE_AGE,
    }
)

_CORRECT = Text("Correct the entry.", "Corrija el asiento.", "请更正该分录。")
_TOO_LARGE = Text(
    "The amount is above the largest that one entry may carry.",
    "El importe supera el máximo de un asiento.",
    "金额超过单笔分录的上限。",
)
_BELOW_ZERO = Text(
    "Only an adjustment may be below zero.",
    "Solo un ajuste puede ser negativo.",
    "只有调整分录可以为负数。",
)
_BAD_PART = Text(
    "The principal part is not a part of the amount.",
    "La parte de principal no cabe en el importe.",
    "本金部分不在金额之内。",
)
_NO_PART_IN_PAYMENT = Text(
    "A payment has no principal part: the waterfall shares it out.",
    "Un pago no lleva parte de principal: lo reparte el orden de imputación.",
    "还款不指定本金部分，由分配顺序决定。",
)
_NO_AMOUNT = Text(
    "This kind of entry carries no amount.", "Este tipo de asiento no lleva importe.", "此类分录没有金额。"
)
_NOTHING_REVERSED = Text(
    "A reversal names the entry that it takes out.",
    "Una retrocesión indica el asiento que anula.",
    "冲回分录须指明所冲回的分录。",
)
_REVERSES_ITSELF = Text(
    "An entry cannot take out itself.", "Un asiento no puede anularse a sí mismo.", "分录不能冲回自身。"
)
_BAD_ORDER = Text("There is no such order of paying.", "No existe tal orden de imputación.", "没有这种分配顺序。")
_NO_END = Text(
    "A deferral ends after the day on which it begins.",
    "Un aplazamiento termina después del día en que empieza.",
    "延期的结束日须晚于起始日。",
)
_ENDS_BEFORE = Text(
    "A freeze cannot end before the day on which it begins.",
    "Una congelación no puede terminar antes del día en que empieza.",
    "停计的结束日不得早于起始日。",
)


def faults_of(entry: Entry, where: Where | None = None) -> list[Problem]:
    """Return what is wrong with ``entry`` taken by itself; empty where the ledger may take it."""
    found = [*_faults_of_amount(entry), *_faults_of_reference(entry)]
    return [Problem(code, reason, _CORRECT, where or Where()) for code, reason in found]


def _faults_of_amount(entry: Entry) -> list[tuple[str, Text]]:
    found = []
    if abs(entry.amount) > MOST_MINOR:
        found.append(("amount_too_large", _TOO_LARGE))
    if entry.amount < 0 and entry.kind is not EntryKind.ADJUSTMENT:
        found.append(("amount_below_zero", _BELOW_ZERO))
    if entry.amount and entry.kind in _WITHOUT_AMOUNT:
        found.append(("amount_not_expected", _NO_AMOUNT))
    low, high = min(0, entry.amount), max(0, entry.amount)
    if not low <= entry.principal <= high:
        found.append(("principal_not_a_part", _BAD_PART))
    if entry.principal and entry.kind in CASH_KINDS:
        found.append(("principal_of_payment", _NO_PART_IN_PAYMENT))
    return found


def _faults_of_reference(entry: Entry) -> list[tuple[str, Text]]:
    found = []
    if entry.kind is EntryKind.REVERSAL and not entry.reverses:
        found.append(("nothing_reversed", _NOTHING_REVERSED))
    if entry.reverses and entry.reverses == entry.id:
        found.append(("reverses_itself", _REVERSES_ITSELF))
    if entry.kind in CASH_KINDS and entry.detail and order_with(entry.detail) is None:
        found.append(("unknown_waterfall", _BAD_ORDER))
    if entry.kind is EntryKind.DEFERRAL and entry.detail <= epoch_day(entry.value_date):
        found.append(("deferral_without_end", _NO_END))
    if entry.kind is EntryKind.CHARGE_FREEZE and entry.detail < epoch_day(entry.value_date):
        found.append(("freeze_ends_before_it_begins", _ENDS_BEFORE))
    return found
