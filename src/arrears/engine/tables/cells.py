"""Cells of a table: S-FEEL unary tests read into spans, and the constants of answers into numbers.

A test is ``-`` (anything), a value, a comparison, an interval with open or closed ends, a list of these,
``null``, or ``not(...)``. A comparison never holds for null, and neither does its ``not``: a missing fact
meets no test but ``-`` and ``null``. No cell may name another fact.
"""

import re
from datetime import date

from arrears.engine.tables.problems import problem
from arrears.engine.tables.spans import NULL_SPAN, Spans, everything, joined, known, without
from arrears.facts.fact import NULL, Fact
from arrears.kernel.epoch import epoch_day
from arrears.kernel.problems import Problem, Where

_NUMBER = re.compile(r"[+-]?\d[\d_]*\Z")
_DATE = re.compile(r"(?:date\()?\"?(\d{4}-\d{2}-\d{2})\"?\)?\Z")
_COMPARISON = re.compile(r"(<=|>=|<|>)\s*(.+)\Z")
_INTERVAL = re.compile(r"([\[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\])])\Z")
_NEGATION = re.compile(r"not\s*\((.*)\)\Z", re.DOTALL)
_ORDERED = frozenset({"count", "days", "money", "rate", "date"})


class _Unreadable(Exception):  # noqa: N818 - not an error: it only carries a Problem up to its boundary
    """Leaves the reading of one cell with the problem found."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values


def read_test(text: str, fact: Fact, where: Where) -> Spans | Problem:
    """Return the values of ``fact`` that the unary test ``text`` lets through, or what is wrong with it."""
    if fact.kind == "set":
        return problem("set_as_condition", where, fact=fact.name)
    try:
        return _test(text.strip(), fact)
    except _Unreadable as left:
        return problem(left.code, where, **left.values)


def read_constant(text: str, fact: Fact, where: Where) -> int | Problem:
    """Return the number of the constant ``text``; a set is written as names joined by ``+``, or ``none``."""
    try:
        return _members(text.strip(), fact) if fact.kind == "set" else _constant(text.strip(), fact)
    except _Unreadable as left:
        return problem(left.code, where, **left.values)


def _test(text: str, fact: Fact) -> Spans:
    if text == "-":
        return everything(fact)
    if negated := _NEGATION.match(text):
        return without(known(fact), _list(negated[1], fact))
    return _list(text, fact)


def _list(text: str, fact: Fact) -> Spans:
    return joined(span for part in text.split(",") for span in _single(part.strip(), fact))


def _single(text: str, fact: Fact) -> Spans:
    if text == "null":
        if not fact.may_be_null:
            raise _Unreadable("null_impossible", fact=fact.name)
        return NULL_SPAN
    if compared := _COMPARISON.match(text):
        return _compared(compared[1], _ordered(compared[2], fact, text), fact)
    if between := _INTERVAL.match(text):
        return _between(text, between, fact)
    value = _constant(text, fact)
    return ((value, value + 1),)


def _compared(sign: str, value: int, fact: Fact) -> Spans:
    low, high = fact.range
    match sign:
        case "<":
            return joined([(low, value)])
        case "<=":
            return joined([(low, value + 1)])
        case ">":
            return joined([(value + 1, high + 1)])
        case _:
            return joined([(value, high + 1)])


def _between(text: str, parts: re.Match[str], fact: Fact) -> Spans:
    start = _ordered(parts[2], fact, text) + (parts[1] != "[")
    stop = _ordered(parts[3], fact, text) + (parts[4] == "]")
    if start >= stop:
        raise _Unreadable("interval_empty", cell=text)
    return ((start, stop),)


def _ordered(text: str, fact: Fact, whole: str) -> int:
    if fact.kind not in _ORDERED:
        raise _Unreadable("cell_unreadable", cell=whole, fact=fact.name)
    return _constant(text.strip(), fact)


def _constant(text: str, fact: Fact) -> int:
    match fact.kind:
        case "flag":
            return _named(text, {"true": 1, "false": 0}, fact)
        case "code":
            return _named(text.strip('"'), {code.name: code.number for code in fact.codes}, fact)
        case "date":
            return _day(text, fact)
        case _:
            return _number(text, fact)


def _named(text: str, names: dict[str, int], fact: Fact) -> int:
    if text not in names:
        raise _Unreadable("value_unknown", cell=text, fact=fact.name, takes=", ".join(names) or "–")
    return names[text]


def _day(text: str, fact: Fact) -> int:
    found = _DATE.match(text)
    try:
        return epoch_day(date.fromisoformat(found[1] if found else ""))
    except ValueError:
        raise _Unreadable("cell_unreadable", cell=text, fact=fact.name) from None


def _number(text: str, fact: Fact) -> int:
    if not _NUMBER.match(text):
        raise _Unreadable("cell_unreadable", cell=text, fact=fact.name)
    value, (low, high) = int(text), fact.range
    if not low <= value <= high:
        raise _Unreadable("value_out_of_range", cell=text, fact=fact.name, takes=f"{low}..{high}")
    return value


def _members(text: str, fact: Fact) -> int:
    if text == "none":
        return 0
    names = {code.name: 1 << code.number for code in fact.codes}
    return sum({_named(part.strip(), names, fact) for part in text.split("+")})


def read_value(text: str, fact: Fact, where: Where) -> int | Problem:
    """Return the number of a case's value: a constant, or ``null`` where the fact may be unknown."""
    if text.strip() == "null" and fact.may_be_null:
        return NULL
    return read_constant(text, fact, where)
