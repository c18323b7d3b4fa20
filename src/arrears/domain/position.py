"""The position of an account: one fixed-width row that holds what time alone does not change.

Whole numbers only, wide columns first, none null. Money is minor units of the account's currency. A day is an
epoch day, `NO_DATE` where there is none. What moves with the calendar (days past due, charge to date, band,
counts over a rolling window) follows from the row and a day; the row itself stays as it is until somebody
touches the account or ``look_again_on`` comes.

This list is the contract: the table has these columns in this order, and the NumPy type `POSITION` is made from it.
"""

from dataclasses import dataclass, fields
from enum import IntEnum, IntFlag
from typing import Annotated, Final, NamedTuple, get_type_hints

import numpy as np

from arrears.kernel.epoch import NO_DATE

NO_CAP: Final = 2**62
"""``charge_cap_minor`` where no cap bounds the sum of late charges."""

SLOT_DAYS: Final = 8
"""How many days of counts a slots column holds: the anchor day in the lowest 8 bits, the days before it above."""

MOST_IN_SLOT: Final = 127
"""A day's count stops here, so that the column stays a positive number."""


class Flag(IntFlag):
    """Bits of ``flags``."""

    FIRST_UNPAID = 1
    """The oldest unpaid instalment is the first of the contract: past due, it is a first-instalment default (P09)."""
    ACCELERATED = 2
    CHARGED_OFF = 4
    SOLD = 8
    NOTHING_OWED = 16
    """No principal, interest or fee is owed beyond the credit held; a late charge may still be."""
    FROZEN = 32
    """A freeze holds late charges and contract interest."""


class PlanCode(IntEnum):
    """How the plan on a debt stands, as ``plan_state`` holds it."""

    NONE = 0
    ON_TIME = 1
    BEHIND = 2
    MISSED = 3
    DEFAULTED = 4


class Column(NamedTuple):
    """Width in bytes, unit, who fills it (``ledger`` from entries, ``dealings`` by the verbs), and what it means."""

    width: int
    unit: str
    by: str
    means: str


@dataclass(frozen=True, slots=True)
class Position:
    """One account's row. See each column's `Column`; `COLUMNS` lists them."""

    account: Annotated[int, Column(8, "id", "ledger", "the account")]
    principal_minor: Annotated[int, Column(8, "minor", "ledger", "principal owed, due or not")] = 0
    interest_minor: Annotated[int, Column(8, "minor", "ledger", "interest due and unpaid")] = 0
    fees_minor: Annotated[int, Column(8, "minor", "ledger", "fees and costs unpaid")] = 0
    credit_minor: Annotated[int, Column(8, "minor", "ledger", "paid beyond what was due; pays what falls due next")] = 0
    due_unpaid_minor: Annotated[
        int, Column(8, "minor", "ledger", "unpaid of instalments due, those within tolerance left out")
    ] = 0
    last_due_unpaid_minor: Annotated[
        int, Column(8, "minor", "ledger", "the part of due_unpaid_minor that fell due on last_due_day")
    ] = 0
    overdue_principal_minor: Annotated[
        int, Column(8, "minor", "ledger", "principal of unpaid instalments past grace, spared ones left out")
    ] = 0
    charge_minor: Annotated[int, Column(8, "minor", "ledger", "late charge up to charge_anchor_day, whole part")] = 0
    charge_carry: Annotated[
        int, Column(8, "1 / (1,000,000 × units in a year) minor", "ledger", "late charge up to the anchor, the rest")
    ] = 0
    charge_settled_minor: Annotated[int, Column(8, "minor", "ledger", "late charge paid or waived so far")] = 0
    charge_cap_minor: Annotated[int, Column(8, "minor", "ledger", "bound of the sum of late charges; NO_CAP: none")] = (
        NO_CAP
    )
    book_minor: Annotated[int, Column(8, "minor", "ledger", "what the creditor carries, late charges aside")] = 0
    charged_off_minor: Annotated[int, Column(8, "minor", "ledger", "sum of charge-offs")] = 0
    billed_minor: Annotated[int, Column(8, "minor", "ledger", "sum of instalments fallen due")] = 0
    paid_minor: Annotated[int, Column(8, "minor", "ledger", "sum of payments, reversed ones left out")] = 0
    pending_minor: Annotated[int, Column(8, "minor", "ledger", "payments seen and not yet cleared")] = 0
    last_payment_minor: Annotated[int, Column(8, "minor", "ledger", "paid on last_payment_day")] = 0
    next_due_minor: Annotated[int, Column(8, "minor", "ledger", "amount of the instalments of next_due_day")] = 0
    late_pattern: Annotated[
        int,
        Column(8, "bits", "ledger", "the last 60 instalments due, latest in bit 0: 1 where paid after its due date"),
    ] = 0
    costs_minor: Annotated[int, Column(8, "minor", "ledger", "of fees_minor, costs")] = 0
    charge_base_minor: Annotated[
        int,
        Column(8, "minor", "ledger", "on what the late charge runs now; overdue_principal_minor where terms are plain"),
    ] = 0
    accrued_minor: Annotated[
        int, Column(8, "minor", "ledger", "contract interest by day up to charge_anchor_day, whole part")
    ] = 0
    accrued_carry: Annotated[
        int,
        Column(8, "1 / (1,000,000 × units in a year) minor", "ledger", "contract interest up to the anchor, the rest"),
    ] = 0
    accrued_settled_minor: Annotated[
        int, Column(8, "minor", "ledger", "contract interest by day paid or waived so far")
    ] = 0
    promise_minor: Annotated[int, Column(8, "minor", "dealings", "amount still to come for the promise due next")] = 0
    holds: Annotated[int, Column(8, "bits", "dealings", "open holds, one bit a kind")] = 0
    calls_slots: Annotated[
        int,
        Column(8, "8 × 8 bits", "dealings", "our calls a day but those the person asked for, back from slots_day"),
    ] = 0
    contacts_slots: Annotated[
        int, Column(8, "8 × 8 bits", "dealings", "contacts of either side by any channel a day, back from slots_day")
    ] = 0
    look_again_on: Annotated[int, Column(4, "day", "ledger", "next day on which time alone changes this row")] = NO_DATE
    charge_anchor_day: Annotated[int, Column(4, "day", "ledger", "day up to which charge_minor is counted")] = NO_DATE
    charge_rate_ppm: Annotated[
        int, Column(4, "ppm a year", "ledger", "rate of the late charge now, held at its caps; 0 in a freeze")
    ] = 0
    accrual_rate_ppm: Annotated[
        int, Column(4, "ppm a year", "ledger", "rate of contract interest by day; 0 in a freeze")
    ] = 0
    oldest_unpaid_day: Annotated[int, Column(4, "day", "ledger", "due date of the oldest unpaid instalment")] = NO_DATE
    last_due_day: Annotated[int, Column(4, "day", "ledger", "latest due date that has come")] = NO_DATE
    next_due_day: Annotated[int, Column(4, "day", "ledger", "due date of the next instalment")] = NO_DATE
    last_payment_day: Annotated[int, Column(4, "day", "ledger", "value date of the latest payment")] = NO_DATE
    late_since_day: Annotated[
        int, Column(4, "day", "ledger", "due date with which the present spell of arrears began")
    ] = NO_DATE
    cured_day: Annotated[int, Column(4, "day", "ledger", "latest day on which payments ended a spell of arrears")] = (
        NO_DATE
    )
    relief_day: Annotated[
        int, Column(4, "day", "ledger", "latest waiver, settlement, deferral, re-age or charge-off: no cure")
    ] = NO_DATE
    instalments_due: Annotated[int, Column(4, "count", "ledger", "instalments fallen due")] = 0
    instalments_paid: Annotated[int, Column(4, "count", "ledger", "of these, paid within tolerance")] = 0
    instalments_late: Annotated[int, Column(4, "count", "ledger", "of the paid ones, paid after the due date")] = 0
    promise_due_day: Annotated[int, Column(4, "day", "dealings", "due date of the open promise due next")] = NO_DATE
    broken_1_day: Annotated[int, Column(4, "day", "dealings", "due date of the latest broken promise")] = NO_DATE
    broken_2_day: Annotated[int, Column(4, "day", "dealings", "of the one before")] = NO_DATE
    broken_3_day: Annotated[int, Column(4, "day", "dealings", "of the one before that")] = NO_DATE
    plan_due_day: Annotated[int, Column(4, "day", "dealings", "due date of the plan's next instalment")] = NO_DATE
    plan_late_day: Annotated[int, Column(4, "day", "dealings", "due date of the plan's oldest late instalment")] = (
        NO_DATE
    )
    slots_day: Annotated[int, Column(4, "day", "dealings", "anchor day of the slots columns")] = NO_DATE
    last_attempt_day: Annotated[int, Column(4, "day", "dealings", "latest outbound attempt")] = NO_DATE
    last_contact_day: Annotated[int, Column(4, "day", "dealings", "latest contact with anybody")] = NO_DATE
    last_rpc_day: Annotated[int, Column(4, "day", "dealings", "latest contact with the right party")] = NO_DATE
    dealings_look_on: Annotated[
        int, Column(4, "day", "dealings", "next day on which time alone changes a hold, promise or count")
    ] = NO_DATE
    promises_open: Annotated[int, Column(2, "count", "dealings", "promises not judged yet")] = 0
    promises_kept: Annotated[int, Column(2, "count", "dealings", "promises kept")] = 0
    promises_broken: Annotated[int, Column(2, "count", "dealings", "promises broken or kept in part")] = 0
    attempts_since_rpc: Annotated[
        int, Column(2, "count", "dealings", "outbound attempts since the last right-party contact")
    ] = 0
    plan_state: Annotated[int, Column(2, "code", "dealings", "how the plan stands, see PlanCode")] = 0
    charge_day_count: Annotated[int, Column(2, "code", "ledger", "DayCount of the late charge")] = 1
    charge_rounds_up: Annotated[int, Column(2, "0 or 1", "ledger", "1: a half of a unit is shown as one; 0: cut")] = 1
    accrual_day_count: Annotated[int, Column(2, "code", "ledger", "DayCount of contract interest")] = 1
    accrual_rounds_up: Annotated[int, Column(2, "0 or 1", "ledger", "as charge_rounds_up, of contract interest")] = 1
    flags: Annotated[int, Column(2, "bits", "ledger", "see Flag")] = 0


def _columns() -> dict[str, Column]:
    hints = get_type_hints(Position, include_extras=True)
    return {field.name: hints[field.name].__metadata__[0] for field in fields(Position)}


COLUMNS: Final[dict[str, Column]] = _columns()
"""Each column by its name, in the order of the row."""

LEDGER_COLUMNS: Final = tuple(name for name, column in COLUMNS.items() if column.by == "ledger")
DEALINGS_COLUMNS: Final = tuple(name for name, column in COLUMNS.items() if column.by == "dealings")

POSITION: Final = np.dtype([(name, f"<i{column.width}") for name, column in COLUMNS.items()])
"""The row as NumPy sees it: little-endian, packed, wide columns first."""


def from_row(row: np.void) -> Position:
    """Return one row of an array of `POSITION` as a `Position` of plain ints."""
    return Position(**{name: int(row[name]) for name in COLUMNS})


def as_rows(positions: list[Position]) -> np.ndarray:
    """Return positions as an array of `POSITION`."""
    return np.array([tuple(getattr(each, name) for name in COLUMNS) for each in positions], dtype=POSITION)
