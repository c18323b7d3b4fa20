"""What the ledger answers once it stands at a day: what is owed and due, what was paid late, what lies ahead."""

# ruff: noqa: F405 - see steps
from typing import Any

from arrears.engine.ledger.charging import cap_of, charge_owed, interest_owed, is_short
from arrears.engine.ledger.columns import Columns
from arrears.engine.ledger.registers import *  # noqa: F403


def answer(w: Any, out: Any, base: int) -> None:
    """Write down what is owed and due: all of `ANSWERS` but what lies ahead."""
    principal, interest, unpaid, newest, oldest = w[UNDUE], 0, 0, 0, -1
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        principal += w[k + PRINCIPAL]
        interest += w[k + INTEREST]
        if is_short(w, k):
            unpaid += w[k + PRINCIPAL] + w[k + INTEREST]
            if oldest < 0:
                oldest = k
            if w[k + AGED] == w[LAST_DUE]:
                newest += w[k + PRINCIPAL] + w[k + INTEREST]
    owed = principal + interest + w[FEES] + w[COSTS] - w[CREDIT]
    accrued = interest_owed(w) if w[IS_RICH] else 0
    is_first = count_instalments(w, oldest, out, base)
    answer_money(w, principal, interest, unpaid, newest, owed, out, base)
    out[base + 20] = w[ANCHOR]
    out[base + 21] = w[RATE]
    out[base + 22] = w[oldest + AGED] if oldest >= 0 else NONE
    out[base + 23] = w[LAST_DUE]
    out[base + 25] = w[LAST_PAYMENT_DAY]
    out[base + 26] = w[LATE_SINCE]
    out[base + 27] = w[CURED]
    out[base + 28] = w[RELIEF]
    out[base + 32] = w[T_DAY_COUNT]
    out[base + 33] = w[T_ROUNDS_UP]
    out[base + 34] = is_first + 2 * w[IS_ACCELERATED] + 4 * (w[CHARGED_OFF] > 0) + 8 * w[IS_SOLD]
    out[base + 34] += 16 * (owed + accrued <= 0) + 32 * w[IS_FROZEN]
    answer_beyond(w, out, base)


def answer_money(
    w: Any, principal: int, interest: int, unpaid: int, newest: int, owed: int, out: Any, base: int
) -> None:
    """Write down the amounts."""
    out[base] = principal
    out[base + 1] = interest
    out[base + 2] = w[FEES] + w[COSTS]
    out[base + 3] = w[CREDIT]
    out[base + 4] = unpaid
    out[base + 5] = newest
    out[base + 6] = w[OVERDUE]
    out[base + 7] = w[CHARGE]
    out[base + 8] = w[CARRY]
    out[base + 9] = w[SETTLED]
    out[base + 10] = cap_of(w)
    out[base + 11] = 0 if w[IS_SOLD] else max(0, owed - w[CHARGED_OFF])
    out[base + 12] = w[CHARGED_OFF]
    out[base + 13] = w[BILLED]
    out[base + 14] = w[PAID]
    out[base + 15] = w[PENDING]
    out[base + 16] = w[LAST_PAYMENT]


def answer_beyond(w: Any, out: Any, base: int) -> None:
    """Write down what plain terms leave at nothing: costs apart, the base of the charge, contract interest."""
    out[base + 35] = w[COSTS]
    out[base + 36] = w[BASE] if w[IS_RICH] else w[OVERDUE]
    out[base + 37] = w[ACCRUED]
    out[base + 38] = w[ACCRUED_CARRY]
    out[base + 39] = w[ACCRUED_SETTLED]
    out[base + 40] = w[INTEREST_RATE]
    out[base + 41] = w[T_INTEREST_DAY_COUNT]
    out[base + 42] = w[T_INTEREST_ROUNDS_UP]


def answer_sums(w: Any) -> None:
    """Complete the sums: what is shown, what was charged off and sold, and the balances."""
    s = w[SUMS_AT]
    principal, interest = w[UNDUE], 0
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        principal += w[k + PRINCIPAL]
        interest += w[k + INTEREST]
    charges, accrued = charge_owed(w), interest_owed(w) if w[IS_RICH] else 0
    owed = principal + interest + w[FEES] + w[COSTS] - w[CREDIT]
    w[s + S_CHARGES] = charges + w[SETTLED]
    w[s + S_ACCRUED] = accrued + w[ACCRUED_SETTLED]
    w[s + S_CHARGED_OFF] = w[CHARGED_OFF]
    w[s + S_REGAINED] = max(0, w[CHARGED_OFF] - owed)
    w[s + S_SOLD] = max(0, owed - w[CHARGED_OFF]) if w[IS_SOLD] else 0
    w[s + S_BALANCES] = principal
    w[s + S_BALANCES + 1] = interest
    w[s + S_BALANCES + 2] = accrued
    w[s + S_BALANCES + 3] = w[FEES]
    w[s + S_BALANCES + 4] = w[COSTS]
    w[s + S_BALANCES + 5] = charges
    w[s + S_BALANCES + 6] = w[CREDIT]
    w[s + S_BALANCES + 7] = 0 if w[IS_SOLD] else max(0, owed - w[CHARGED_OFF])


def count_instalments(w: Any, oldest: int, out: Any, base: int) -> int:
    """Count instalments due, paid and paid late; return 1 where ``oldest`` is the first of the contract."""
    due, paid, late, pattern, is_first = 0, 0, 0, 0, 0
    for k in range(ROOM, w[FALLEN], WIDTH):
        if w[k + NUMBER] != NO_NUMBER:
            due += 1
            if k == oldest and (w[k + NUMBER] == 1 or (w[k + NUMBER] == 0 and due == 1)):
                is_first = 1
            was_late = 0
            if w[k + DONE] != NONE:
                paid += 1
                was_late = 1 if w[k + DONE] > w[k + DUE] else 0
                late += was_late
            pattern = (pattern & PATTERN_KEPT) * 2 + was_late
    out[base + 18] = pattern
    out[base + 29] = due
    out[base + 30] = paid
    out[base + 31] = late
    return is_first


def look_ahead(
    w: Any, entries: Columns, start: int, position: int, stop: int, known_on: int, out: Any, base: int
) -> None:
    """Find the next due date, its amount, and the next day on which time alone changes the row."""
    due, amount, undue = NONE, 0, w[UNDUE]
    for k in range(w[FALLEN], w[LISTED], WIDTH):
        if w[k + DUE] <= due:
            due = w[k + DUE]
            less = min(undue, w[k + PRINCIPAL])
            undue -= less
            amount += less + w[k + INTEREST]
    look = due
    for n in range(position, stop):
        if entries.book[n] <= known_on and w[w[DEAD_AT] + n - start] == 0:
            look = min(look, entries.value[n])
            if entries.kind[n] == INSTALMENT_DUE and w[IS_ACCELERATED] == 0:
                falls = max(entries.value[n], w[DEFERRED_TO])
                if falls > due:
                    break
                due = falls
                less = min(undue, entries.principal[n])
                undue -= less
                amount += less + entries.amount[n] - entries.principal[n]
    out[base + 17] = amount
    out[base + 19] = min(look, next_grace(w), w[NEXT])
    out[base + 24] = due


def next_grace(w: Any) -> int:
    """Return the day on which the next grace ends that is not idle: of an unpaid instalment."""
    for k in range(w[GRACED], w[FALLEN], WIDTH):
        if is_short(w, k) and (w[k + PRINCIPAL] > 0 or w[IS_RICH]):
            day: int = w[k + AGED] + w[T_GRACE]
            return day
    return NONE
