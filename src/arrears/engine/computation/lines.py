"""What a computation consists of: lines with their words, their values, and what each adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NewType, TypeAlias

from arrears.engine.ledger.state import State
from arrears.kernel.texts import Text

Money = NewType("Money", int)
"""Minor units among the values of a line, to be written with their currency."""
Percent = NewType("Percent", int)
"""Parts per million among the values of a line, to be written as a percentage."""
Value: TypeAlias = tuple[str, int | date | Text]
"""A value of a line: how it is written (``money``, ``rate``, ``day``, ``number``, ``text``), and what it is."""


class Kind(StrEnum):
    """What a line tells."""

    ENTRY = "entry"
    """An entry that adds to or takes from what is owed."""
    STRUCK = "struck"
    """An entry that was taken back: it adds nothing, and is shown so that nobody misses it."""
    EVENT = "event"
    """An entry that changes when something is due or carried, and not how much is owed."""
    CHARGES = "charges"
    """The late charges in all, as shown; told in a section of their own."""
    ACCRUED = "accrued"
    """The interest of the contract in all, as shown; told in a section of its own."""
    PERIOD = "period"
    """Days on one base at one rate."""
    FIXED = "fixed"
    """A sum that is owed once."""
    ROUNDING = "rounding"
    """What rounding to whole units adds or takes, once, at the end."""
    PAID = "paid"
    """What a payment paid: a part of the debt."""
    NOTE = "note"
    """Something that bears on the figure and adds nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words with named places, the values for them, and the amount it adds, in minor units.

    ``amount`` is exact; in a balance always whole. ``day`` is the date that it counts from, None where there is none;
    ``entry`` the entry it comes from, 0 for none.
    """

    kind: Kind
    words: Text
    amount: Fraction = Fraction(0)
    day: date | None = None
    entry: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    parts: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines, and the whole units that they come to; the last line is the rounding where there is any."""

    lines: tuple[Line, ...]
    total: int

    @property
    def exact(self) -> Fraction:
        """What the lines add up to; equal to ``total`` by construction, held so by a test."""
        return sum((line.amount for line in self.lines), Fraction(0))


@dataclass(frozen=True, slots=True)
class Computation:
    """How the contractual balance of a day came about, with its late charges and interest period by period.

    ``balance.total`` is what is owed, ``charges.total`` all late charges ever shown, ``accrued.total`` all interest by
    the day; ``owed`` says what of it is owed in which part today. Amounts in minor units of ``currency``.
    """

    currency: str
    state: State
    balance: Section
    charges: Section
    accrued: Section
    owed: Section
    notes: tuple[Line, ...]
