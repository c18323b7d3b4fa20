"""What interest and late payment cost: rates by day, fixed sums by stage, and the caps that bound them."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from arrears.kernel.daycount import DayCount
from arrears.kernel.rounding import Rounding

CONTRACT: Final = "contract"
"""Name of the rule where a cap is the contract's own."""


class ChargeOn(IntEnum):
    """On what the daily late charge runs, once an instalment is unpaid beyond grace.

    `OVERDUE_PRINCIPAL`: the principal of such instalments. `OVERDUE_INSTALMENTS`: their principal and interest.
    `OUTSTANDING`: all principal, due or not, interest that is due, fees and costs; never late charges or accrued
    contract interest.
    """

    OVERDUE_PRINCIPAL = 1
    OVERDUE_INSTALMENTS = 2
    OUTSTANDING = 3


class Each(StrEnum):
    """For what a fixed charge arises once: an instalment, or a spell of arrears (from on time to on time)."""

    INSTALMENT = "instalment"
    SPELL = "spell"


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A yearly rate in parts per million from a day on, that day included."""

    since: date
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class FixedCharge:
    """A late charge of one sum, on the day on which an instalment is so many days past due and beyond grace."""

    days_past_due: int
    amount_minor: int
    each: Each = Each.INSTALMENT


@dataclass(frozen=True, slots=True)
class LateCharge:
    """What late payment costs: a simple daily rate on a base, and fixed sums by stage.

    Rates are parts per million a year: ``rates`` by day where there are any (nothing before the first), else
    ``rate_ppm``. The charge starts to run ``grace_days`` after a due date, never before it. The rate is held at
    ``rate_cap_ppm``, and the sum of all late charges, daily and fixed, at ``cap_minor`` and at ``cap_ppm`` of the
    principal that was opened; 0 means no such cap. ``rounding`` is how the exact charge is shown and paid.
    ``rate_table`` names where ``rates`` were taken from.
    """

    rate_ppm: int = 0
    day_count: DayCount = DayCount.ACT_365F
    grace_days: int = 0
    rate_cap_ppm: int = 0
    cap_minor: int = 0
    cap_ppm: int = 0
    rounding: Rounding = Rounding.HALF_UP
    on: ChargeOn = ChargeOn.OVERDUE_PRINCIPAL
    rates: tuple[DatedRate, ...] = ()
    fixed: tuple[FixedCharge, ...] = ()
    rate_table: str = ""

    @property
    def rate(self) -> int:
        """The one rate that is charged, held at its own cap; the latest where rates have dates. See `rate_on`."""
        rate = self.rates[-1].rate_ppm if self.rates else self.rate_ppm
        return min(rate, self.rate_cap_ppm) if self.rate_cap_ppm else rate


@dataclass(frozen=True, slots=True)
class ContractInterest:
    """Interest of the contract that accrues simply by day on all principal owed, less credit held.

    It is owed as it accrues, is paid where a waterfall pays interest, makes nothing past due, and bears nothing itself.
    """

    rates: tuple[DatedRate, ...] = ()
    day_count: DayCount = DayCount.ACT_365F
    rounding: Rounding = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class Cap:
    """A bound that law or the house sets: ``rule`` says which rule it is; None means that it bounds no such thing.

    ``rate_ppm`` bounds the yearly rate of the late charge and that of contract interest, each, or both together
    where ``is_together`` (then contract interest comes first), on days from ``since`` (None: ever) until before
    ``until``. ``minor`` and ``ppm`` (of the principal that was opened) bound the sum of all late charges on
    the account.
    """

    rule: str
    rate_ppm: int | None = None
    minor: int | None = None
    ppm: int | None = None
    is_together: bool = False
    since: date | None = None
    until: date | None = None
