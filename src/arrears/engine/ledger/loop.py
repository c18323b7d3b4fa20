"""One account from its first entry to a day: the ledger itself, written once.

Interpreted over lists for one account, compiled over arrays for many; both give the same numbers, bit for bit.
"""

# ruff: noqa: F405 - see steps
from typing import Any

from arrears.engine.ledger.answers import answer, answer_sums, look_ahead
from arrears.engine.ledger.charging import count_charge, look_around
from arrears.engine.ledger.columns import Columns
from arrears.engine.ledger.paying import pay_from_credit
from arrears.engine.ledger.registers import *  # noqa: F403
from arrears.engine.ledger.steps import accelerate, defer, end_grace, fall_due, freeze, list_instalment, re_age, waive


def run_range(
    terms: Any, terms_of: Any, entries: Columns, starts: Any, as_of: int, known_on: int, w: Any, out: Any, sums: Any
) -> None:
    """Run all accounts: ``n`` has entries ``[starts[n], starts[n + 1])`` and row ``terms_of[n]`` of ``terms``.

    Rows of `SUMS` are written to ``sums`` where it has room for them.
    """
    w[IS_SUMMING] = 1 if len(sums) > 0 else 0
    for n in range(len(terms_of)):
        run_account(
            terms, terms_of[n] * TERMS, entries, starts[n], starts[n + 1], as_of, known_on, w, out, n * len(ANSWERS)
        )
        if len(sums) > 0:
            for number in range(len(SUMS)):
                sums[n * len(SUMS) + number] = w[w[SUMS_AT] + number]


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

    Terms are read from ``terms_at``. The room ``w`` is left as it stood at the end of ``as_of``, all charges counted.
    """
    lay_out(w, terms, terms_at, stop - start)
    mark_dead(w, entries, start, stop, known_on)
    n = start
    if w[IS_RICH] and n < stop:
        look_around(w, min(as_of, entries.value[n]))
    while n < stop and entries.value[n] <= as_of:
        if entries.book[n] <= known_on and w[w[DEAD_AT] + n - start] == 0:
            day = entries.value[n]
            advance(w, day)
            if w[IS_RICH]:
                count_charge(w, day)
            take(w, entries.kind[n], day, entries.amount[n], entries.principal[n], entries.detail[n], n)
            if w[IS_RICH]:
                look_around(w, day)
            advance(w, day)
        n += 1
    advance(w, as_of)
    answer(w, out, base)
    look_ahead(w, entries, start, n, stop, known_on, out, base)
    if w[IS_RECORDING] or w[IS_SUMMING]:
        count_charge(w, as_of)
    if w[IS_SUMMING]:
        answer_sums(w)


def lay_out(w: Any, terms: Any, terms_at: int, entries: int) -> None:
    """Make the room empty for so many entries and read the terms; whether it records and sums up is kept."""
    recording, summing = w[IS_RECORDING], w[IS_SUMMING]
    for n in range(TERMS_AT):
        w[n] = 0
    for n in range(TERMS):
        w[TERMS_AT + n] = terms[terms_at + n]
    w[IS_RECORDING] = recording
    w[IS_SUMMING] = summing
    w[LISTED] = w[FALLEN] = w[GRACED] = w[FIRST] = ROOM
    w[DEAD_AT] = ROOM + (entries + 1) * WIDTH
    w[PAYERS] = w[PAYER] = w[DEAD_AT] + entries
    w[SUMS_AT] = w[PAYERS] + (entries + 1) * PAYER_WIDTH
    w[TAIL_AT] = w[CHANGE] = w[SUMS_AT] + len(SUMS)
    w[RECORDS_AT] = w[RECORDS] = w[TAIL_AT]
    for n in range(w[DEAD_AT], w[PAYERS]):
        w[n] = 0
    w[ANCHOR] = w[LAST_PAYMENT_DAY] = w[LATE_SINCE] = w[CURED] = w[RELIEF] = w[LAST_DUE] = w[NEXT] = NONE
    w[DEFERRED_TO] = -NONE
    w[RATE] = w[CALENDAR_RATE] = w[T_RATE]
    if summing:
        for n in range(w[SUMS_AT], w[TAIL_AT]):
            w[n] = 0
    if w[T_IS_RICH]:
        lay_out_tail(w, terms)
    w[GROWTHS_AT] = w[GROWTHS] = w[RECORDS_AT] + RECORD_WIDTH * (MOST_RECORDS * entries + MOST_RECORDS * 2)


def lay_out_tail(w: Any, terms: Any) -> None:
    """Read what terms say beyond one rate: changes of rates, fixed charges."""
    w[IS_RICH] = 1
    w[CALENDAR_INTEREST] = w[INTEREST_RATE] = w[T_INTEREST_RATE]
    pointers = w[T_CHANGES] * CHANGE_WIDTH + w[T_STAGES] * STAGE_WIDTH
    for n in range(pointers):
        w[w[TAIL_AT] + n] = terms[w[T_TAIL] + n]
    for n in range(w[T_STAGES]):
        w[w[TAIL_AT] + pointers + n] = ROOM
    w[RECORDS_AT] = w[RECORDS] = w[TAIL_AT] + pointers + w[T_STAGES]


def mark_dead(w: Any, entries: Columns, start: int, stop: int, known_on: int) -> None:
    """Mark what a later fact has taken out: it counts from no day at all."""
    is_chained = 0
    for n in range(start, stop):
        if entries.kills[n] >= 0 and entries.book[n] <= known_on:
            w[w[DEAD_AT] + entries.kills[n] - start] = 1
            if entries.kind[entries.kills[n]] == REVERSAL:
                is_chained = 1
    if is_chained:
        revive(w, entries, start, stop, known_on)


def revive(w: Any, entries: Columns, start: int, stop: int, known_on: int) -> None:
    """Give back what a reversal took out that is itself taken out, however long the chain.

    Each round decides one link more, seen from the end that nothing takes out.
    """
    dead, anew = w[DEAD_AT], w[PAYERS]
    is_settled = 0
    while is_settled == 0:
        for n in range(stop - start):
            w[anew + n] = 0
        for n in range(start, stop):
            speaks = entries.kind[n] != REVERSAL or w[dead + n - start] == 0
            if entries.kills[n] >= 0 and entries.book[n] <= known_on and speaks:
                w[anew + entries.kills[n] - start] = 1
        is_settled = 1
        for n in range(stop - start):
            if w[dead + n] != w[anew + n]:
                w[dead + n] = w[anew + n]
                is_settled = 0


def advance(w: Any, day: int) -> None:
    """Let pass what time brings up to ``day``: deferred instalments fall due, graces end."""
    while w[IS_RICH] == 0:
        falls = w[w[FALLEN] + DUE] if w[FALLEN] < w[LISTED] else NONE
        ends = w[w[GRACED] + AGED] + w[T_GRACE] if w[GRACED] < w[FALLEN] else NONE
        if min(falls, ends) > day:
            return
        if falls <= ends:
            fall_due(w, falls)
        else:
            end_grace(w, ends)
        if w[IS_RICH]:
            look_around(w, min(falls, ends))
    advance_rich(w, day)


def advance_rich(w: Any, day: int) -> None:
    """As `advance`; new rates come, freezes end and fixed charges come to their stage as well."""
    while True:
        falls = w[w[FALLEN] + DUE] if w[FALLEN] < w[LISTED] else NONE
        ends = w[w[GRACED] + AGED] + w[T_GRACE] if w[GRACED] < w[FALLEN] else NONE
        comes = min(falls, ends, w[NEXT])
        if comes > day:
            return
        if comes in (falls, w[NEXT]):
            count_charge(w, comes)
        if comes == falls:
            fall_due(w, falls)
        elif comes == ends:
            end_grace(w, ends)
        look_around(w, comes)


def take(w: Any, kind: int, day: int, amount: int, principal: int, detail: int, n: int) -> None:
    """Take in one entry, the ``n``-th."""
    if kind == INSTALMENT_DUE:
        if w[IS_ACCELERATED] == 0:
            list_instalment(w, max(day, w[DEFERRED_TO]), principal, amount - principal, detail, n)
    elif FIRST_CASH <= kind <= LAST_CASH:
        if w[IS_SUMMING]:
            w[w[SUMS_AT] + S_CASH + (kind - FIRST_CASH) // 2] += amount
        take_payment(w, day, amount, detail, n)
    elif kind == OPENING:
        take_opening(w, day, amount, principal, n)
    elif kind == FEE:
        add_fee(w, day, amount, S_FEES)
    elif kind == COST:
        add_cost(w, day, amount)
    elif kind == ADJUSTMENT and amount >= 0:
        add_principal(w, day, principal, n, S_ADDED_PRINCIPAL)
        add_fee(w, day, amount - principal, S_ADDED_FEES)
    elif kind == ADJUSTMENT:
        waive(w, day, -amount, -principal, n, S_ADJUSTED)
    else:
        take_rare(w, kind, day, amount, principal, detail, n)


def take_rare(w: Any, kind: int, day: int, amount: int, principal: int, detail: int, n: int) -> None:
    """Take in what happens seldom: relief, acceleration, charge-off, sale, money on its way."""
    if kind in (WAIVER, SETTLEMENT):
        waive(w, day, amount, principal, n, S_WAIVED if kind == WAIVER else S_SETTLED)
    elif kind in (ACCELERATION, PAYOFF):
        accelerate(w, day, n)
    elif kind == RE_AGE:
        re_age(w, day)
    elif kind in (DEFERRAL, CHARGE_FREEZE):
        put_off(w, kind, day, detail)
    elif kind == CHARGE_OFF:
        w[CHARGED_OFF] += amount
    elif kind == SALE:
        w[IS_SOLD] = 1
        if w[IS_SUMMING]:
            w[w[SUMS_AT] + S_SALE_PRICE] += amount
    elif kind == PAYMENT_SEEN:
        w[PENDING] += amount
    if kind in (WAIVER, SETTLEMENT, RE_AGE, DEFERRAL, CHARGE_OFF):
        w[RELIEF] = day


def put_off(w: Any, kind: int, day: int, until: int) -> None:
    """Put off what falls due, or what accrues, until a day."""
    if kind == DEFERRAL:
        defer(w, until)
    else:
        freeze(w, day, until)


def take_opening(w: Any, day: int, amount: int, principal: int, n: int) -> None:
    """Open principal; interest that is brought in is due at once, or with the last deferred instalment."""
    count_charge(w, day)
    w[OPENED] += principal
    add_principal(w, day, principal, n, S_OPENED_PRINCIPAL)
    if amount > principal:
        due = max(day, w[w[LISTED] - WIDTH + DUE]) if w[LISTED] > ROOM else day
        list_instalment(w, due, 0, amount - principal, NO_NUMBER, n)


def add_principal(w: Any, day: int, principal: int, n: int, flow: int) -> None:
    """Add principal that is not due yet, or is due at once where everything is."""
    w[UNDUE] += principal
    if w[IS_SUMMING]:
        w[w[SUMS_AT] + flow] += principal
    if w[IS_ACCELERATED] and principal > 0:
        accelerate(w, day, n)


def add_fee(w: Any, day: int, amount: int, flow: int) -> None:
    """Add a fee; credit that is held pays it."""
    w[FEES] += amount
    if w[IS_SUMMING]:
        w[w[SUMS_AT] + flow] += amount
    if w[CREDIT] > 0 and amount > 0:
        pay_from_credit(w, day, w[T_WATERFALL])


def add_cost(w: Any, day: int, amount: int) -> None:
    """Add costs; credit that is held pays them."""
    w[COSTS] += amount
    if w[IS_SUMMING]:
        w[w[SUMS_AT] + S_COSTS] += amount
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
