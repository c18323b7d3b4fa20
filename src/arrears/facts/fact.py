"""What a fact is: a named column of whole numbers with a unit, a range and a meaning for null."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from arrears.kernel.epoch import sure_date
from arrears.kernel.texts import Text

Kind = Literal["flag", "count", "days", "money", "rate", "date", "code", "set"]

# Null of a fact that may be unknown, inside columns; below every range, so that it is a bin of its own.
NULL = -(2**62)
_RANGES: Mapping[str, tuple[int, int]] = {
    "flag": (0, 1),
    "count": (0, 2**31 - 1),
    "days": (-(10**6), 10**6),
    "money": (-(10**15), 10**15),
    "rate": (0, 10**6),
    "date": (-719_162, 2_932_896),  # 0001-01-01 and 9999-12-31 as days since 1970-01-01
    "code": (0, 32_767),
    "set": (0, 2**62 - 1),
}


@dataclass(frozen=True, slots=True)
class Code:
    """One value of an enumeration: its number inside, its name in tables, its words for people."""

    number: int
    name: str
    words: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A column: what it is called, counts in, means when null, and where it comes from.

    Values are whole numbers: flags 0 and 1, dates as days since 1970-01-01, money in minor units, rates in
    basis points, enumerations by number, sets as bits ``1 << number``. ``absent`` is the value taken where a
    source says nothing; it is ``NULL`` exactly where not knowing must be told from every known value.
    An enumeration without ``codes`` is filled from the pack's list of the same name.
    """

    name: str
    kind: Kind
    unit: str
    source: str
    words: Text
    null_means: Text | None = None
    absent: int = 0
    low: int | None = None
    high: int | None = None
    codes: tuple[Code, ...] = field(default=())

    @property
    def may_be_null(self) -> bool:
        """Whether the fact can be unknown (then cells may test ``null``)."""
        return self.null_means is not None

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest known value."""
        low, high = _RANGES[self.kind]
        if self.codes and self.kind == "code":
            low, high = self.codes[0].number, self.codes[-1].number
        return (low if self.low is None else self.low, high if self.high is None else self.high)

    def with_codes(self, codes: tuple[Code, ...]) -> "Fact":
        """Return the same fact with its enumeration, ordered by number."""
        return replace(self, codes=tuple(sorted(codes, key=lambda code: code.number)))

    def number_of(self, name: str) -> int | None:
        """Return the number of the code called ``name``, or None where there is none."""
        return next((code.number for code in self.codes if code.name == name), None)

    def code_of(self, number: int) -> Code | None:
        """Return the code with ``number``, or None where there is none."""
        return next((code for code in self.codes if code.number == number), None)

    def said(self, value: int) -> str:
        """Return ``value`` as a cell of a table would write it."""
        if self.may_be_null and value == NULL:
            return "null"
        match self.kind:
            case "flag":
                return "true" if value else "false"
            case "date":
                return sure_date(value).isoformat()
            case "code":
                code = self.code_of(value)
                return code.name if code else str(value)
            case "set":
                return " + ".join(c.name for c in self.codes if value >> c.number & 1) or "none"
            case _:
                return str(value)
