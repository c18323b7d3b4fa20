"""What can happen to an account, one small step each, over the row ``w`` of whole numbers that is its room.

Read by `loop`. The words of each step are in `arrears.domain.entries.EFFECTS`; registers are named in
`registers`. Late charges are counted up only when their base changes or they are paid, so that a row made later
by the same facts is the same row.
"""

# ruff: noqa: F405 - the names of registers come as they are: compiled code wants plain numbers in its module
from typing import Any

from arrears.engine.ledger.arithmetic import multiplied
from arrears.engine.ledger.charging import charge_owed, count_charge, interest_owed, is_short
from arrears.engine.ledger.paying import pay_from_credit, record, settle
from arrears.engine.ledger.registers import *  # noqa: F403


def list_instalment(w: Any, due: int, principal: int, interest: int, number: int, source: int) -> None:
    """Put an instalment on the list of those that fall due on a day that has come or is deferred."""
    k = w[LISTED]
    w[k + DUE] = due
    w[k + AGED] = due
    w[k + PRINCIPAL] = principal
    w[k + INTEREST] = interest
    w[k + NUMBER] = number
    w[k + SOURCE] = source
    w[k + DONE] = NONE
    w[k + SPARED] = 0
    w[LISTED] = k + WIDTH


def fall_due(w: Any, day: int) -> None:
    """Let the next instalment on the list fall due; credit that is held pays it."""
    k = w[FALLEN]
    w[FALLEN] = k + WIDTH
    w[k + DUE] = day
    w[k + AGED] = day
    w[k + PRINCIPAL] = min(w[k + PRINCIPAL], w[UNDUE])
    w[UNDUE] -= w[k + PRINCIPAL]
    amount = w[k + PRINCIPAL] + w[k + INTEREST]
    w[k + AMOUNT] = amount
    w[k + SHORT] = shortfall(w, amount)
    w[LAST_DUE] = day
    if w[k + NUMBER] != NO_NUMBER:
        w[BILLED] += amount
    if w[IS_SUMMING]:
        w[w[SUMS_AT] + (S_BILLED if w[k + NUMBER] != NO_NUMBER else S_OPENED_INTEREST)] += w[k + INTEREST]
    if is_short(w, k):
        if w[UNPAID] == 0:
            w[LATE_SINCE] = day
            w[SPELL_DONE] = 0
        w[UNPAID] += 1
    else:
        w[k + DONE] = day
    if w[CREDIT] > 0:
        pay_from_credit(w, day, w[T_WATERFALL])


def shortfall(w: Any, amount: int) -> int:
    """Return the least shortfall of an instalment that counts: the larger of the two tolerances."""
    whole, rest = multiplied(amount, w[T_TOLERANCE_PPM], 1_000_000)
    if rest > 0:
        whole += 1
    least: int = max(whole, w[T_TOLERANCE])
    return least


def end_grace(w: Any, day: int) -> None:
    """Let the late charge run on the next instalment whose grace has ended."""
    k = w[GRACED]
    w[GRACED] = k + WIDTH
    if is_short(w, k) and (w[k + PRINCIPAL] > 0 or w[IS_RICH]):
        count_charge(w, day)
        w[OVERDUE] += w[k + PRINCIPAL]


def waive(w: Any, day: int, amount: int, principal: int, by: int, flow: int) -> None:
    """Take off ``principal`` of the amount as principal, the rest as charges, fees, costs, interest; never below zero.

    ``flow`` is the first of the sums that this relief is counted in.
    """
    count_charge(w, day)
    rest = amount - principal
    rest -= waive_beside(w, day, rest, by, flow)
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        less = min(principal, w[k + PRINCIPAL])
        less_interest = min(rest, w[k + INTEREST])
        take_off(w, flow, PART_PRINCIPAL, less, k, by, day)
        take_off(w, flow, PART_INTEREST, less_interest, k, by, day)
        principal -= less
        rest -= less_interest
        if less + less_interest > 0:
            settle(w, k, less, less_interest, day)
    less = min(principal, w[UNDUE])
    take_off(w, flow, PART_PRINCIPAL, less, -1, by, day)
    w[UNDUE] -= less
    w[WASTED] += principal - less + rest
    if w[UNPAID] == 0:
        w[LATE_SINCE] = NONE
    if w[DIVERTED] > 0 and w[CREDIT] == 0:
        forget_diverted(w)


def forget_diverted(w: Any) -> None:
    """Let what late charges took be no more than what is unpaid of instalments."""
    unpaid = 0
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        unpaid += w[k + PRINCIPAL] + w[k + INTEREST]
    w[DIVERTED] = min(w[DIVERTED], unpaid)


def waive_beside(w: Any, day: int, amount: int, by: int, flow: int) -> int:
    """Take ``amount`` off late charges, fees, costs and accrued interest, in this order; return how much was taken."""
    charges = min(amount, charge_owed(w))
    fees = min(amount - charges, w[FEES])
    costs = min(amount - charges - fees, w[COSTS])
    accrued = 0
    if w[IS_RICH]:
        accrued = min(amount - charges - fees - costs, interest_owed(w))
        w[ACCRUED_SETTLED] += accrued
    w[SETTLED] += charges
    w[FEES] -= fees
    w[COSTS] -= costs
    take_off(w, flow, PART_CHARGES, charges, -1, by, day)
    take_off(w, flow, PART_FEES, fees, -1, by, day)
    take_off(w, flow, PART_COSTS, costs, -1, by, day)
    take_off(w, flow, PART_ACCRUED, accrued, -1, by, day)
    taken: int = charges + fees + costs + accrued
    return taken


def take_off(w: Any, flow: int, part: int, amount: int, k: int, by: int, day: int) -> None:
    """Write down relief: as a record, and in the sums, where these are asked for."""
    if amount > 0:
        if w[IS_RECORDING]:
            record(w, by, amount, part, k, day)
        if w[IS_SUMMING]:
            w[w[SUMS_AT] + flow + part - 1] += amount


def accelerate(w: Any, day: int, source: int) -> None:
    """Let everything fall due today; nothing falls due later."""
    while w[FALLEN] < w[LISTED]:
        fall_due(w, day)
    if w[UNDUE] > 0:
        list_instalment(w, day, w[UNDUE], 0, NO_NUMBER, source)
        fall_due(w, day)
    w[IS_ACCELERATED] = 1


def re_age(w: Any, day: int) -> None:
    """Let all that is unpaid age from today; its late charge starts anew after grace."""
    count_charge(w, day)
    w[OVERDUE] = 0
    w[GRACED] = w[FIRST]
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        if w[k + PRINCIPAL] + w[k + INTEREST] > 0:
            w[k + AGED] = day
    if w[UNPAID] > 0:
        w[LATE_SINCE] = day
        w[LAST_DUE] = day


def defer(w: Any, until: int) -> None:
    """Let what falls due from today on, deferred before or not, fall due no earlier than on ``until``."""
    w[DEFERRED_TO] = max(w[DEFERRED_TO], until)
    for k in range(w[FALLEN], w[LISTED], WIDTH):
        w[k + DUE] = max(w[k + DUE], until)


def freeze(w: Any, day: int, until: int) -> None:
    """Let no late charge and no contract interest accrue from today until before a day; the latest freeze decides."""
    count_charge(w, day)
    w[IS_RICH] = 1
    w[FROZEN_TO] = until
    w[IS_FROZEN] = 1
