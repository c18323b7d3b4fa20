"""SWIFT MT940 and MT942 in the dialects of banks: statement and interim report, one or many in a file.

The reader is our own: the usual ones stop at missing entry dates, at 30 February, at long statement numbers, at line
breaks inside subfields, or keep half a file. What the field order of SWIFT asks for and a bank leaves out is told; what
the check sums contradict is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from arrears.channels.bank.faults import Unreadable, refuse
from arrears.channels.bank.mt940_line import statement_line
from arrears.channels.bank.values import in_words, minor, short_day
from arrears.domain.statements import Balance, Line, Statement, StatementKind
from arrears.kernel.problems import Where
from arrears.kernel.texts import Text

_FIELD: Final = re.compile(r":(20|21|25P?|28C?|NSF?|940|60[FM]|61|86|62[FM]|64|65|34F|13D?|90[CD]):")
_TRAILER: Final = re.compile(r"-(?:\}.*|[^\w\s]?|[åÅ\x03])")
_BALANCE: Final = re.compile(r"([CD])([0-9]{6})([A-Z]{3})?([0-9]+(?:[,.][0-9]*)?|,[0-9]+)")
_TOTAL: Final = re.compile(r"([0-9]{1,5})([A-Z]{3})([0-9]+(?:[,.][0-9]*)?|,[0-9]+)")
_INTERIM_ONLY: Final = frozenset({"34F", "13", "13D", "90C", "90D"})

_ODD_DAY: Final = Text(
    "A balance carries the day {said}, which is none; the balance was read without a day.",
    "Un saldo lleva la fecha {said}, que no existe; el saldo se leyó sin fecha.",
    "某余额日期为 {said}，该日不存在；已按无日期读取余额。",
)
_FEBRUARY: Final = Text(
    "A value date says {said}, as calendars of 30-day months do; the last day of that February was taken.",
    "Una fecha valor dice {said}, como en los calendarios de meses de 30 días; se tomó el último día de ese febrero.",
    "某起息日为 {said}（30 天月历）；已取该年二月最后一天。",
)


class Field(NamedTuple):
    """One field of a message: its tag, its lines, and the row of the file where it begins."""

    tag: str
    lines: list[str]
    row: int


@dataclass(slots=True)
class _Open:
    """A statement while its fields come in."""

    fields: list[Field] = field(default_factory=list)

    def last(self, *tags: str) -> Field | None:
        return next((each for each in reversed(self.fields) if each.tag in tags), None)

    def first(self, *tags: str) -> Field | None:
        return next((each for each in self.fields if each.tag in tags), None)


def looks_like_mt940(text: str) -> bool:
    """Return whether a file's beginning has a line that starts as a SWIFT field does."""
    return any(_FIELD.match(line.lstrip()) for line in text.splitlines()[:200])


def read_mt940(text: str, file: str, *, sums_checked: bool = True) -> tuple[Statement, ...]:
    """Return the statements of a file; raises `Unreadable` where any of it is broken or cut."""
    statements = tuple(
        _statement(message, at, file, sums_checked=sums_checked) for at, message in enumerate(_messages(text, file), 1)
    )
    if not statements:
        refuse("bank_no_statement", Where(file))
    return statements


def _messages(text: str, file: str) -> Iterator[_Open]:
    """Yield each message's fields: from ``:20:`` to the trailer, or to the next ``:20:`` where a bank sends none."""
    current: _Open | None = None
    for row, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        found = _FIELD.match(line)
        if found and found[1] == "20":
            if current:
                yield current
            current = _Open([Field("20", [line[found.end() :]], row)])
        elif found and found[1] != "940":
            if current is None:
                refuse("bank_statement_cut", Where(file, row, f":{found[1]}:"), said=":20:")
            current.fields.append(Field(found[1], [line[found.end() :]], row))
        elif current and _TRAILER.fullmatch(line.rstrip()):
            yield current
            current = None
        elif current:
            current.fields[-1].lines.append(line)
    if current:
        yield current


def _needed(message: _Open, file: str, *tags: str) -> Field:
    found = message.first(*tags)
    if found is None:
        refuse("bank_statement_cut", Where(file, message.fields[-1].row, f":{tags[0]}:"), said=f":{tags[0]}:")
    return found


def _statement(message: _Open, at: int, file: str, *, sums_checked: bool) -> Statement:
    account = _needed(message, file, "25", "25P")
    opened = message.first("60F", "60M")
    is_interim = opened is None and any(each.tag in _INTERIM_ONLY for each in message.fields)
    notes: list[Text] = []
    if is_interim:
        currency, opening, closing = _interim_currency(message, file), None, None
    else:
        opening, currency = _balance(_needed(message, file, "60F", "60M"), "", file, notes)
        closing, _ = _balance(_needed(message, file, "62F", "62M"), currency, file, notes)
    lines = tuple(_lines(message, at, currency, file, notes))
    if is_interim and sums_checked:
        _must_total(message, lines, file)
    number = message.first("28C", "28")
    return Statement(
        bank_account="".join(account.lines[0].split()),
        currency=currency,
        number=number.lines[0].strip() if number else "",
        opening=opening,
        closing=closing,
        lines=lines,
        source_format="MT942" if is_interim else "MT940",
        kind=StatementKind.INTRADAY if is_interim else StatementKind.BOOKED,
        made_on=closing.on if closing else None,
        notes=tuple(dict.fromkeys(notes)),
    )


def _lines(message: _Open, at: int, currency: str, file: str, notes: list[Text]) -> Iterator[Line]:
    """Yield each ``:61:`` with the details that follow it; details after a balance speak of the statement."""
    pending: Field | None = None
    details: list[Field] = []
    count = 0
    for each in (*message.fields, Field("61", [], 0)):
        if each.tag in {"86", "NS"} and pending is not None:
            details.append(each)
            continue
        if pending is not None:
            count += 1
            where = Where(file, pending.row, ":61:")
            line, odd = statement_line(pending.lines, [d.lines for d in details], currency, f"{at}.{count}", where)
            if odd:
                notes.append(_FEBRUARY.filled(said=odd))
            yield line
        pending, details = (each if each.tag == "61" else None), []


def _balance(each: Field, currency: str, file: str, notes: list[Text]) -> tuple[Balance, str]:
    where = Where(file, each.row, f":{each.tag}:")
    said = each.lines[0].strip()
    found = _BALANCE.fullmatch(said)
    if found is None:
        refuse("bank_field_wrong", where, said=said)
    code = found[3] or currency
    if not code:
        refuse("bank_field_missing", where, said="ISO 4217")
    if currency and code != currency:
        refuse("bank_field_wrong", where, said=said)
    size = minor(found[4], code, where)
    return Balance(-size if found[1] == "D" else size, _day_or_none(found[2], where, notes)), code


def _day_or_none(text: str, where: Where, notes: list[Text]) -> date | None:
    try:
        return short_day(text, where)
    except Unreadable:
        notes.append(_ODD_DAY.filled(said=text))
        return None


def _interim_currency(message: _Open, file: str) -> str:
    floor = message.first("34F")
    total = message.first("90D", "90C")
    code = floor.lines[0].strip()[:3] if floor else ""
    if not code and total and (found := _TOTAL.fullmatch(total.lines[0].strip())):
        code = found[2]
    if not code:
        refuse("bank_statement_cut", Where(file, message.fields[-1].row, ":34F:"), said=":34F:")
    return code


def _must_total(message: _Open, lines: tuple[Line, ...], file: str) -> None:
    """Refuse an interim report whose counts and sums of debits and credits are not those of its lines."""
    for tag, sign in (("90D", -1), ("90C", 1)):
        each = message.last(tag)
        if each is None:
            continue
        where = Where(file, each.row, f":{tag}:")
        found = _TOTAL.fullmatch(each.lines[0].strip())
        if found is None:
            refuse("bank_field_wrong", where, said=each.lines[0])
        mine = [abs(line.amount_minor) for line in lines if line.amount_minor * sign > 0]
        told = (int(found[1]), minor(found[3], found[2], where))
        if told != (len(mine), sum(mine)):
            made = f"{len(mine)}, {in_words(sum(mine), found[2])}"
            refuse(
                "bank_control_differs",
                where,
                name=f":{tag}:",
                said=f"{told[0]}, {in_words(told[1], found[2])}",
                made=made,
            )
