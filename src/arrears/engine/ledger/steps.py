"""What can happen to an account, one small step each, over the row ``w`` of whole numbers that is its room.

Read by `loop`. The words of each step are in `arrears.domain.entries.EFFECTS`; registers are named in
`registers`. Late charges are counted up only when their base changes or they are paid, so that a row made later
by the same facts is the same row.
"""

# ruff: noqa: F405 - the names of registers come as they are: compiled code wants plain numbers in its module
from typing import Any

from arrears.engine.ledger.arithmetic import clock, multiplied, shown
from arrears.engine.ledger.registers import *  # noqa: F403


def is_short(w: Any, k: int) -> bool:
    """Return whether instalment ``k`` is unpaid beyond its tolerance."""
    unpaid = w[k + PRINCIPAL] + w[k + INTEREST]
    return bool(unpaid > 0 and unpaid >= w[k + SHORT])


def cap_of(w: Any) -> int:
    """Return the bound of the sum of late charges."""
    cap = UNCAPPED
    if w[T_CAP] > 0:
        cap = w[T_CAP]
    if w[T_CAP_PPM] > 0:
        cap = min(cap, multiplied(w[OPENED], w[T_CAP_PPM], 1_000_000)[0])
    return cap


def count_charge(w: Any, day: int) -> None:
    """Count the late charge up to ``day``, exactly: whole minor units and a rest."""
    if w[OVERDUE] > 0 and day > w[ANCHOR]:
        units = clock(day, w[T_DAY_COUNT]) - clock(w[ANCHOR], w[T_DAY_COUNT])
        whole, rest = multiplied(w[OVERDUE], w[T_RATE] * units, w[T_PARTS])
        rest += w[CARRY]
        if rest >= w[T_PARTS]:
            rest -= w[T_PARTS]
            whole += 1
        whole += w[CHARGE]
        cap = cap_of(w)
        if whole >= cap:
            whole = max(cap, w[CHARGE])
            rest = 0
        w[CHARGE] = whole
        w[CARRY] = rest
    w[ANCHOR] = day


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
    if is_short(w, k):
        if w[UNPAID] == 0:
            w[LATE_SINCE] = day
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
    if is_short(w, k) and w[k + PRINCIPAL] > 0:
        count_charge(w, day)
        w[OVERDUE] += w[k + PRINCIPAL]


def settle(w: Any, k: int, principal: int, interest: int, day: int) -> None:
    """Take ``principal`` and ``interest`` off what is unpaid of instalment ``k``; the charge is counted up already."""
    was_short = is_short(w, k)
    if was_short and k < w[GRACED]:
        w[OVERDUE] -= w[k + PRINCIPAL]
    w[k + PRINCIPAL] -= principal
    w[k + INTEREST] -= interest
    if is_short(w, k):
        if k < w[GRACED]:
            w[OVERDUE] += w[k + PRINCIPAL]
    elif was_short:
        w[UNPAID] -= 1
        w[k + DONE] = day
    while w[FIRST] < w[FALLEN] and w[w[FIRST] + PRINCIPAL] + w[w[FIRST] + INTEREST] == 0:
        w[FIRST] += WIDTH


def draw(w: Any, amount: int, part: int, k: int, day: int) -> None:
    """Take ``amount`` from the credit for a part of the debt, the oldest payment first, and record it when asked to."""
    w[CREDIT] -= amount
    if w[IS_RECORDING] == 0:
        return
    while amount > 0:
        payer = w[PAYER]
        taken = min(amount, w[payer + 1])
        if taken > 0:
            record(w, w[payer], taken, part, k, day)
        w[payer + 1] -= taken
        amount -= taken
        if w[payer + 1] == 0:
            w[PAYER] = payer + PAYER_WIDTH


def record(w: Any, by: int, amount: int, part: int, k: int, day: int) -> None:
    """Write down that entry ``by`` paid or waived ``amount`` of a part of instalment ``k`` (-1: of none)."""
    n = w[RECORDS]
    w[n] = by
    w[n + 1] = day
    w[n + 2] = part
    w[n + 3] = k
    w[n + 4] = amount
    w[RECORDS] = n + RECORD_WIDTH


def pay_instalments(w: Any, interest: bool, principal: bool, day: int) -> None:  # noqa: FBT001 - compiled code
    """Pay what is due, the oldest first; of each the interest before the principal, or one of the two alone."""
    k = w[FIRST]
    while k < w[FALLEN] and w[CREDIT] > 0:
        if interest and w[k + INTEREST] > 0:
            paid = min(w[CREDIT], w[k + INTEREST])
            draw(w, paid, PART_INTEREST, k, day)
            settle(w, k, 0, paid, day)
        if principal and w[k + PRINCIPAL] > 0 and w[CREDIT] > 0:
            paid = min(w[CREDIT], w[k + PRINCIPAL])
            draw(w, paid, PART_PRINCIPAL, k, day)
            settle(w, k, paid, 0, day)
        k += WIDTH


def pay_fees(w: Any, day: int) -> None:
    """Pay fees and costs."""
    paid = min(w[CREDIT], w[FEES])
    if paid > 0:
        w[FEES] -= paid
        draw(w, paid, PART_FEES, -1, day)


def pay_charges(w: Any, day: int) -> None:
    """Pay the late charge as it is shown on the day."""
    paid = min(w[CREDIT], charge_owed(w))
    if paid > 0:
        w[SETTLED] += paid
        draw(w, paid, PART_CHARGES, -1, day)


def charge_owed(w: Any) -> int:
    """Return the late charge counted so far that is not paid or waived."""
    owed: int = shown(w[CHARGE], w[CARRY], w[T_PARTS], w[T_ROUNDS_UP]) - w[SETTLED]
    return max(0, owed)


def pay_from_credit(w: Any, day: int, order: int) -> None:
    """Pay out of credit whatever is due, in the order asked; what is left stays credit."""
    count_charge(w, day)
    if order == INTEREST_PRINCIPAL_CHARGES:
        pay_instalments(w, True, True, day)
        pay_fees(w, day)
        pay_charges(w, day)
    elif order == CHARGES_INTEREST_PRINCIPAL:
        pay_charges(w, day)
        pay_fees(w, day)
        pay_instalments(w, True, True, day)
    elif order == COSTS_INTEREST_PRINCIPAL:
        pay_fees(w, day)
        pay_charges(w, day)
        pay_instalments(w, True, False, day)
        pay_instalments(w, False, True, day)
    else:
        pay_instalments(w, False, True, day)
        pay_instalments(w, True, False, day)
        pay_fees(w, day)
        pay_charges(w, day)
    if w[UNPAID] == 0 and w[LATE_SINCE] != NONE:
        if day > w[LATE_SINCE]:
            w[CURED] = day
        w[LATE_SINCE] = NONE


def waive(w: Any, day: int, amount: int, principal: int, by: int) -> None:
    """Take off ``principal`` of the amount as principal and the rest as charges, fees, interest; never below zero."""
    count_charge(w, day)
    rest = amount - principal
    rest -= waive_charges_and_fees(w, day, rest, by)
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        less = min(principal, w[k + PRINCIPAL])
        less_interest = min(rest, w[k + INTEREST])
        if w[IS_RECORDING] and less > 0:
            record(w, by, less, PART_PRINCIPAL, k, day)
        if w[IS_RECORDING] and less_interest > 0:
            record(w, by, less_interest, PART_INTEREST, k, day)
        principal -= less
        rest -= less_interest
        if less + less_interest > 0:
            settle(w, k, less, less_interest, day)
    less = min(principal, w[UNDUE])
    if w[IS_RECORDING] and less > 0:
        record(w, by, less, PART_PRINCIPAL, -1, day)
    w[UNDUE] -= less
    w[WASTED] += principal - less + rest
    if w[UNPAID] == 0:
        w[LATE_SINCE] = NONE


def waive_charges_and_fees(w: Any, day: int, amount: int, by: int) -> int:
    """Take ``amount`` off late charges, then fees; return how much of it was taken."""
    charges = min(amount, charge_owed(w))
    fees = min(amount - charges, w[FEES])
    w[SETTLED] += charges
    w[FEES] -= fees
    if w[IS_RECORDING] and charges > 0:
        record(w, by, charges, PART_CHARGES, -1, day)
    if w[IS_RECORDING] and fees > 0:
        record(w, by, fees, PART_FEES, -1, day)
    taken: int = charges + fees
    return taken


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
