"""How a debt grew and shrank since its itemization date, by the ledger (12 CFR 1006.34(c)(2)(viii)).

Every figure comes from the same computation that a statement shows: what was owed at the end of the itemization date,
what interest, fees, payments and credits changed since, what is owed now. Where these do not come out there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from arrears.domain.entries import CASH_KINDS, Entry, EntryKind, in_order, taken_out
from arrears.domain.terms import Terms
from arrears.engine.computation import Computation, Kind, computation
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text


class ItemizationDate(StrEnum):
    """The five dates from which a debt may be itemized (12 CFR 1006.34(b)(3)); one debt keeps to one of them."""

    LAST_STATEMENT = "last_statement"
    CHARGE_OFF = "charge_off"
    LAST_PAYMENT = "last_payment"
    TRANSACTION = "transaction"
    JUDGMENT = "judgment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Itemization:
    """Amounts in minor units; each of the four lines is 0 or more and is shown even where it is 0."""

    since: date
    until: date
    then: int
    interest: int
    fees: int
    payments: int
    credits: int
    now: int

    @property
    def adds_up(self) -> bool:
        """Whether what was owed, with what came to it and less what went, is what is owed now."""
        return self.then + self.interest + self.fees - self.payments - self.credits == self.now


def itemization(
    terms: Terms, entries: Sequence[Entry], since: date, until: date, *, currency: str
) -> Itemization | Problem:
    """Return the itemization of a debt from the end of ``since`` to the end of ``until``, by all that is known.

    A Problem where the book begins after ``since``, where ``until`` comes before it, or where the lines do not come to
    what is owed: no notice is made from such figures.
    """
    known = sorted((one for one in entries if one.value_date <= until), key=in_order)
    if since > until or not known or known[0].value_date > since:
        return Problem("itemization_before_book", _BEFORE, _LATER, Where(field="itemization_date"))
    made = [computation(terms, entries, day, currency=currency) for day in (since, until)]
    then, now = made
    if isinstance(then, Problem):
        return then
    if isinstance(now, Problem):
        return now
    found = _lines(then, now, entries, since)
    return found if found.adds_up else Problem("itemization_off", _OFF, _LOOK, Where(field="amount_now"))


def _lines(then: Computation, now: Computation, entries: Sequence[Entry], since: date) -> Itemization:
    later = {one.id: one for one in entries if one.value_date > since}
    sums = dict.fromkeys(("interest", "fees", "payments", "credits"), 0)
    for name, amount in _moved(now, later):
        sums[name] += amount
    interest = sums["interest"] + now.accrued.total - then.accrued.total
    fees = sums["fees"] + now.charges.total - then.charges.total
    return Itemization(
        since=since,
        until=now.state.as_of,
        then=then.balance.total,
        interest=max(interest, 0),
        fees=max(fees, 0),
        payments=sums["payments"],
        credits=sums["credits"] + max(-interest, 0) + max(-fees, 0),
        now=now.balance.total,
    )


def _moved(now: Computation, later: dict[int, Entry]) -> Iterator[tuple[str, int]]:
    """Yield the line that each entry since belongs to, and by how much it moves it."""
    for line in now.balance.lines:
        entry = later.get(line.entry)
        if entry is None or line.kind is not Kind.ENTRY:
            continue
        amount = int(line.amount)
        if entry.kind in CASH_KINDS:
            yield "payments", -amount
        elif amount < 0:
            yield "credits", -amount
        else:
            yield ("interest" if entry.kind is EntryKind.INSTALMENT_DUE else "fees"), amount


def usual_date(entries: Sequence[Entry], opened_on: date) -> tuple[ItemizationDate, date]:
    """Return the date to itemize from where nobody said another: charge-off, else last payment, else the transaction.

    Payments and charge-offs that were taken back are none.
    """
    gone = taken_out(entries)
    live = [one for one in entries if one.id not in gone]
    charged_off = [one.value_date for one in live if one.kind is EntryKind.CHARGE_OFF]
    paid = [one.value_date for one in live if one.kind in CASH_KINDS]
    if charged_off:
        return ItemizationDate.CHARGE_OFF, max(charged_off)
    if paid:
        return ItemizationDate.LAST_PAYMENT, max(paid)
    openings = [one.value_date for one in live if one.kind is EntryKind.OPENING]
    return ItemizationDate.TRANSACTION, min(openings, default=opened_on)


_BEFORE = Text(
    "The book of this debt begins after that itemization date.",
    "El libro de esta deuda empieza después de esa fecha de desglose.",
    "该债务的账目始于明细日之后。",
)
_LATER = Text(
    "Choose another of the five dates, or bring in the entries from then on.",
    "Elija otra de las cinco fechas o incorpore los asientos desde entonces.",
    "请选择五种日期中的另一种，或补录自该日起的账目。",
)
_OFF = Text(
    "The entries since the itemization date do not come to what is owed now.",
    "Los asientos desde la fecha del desglose no dan lo que se debe ahora.",
    "明细日以来的账目与当前欠款不符。",
)
_LOOK = Text(
    "Look at the entries since then; no notice is made from figures that do not add up.",
    "Revise los asientos desde entonces: no se hace ningún aviso con cifras que no cuadran.",
    "请核对此后的账目；数字不符不得出具通知。",
)
