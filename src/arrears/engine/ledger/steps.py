"""What can happen to an account, one small step each, over its registers ``w.at`` and its instalments.

Read by `loop`. The words of each step are in `arrears.domain.entries.EFFECTS`; registers are named in
`registers`. Late charges are counted up only when their base changes or they are paid, so that a row made later
by the same facts is the same row.
"""

# ruff: noqa: F405 - the names of registers come as they are: compiled code wants plain numbers in its module
from typing import Any

from arrears.engine.ledger.arithmetic import clock, multiplied, shown
from arrears.engine.ledger.columns import Work
from arrears.engine.ledger.registers import *  # noqa: F403


def is_short(w: Work, k: int) -> bool:
    """Return whether instalment ``k`` is unpaid beyond its tolerance."""
    unpaid = w.principal[k] + w.interest[k]
    return bool(unpaid > 0 and unpaid >= w.short[k])


def cap_of(w: Work, terms: Any) -> int:
    """Return the bound of the sum of late charges."""
    cap = UNCAPPED
    if terms[T_CAP] > 0:
        cap = terms[T_CAP]
    if terms[T_CAP_PPM] > 0:
        cap = min(cap, multiplied(w.at[OPENED], terms[T_CAP_PPM], 1_000_000)[0])
    return cap


def count_charge(w: Work, terms: Any, day: int) -> None:
    """Count the late charge up to ``day``, exactly: whole minor units and a rest."""
    at = w.at
    if at[OVERDUE] > 0 and day > at[ANCHOR]:
        units = clock(day, terms[T_DAY_COUNT]) - clock(at[ANCHOR], terms[T_DAY_COUNT])
        whole, rest = multiplied(at[OVERDUE], terms[T_RATE] * units, terms[T_PARTS])
        rest += at[CARRY]
        if rest >= terms[T_PARTS]:
            rest -= terms[T_PARTS]
            whole += 1
        whole += at[CHARGE]
        cap = cap_of(w, terms)
        if whole >= cap:
            whole = max(cap, at[CHARGE])
            rest = 0
        at[CHARGE] = whole
        at[CARRY] = rest
    at[ANCHOR] = day


def list_instalment(w: Work, due: int, principal: int, interest: int, number: int, source: int) -> None:
    """Put an instalment on the list of those that fall due on a day that has come or is deferred."""
    k = w.at[LISTED]
    w.due[k] = due
    w.aged[k] = due
    w.principal[k] = principal
    w.interest[k] = interest
    w.number[k] = number
    w.source[k] = source
    w.done[k] = NONE
    w.at[LISTED] = k + 1


def fall_due(w: Work, terms: Any, day: int) -> None:
    """Let the next instalment on the list fall due; credit that is held pays it."""
    at = w.at
    k = at[FALLEN]
    at[FALLEN] = k + 1
    w.due[k] = day
    w.aged[k] = day
    w.principal[k] = min(w.principal[k], at[UNDUE])
    at[UNDUE] -= w.principal[k]
    amount = w.principal[k] + w.interest[k]
    w.amount[k] = amount
    w.short[k] = shortfall(amount, terms)
    at[LAST_DUE] = day
    if w.number[k] != NO_NUMBER:
        at[BILLED] += amount
    if is_short(w, k):
        if at[UNPAID] == 0:
            at[LATE_SINCE] = day
        at[UNPAID] += 1
    else:
        w.done[k] = day
    if at[CREDIT] > 0:
        pay_from_credit(w, terms, day, terms[T_WATERFALL])


def shortfall(amount: int, terms: Any) -> int:
    """Return the least shortfall of an instalment that counts: the larger of the two tolerances."""
    whole, rest = multiplied(amount, terms[T_TOLERANCE_PPM], 1_000_000)
    if rest > 0:
        whole += 1
    least: int = max(whole, terms[T_TOLERANCE])
    return least


def end_grace(w: Work, terms: Any, day: int) -> None:
    """Let the late charge run on the next instalment whose grace has ended."""
    at = w.at
    k = at[GRACED]
    at[GRACED] = k + 1
    if is_short(w, k) and w.principal[k] > 0:
        count_charge(w, terms, day)
        at[OVERDUE] += w.principal[k]


def settle(w: Work, k: int, principal: int, interest: int, day: int) -> None:
    """Take ``principal`` and ``interest`` off what is unpaid of instalment ``k``; the charge is counted up already."""
    at = w.at
    was_short = is_short(w, k)
    if was_short and k < at[GRACED]:
        at[OVERDUE] -= w.principal[k]
    w.principal[k] -= principal
    w.interest[k] -= interest
    if is_short(w, k):
        if k < at[GRACED]:
            at[OVERDUE] += w.principal[k]
    elif was_short:
        at[UNPAID] -= 1
        w.done[k] = day
    while at[FIRST] < at[FALLEN] and w.principal[at[FIRST]] + w.interest[at[FIRST]] == 0:
        at[FIRST] += 1


def draw(w: Work, amount: int, part: int, k: int, day: int) -> None:
    """Take ``amount`` from the credit for a part of the debt, the oldest payment first, and record it when asked to."""
    at = w.at
    at[CREDIT] -= amount
    if at[IS_RECORDING] == 0:
        return
    while amount > 0:
        payer = at[PAYER]
        taken = min(amount, w.left[payer])
        if taken > 0:
            record(w, w.payer[payer], taken, part, k, day)
        w.left[payer] -= taken
        amount -= taken
        if w.left[payer] == 0:
            at[PAYER] = payer + 1


def record(w: Work, by: int, amount: int, part: int, k: int, day: int) -> None:
    """Write down that entry ``by`` paid or waived ``amount`` of a part of instalment ``k`` (-1: of none)."""
    n = w.at[RECORDS]
    w.by[n] = by
    w.on[n] = day
    w.part[n] = part
    w.of[n] = k
    w.sum[n] = amount
    w.at[RECORDS] = n + 1


def pay_instalments(w: Work, interest: bool, principal: bool, day: int) -> None:  # noqa: FBT001 - compiled code
    """Pay what is due, the oldest first; of each the interest before the principal, or one of the two alone."""
    k = w.at[FIRST]
    while k < w.at[FALLEN] and w.at[CREDIT] > 0:
        if interest and w.interest[k] > 0:
            paid = min(w.at[CREDIT], w.interest[k])
            draw(w, paid, PART_INTEREST, k, day)
            settle(w, k, 0, paid, day)
        if principal and w.principal[k] > 0 and w.at[CREDIT] > 0:
            paid = min(w.at[CREDIT], w.principal[k])
            draw(w, paid, PART_PRINCIPAL, k, day)
            settle(w, k, paid, 0, day)
        k += 1


def pay_fees(w: Work, day: int) -> None:
    """Pay fees and costs."""
    paid = min(w.at[CREDIT], w.at[FEES])
    if paid > 0:
        w.at[FEES] -= paid
        draw(w, paid, PART_FEES, -1, day)


def pay_charges(w: Work, terms: Any, day: int) -> None:
    """Pay the late charge as it is shown on the day."""
    paid = min(w.at[CREDIT], charge_owed(w, terms))
    if paid > 0:
        w.at[SETTLED] += paid
        draw(w, paid, PART_CHARGES, -1, day)


def charge_owed(w: Work, terms: Any) -> int:
    """Return the late charge counted so far that is not paid or waived."""
    owed: int = shown(w.at[CHARGE], w.at[CARRY], terms[T_PARTS], terms[T_ROUNDS_UP]) - w.at[SETTLED]
    return max(0, owed)


def pay_from_credit(w: Work, terms: Any, day: int, order: int) -> None:
    """Pay out of credit whatever is due, in the order asked; what is left stays credit."""
    count_charge(w, terms, day)
    if order == INTEREST_PRINCIPAL_CHARGES:
        pay_instalments(w, True, True, day)
        pay_fees(w, day)
        pay_charges(w, terms, day)
    elif order == CHARGES_INTEREST_PRINCIPAL:
        pay_charges(w, terms, day)
        pay_fees(w, day)
        pay_instalments(w, True, True, day)
    elif order == COSTS_INTEREST_PRINCIPAL:
        pay_fees(w, day)
        pay_charges(w, terms, day)
        pay_instalments(w, True, False, day)
        pay_instalments(w, False, True, day)
    else:
        pay_instalments(w, False, True, day)
        pay_instalments(w, True, False, day)
        pay_fees(w, day)
        pay_charges(w, terms, day)
    if w.at[UNPAID] == 0 and w.at[LATE_SINCE] != NONE:
        if day > w.at[LATE_SINCE]:
            w.at[CURED] = day
        w.at[LATE_SINCE] = NONE


def waive(w: Work, terms: Any, day: int, amount: int, principal: int, by: int) -> None:
    """Take off ``principal`` of the amount as principal and the rest as charges, fees, interest; never below zero."""
    at = w.at
    count_charge(w, terms, day)
    rest = amount - principal
    rest -= waive_charges_and_fees(w, terms, day, rest, by)
    for k in range(at[FIRST], at[FALLEN]):
        less = min(principal, w.principal[k])
        less_interest = min(rest, w.interest[k])
        if at[IS_RECORDING] and less > 0:
            record(w, by, less, PART_PRINCIPAL, k, day)
        if at[IS_RECORDING] and less_interest > 0:
            record(w, by, less_interest, PART_INTEREST, k, day)
        principal -= less
        rest -= less_interest
        if less + less_interest > 0:
            settle(w, k, less, less_interest, day)
    less = min(principal, at[UNDUE])
    if at[IS_RECORDING] and less > 0:
        record(w, by, less, PART_PRINCIPAL, -1, day)
    at[UNDUE] -= less
    at[WASTED] += principal - less + rest
    if at[UNPAID] == 0:
        at[LATE_SINCE] = NONE


def waive_charges_and_fees(w: Work, terms: Any, day: int, amount: int, by: int) -> int:
    """Take ``amount`` off late charges, then fees; return how much of it was taken."""
    at = w.at
    charges = min(amount, charge_owed(w, terms))
    fees = min(amount - charges, at[FEES])
    at[SETTLED] += charges
    at[FEES] -= fees
    if at[IS_RECORDING] and charges > 0:
        record(w, by, charges, PART_CHARGES, -1, day)
    if at[IS_RECORDING] and fees > 0:
        record(w, by, fees, PART_FEES, -1, day)
    taken: int = charges + fees
    return taken


def accelerate(w: Work, terms: Any, day: int, source: int) -> None:
    """Let everything fall due today; nothing falls due later."""
    at = w.at
    while at[FALLEN] < at[LISTED]:
        fall_due(w, terms, day)
    if at[UNDUE] > 0:
        list_instalment(w, day, at[UNDUE], 0, NO_NUMBER, source)
        fall_due(w, terms, day)
    at[IS_ACCELERATED] = 1


def re_age(w: Work, terms: Any, day: int) -> None:
    """Let all that is unpaid age from today; its late charge starts anew after grace."""
    at = w.at
    count_charge(w, terms, day)
    at[OVERDUE] = 0
    at[GRACED] = at[FIRST]
    for k in range(at[FIRST], at[FALLEN]):
        if w.principal[k] + w.interest[k] > 0:
            w.aged[k] = day
    if at[UNPAID] > 0:
        at[LATE_SINCE] = day
        at[LAST_DUE] = day
