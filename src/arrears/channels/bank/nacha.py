"""NACHA ACH files: entries, returns, dishonoured and contested returns, notifications of change.

Records are 94 characters; shorter ones were trimmed, longer ones carry spaces. Counts, hash and totals of every batch
and of the file are verified. A clearing file books nothing: its entries are told, its returns are `Return`s.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.nacha_entry import Entry, read_entry, told_line, told_return
from arrears.channels.bank.values import short_day
from arrears.domain.statements import Line, Return, Statement, StatementKind
from arrears.kernel.problems import Where

_WIDTH: Final = 94
_HASH: Final = 10**10
_CURRENCY: Final = "USD"
_STARTS: Final = re.compile(r"101[ 0-9]{10}|5(?:200|220|225|280)|6[2-5][0-9]{10}|10[0-9 ]{20}")
_LEAST: Final = 50


class Row(NamedTuple):
    """One record, padded to its width, and its row in the file."""

    text: str
    number: int


@dataclass(slots=True)
class _Sums:
    """Entries and addenda, hash of routing numbers, debits and credits so far."""

    count: int = 0
    hash: int = 0
    debit: int = 0
    credit: int = 0

    def add(self, other: "_Sums") -> None:
        self.count += other.count
        self.hash += other.hash
        self.debit += other.debit
        self.credit += other.credit


@dataclass(slots=True)
class _Batch:
    """A batch while its records come in."""

    head: Row
    entries: list[Entry] = field(default_factory=list)
    sums: _Sums = field(default_factory=_Sums)

    @property
    def form(self) -> str:
        return self.head.text[50:53]


def looks_like_nacha(text: str) -> bool:
    """Return whether the first line is a NACHA file header, or a batch or entry of a file that lost its header."""
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip()
    return len(first) >= _LEAST and _STARTS.match(first) is not None


def read_nacha(text: str, file: str, *, sums_checked: bool = True) -> tuple[Statement, ...]:
    """Return a statement for each batch; raises `Unreadable` where a record is lost or a total differs."""
    statements = tuple(_Reader(file, sums_checked=sums_checked).statements(text))
    if not statements:
        refuse("bank_no_statement", Where(file))
    return statements


def _rows(text: str, file: str) -> Iterator[Row]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    filled = [line for line in lines if line]
    if len(filled) == 1 and len(filled[0]) > _WIDTH:
        lines = [filled[0][at : at + _WIDTH] for at in range(0, len(filled[0]), _WIDTH)]
    for number, line in enumerate(lines, 1):
        if len(line) > _WIDTH:
            refuse("bank_field_wrong", Where(file, number), said=line[_WIDTH:])
        if line and not line.startswith("9" * (_WIDTH // 2)):
            yield Row(line.ljust(_WIDTH), number)


class _Reader:
    """Takes records in their order, holding the sums of batch and file."""

    _AFTER: Final = {
        "1": ("",),
        "5": ("1", "8"),
        "6": ("5", "6", "7"),
        "7": ("6", "7"),
        "8": ("5", "6", "7"),
        "9": ("1", "8"),
    }

    def __init__(self, file: str, *, sums_checked: bool) -> None:
        self._file, self._checked = file, sums_checked
        self._sums = _Sums()
        self._batches = 0
        self._batch: _Batch | None = None
        self._made_on: date | None = None
        self._is_advice = False

    def statements(self, text: str) -> Iterator[Statement]:
        inside, row = "", None
        for row in _rows(text, self._file):
            kind = row.text[0]
            allowed = self._AFTER.get(kind)
            where = Where(self._file, row.number, kind)
            if allowed is None:
                refuse("bank_field_wrong", where, said=row.text)
            if inside not in allowed:
                refuse("bank_statement_cut", where, said=" / ".join(each or "1" for each in allowed))
            inside = kind
            if kind == "8":
                yield self._closed(row)
            else:
                self._taken(row)
        if inside != "9":
            refuse("bank_statement_cut", Where(self._file, row.number if row else None), said="9")

    def _taken(self, row: Row) -> None:
        where = Where(self._file, row.number, row.text[0])
        match row.text[0]:
            case "1":
                self._made_on = short_day(row.text[23:29], where) if row.text[23:29].strip() else None
            case "5":
                self._batch = _Batch(row)
            case "6":
                self._entry(row)
            case "7":
                assert self._batch is not None
                self._batch.entries[-1].addenda.append(row.text)
                self._batch.sums.count += 1
            case _:
                self._file_closed(row, where)

    def _entry(self, row: Row) -> None:
        assert self._batch is not None
        entry = read_entry(row.text, self._batch.form, Where(self._file, row.number, "6"))
        self._batch.entries.append(entry)
        routing = _digits(row.text[3:11], Where(self._file, row.number, "6 routing"))
        debit, credit = (entry.amount_minor, 0) if entry.is_debit else (0, entry.amount_minor)
        self._batch.sums.add(_Sums(1, routing, debit, credit))

    def _closed(self, row: Row) -> Statement:
        batch = self._batch
        assert batch is not None
        text, where = row.text, Where(self._file, row.number, "8")
        self._is_advice = batch.form == "ADV"
        totals = (text[20:40], text[40:60]) if self._is_advice else (text[20:32], text[32:44])
        self._must_agree(where, batch.sums, text[4:10], text[10:20], totals)
        self._sums.add(batch.sums)
        self._batches += 1
        self._batch = None
        return self._statement(batch)

    def _file_closed(self, row: Row, where: Where) -> None:
        text = row.text
        if _digits(text[1:7], where) != self._batches and self._checked:
            refuse("bank_control_differs", where, name="9 batches", said=text[1:7].strip(), made=self._batches)
        totals = (text[31:51], text[51:71]) if self._is_advice else (text[31:43], text[43:55])
        self._must_agree(where, self._sums, text[13:21], text[21:31], totals)

    def _must_agree(self, where: Where, sums: _Sums, count: str, hashed: str, totals: tuple[str, str]) -> None:
        told = (("records", count, sums.count), ("hash", hashed, sums.hash % _HASH), ("debits", totals[0], sums.debit),
                ("credits", totals[1], sums.credit))  # fmt: skip
        for name, said, made in told:
            if _digits(said, where) != made and self._checked:
                refuse("bank_control_differs", where, name=f"{where.field} {name}", said=said.strip(), made=made)

    def _statement(self, batch: _Batch) -> Statement:
        head, at = batch.head.text, self._batches
        where = Where(self._file, batch.head.number, "5 date")
        effective = head[69:75].strip()
        on = short_day(effective, where) if effective.strip("0") else self._made_on
        lines: list[Line] = []
        returns: list[Return] = []
        for n, entry in enumerate(batch.entries, 1):
            back = told_return(entry, f"{at}.{n}", on or self._made_on, _CURRENCY)
            if back:
                returns.append(back)
            else:
                lines.append(told_line(entry, f"{at}.{n}", on, _CURRENCY, _company(head, batch.form)))
        return Statement(
            bank_account=head[40:50].strip(),
            currency=_CURRENCY,
            number=head[87:94].strip(),
            opening=None,
            closing=None,
            lines=tuple(lines),
            source_format="NACHA",
            kind=StatementKind.RETURNS if returns and not lines else StatementKind.CLEARING,
            made_on=self._made_on,
            returns=tuple(returns),
        )


def _company(head: str, form: str) -> str:
    name = "" if form == "IAT" else head[4:20].strip()
    return f"{name} {head[53:63].strip()}".strip()


def _digits(text: str, where: Where) -> int:
    bare = text.strip()
    if bare and not (bare.isascii() and bare.isdigit()):
        refuse("bank_field_wrong", where, said=text)
    return int(bare or 0)
