"""BAI2 cash management files: continuations, summaries and details, funds types; every control total is verified."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from arrears.channels.bank.bai2_entry import entry_line, taken_funds
from arrears.channels.bank.faults import refuse
from arrears.channels.bank.values import exponent_of, short_day
from arrears.domain.statements import Balance, Line, Statement, StatementKind
from arrears.kernel.money import MOST_MINOR
from arrears.kernel.problems import Where
from arrears.kernel.texts import Text

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_OPENING, _CLOSING = "010", "015"
_CREDITS, _DEBITS = "100", "400"
_SAME_DAY: Final = frozenset({"3", "4"})
_DEFAULT_CURRENCY: Final = "USD"
_GROUP_CURRENCY, _GROUP_MODIFIER, _GROUP_DATE, _GROUP_FROM = 6, 7, 4, 2

_SUMMARY_ONLY: Final = Text(
    "The bank told totals of credits and debits that the single lines do not make up: it sent a summary.",
    "El banco indicó totales de abonos y cargos que las líneas no alcanzan: envió un resumen.",
    "银行给出的贷方和借方总额与明细不符：发送的是汇总。",
)


class Record(NamedTuple):
    """One logical record: its code, its fields, the text of its continuations, and the row where it begins."""

    code: str
    fields: list[str]
    continued: list[str]
    row: int

    @property
    def rows(self) -> int:
        """How many physical records it is made of."""
        return 1 + len(self.continued)


@dataclass(slots=True)
class _Sums:
    """What an account, a group or the file adds up to so far."""

    total: int = 0
    parts: int = 0
    records: int = 0


@dataclass(slots=True)
class _Open:
    """A group while its accounts come in, and the account that is open."""

    as_of: date | None = None
    currency: str = _DEFAULT_CURRENCY
    kind: StatementKind = StatementKind.BOOKED
    account: Record | None = None
    lines: list[Line] = field(default_factory=list)


def looks_like_bai2(text: str) -> bool:
    """Return whether the file begins with a BAI2 file header."""
    return re.match(r"\s*01,[^,\n]*,[^,\n]*,[0-9]{6},", text) is not None


def read_bai2(text: str, file: str, *, sums_checked: bool = True) -> tuple[Statement, ...]:
    """Return a statement for each account; raises `Unreadable` where the file is broken, cut or does not add up."""
    return tuple(_Reader(file, sums_checked=sums_checked).statements(text))


def _records(text: str) -> Iterator[Record]:
    """Yield logical records; each keeps how many physical ones it is made of."""
    held: Record | None = None
    for row, raw in enumerate(text.splitlines(), 1):
        line = raw.strip("\x00\x1a ")
        if not line:
            continue
        code, rest = line[:2], line[3:]
        bare = rest.rstrip().removesuffix("/")
        if code == "88" and held is not None:
            held.continued.append(bare)
            if held.code != "16":
                held.fields.extend(bare.split(","))
            continue
        if held is not None:
            yield held
        held = Record(code, bare.split(","), [], row)
    if held is not None:
        yield held


class _Reader:
    """Takes records in their order, holding the sums of file, group and account."""

    def __init__(self, file: str, *, sums_checked: bool) -> None:
        self._file = file
        self._checked = sums_checked
        self._of_file, self._of_group, self._of_account = _Sums(), _Sums(), _Sums()
        self._open = _Open()
        self._inside = ""
        self._count = 0

    def statements(self, text: str) -> Iterator[Statement]:
        record: Record | None = None
        for record in _records(text):
            self._must_follow(record)
            for sums in (self._of_file, self._of_group, self._of_account):
                sums.records += record.rows
            if record.code == "49":
                yield self._account_closed(record)
            else:
                self._taken(record)
            self._inside = record.code
        if self._inside != "99":
            refuse("bank_statement_cut", Where(self._file, record.row if record else None), said="99")
        if not self._count:
            refuse("bank_no_statement", Where(self._file))

    _AFTER: Final = {
        "01": ("",),
        "02": ("01", "98"),
        "03": ("02", "49"),
        "16": ("03", "16"),
        "49": ("03", "16"),
        "98": ("49",),
        "99": ("98",),
    }

    def _must_follow(self, record: Record) -> None:
        allowed = self._AFTER.get(record.code)
        if allowed is None:
            refuse("bank_field_wrong", self._where(record), said=record.code)
        if self._inside not in allowed:
            refuse("bank_statement_cut", self._where(record), said=" / ".join(each or "01" for each in allowed))

    def _where(self, record: Record, name: str = "") -> Where:
        return Where(self._file, record.row, f"{record.code} {name}".strip())

    def _taken(self, record: Record) -> None:
        match record.code:
            case "02":
                self._group_opened(record)
            case "03":
                self._account_opened(record)
            case "16":
                self._detail(record)
            case "98":
                self._closed(record, self._of_group, "98")
                self._of_file.total += self._of_group.total
                self._of_file.parts += 1
            case "99":
                self._closed(record, self._of_file, "99")
            case _:
                pass

    def _group_opened(self, record: Record) -> None:
        said = [*record.fields, *[""] * _GROUP_MODIFIER]
        self._of_group = _Sums(records=record.rows)
        as_of = short_day(said[_GROUP_DATE - 1], self._where(record, "as-of date"))
        same_day = said[_GROUP_MODIFIER - 1].strip() in _SAME_DAY
        kind = StatementKind.INTRADAY if same_day else StatementKind.BOOKED
        self._open = _Open(as_of, said[_GROUP_CURRENCY - 1].strip() or _DEFAULT_CURRENCY, kind)

    def _account_opened(self, record: Record) -> None:
        self._of_account = _Sums(records=record.rows)
        self._open.account, self._open.lines = record, []

    def _detail(self, record: Record) -> None:
        code = self._currency()
        number = f"{self._count + 1}.{len(self._open.lines) + 1}"
        line, amount = entry_line(record.fields, record.continued, code, self._open.as_of, number, self._where(record))
        self._of_account.total += amount
        self._open.lines.append(line)

    def _currency(self) -> str:
        assert self._open.account is not None
        return (self._open.account.fields[1:2] or [""])[0].strip() or self._open.currency

    def _account_closed(self, record: Record) -> Statement:
        assert self._open.account is not None
        told = self._summaries(self._open.account)
        self._of_account.total += sum(amount for amount, _ in told.values())
        self._closed(record, self._of_account, "49")
        self._of_group.total += self._of_account.total
        self._of_group.parts += 1
        self._count += 1
        code = self._currency()
        exponent_of(code, self._where(self._open.account, "currency"))
        whole = _is_whole(told, self._open.lines)
        balances = {name: Balance(told[name][0], self._open.as_of) for name in (_OPENING, _CLOSING) if name in told}
        return Statement(
            bank_account=self._open.account.fields[0].strip(),
            currency=code,
            number=f"{self._open.as_of:%y%m%d}" if self._open.as_of else "",
            opening=balances.get(_OPENING) if whole else None,
            closing=balances.get(_CLOSING),
            lines=tuple(self._open.lines),
            source_format="BAI2",
            kind=self._open.kind,
            made_on=self._open.as_of,
            notes=() if whole else (_SUMMARY_ONLY,),
        )

    def _summaries(self, account: Record) -> dict[str, tuple[int, str]]:
        """Return the amounts of an account record by type code; the same code twice is added up."""
        found: dict[str, tuple[int, str]] = {}
        said = [part.strip() for part in account.fields]
        where, at = self._where(account), 2
        while at < len(said):
            code, amount, count = [*said[at : at + 3], "", "", ""][:3]
            _, at = taken_funds(said, at + 3, where)
            if code:
                found[code] = (found.get(code, (0, ""))[0] + _number(amount, where), count)
        return found

    def _closed(self, record: Record, sums: _Sums, code: str) -> None:
        where = self._where(record)
        said = [part.strip() for part in record.fields]
        mine = [sums.total, sums.records] if code == "49" else [sums.total, sums.parts, sums.records]
        names = ["amount", "records"] if code == "49" else ["amount", "parts", "records"]
        if len(said) < len(mine):
            refuse("bank_field_missing", where, said=names[len(said)])
        for name, told, made in zip(names, said, mine, strict=False):
            if _number(told, where) != made and self._checked:
                refuse("bank_control_differs", where, name=f"{code} {name}", said=told, made=made)


def _number(text: str, where: Where) -> int:
    if not text:
        return 0
    if _NUMBER.fullmatch(text) is None:
        refuse("bank_amount_wrong", where, said=text)
    amount = int(text)
    if abs(amount) > MOST_MINOR:
        refuse("bank_amount_too_large", where, said=text)
    return amount


def _is_whole(told: dict[str, tuple[int, str]], lines: list[Line]) -> bool:
    """Return whether the single lines make up the totals of credits and debits that the bank told."""
    sums = {
        _CREDITS: sum(line.amount_minor for line in lines if line.amount_minor > 0),
        _DEBITS: -sum(line.amount_minor for line in lines if line.amount_minor < 0),
    }
    return all(code not in told or told[code][0] == made for code, made in sums.items())
