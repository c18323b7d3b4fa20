"""The sentences of a computation, in three languages, with the values that fill their places."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from arrears.domain.entries import EFFECTS, Entry, EntryKind
from arrears.domain.terms import Terms, Waterfall
from arrears.engine.computation.lines import Computation, Kind, Line, Value
from arrears.engine.ledger.state import Allocation, InstalmentState, Part
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text


class CapSaid(NamedTuple):
    """A rule that caps charges, as a computation names it."""

    id: str
    title: Text
    cites: str


def _money(amount: int) -> Value:
    return "money", amount


def _day(day: date) -> Value:
    return "day", day


def _number(count: int) -> Value:
    return "number", count


def _text(text: Text) -> Value:
    return "text", text


def added(entry: Entry, amount: int) -> Line:
    """Return the line of an entry that brings something to be owed."""
    if entry.kind is EntryKind.OPENING and amount != entry.principal:
        values = {"principal": _money(entry.principal), "interest": _money(amount - entry.principal)}
        return Line(Kind.ENTRY, _OPENED_BOTH, Fraction(amount), entry.value_date, entry.id, values)
    words = _OPENED if entry.kind is EntryKind.OPENING else EFFECTS[entry.kind].words
    return Line(Kind.ENTRY, words, Fraction(amount), entry.value_date, entry.id)


def instalment(entry: Entry, interest: int, *, was_void: bool) -> Line:
    """Return the line of an instalment that fell due: its principal was owed before, its interest is new."""
    values = {"number": _number(entry.detail), "amount": _money(entry.amount), "principal": _money(entry.principal)}
    if was_void:
        return Line(Kind.EVENT, _VOID, Fraction(0), entry.value_date, entry.id, values)
    words = _INSTALMENT if entry.detail > 0 else _FELL_DUE
    words = words if interest else (_INSTALMENT_BARE if entry.detail > 0 else _FELL_DUE_BARE)
    return Line(Kind.ENTRY, words, Fraction(interest), entry.value_date, entry.id, values)


def taken(entry: Entry, amount: int, parts: tuple[Line, ...]) -> Line:
    """Return the line of a payment or a cut, with what it paid or cut."""
    return Line(Kind.ENTRY, EFFECTS[entry.kind].words, Fraction(amount), entry.value_date, entry.id, {}, parts)


def event(entry: Entry, until: date | None) -> Line:
    """Return the line of an entry that leaves what is owed as it is."""
    kind = _text(EFFECTS[entry.kind].words)
    if entry.amount:
        return Line(
            Kind.EVENT,
            _EVENT_OF,
            Fraction(0),
            entry.value_date,
            entry.id,
            {"kind": kind, "amount": _money(entry.amount)},
        )
    if until is not None and entry.kind is not EntryKind.SALE:
        return Line(
            Kind.EVENT, _EVENT_UNTIL, Fraction(0), entry.value_date, entry.id, {"kind": kind, "until": _day(until)}
        )
    return Line(Kind.EVENT, _EVENT, Fraction(0), entry.value_date, entry.id, {"kind": kind})


def struck(entry: Entry, by: Entry) -> Line:
    """Return the line of an entry that counts as if it had never been."""
    kind = _text(EFFECTS[entry.kind].words)
    if by.kind is EntryKind.PAYMENT:
        return Line(
            Kind.STRUCK,
            _CLEARED,
            Fraction(0),
            entry.value_date,
            entry.id,
            {"kind": kind, "amount": _money(entry.amount)},
        )
    values = {"kind": kind, "amount": _money(entry.amount), "day": _day(by.value_date)}
    return Line(Kind.STRUCK, _STRUCK, Fraction(0), entry.value_date, entry.id, values)


def sum_of(kind: Kind, total: int) -> Line:
    """Return the line of the balance that stands for a section of its own."""
    return Line(kind, _ALL_CHARGES if kind is Kind.CHARGES else _ALL_ACCRUED, Fraction(total))


def paid_part(one: Allocation, of: InstalmentState | None) -> Line:
    """Return what an entry paid: interest of the third instalment, say; a later day where it waited as credit."""
    part = _text(PART_WORDS[one.part])
    if of is None:
        return Line(Kind.PAID, _PAID, Fraction(one.amount), one.day, one.entry, {"part": part})
    if of.number > 0:
        words, values = _PAID_OF, {"part": part, "number": _number(of.number), "due": _day(of.due)}
    else:
        words, values = _PAID_DUE, {"part": part, "due": _day(of.due)}
    return Line(Kind.PAID, words, Fraction(one.amount), one.day, one.entry, values)


def paid_ahead(rest: int) -> Line:
    """Return the line of what a payment left over."""
    return Line(Kind.PAID, _AHEAD, Fraction(rest))


def part_owed(part: str, amount: int) -> Line:
    """Return the line of a part of what is owed today."""
    return Line(Kind.NOTE, _OWED[part], Fraction(amount))


def waterfall_note(terms: Terms) -> Line:
    """Return in which order a payment pays."""
    order = terms.waterfall
    if isinstance(order, Waterfall):
        return Line(Kind.NOTE, _ORDER, values={"order": _text(ORDERS[order])})
    joined = Text(
        *(
            mark.join(each.said_in(language) for each in (_PAYS[part.name.lower()] for part in order.parts))
            for language, mark in (("en", ", "), ("es", ", "), ("zh", "、"))
        )
    )
    return Line(Kind.NOTE, _ORDER, values={"order": _text(joined)})


def tolerance_note(amount: int) -> Line:
    """Return that something is unpaid and too small to count as late."""
    return Line(Kind.NOTE, _SMALL, values={"amount": _money(amount)})


def charged_off_note(amount: int, book: int) -> Line:
    """Return that the books of the creditor and the debt differ."""
    return Line(Kind.NOTE, _CHARGED_OFF, values={"amount": _money(amount), "book": _money(book)})


def pending_note(amount: int) -> Line:
    """Return that money was seen and has not come."""
    return Line(Kind.NOTE, _PENDING, values={"amount": _money(amount)})


def sold_note() -> Line:
    """Return that the debt is owed to somebody else."""
    return Line(Kind.NOTE, _SOLD)


def frozen_note() -> Line:
    """Return that nothing grows by the day at present."""
    return Line(Kind.NOTE, _FROZEN)


def spared_note(count: int) -> Line:
    """Return that no charge arises only because an earlier one took part of a full payment (16 CFR 444.4)."""
    return Line(Kind.NOTE, _SPARED, values={"count": _number(count)})


def does_not_add_up(made: Computation) -> Problem:
    """Return why a computation is not issued."""
    sums = [str(one.exact) for one in (made.balance, made.charges, made.accrued, made.owed)]
    totals = [str(one.total) for one in (made.balance, made.charges, made.accrued, made.owed)]
    reason = _NO_SUM.filled(sums=", ".join(sums), totals=", ".join(totals))
    return Problem("computation_does_not_add_up", reason, _TELL)


def caps_named(caps: Sequence[CapSaid], rule: str) -> CapSaid:
    """Return the cap called ``rule``; by its bare name where its words are not at hand."""
    return next((cap for cap in caps if cap.id == rule), CapSaid(rule, Text(rule, rule, rule), rule))


PART_WORDS: Final = {
    Part.PRINCIPAL: Text("principal", "capital", "本金"),
    Part.INTEREST: Text("interest", "intereses", "利息"),
    Part.FEES: Text("fees", "comisiones", "费用"),
    Part.CHARGES: Text("late charges", "recargos por mora", "逾期费用"),
    Part.COSTS: Text("costs", "gastos", "成本"),
}
_PAYS: Final = {
    "costs": Text("costs", "gastos", "成本"),
    "fees": Text("fees", "comisiones", "费用"),
    "interest": Text("interest", "intereses", "利息"),
    "principal": Text("principal", "capital", "本金"),
    "charges": Text("late charges", "recargos por mora", "逾期费用"),
}
ORDERS: Final = {
    Waterfall.INTEREST_PRINCIPAL_CHARGES: Text(
        "interest and principal of the oldest instalment first, then fees, late charges last",
        "primero intereses y capital de la cuota más antigua, después comisiones y al final recargos por mora",
        "先付最早一期的利息和本金，再付费用，最后付逾期费用",
    ),
    Waterfall.CHARGES_INTEREST_PRINCIPAL: Text(
        "late charges and fees first, then interest and principal of the oldest instalment",
        "primero recargos por mora y comisiones, después intereses y capital de la cuota más antigua",
        "先付逾期费用和费用，再付最早一期的利息和本金",
    ),
    Waterfall.COSTS_INTEREST_PRINCIPAL: Text(
        "fees and late charges first, then all interest, then principal",
        "primero comisiones y recargos por mora, después todos los intereses y luego el capital",
        "先付费用和逾期费用，再付全部利息，最后付本金",
    ),
    Waterfall.PRINCIPAL_INTEREST_CHARGES: Text(
        "principal first, then interest, fees, and late charges last",
        "primero el capital, después intereses, comisiones y al final recargos por mora",
        "先付本金，再付利息、费用，最后付逾期费用",
    ),
}
_OWED: Final = {
    "principal": Text("Principal", "Capital", "本金"),
    "interest": Text("Interest that fell due", "Intereses vencidos", "已到期利息"),
    "accrued": Text("Interest by the day", "Intereses diarios", "按日利息"),
    "fees": Text("Fees and costs", "Comisiones y gastos", "费用与成本"),
    "charges": Text("Late charges", "Recargos por mora", "逾期费用"),
    "credit": Text("Paid ahead", "Pagado por adelantado", "预付款"),
}

_OPENED = Text("Principal lent or brought in", "Capital prestado o incorporado", "发放或转入的本金")
_OPENED_BOTH = Text(
    "Brought in: principal {principal} and interest due {interest}",
    "Incorporado: capital {principal} e intereses vencidos {interest}",
    "转入：本金 {principal}，已到期利息 {interest}",
)
_INSTALMENT = Text(
    "Interest of instalment {number} of {amount} (its principal of {principal} is counted above)",
    "Intereses de la cuota {number} de {amount} (su capital de {principal} ya está contado arriba)",
    "第 {number} 期 {amount} 的利息（其中本金 {principal} 已计入上文）",
)
_INSTALMENT_BARE = Text(
    "Instalment {number} of {amount} fell due (its principal is counted above)",
    "Venció la cuota {number} de {amount} (su capital ya está contado arriba)",
    "第 {number} 期 {amount} 到期（本金已计入上文）",
)
_FELL_DUE = Text(
    "Interest within {amount} that fell due (principal of {principal} is counted above)",
    "Intereses de {amount} vencidos (el capital de {principal} ya está contado arriba)",
    "到期的 {amount} 中的利息（本金 {principal} 已计入上文）",
)
_FELL_DUE_BARE = Text(
    "{amount} fell due (counted above)", "Vencieron {amount} (ya contados arriba)", "{amount} 到期（已计入上文）"
)
_VOID = Text(
    "Instalment of {amount} did not fall due: everything was due already, or it was put off",
    "La cuota de {amount} no venció: todo había vencido ya o fue aplazada",
    "{amount} 的一期未到期：已全部提前到期或已延期",
)
_EVENT = Text("{kind}: what is owed stays the same", "{kind}: lo adeudado no cambia", "{kind}：欠款不变")
_EVENT_OF = Text(
    "{kind} of {amount}: what is owed stays the same",
    "{kind} de {amount}: lo adeudado no cambia",
    "{kind} {amount}：欠款不变",
)
_EVENT_UNTIL = Text(
    "{kind} until {until}: what is owed stays the same",
    "{kind} hasta el {until}: lo adeudado no cambia",
    "{kind}，至 {until}：欠款不变",
)
_STRUCK = Text(
    "{kind} of {amount}: taken back on {day}, counts as if it had never been",
    "{kind} de {amount}: anulado el {day}, cuenta como si no hubiera existido",
    "{kind} {amount}：于 {day} 冲回，视为从未发生",
)
_CLEARED = Text(
    "{kind} of {amount}: has cleared since, and counts as the payment",
    "{kind} de {amount}: ya liquidado, cuenta como el pago",
    "{kind} {amount}：已清算，按还款计入",
)
_ALL_CHARGES = Text(
    "Late charges in all, as computed below",
    "Recargos por mora en total, según el cálculo de abajo",
    "逾期费用合计（计算见下）",
)
_ALL_ACCRUED = Text(
    "Interest by the day in all, as computed below",
    "Intereses diarios en total, según el cálculo de abajo",
    "按日利息合计（计算见下）",
)
_PAID = Text("{part}", "{part}", "{part}")
_PAID_OF = Text(
    "{part} of instalment {number}, due {due}",
    "{part} de la cuota {number}, vencida el {due}",
    "第 {number} 期{part}（{due} 到期）",
)
_PAID_DUE = Text("{part} due {due}", "{part} con vencimiento {due}", "{due} 到期的{part}")
_AHEAD = Text(
    "paid ahead: pays what falls due next",
    "pagado por adelantado: paga lo próximo que venza",
    "预付：用于支付下次到期款项",
)
_ORDER = Text("A payment pays {order}.", "Un pago se imputa así: {order}.", "还款按以下顺序分配：{order}。")
_SMALL = Text(
    "{amount} is still unpaid and small enough not to count as late.",
    "Quedan {amount} sin pagar, tan poco que no cuenta como mora.",
    "尚有 {amount} 未付，金额较小，不计为逾期。",
)
_CHARGED_OFF = Text(
    "The creditor has charged off {amount} and carries {book} in the books; the debt itself stays the same.",
    "El acreedor ha dado por fallido {amount} y mantiene {book} en libros; la deuda en sí no cambia.",
    "债权人已核销 {amount}，账面余额为 {book}；债务本身不变。",
)
_PENDING = Text(
    "{amount} was seen on its way and is not counted until it has cleared.",
    "Hay {amount} en camino que no cuentan hasta liquidarse.",
    "有 {amount} 款项在途，清算前不计入。",
)
_SOLD = Text(
    "The debt was sold: it is owed to its buyer.",
    "La deuda se vendió: se debe a quien la compró.",
    "债权已转让：应向受让人偿还。",
)
_FROZEN = Text(
    "No late charge and no interest by the day grows at present: they are frozen.",
    "Por ahora no crecen recargos por mora ni intereses diarios: están congelados.",
    "目前逾期费用和按日利息均已冻结，不再增加。",
)
_SPARED = Text(
    "Instalments that carry no late charge, short only by what a late charge took of a full payment: {count}.",
    "Cuotas sin recargo por mora, a las que solo falta lo que un recargo tomó de un pago completo: {count}.",
    "因逾期费用占用足额还款而不足、故不计逾期费用的期数：{count}。",
)
_NO_SUM = Text(
    "The lines come to {sums} and the ledger says {totals}: this computation is not issued.",
    "Las líneas suman {sums} y el libro dice {totals}: este cálculo no se emite.",
    "各行合计 {sums}，账面为 {totals}：不予出具该计算。",
)
_TELL = Text(
    "Report it; no amount is told until it is mended.",
    "Comuníquelo; no se informa ningún importe hasta corregirlo.",
    "请上报；更正前不得告知任何金额。",
)
