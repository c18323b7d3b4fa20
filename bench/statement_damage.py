"""What happens to payments between the payer's mind and the bank's file: references damaged at a stated rate, and more.

Every line carries its truth: which debts it is for, by amount, and what was done to it. Damage is drawn by a seed; all
of it is of the kinds that banks and payers make, none is made to fit a matcher.
"""

import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from statement_payments import Payment, creditor_reference, name_of

REASONS = ("AC01", "AC04", "AM04", "MD01", "MD06", "MS02", "MS03", "AC06")
TEXTS = (
    "{ref}", "LOAN {ref}", "Instalment {month} loan {ref}", "Darlehen {ref} Rate {month}", "prestamo {ref} gracias",
    "Vertrag Nr. {ref}", "acct {ref} payment {month}", "pago cuota {month} credito {ref}", "car loan no {ref} thanks",
)  # fmt: skip
WITHOUT = ("car payment", "Rate {month}", "gracias", "loan {month}", "", "instalment", "pago {month}", "my payment")
STRANGERS = ("INVOICE 2024-{n} GOODS", "Rent {month}", "Refund order {n}", "Consulting {month}", "Gift", "Ticket {n}")


@dataclass(frozen=True)
class Made:
    """One line of a made statement with its truth."""

    on: date
    amount_minor: int
    name: str
    account: str = ""
    end_to_end: str = ""
    creditor: str = ""
    text: str = ""
    bank: str = ""
    reason: str = ""
    charges_minor: int = 0
    kind: str = "payment"
    """payment, return, duplicate, stranger, fee"""
    damage: str = ""
    debts: tuple[tuple[str, int], ...] = ()
    of: str = ""
    """The bank reference of the line that this one repeats or takes back."""
    parts: tuple["Made", ...] = field(default=())


@dataclass(frozen=True)
class Rates:
    """Shares of lines: ``damage`` of payments get damaged references; the rest come on top, in shares of payments."""

    damage: float = 0.10
    returns: float = 0.01
    duplicates: float = 0.003
    strangers: float = 0.02
    batches: float = 0.01


def made_lines(payments: Iterable[Payment], rates: Rates, seed: int) -> Iterator[list[Made]]:
    """Yield the lines of each day in order; what comes back or comes again does so some days later."""
    draw = random.Random(f"lines/{seed}")
    maker = _Maker(draw, rates)
    coming: dict[date, list[Made]] = {}
    today: date | None = None
    day: list[Made] = []
    for payment in payments:
        if today is not None and payment.on != today:
            yield from _days(today, payment.on, day, coming)
            day = []
        today = payment.on
        for line in maker.lines(payment):
            day.append(line)
            for on, later in maker.later(line):
                coming.setdefault(on, []).append(later)
    if today is not None:
        yield from _days(today, today + timedelta(days=40), [*day, *maker.rest()], coming)


def _days(today: date, until: date, day: list[Made], coming: dict[date, list[Made]]) -> Iterator[list[Made]]:
    while today < until:
        lines = [*day, *(replace(line, on=today) for line in coming.pop(today, []))]
        if lines:
            yield lines
        day, today = [], today + timedelta(days=1)


class _Maker:
    """Turns payments into lines, holding back what is to be joined or batched."""

    def __init__(self, draw: random.Random, rates: Rates) -> None:
        self._draw, self._rates = draw, rates
        self._held: Payment | None = None
        self._batch: list[Made] = []
        self._count = 0

    def lines(self, payment: Payment) -> Iterator[Made]:
        if len(payment.debts) > 1:
            yield self._joined(payment)
            return
        kind = self._drawn_kind()
        if kind == "joined" and self._held is None:
            self._held = payment
            return
        if self._held is not None and self._held.on == payment.on and self._draw.random() < 0.5:
            both = Payment(payment.on, self._held.name, self._held.payer_account, (*self._held.debts, *payment.debts))
            self._held = None
            yield self._joined(both)
            return
        line = self._line(payment, "" if kind == "joined" else kind)
        if not kind and self._draw.random() < self._rates.batches * 6:
            self._batch.append(line)
            if len(self._batch) >= 6:
                yield self._batched(payment.on)
            return
        yield line
        if self._draw.random() < self._rates.strangers:
            yield self._stranger(payment.on)

    def rest(self) -> Iterator[Made]:
        if self._batch:
            yield self._batched(self._batch[-1].on)
        if self._held is not None:
            yield self._line(self._held, "")

    def later(self, line: Made) -> Iterator[tuple[date, Made]]:
        """Yield what follows a line some days later: its return, or the same booking told again."""
        for each in line.parts or (line,):
            if each.kind != "payment":
                continue
            drawn = self._draw.random()
            if drawn < self._rates.returns:
                yield self._returned(each)
            elif drawn < self._rates.returns + self._rates.duplicates and not line.parts:
                on = line.on + timedelta(days=self._draw.randint(1, 3))
                yield on, replace(line, kind="duplicate", of=line.bank)

    def _returned(self, line: Made) -> tuple[date, Made]:
        on = line.on + timedelta(days=self._draw.randint(2, 20))
        charges = self._draw.choice((0, 0, 300, 550))
        debts = tuple((number, -amount) for number, amount in line.debts)
        return on, replace(
            line, kind="return", amount_minor=-line.amount_minor - charges, charges_minor=charges, of=line.bank,
            bank=self._bank(), reason=self._draw.choice(REASONS), debts=debts, damage="",
        )  # fmt: skip

    def _bank(self) -> str:
        self._count += 1
        return f"B{self._draw.getrandbits(24):08d}{self._count:07d}"

    def _drawn_kind(self) -> str:
        return self._draw.choice(tuple(DAMAGES)) if self._draw.random() < self._rates.damage else ""

    def _line(self, payment: Payment, damage: str) -> Made:
        (number, amount), month = payment.debts[0], f"{payment.on:%m/%Y}"
        made = Made(
            payment.on, amount, payment.name, payment.payer_account, bank=self._bank(), debts=payment.debts,
            damage=damage, end_to_end=f"E{self._draw.getrandbits(40):012X}" if self._draw.random() < 0.6 else "",
        )  # fmt: skip
        if damage:
            return DAMAGES[damage](self._draw, made, number, month)
        way = self._draw.random()
        if way < 0.4:
            return replace(made, creditor=creditor_reference(number))
        if way < 0.5:
            return replace(made, end_to_end=number, text=self._draw.choice(WITHOUT).format(month=month))
        return replace(made, text=_said(self._draw, _noised(self._draw, number), month))

    def _joined(self, payment: Payment) -> Made:
        month = f"{payment.on:%m/%Y}"
        numbers = [number for number, _ in payment.debts]
        way = self._draw.random()
        if way < 0.5:
            refs = self._draw.choice((" ", " + ", ", ", " und ", "/")).join(numbers)
        elif way < 0.8:
            refs = " ".join(f"{number} {amount / 100:.2f}" for number, amount in payment.debts)
        else:
            refs = " ".join(creditor_reference(number) for number in numbers)
        return Made(
            payment.on, payment.amount_minor, payment.name, payment.payer_account, bank=self._bank(),
            text=_said(self._draw, refs, month), debts=payment.debts, damage="joined",
        )  # fmt: skip

    def _batched(self, on: date) -> Made:
        parts = tuple(replace(part, on=on) for part in self._batch)
        self._batch = []
        total = sum(part.amount_minor for part in parts)
        return Made(on, total, "", bank=self._bank(), text="SEPA collection", kind="payment", parts=parts)

    def _stranger(self, on: date) -> Made:
        if self._draw.random() < 0.3:
            fee = -self._draw.randint(50, 2500)
            return Made(on, fee, "", bank=self._bank(), text="Bank charges", kind="fee")
        said = self._draw.choice(STRANGERS).format(month=f"{on:%m/%Y}", n=self._draw.randint(1000, 99999))
        name = name_of(f"stranger{self._draw.getrandbits(30)}")
        return Made(on, self._draw.randint(500, 90_000), name, bank=self._bank(), text=said, kind="stranger")


def _said(draw: random.Random, ref: str, month: str) -> str:
    return draw.choice(TEXTS).format(ref=ref, month=month)


def _noised(draw: random.Random, number: str) -> str:
    """Return a right number as people write it: mostly plain, at times in groups or small letters."""
    way = draw.random()
    if way < 0.05:
        return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    if way < 0.08:
        return number.lower()
    return f"{number[:2]}-{number[2:]}" if way < 0.10 else number


def dropped(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line without any reference."""
    del number
    return replace(made, text=draw.choice(WITHOUT).format(month=month))


def transposed(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line with two neighbouring characters of the number swapped."""
    at = draw.randrange(max(1, len(number) - 1))
    wrong = number[:at] + number[at + 1 : at + 2] + number[at : at + 1] + number[at + 2 :]
    return replace(made, text=_said(draw, wrong, month))


def anothers(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line with the reference of another debt near by."""
    digits = "".join(letter for letter in number if letter.isdigit()) or "1"
    other = str(max(1, int(digits) + draw.choice((-3, -2, -1, 1, 2, 3, 10, -10))))
    wrong = number.replace(digits, other.zfill(len(digits)))
    return replace(made, text=_said(draw, wrong, month))


def truncated(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line with the number cut at its end or at its start."""
    cut = min(len(number) - 1, draw.randint(1, 4))
    return replace(made, text=_said(draw, number[:-cut] if draw.random() < 0.7 else number[cut:], month))


def mistyped(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line with one character wrong, added or left out."""
    at = draw.randrange(len(number))
    digit = draw.choice("0123456789OIlSB")
    wrong = draw.choice((number[:at] + digit + number[at + 1 :], number[:at] + digit + number[at:],
                         number[:at] + number[at + 1 :]))  # fmt: skip
    if draw.random() < 0.3:
        code = creditor_reference(number)
        return replace(made, creditor=code[:4] + wrong)
    return replace(made, text=_said(draw, wrong, month))


def renamed(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line without reference, and paid under another form of the name or by a relative."""
    first, _, last = made.name.partition(" ")
    name = draw.choice((
        f"{last} {first}", f"{first[0]}. {last}", f"{last}, {first}", _plain(made.name).upper(), f"Mr {made.name}",
        f"{name_of(number + 'spouse').split()[0]} {last}", made.name[:-1], f"{first} u. {name_of(number + 'x')}",
    ))  # fmt: skip
    return replace(dropped(draw, made, number, month), name=name)


def nameless(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line without reference, name and account: cash at a counter, or a bank that tells nothing."""
    return replace(dropped(draw, made, number, month), name="", account="", end_to_end="")


def joined(draw: random.Random, made: Made, number: str, month: str) -> Made:
    """Return the line as it is: joining takes a second payment, see `_Maker`."""
    return replace(made, text=_said(draw, number, month), damage="")


DAMAGES: dict[str, Callable[[random.Random, Made, str, str], Made]] = {
    "dropped": dropped,
    "transposed": transposed,
    "anothers": anothers,
    "truncated": truncated,
    "mistyped": mistyped,
    "renamed": renamed,
    "nameless": nameless,
    "joined": joined,
}


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
