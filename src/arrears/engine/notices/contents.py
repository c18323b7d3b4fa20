"""What a notice has to say: its fields, the sums that must come out, the dates that must be one; and what is amiss."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from arrears.domain.laws import Law
from arrears.domain.notices import NoticeKind
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

Given = Mapping[str, object]
"""What a notice would say, by field: words, whole minor units, dates, and True for a statement that is printed."""


class Shape(StrEnum):
    """What kind of value fills a field."""

    WORDS = "words"
    MONEY = "money"
    DATE = "date"
    STATEMENT = "statement"


_KIND_OF: Mapping[Shape, type] = {Shape.WORDS: str, Shape.MONEY: int, Shape.DATE: date, Shape.STATEMENT: bool}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that the notice must say. ``methods`` empty: however it is sent; ``choices`` empty: any value."""

    name: str
    title: Text
    shape: Shape
    cites: str = ""
    methods: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    least: int | None = None

    def is_said(self, value: object) -> bool:
        """Return whether ``value`` says it: words that are not blank, an amount (0 is one), a date, True."""
        if not isinstance(value, _KIND_OF[self.shape]) or (self.shape is not Shape.STATEMENT and value is True):
            return False
        return bool(value.strip()) if isinstance(value, str) else value is not False


@dataclass(frozen=True, slots=True)
class Sum:
    """``start`` and ``plus`` less ``minus`` must come to ``result``: names of money fields."""

    start: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Span:
    """From the day in field ``start`` to that in ``end`` there are at least ``days``, the first not counted."""

    start: str
    end: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The required contents of a kind of notice at a place: ``equal`` names groups of fields that must be the same.

    ``letter`` is the template that says it all; ``opening`` what it says first to the person, ``words`` where it is
    None. ``spans`` are days that must lie far enough apart. ``methods`` are those by which it may go; empty: any.
    """

    id: str
    kind: NoticeKind
    place: str
    title: Text
    words: Text
    law: Law | None
    fields: tuple[Field, ...]
    letter: str
    sums: tuple[Sum, ...] = ()
    equal: tuple[tuple[str, ...], ...] = ()
    spans: tuple[Span, ...] = ()
    opening: Text | None = None
    methods: frozenset[str] = frozenset()
    by_name: Mapping[str, Field] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})


def faults(contents: Contents, given: Given, *, method: str) -> list[Problem]:
    """Return why a notice that says ``given`` is not issued by ``method`` (a channel); nothing where it may be.

    Every field that is not said is a problem of its own, by its name; amounts that do not come out and dates that
    differ are problems too. A notice is never issued with one.
    """
    if contents.methods and method not in contents.methods:
        return [Problem("notice_goes_otherwise", _OTHERWISE, _ON_PAPER, Where(contents.id, None, "method"))]
    found = [_missing(one, contents) for one in contents.fields if not _is_met(one, given, method)]
    return found or [*_wrong_sums(contents, given), *_unequal(contents, given), *_too_near(contents, given)]


def _is_met(one: Field, given: Given, method: str) -> bool:
    if one.methods and method not in one.methods:
        return True
    value = given.get(one.name)
    if not one.is_said(value) or (one.choices and value not in one.choices):
        return False
    return one.least is None or (isinstance(value, int) and value >= one.least)


def _missing(one: Field, contents: Contents) -> Problem:
    name = Text(*(f"{title} ({one.cites})" if one.cites else title for title in one.title))
    return Problem(
        "notice_field_missing",
        Text(*(words.format(field=said) for words, said in zip(_MISSING, name, strict=True))),
        Text(*(words.format(title=said) for words, said in zip(_SUPPLY, contents.title, strict=True))),
        Where(contents.id, None, one.name),
    )


def _wrong_sums(contents: Contents, given: Given) -> Iterator[Problem]:
    for each in contents.sums:
        start, result = _amount(given, each.start), _amount(given, each.result)
        made = start + sum(_amount(given, n) for n in each.plus) - sum(_amount(given, n) for n in each.minus)
        if made != result:
            yield Problem(
                "notice_sum_wrong",
                _WRONG_SUM.filled(made=made, said=result),
                _LOOK_AT_LEDGER,
                Where(contents.id, None, each.result),
            )


def _amount(given: Given, name: str) -> int:
    value = given.get(name)
    assert isinstance(value, int)
    return value


def _unequal(contents: Contents, given: Given) -> Iterator[Problem]:
    for names in contents.equal:
        if len({given.get(name) for name in names}) > 1:
            yield Problem("notice_dates_differ", _DIFFER, _ONE_DATE, Where(contents.id, None, ", ".join(names)))


def _too_near(contents: Contents, given: Given) -> Iterator[Problem]:
    for each in contents.spans:
        start, end = given.get(each.start), given.get(each.end)
        assert isinstance(start, date)
        assert isinstance(end, date)
        if (end - start).days < each.days:
            yield Problem(
                "notice_day_too_near",
                _TOO_NEAR.filled(end=end.isoformat(), days=each.days, start=start.isoformat()),
                _LATER.filled(days=each.days),
                Where(contents.id, None, each.end),
            )


_OTHERWISE = Text(
    "Law does not let this notice go by that way.",
    "La ley no permite enviar este aviso por esa vía.",
    "法律不允许以该方式送达此通知。",
)
_ON_PAPER = Text("Send it as a letter.", "Envíelo por carta.", "请以信函寄送。")
_MISSING = (
    "The notice does not say this: {field}.",
    "Al aviso le falta esto: {field}.",
    "通知缺少：{field}。",
)
_SUPPLY = (
    "Supply it; “{title}” is not issued without it.",
    "Indíquelo: «{title}» no se emite sin ello.",
    "请补充；缺少该项不得出具“{title}”。",
)
_WRONG_SUM = Text(
    "The lines of the itemization come to {made} minor units, and the notice says {said}.",
    "Las líneas del desglose suman {made} unidades menores y el aviso dice {said}.",
    "明细合计为 {made}（最小货币单位），而通知写的是 {said}。",
)
_LOOK_AT_LEDGER = Text(
    "Look at the ledger since the itemization date; a notice goes out only when its figures add up.",
    "Revise el libro desde la fecha del desglose: un aviso solo sale cuando sus cifras cuadran.",
    "请核对明细日以来的账目；数字不符不得发出通知。",
)
_TOO_NEAR = Text(
    "The notice names {end}, which is less than {days} days after {start}.",
    "El aviso indica el {end}, menos de {days} días después del {start}.",
    "通知载明的 {end} 距 {start} 不足 {days} 天。",
)
_LATER = Text(
    "Name a day that is at least {days} days later; an earlier one would make the notice void.",
    "Indique un día al menos {days} días posterior; con uno anterior el aviso no valdría.",
    "请改为至少 {days} 天之后的日期；日期过早将使通知无效。",
)
_DIFFER = Text(
    "The days to dispute, to ask for the original creditor, and after which the debt is assumed valid differ.",
    "No coinciden las fechas para disputar, para pedir el acreedor original y a partir de la cual se presume válida.",
    "提出异议的截止日、要求告知原债权人的截止日与推定债务有效的日期不一致。",
)
_ONE_DATE = Text(
    "All three are the end of the validation period.",
    "Las tres son el fin del periodo de validación.",
    "三者均为核实期的最后一日。",
)
