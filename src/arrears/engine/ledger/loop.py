"""One account from its first entry to a day: the ledger itself, written once.

Interpreted over lists for one account, compiled over arrays for many; both give the same numbers, bit for bit.
"""

# ruff: noqa: F405 - see steps
from typing import Any

from arrears.engine.ledger.answers import answer, look_ahead
from arrears.engine.ledger.columns import Columns
from arrears.engine.ledger.registers import *  # noqa: F403
from arrears.engine.ledger.steps import (
    accelerate,
    count_charge,
    end_grace,
    fall_due,
    list_instalment,
    pay_from_credit,
    re_age,
    waive,
)


def run_range(
    terms: Any, terms_of: Any, entries: Columns, starts: Any, as_of: int, known_on: int, w: Any, out: Any
) -> None:
    """Run all accounts: ``n`` has entries ``[starts[n], starts[n + 1])`` and row ``terms_of[n]`` of ``terms``."""
    for n in range(len(terms_of)):
        run_account(
            terms, terms_of[n] * TERMS, entries, starts[n], starts[n + 1], as_of, known_on, w, out, n * len(ANSWERS)
        )


def run_account(
    terms: Any,
    terms_at: int,
    entries: Columns,
    start: int,
    stop: int,
    as_of: int,
    known_on: int,
    w: Any,
    out: Any,
    base: int,
) -> None:
    """Run entries ``[start, stop)`` of one account up to ``as_of`` as known on a book day; write `ANSWERS` at ``base``.

    Terms are read from ``terms_at``. The room ``w`` is left as it stood at the end of ``as_of``.
    """
    clear(w, stop - start)
    for n in range(TERMS):
        w[TERMS_AT + n] = terms[terms_at + n]
    mark_dead(w, entries.kills, entries.book, start, stop, known_on)
    n = start
    while n < stop and entries.value[n] <= as_of:
        if entries.book[n] <= known_on and w[w[DEAD_AT] + n - start] == 0:
            day = entries.value[n]
            advance(w, day)
            take(w, entries.kind[n], day, entries.amount[n], entries.principal[n], entries.detail[n], n)
            advance(w, day)
        n += 1
    advance(w, as_of)
    answer(w, out, base)
    look_ahead(w, entries, start, n, stop, known_on, out, base)


def clear(w: Any, entries: int) -> None:
    """Make the room empty and lay it out for so many entries, keeping whether allocations are recorded."""
    recording = w[IS_RECORDING]
    for n in range(ROOM):
        w[n] = 0
    w[IS_RECORDING] = recording
    w[LISTED] = w[FALLEN] = w[GRACED] = w[FIRST] = ROOM
    w[DEAD_AT] = ROOM + (entries + 1) * WIDTH
    w[PAYERS] = w[PAYER] = w[DEAD_AT] + entries
    w[RECORDS_AT] = w[RECORDS] = w[PAYERS] + (entries + 1) * PAYER_WIDTH
    for n in range(w[DEAD_AT], w[PAYERS]):
        w[n] = 0
    w[ANCHOR] = w[LAST_PAYMENT_DAY] = w[LATE_SINCE] = w[CURED] = w[RELIEF] = w[LAST_DUE] = NONE
    w[DEFERRED_TO] = -NONE


def mark_dead(w: Any, kills: Any, book: Any, start: int, stop: int, known_on: int) -> None:
    """Mark what a later fact has taken out: it counts from no day at all."""
    for n in range(start, stop):
        if kills[n] >= 0 and book[n] <= known_on:
            w[w[DEAD_AT] + kills[n] - start] = 1


def advance(w: Any, day: int) -> None:
    """Let pass what time brings up to ``day``: deferred instalments fall due, graces end."""
    while True:
        falls = w[w[FALLEN] + DUE] if w[FALLEN] < w[LISTED] else NONE
        ends = w[w[GRACED] + AGED] + w[T_GRACE] if w[GRACED] < w[FALLEN] else NONE
        if min(falls, ends) > day:
            return
        if falls <= ends:
            fall_due(w, falls)
        else:
            end_grace(w, ends)


def take(w: Any, kind: int, day: int, amount: int, principal: int, detail: int, n: int) -> None:
    """Take in one entry, the ``n``-th."""
    if kind == INSTALMENT_DUE:
        if w[IS_ACCELERATED] == 0:
            list_instalment(w, max(day, w[DEFERRED_TO]), principal, amount - principal, detail, n)
    elif FIRST_CASH <= kind <= LAST_CASH:
        take_payment(w, day, amount, detail, n)
    elif kind == OPENING:
        take_opening(w, day, amount, principal, n)
    elif kind in (FEE, COST):
        add_fee(w, day, amount)
    elif kind == ADJUSTMENT and amount >= 0:
        add_principal(w, day, principal, n)
        add_fee(w, day, amount - principal)
    elif kind == ADJUSTMENT:
        waive(w, day, -amount, -principal, n)
    else:
        take_rare(w, kind, day, amount, principal, detail, n)


def take_rare(w: Any, kind: int, day: int, amount: int, principal: int, detail: int, n: int) -> None:
    """Take in what happens seldom: relief, acceleration, charge-off, sale, money on its way."""
    if kind in (WAIVER, SETTLEMENT):
        waive(w, day, amount, principal, n)
    elif kind in (ACCELERATION, PAYOFF):
        accelerate(w, day, n)
    elif kind == RE_AGE:
        re_age(w, day)
    elif kind == DEFERRAL:
        w[DEFERRED_TO] = max(w[DEFERRED_TO], detail)
    elif kind == CHARGE_OFF:
        w[CHARGED_OFF] += amount
    elif kind == SALE:
        w[IS_SOLD] = 1
    elif kind == PAYMENT_SEEN:
        w[PENDING] += amount
    if kind in (WAIVER, SETTLEMENT, RE_AGE, DEFERRAL, CHARGE_OFF):
        w[RELIEF] = day


def take_opening(w: Any, day: int, amount: int, principal: int, n: int) -> None:
    """Open principal; interest that is brought in is due at once, or with the last deferred instalment."""
    count_charge(w, day)
    w[OPENED] += principal
    add_principal(w, day, principal, n)
    if amount > principal:
        due = max(day, w[w[LISTED] - WIDTH + DUE]) if w[LISTED] > ROOM else day
        list_instalment(w, due, 0, amount - principal, NO_NUMBER, n)


def add_principal(w: Any, day: int, principal: int, n: int) -> None:
    """Add principal that is not due yet, or is due at once where everything is."""
    w[UNDUE] += principal
    if w[IS_ACCELERATED] and principal > 0:
        accelerate(w, day, n)


def add_fee(w: Any, day: int, amount: int) -> None:
    """Add a fee; credit that is held pays it."""
    w[FEES] += amount
    if w[CREDIT] > 0 and amount > 0:
        pay_from_credit(w, day, w[T_WATERFALL])


def take_payment(w: Any, day: int, amount: int, order: int, n: int) -> None:
    """Take a payment in and pay with it by its own order, or the product's."""
    w[PAID] += amount
    if w[LAST_PAYMENT_DAY] != day:
        w[LAST_PAYMENT] = 0
        w[LAST_PAYMENT_DAY] = day
    w[LAST_PAYMENT] += amount
    w[CREDIT] += amount
    if w[IS_RECORDING]:
        w[w[PAYERS]] = n
        w[w[PAYERS] + 1] = amount
        w[PAYERS] += PAYER_WIDTH
    pay_from_credit(w, day, order if order > 0 else w[T_WATERFALL])
