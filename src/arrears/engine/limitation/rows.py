"""The shapes of limitation: a row of law, what happened to a debt, and readings that nobody has traced to a statute."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from arrears.domain.laws import Law, Status


class Trigger(StrEnum):
    """From what the years are counted."""

    DEFAULT = "default"
    LAST_PAYMENT = "last_payment"
    CHARGE_OFF = "charge_off"
    LAST_ACTIVITY = "last_activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitationRow:
    """One period of law. ``debt_kinds`` empty: every debt of the place; a row that names the kind goes before it.

    ``revival_by_demand``: a demand that can be proven starts the years again, as in Spain and China. ``extinguishes``:
    the debt itself ends, not only the suit. ``borrowing``: the law of the contract's place may shorten the period.
    ``cap_years``: however often it was revived, it ends so many years from the trigger.
    """

    id: str
    places: frozenset[str]
    debt_kinds: frozenset[str]
    years: int
    trigger: Trigger
    revival_by_payment: bool
    revival_by_writing: bool
    revival_by_demand: bool
    extinguishes: bool
    borrowing: bool
    cap_years: int | None
    law: Law
    verified_on: date | None

    @property
    def ships_on(self) -> bool:
        """Return whether the row counts without anybody switching it on: cited, verified, no draft."""
        return self.law.is_verified and self.law.status is not Status.DRAFT


@dataclass(frozen=True, slots=True)
class Reading:
    """What an undated public table says of a place, in years: it counts as not known, and shows why."""

    place: str
    written: tuple[int, int]
    open_account: tuple[int, int]

    @property
    def disagrees(self) -> bool:
        return len(set(self.written)) > 1 or len(set(self.open_account)) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What happened to a debt, as far as its limitation goes. None or empty: nobody has said."""

    default_on: date | None = None
    charged_off_on: date | None = None
    payments: tuple[date, ...] = ()
    acknowledgements: tuple[date, ...] = ()
    demands: tuple[date, ...] = ()
