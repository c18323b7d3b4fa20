"""One account from its first entry to a day: the ledger itself, written once.

Interpreted over lists for one account, compiled over arrays for many; both give the same numbers, bit for bit.
"""

# ruff: noqa: F405 - see steps
from typing import Any

from arrears.engine.ledger.columns import Columns, Work
from arrears.engine.ledger.registers import *  # noqa: F403
from arrears.engine.ledger.steps import (
    accelerate,
    cap_of,
    end_grace,
    fall_due,
    is_short,
    list_instalment,
    pay_from_credit,
    re_age,
    waive,
)


def run_account(
    terms: Any, entries: Columns, start: int, stop: int, as_of: int, known_on: int, w: Work, out: Any, base: int
) -> None:
    """Run entries ``[start, stop)`` of one account up to ``as_of`` as known on a book day; write `ANSWERS` at ``base``.

    ``w`` is left as it stood at the end of ``as_of``.
    """
    clear(w, start, stop)
    mark_dead(entries, start, stop, known_on, w)
    position = start
    while position < stop and entries.value[position] <= as_of:
        if entries.book[position] <= known_on and w.dead[position - start] == 0:
            advance(w, terms, entries.value[position])
            take(w, terms, entries, position)
            advance(w, terms, entries.value[position])
        position += 1
    advance(w, terms, as_of)
    answer(w, terms, out, base)
    look_ahead(w, terms, entries, start, position, stop, known_on, out, base)


def run_range(
    terms: Any,
    terms_of: Any,
    entries: Columns,
    starts: Any,
    first: int,
    last: int,
    as_of: int,
    known_on: int,
    w: Work,
    out: Any,
) -> None:
    """Run accounts ``[first, last)``; account ``n`` has entries ``[starts[n], starts[n + 1])`` and its own terms."""
    for n in range(first, last):
        run_account(
            terms[terms_of[n]], entries, starts[n], starts[n + 1], as_of, known_on, w, out, (n - first) * len(ANSWERS)
        )


def clear(w: Work, start: int, stop: int) -> None:
    """Make the room empty, keeping whether allocations are recorded."""
    recording = w.at[IS_RECORDING]
    for n in range(len(w.at)):
        w.at[n] = 0
    for n in range(stop - start):
        w.dead[n] = 0
    w.at[IS_RECORDING] = recording
    for day in (ANCHOR, LAST_PAYMENT_DAY, LATE_SINCE, CURED, RELIEF, LAST_DUE):
        w.at[day] = NONE
    w.at[DEFERRED_TO] = -NONE


def mark_dead(entries: Columns, start: int, stop: int, known_on: int, w: Work) -> None:
    """Mark what a later fact has taken out: it counts from no day at all."""
    for n in range(start, stop):
        if entries.kills[n] >= 0 and entries.book[n] <= known_on:
            w.dead[entries.kills[n] - start] = 1


def advance(w: Work, terms: Any, day: int) -> None:
    """Let pass what time brings up to ``day``: deferred instalments fall due, graces end."""
    at = w.at
    while True:
        falls = w.due[at[FALLEN]] if at[FALLEN] < at[LISTED] else NONE
        ends = w.aged[at[GRACED]] + terms[T_GRACE] if at[GRACED] < at[FALLEN] else NONE
        if min(falls, ends) > day:
            return
        if falls <= ends:
            fall_due(w, terms, falls)
        else:
            end_grace(w, terms, ends)


def take(w: Work, terms: Any, entries: Columns, n: int) -> None:
    """Take one entry in."""
    kind = entries.kind[n]
    day = entries.value[n]
    amount = entries.amount[n]
    if kind == INSTALMENT_DUE:
        if w.at[IS_ACCELERATED] == 0:
            due = max(day, w.at[DEFERRED_TO])
            list_instalment(w, due, entries.principal[n], amount - entries.principal[n], entries.detail[n], n)
    elif FIRST_CASH <= kind <= LAST_CASH:
        take_payment(w, terms, day, amount, entries.detail[n], n)
    elif kind == OPENING:
        take_opening(w, terms, day, amount, entries.principal[n], n)
    elif kind in (FEE, COST):
        add_fee(w, terms, day, amount)
    elif kind == ADJUSTMENT and amount >= 0:
        add_principal(w, terms, day, entries.principal[n], n)
        add_fee(w, terms, day, amount - entries.principal[n])
    elif kind == ADJUSTMENT:
        waive(w, terms, day, -amount, -entries.principal[n], n)
    else:
        take_rare(w, terms, kind, day, amount, entries.principal[n], entries.detail[n], n)


def take_rare(w: Work, terms: Any, kind: int, day: int, amount: int, principal: int, detail: int, n: int) -> None:
    """Take in what happens seldom: relief, acceleration, charge-off, sale, money on its way."""
    at = w.at
    if kind in (WAIVER, SETTLEMENT):
        waive(w, terms, day, amount, principal, n)
    elif kind in (ACCELERATION, PAYOFF):
        accelerate(w, terms, day, n)
    elif kind == RE_AGE:
        re_age(w, terms, day)
    elif kind == DEFERRAL:
        at[DEFERRED_TO] = max(at[DEFERRED_TO], detail)
    elif kind == CHARGE_OFF:
        at[CHARGED_OFF] += amount
    elif kind == SALE:
        at[IS_SOLD] = 1
    elif kind == PAYMENT_SEEN:
        at[PENDING] += amount
    if kind in (WAIVER, SETTLEMENT, RE_AGE, DEFERRAL, CHARGE_OFF):
        at[RELIEF] = day


def take_opening(w: Work, terms: Any, day: int, amount: int, principal: int, n: int) -> None:
    """Open principal; interest that is brought in is due at once, or with the last deferred instalment."""
    w.at[OPENED] += principal
    add_principal(w, terms, day, principal, n)
    if amount > principal:
        due = max(day, w.due[w.at[LISTED] - 1]) if w.at[LISTED] > 0 else day
        list_instalment(w, due, 0, amount - principal, NO_NUMBER, n)


def add_principal(w: Work, terms: Any, day: int, principal: int, n: int) -> None:
    """Add principal that is not due yet, or is due at once where everything is."""
    w.at[UNDUE] += principal
    if w.at[IS_ACCELERATED]:
        accelerate(w, terms, day, n)


def add_fee(w: Work, terms: Any, day: int, amount: int) -> None:
    """Add a fee; credit that is held pays it."""
    w.at[FEES] += amount
    if w.at[CREDIT] > 0 and amount > 0:
        pay_from_credit(w, terms, day, terms[T_WATERFALL])


def take_payment(w: Work, terms: Any, day: int, amount: int, order: int, n: int) -> None:
    """Take a payment in and pay with it by its own order, or the product's."""
    at = w.at
    at[PAID] += amount
    if at[LAST_PAYMENT_DAY] != day:
        at[LAST_PAYMENT] = 0
        at[LAST_PAYMENT_DAY] = day
    at[LAST_PAYMENT] += amount
    at[CREDIT] += amount
    if at[IS_RECORDING]:
        w.payer[at[PAYERS]] = n
        w.left[at[PAYERS]] = amount
        at[PAYERS] += 1
    pay_from_credit(w, terms, day, order if order > 0 else terms[T_WATERFALL])


def answer(w: Work, terms: Any, out: Any, base: int) -> None:
    """Write down what is owed and due (`ANSWERS`, all but what lies ahead)."""
    at = w.at
    principal, interest = at[UNDUE], 0
    unpaid, newest = 0, 0
    oldest = -1
    for k in range(at[FIRST], at[FALLEN]):
        principal += w.principal[k]
        interest += w.interest[k]
        if is_short(w, k):
            unpaid += w.principal[k] + w.interest[k]
            if oldest < 0:
                oldest = k
            if w.aged[k] == at[LAST_DUE]:
                newest += w.principal[k] + w.interest[k]
    owed = principal + interest + at[FEES] - at[CREDIT]
    out[base] = principal
    out[base + 1] = interest
    out[base + 2] = at[FEES]
    out[base + 3] = at[CREDIT]
    out[base + 4] = unpaid
    out[base + 5] = newest
    out[base + 6] = at[OVERDUE]
    out[base + 7] = at[CHARGE]
    out[base + 8] = at[CARRY]
    out[base + 9] = at[SETTLED]
    out[base + 10] = cap_of(w, terms)
    out[base + 11] = 0 if at[IS_SOLD] else max(0, owed - at[CHARGED_OFF])
    out[base + 12] = at[CHARGED_OFF]
    out[base + 13] = at[BILLED]
    out[base + 14] = at[PAID]
    out[base + 15] = at[PENDING]
    out[base + 16] = at[LAST_PAYMENT]
    out[base + 20] = at[ANCHOR]
    out[base + 21] = terms[T_RATE]
    out[base + 22] = w.aged[oldest] if oldest >= 0 else NONE
    out[base + 23] = at[LAST_DUE]
    out[base + 25] = at[LAST_PAYMENT_DAY]
    out[base + 26] = at[LATE_SINCE]
    out[base + 27] = at[CURED]
    out[base + 28] = at[RELIEF]
    out[base + 32] = terms[T_DAY_COUNT]
    out[base + 33] = terms[T_ROUNDS_UP]
    is_first = count_instalments(w, oldest, out, base)
    out[base + 34] = is_first + 2 * at[IS_ACCELERATED] + 4 * (at[CHARGED_OFF] > 0) + 8 * at[IS_SOLD] + 16 * (owed <= 0)


def count_instalments(w: Work, oldest: int, out: Any, base: int) -> int:
    """Count instalments due, paid and paid late; return 1 where ``oldest`` is the first of the contract."""
    due, paid, late, pattern, is_first = 0, 0, 0, 0, 0
    for k in range(w.at[FALLEN]):
        if w.number[k] != NO_NUMBER:
            due += 1
            if k == oldest and (w.number[k] == 1 or (w.number[k] == 0 and due == 1)):
                is_first = 1
            was_late = 0
            if w.done[k] != NONE:
                paid += 1
                was_late = 1 if w.done[k] > w.due[k] else 0
                late += was_late
            pattern = (pattern % 576_460_752_303_423_488) * 2 + was_late
    out[base + 18] = pattern
    out[base + 29] = due
    out[base + 30] = paid
    out[base + 31] = late
    return is_first


def look_ahead(
    w: Work, terms: Any, entries: Columns, start: int, position: int, stop: int, known_on: int, out: Any, base: int
) -> None:
    """Find the next due date, its amount, and the next day on which time alone changes the row."""
    at = w.at
    look, due, amount = NONE, NONE, 0
    undue = at[UNDUE]
    for k in range(at[FALLEN], at[LISTED]):
        if w.due[k] <= due:
            due = w.due[k]
            less = min(undue, w.principal[k])
            undue -= less
            amount += less + w.interest[k]
    look = due
    for n in range(position, stop):
        if entries.book[n] <= known_on and w.dead[n - start] == 0:
            look = min(look, entries.value[n])
            if entries.kind[n] == INSTALMENT_DUE and at[IS_ACCELERATED] == 0:
                falls = max(entries.value[n], at[DEFERRED_TO])
                if falls > due:
                    break
                due = falls
                less = min(undue, entries.principal[n])
                undue -= less
                amount += less + entries.amount[n] - entries.principal[n]
    for k in range(at[GRACED], at[FALLEN]):
        if is_short(w, k) and w.principal[k] > 0:
            look = min(look, w.aged[k] + terms[T_GRACE])
            break
    out[base + 17] = amount
    out[base + 19] = look
    out[base + 24] = due
