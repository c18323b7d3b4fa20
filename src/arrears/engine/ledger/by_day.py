"""What follows from a position and a day: the figures that move with the calendar, for one row and for many.

Each answer comes as a pair: a function of one `Position` and a day, and one of an array of `POSITION` and a day
(``..._many``); both give the same numbers. A day is an epoch day before the row's ``look_again_on``.
"""

from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from arrears.domain.position import MOST_IN_SLOT, SLOT_DAYS, Position
from arrears.domain.terms import PPM
from arrears.engine.ledger.arithmetic import CHUNK, clock, multiplied, shown
from arrears.kernel.daycount import UNITS_IN_YEAR, DayCount
from arrears.kernel.epoch import NO_DATE

Whole: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[Any]  # structured: POSITION


def days_past_due(row: Position, day: int) -> int:
    """Return the days since the oldest unpaid instalment fell due; 0 where none is, and on its due date."""
    return max(0, day - row.oldest_unpaid_day)


def days_past_due_many(rows: Rows, day: int) -> Whole:
    """As `days_past_due`."""
    return np.maximum(0, day - rows["oldest_unpaid_day"].astype(np.int64))


def arrears(row: Position, day: int) -> int:
    """Return what is past due: unpaid instalments beyond tolerance, those that fall due today left out."""
    return row.due_unpaid_minor - (row.last_due_unpaid_minor if row.last_due_day == day else 0)


def arrears_many(rows: Rows, day: int) -> Whole:
    """As `arrears`."""
    today = np.where(rows["last_due_day"] == day, rows["last_due_unpaid_minor"], 0)
    return np.asarray(rows["due_unpaid_minor"] - today, dtype=np.int64)


def charge_parts(row: Position) -> int:
    """Return the denominator of ``charge_carry``."""
    return PPM * UNITS_IN_YEAR[DayCount(row.charge_day_count)]


def _charge(row: Position, day: int) -> tuple[int, int]:
    whole, carry, parts = row.charge_minor, row.charge_carry, charge_parts(row)
    if row.charge_base_minor == 0 or day <= row.charge_anchor_day:
        return whole, carry
    units = clock(day, row.charge_day_count) - clock(row.charge_anchor_day, row.charge_day_count)
    more, rest = multiplied(row.charge_base_minor, row.charge_rate_ppm * units, parts)
    whole, carry = whole + more + (carry + rest) // parts, (carry + rest) % parts
    if whole >= row.charge_cap_minor:
        return max(row.charge_cap_minor, row.charge_minor), 0
    return whole, carry


def charge_exact(row: Position, day: int) -> Fraction:
    """Return the sum of all late charges up to ``day``, never rounded, in minor units."""
    whole, carry = _charge(row, day)
    return whole + Fraction(carry, charge_parts(row))


def charge_owed(row: Position, day: int) -> int:
    """Return the late charge that is owed on ``day`` as it is shown: all charges less what was paid or waived."""
    whole, carry = _charge(row, day)
    return max(0, shown(whole, carry, charge_parts(row), row.charge_rounds_up) - row.charge_settled_minor)


def charge_owed_many(rows: Rows, day: int) -> Whole:
    """As `charge_owed`."""
    code = rows["charge_day_count"].astype(np.int64)
    parts = _by_code(code, {int(by): PPM * units for by, units in UNITS_IN_YEAR.items()})
    anchor = rows["charge_anchor_day"].astype(np.int64)
    runs = (rows["charge_base_minor"] > 0) & (day > anchor)
    units = np.where(runs, _clock_at(day, code) - _clock_many(np.where(runs, anchor, 0), code), 0)
    more, rest = _multiplied_many(rows["charge_base_minor"], rows["charge_rate_ppm"] * units, parts)
    carry = rows["charge_carry"] + rest
    whole = rows["charge_minor"] + more + carry // parts
    carry %= parts
    is_capped = runs & (whole >= rows["charge_cap_minor"])
    whole = np.where(is_capped, np.maximum(rows["charge_cap_minor"], rows["charge_minor"]), whole)
    carry = np.where(is_capped, 0, carry)
    up = (rows["charge_rounds_up"] == 1) & (2 * carry >= parts)
    return np.asarray(np.maximum(0, whole + up - rows["charge_settled_minor"]), dtype=np.int64)


def charge_room(row: Position, day: int) -> int:
    """Return by how much late charges, as shown on ``day``, may still grow; some `NO_CAP` where no cap holds them."""
    whole, carry = _charge(row, day)
    return max(0, row.charge_cap_minor - shown(whole, carry, charge_parts(row), row.charge_rounds_up))


def accrual_parts(row: Position) -> int:
    """Return the denominator of ``accrued_carry``."""
    return PPM * UNITS_IN_YEAR[DayCount(row.accrual_day_count)]


def accrual_base(row: Position) -> int:
    """Return on what contract interest accrues by day: principal owed, less credit held."""
    return max(0, row.principal_minor - row.credit_minor)


def _accrued(row: Position, day: int) -> tuple[int, int]:
    whole, carry, parts = row.accrued_minor, row.accrued_carry, accrual_parts(row)
    if row.accrual_rate_ppm == 0 or day <= row.charge_anchor_day:
        return whole, carry
    units = clock(day, row.accrual_day_count) - clock(row.charge_anchor_day, row.accrual_day_count)
    more, rest = multiplied(accrual_base(row), row.accrual_rate_ppm * units, parts)
    return whole + more + (carry + rest) // parts, (carry + rest) % parts


def accrued_exact(row: Position, day: int) -> Fraction:
    """Return all contract interest that has accrued by day up to ``day``, never rounded, in minor units."""
    whole, carry = _accrued(row, day)
    return whole + Fraction(carry, accrual_parts(row))


def accrued_owed(row: Position, day: int) -> int:
    """Return the contract interest accrued by day that is owed on ``day`` as it is shown."""
    whole, carry = _accrued(row, day)
    return max(0, shown(whole, carry, accrual_parts(row), row.accrual_rounds_up) - row.accrued_settled_minor)


def accrued_owed_many(rows: Rows, day: int) -> Whole:
    """As `accrued_owed`."""
    if not rows["accrual_rate_ppm"].any() and not rows["accrued_minor"].any() and not rows["accrued_carry"].any():
        return np.zeros(len(rows), dtype=np.int64)
    code = rows["accrual_day_count"].astype(np.int64)
    parts = _by_code(code, {int(by): PPM * units for by, units in UNITS_IN_YEAR.items()})
    anchor = rows["charge_anchor_day"].astype(np.int64)
    runs = (rows["accrual_rate_ppm"] > 0) & (day > anchor)
    units = np.where(runs, _clock_at(day, code) - _clock_many(np.where(runs, anchor, 0), code), 0)
    base = np.maximum(0, rows["principal_minor"] - rows["credit_minor"])
    more, rest = _multiplied_many(base, rows["accrual_rate_ppm"] * units, parts)
    carry = rows["accrued_carry"] + rest
    whole = rows["accrued_minor"] + more + carry // parts
    up = (rows["accrual_rounds_up"] == 1) & (2 * (carry % parts) >= parts)
    return np.asarray(np.maximum(0, whole + up - rows["accrued_settled_minor"]), dtype=np.int64)


def interest(row: Position, day: int) -> int:
    """Return all interest owed on ``day``: of instalments that are due, and contract interest as it has accrued."""
    return row.interest_minor + accrued_owed(row, day)


def contractual(row: Position, day: int) -> int:
    """Return what the debtor owes on ``day``, late charge included, net of credit; below zero it is ours to return."""
    owed = row.principal_minor + row.fees_minor - row.credit_minor
    return owed + interest(row, day) + charge_owed(row, day)


def contractual_many(rows: Rows, day: int) -> Whole:
    """As `contractual`."""
    owed = rows["principal_minor"] + rows["interest_minor"] + rows["fees_minor"] - rows["credit_minor"]
    return np.asarray(owed + accrued_owed_many(rows, day) + charge_owed_many(rows, day), dtype=np.int64)


def to_pay(row: Position, day: int) -> int:
    """Return what brings the account up to date on ``day``: instalments due, interest, fees, charges, less credit."""
    due = row.due_unpaid_minor + row.fees_minor - row.credit_minor
    return max(0, due + accrued_owed(row, day) + charge_owed(row, day))


def to_pay_many(rows: Rows, day: int) -> Whole:
    """As `to_pay`."""
    due = rows["due_unpaid_minor"] + rows["fees_minor"] - rows["credit_minor"]
    return np.asarray(np.maximum(0, due + accrued_owed_many(rows, day) + charge_owed_many(rows, day)), dtype=np.int64)


def counted(slots: int, slots_day: int, day: int, days: int) -> int:
    """Return a slots column's count over the ``days`` (at most `SLOT_DAYS`) ending with ``day``."""
    if slots_day == NO_DATE:
        return 0
    return sum(slots >> (8 * back) & 0xFF for back in range(SLOT_DAYS) if day - days < slots_day - back <= day)


def counted_many(rows: Rows, column: str, day: int, days: int) -> Whole:
    """As `counted`, of one of the slots columns."""
    anchor = rows["slots_day"].astype(np.int64)
    total = np.zeros(len(rows), dtype=np.int64)
    for back in range(SLOT_DAYS):
        is_in = (anchor != NO_DATE) & (anchor - back > day - days) & (anchor - back <= day)
        total += np.where(is_in, rows[column] >> (8 * back) & 0xFF, 0)
    return total


def slots_with(slots: int, slots_day: int, day: int, more: int = 1) -> tuple[int, int]:
    """Return (slots, anchor day) with ``more`` counted on ``day``; days older than the column holds are let go."""
    anchor = day if slots_day == NO_DATE else max(day, slots_day)
    if slots_day != NO_DATE:
        slots = slots << (8 * (anchor - slots_day)) & (1 << 8 * SLOT_DAYS) - 1 if anchor - slots_day < SLOT_DAYS else 0
    back = anchor - day
    if back >= SLOT_DAYS:
        return slots, anchor
    count = min(MOST_IN_SLOT, (slots >> (8 * back) & 0xFF) + more)
    return slots & ~(0xFF << (8 * back)) | count << (8 * back), anchor


def broken_within(row: Position, day: int, days: int) -> int:
    """Return how many of the latest three broken promises fell due in the ``days`` before ``day`` (at most 3)."""
    return sum(day - days <= broken < day for broken in (row.broken_1_day, row.broken_2_day, row.broken_3_day))


def broken_within_many(rows: Rows, day: int, days: int) -> Whole:
    """As `broken_within`."""
    total = np.zeros(len(rows), dtype=np.int64)
    for column in ("broken_1_day", "broken_2_day", "broken_3_day"):
        total += (rows[column] >= day - days) & (rows[column] < day)
    return total


def late_of_last(row: Position, instalments: int) -> int:
    """Return how many of the latest ``instalments`` (at most 60) were paid after their due date (P05)."""
    return (row.late_pattern & (1 << instalments) - 1).bit_count()


def late_of_last_many(rows: Rows, instalments: int) -> Whole:
    """As `late_of_last`."""
    return np.asarray(np.bitwise_count(rows["late_pattern"] & (1 << instalments) - 1), dtype=np.int64)


def is_first_default(row: Position, day: int) -> bool:
    """Return whether the first instalment of the contract is past due (P09)."""
    return row.flags & 1 == 1 and days_past_due(row, day) > 0


def is_first_default_many(rows: Rows, day: int) -> NDArray[np.bool_]:
    """As `is_first_default`."""
    return np.asarray((rows["flags"] & 1 == 1) & (days_past_due_many(rows, day) > 0), dtype=np.bool_)


def _by_code(code: Whole, values: dict[int, int]) -> Whole:
    table = np.zeros(max(values) + 1, dtype=np.int64)
    for key, value in values.items():
        table[key] = value
    return table[code]


def _clock_at(day: int, code: Whole) -> Whole:
    return _by_code(code, {int(by): clock(day, int(by)) for by in DayCount})


def _clock_many(days: Whole, code: Whole) -> Whole:
    when = days.astype("datetime64[D]")
    year = when.astype("datetime64[Y]")
    month = when.astype("datetime64[M]")
    years = year.astype(np.int64)
    of_year = (when - year.astype("datetime64[D]")).astype(np.int64)
    is_leap = ((year + 1).astype("datetime64[D]") - year.astype("datetime64[D]")).astype(np.int64) == 366  # noqa: PLR2004
    of_month = np.minimum((when - month.astype("datetime64[D]")).astype(np.int64), 29)
    months = month.astype(np.int64) - 12 * years
    exact = years * 365 * 366 + of_year * np.where(is_leap, 365, 366)
    thirty = years * 360 + months * 30 + of_month
    return np.where(code == DayCount.ACT_ACT, exact, np.where(code == DayCount.THIRTY_360, thirty, days))


def _multiplied_many(amount: Whole, rate: Whole, parts: Whole) -> tuple[Whole, Whole]:
    """As `multiplied`, by the long way for every row: the same numbers."""
    whole = amount // parts * rate
    amount = amount % parts
    whole += rate // parts * amount
    rate = rate % parts
    upper, rest = np.divmod(amount * (rate // CHUNK), parts)
    middle, rest = np.divmod(rest * CHUNK, parts)
    lower, last = np.divmod(amount * (rate % CHUNK), parts)
    rest = rest + last
    return whole + upper * CHUNK + middle + lower + rest // parts, rest % parts
