"""Case files: a dispute, a complaint, a bankruptcy, a moratorium, from the day it is known until it is closed.

A case file is not the collector's case (a person with their debts); it is one matter about that person, with steps that
are only ever added, papers that prove them, and clocks that say what must be done by when. What contact it stops is
said by the hold that it places, and by the rules that read holds.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from arrears.domain.holds import HoldKind
from arrears.kernel.calendars import Place, add_business_days


class CaseKind(StrEnum):
    """What a case file is about."""

    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    BANKRUPTCY = "bankruptcy"
    BREATHING_SPACE = "breathing_space"
    CRISIS_MORATORIUM = "crisis_moratorium"
    DECEASED = "deceased"
    IDENTITY_THEFT = "identity_theft"
    WRONG_PERSON = "wrong_person"
    ATTORNEY = "attorney"
    ADVISER = "adviser"
    CREDITOR_REQUEST = "creditor_request"
    VULNERABILITY = "vulnerability"


HOLD_OF: Final[Mapping[CaseKind, HoldKind]] = {
    CaseKind.DISPUTE: HoldKind.DISPUTE,
    CaseKind.COMPLAINT: HoldKind.COMPLAINT,
    CaseKind.BANKRUPTCY: HoldKind.BANKRUPTCY,
    CaseKind.BREATHING_SPACE: HoldKind.MORATORIUM,
    CaseKind.CRISIS_MORATORIUM: HoldKind.MORATORIUM,
    CaseKind.DECEASED: HoldKind.DECEASED,
    CaseKind.IDENTITY_THEFT: HoldKind.IDENTITY_THEFT,
    CaseKind.WRONG_PERSON: HoldKind.WRONG_PERSON,
    CaseKind.ATTORNEY: HoldKind.ATTORNEY,
    CaseKind.ADVISER: HoldKind.ADVISER,
    CaseKind.CREDITOR_REQUEST: HoldKind.CREDITOR_REQUEST,
    CaseKind.VULNERABILITY: HoldKind.CARE,
}
"""The hold that a case of each kind places."""

OF_DEBTS: Final = frozenset(
    {
        CaseKind.DISPUTE,
        CaseKind.BREATHING_SPACE,
        CaseKind.CRISIS_MORATORIUM,
        CaseKind.IDENTITY_THEFT,
        CaseKind.WRONG_PERSON,
        CaseKind.ATTORNEY,
        CaseKind.CREDITOR_REQUEST,
    }
)
"""Kinds that stop the debts they name and no others. All others are about the person, whatever is owed."""

MORATORIA: Final = frozenset({CaseKind.BREATHING_SPACE, CaseKind.CRISIS_MORATORIUM})
"""Kinds in which interest and charges on the listed debts rest."""


class CaseState(StrEnum):
    """Where a case file is in its life: open, answered (its hold may stand all the same), or closed with a finding."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What happened in a case file. Steps are only ever added."""

    OPENED = "opened"
    NOTED = "noted"
    PAPER = "paper"
    CONTACTED = "contacted"
    ANSWERED = "answered"
    EXTENDED = "extended"
    MET = "met"
    MISSED = "missed"
    HOLD_CHANGED = "hold_changed"
    CLOSED = "closed"
    REOPENED = "reopened"


class ClockState(StrEnum):
    """Where a clock is: running, met in time, missed, put off by a later one, or no longer needed."""

    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    PUT_OFF = "put_off"
    DROPPED = "dropped"


class Unit(StrEnum):
    """In what a period of law is counted."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    WEEKS = "weeks"
    MONTHS = "months"


class Finding(StrEnum):
    """What a case file came to when it was closed."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    MISTAKEN = "mistaken"


@dataclass(frozen=True, slots=True)
class Period:
    """A period of law: so many of a unit, the business days being those of a place."""

    number: int
    unit: Unit

    def ends(self, start: date, place: Place) -> date:
        """Return the last day, by the end of which it must be done. ``start`` is the day it is counted from.

        The day it is counted from does not count itself. A month ends on the day of the same number, or on the last
        day of a month that has no such day (Regulation (EEC, Euratom) No 1182/71 art 3 counts so too).
        """
        match self.unit:
            case Unit.DAYS:
                return start + timedelta(days=self.number)
            case Unit.BUSINESS_DAYS:
                return add_business_days(start, self.number, place)
            case Unit.WEEKS:
                return start + timedelta(weeks=self.number)
            case Unit.MONTHS:
                return _months_on(start, self.number)


def _months_on(start: date, number: int) -> date:
    months = start.year * 12 + start.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Moratorium:
    """The days of a moratorium: from the first to the last, both counted; no last day while treatment goes on."""

    first: date
    last: date | None

    @property
    def over_on(self) -> date | None:
        """The first day after it; None while nobody knows."""
        return None if self.last is None else self.last + timedelta(days=1)


def breathing_space(registered: date, days: int) -> Moratorium:
    """Return the days of a breathing space that was entered in the register on ``registered``.

    It starts on the day after the entry, and that day is the first of ``days`` (SI 2020/1311 regs 25 and 26).
    """
    first = registered + timedelta(days=1)
    return Moratorium(first, first + timedelta(days=days - 1))


def crisis_moratorium(registered: date, treatment_ended: date | None, days_more: int) -> Moratorium:
    """Return the days of a mental health crisis moratorium: treatment, and ``days_more`` after it ended (reg 32)."""
    first = registered + timedelta(days=1)
    return Moratorium(first, None if treatment_ended is None else treatment_ended + timedelta(days=days_more))
