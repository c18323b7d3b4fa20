"""How money pays: in which order, what of it, whose money it was.

Money that is paid first becomes credit, and everything is paid out of credit; so what is paid too early pays later what
falls due, and nothing is ever lost.
"""

# ruff: noqa: F405 - see steps
from typing import Any

from arrears.engine.ledger.charging import charge_owed, count_charge, interest_owed, is_short
from arrears.engine.ledger.registers import *  # noqa: F403


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
    if w[IS_SUMMING]:
        w[w[SUMS_AT] + S_PAID + part - 1] += amount
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


def pay_principal_first(w: Any, day: int) -> None:
    """Pay what is due, the oldest first; of each the principal before the interest."""
    k = w[FIRST]
    while k < w[FALLEN] and w[CREDIT] > 0:
        if w[k + PRINCIPAL] > 0:
            paid = min(w[CREDIT], w[k + PRINCIPAL])
            draw(w, paid, PART_PRINCIPAL, k, day)
            settle(w, k, paid, 0, day)
        if w[k + INTEREST] > 0 and w[CREDIT] > 0:
            paid = min(w[CREDIT], w[k + INTEREST])
            draw(w, paid, PART_INTEREST, k, day)
            settle(w, k, 0, paid, day)
        k += WIDTH


def pay_fees(w: Any, day: int) -> None:
    """Pay fees."""
    paid = min(w[CREDIT], w[FEES])
    if paid > 0:
        w[FEES] -= paid
        draw(w, paid, PART_FEES, -1, day)


def pay_costs(w: Any, day: int) -> None:
    """Pay costs."""
    paid = min(w[CREDIT], w[COSTS])
    if paid > 0:
        w[COSTS] -= paid
        draw(w, paid, PART_COSTS, -1, day)


def pay_charges(w: Any, day: int) -> None:
    """Pay the late charge as it is shown on the day."""
    paid = min(w[CREDIT], charge_owed(w))
    if paid > 0:
        w[SETTLED] += paid
        w[DIVERTED] += paid
        draw(w, paid, PART_CHARGES, -1, day)


def pay_accrued(w: Any, day: int) -> None:
    """Pay contract interest as it is shown on the day."""
    if w[IS_RICH]:
        paid = min(w[CREDIT], interest_owed(w))
        if paid > 0:
            w[ACCRUED_SETTLED] += paid
            draw(w, paid, PART_ACCRUED, -1, day)


def pay_steps(w: Any, steps: int, day: int) -> None:
    """Pay one part after another while there is money."""
    while steps > 0 and w[CREDIT] > 0:
        pay_step(w, steps % STEP, day)
        steps //= STEP


def pay_step(w: Any, step: int, day: int) -> None:
    """Pay one part, or interest and principal of one instalment after another."""
    if step == PAY_INTEREST_WITH_PRINCIPAL:
        pay_accrued(w, day)
        pay_instalments(w, True, True, day)
    elif step == PAY_FEES:
        pay_fees(w, day)
    elif step == PAY_COSTS:
        pay_costs(w, day)
    elif step == PAY_CHARGES:
        pay_charges(w, day)
    elif step == PAY_INTEREST:
        pay_accrued(w, day)
        pay_instalments(w, True, False, day)
    elif step == PAY_PRINCIPAL:
        pay_instalments(w, False, True, day)
    else:
        pay_principal_first(w, day)
        pay_accrued(w, day)


def pay_from_credit(w: Any, day: int, order: int) -> None:
    """Pay out of credit whatever is due, in the order asked; what is left stays credit."""
    count_charge(w, day)
    had = w[CREDIT]
    steps = NAMED[order] if order <= MOST_NAMED else order
    if steps % STEP == PAY_INTEREST_WITH_PRINCIPAL and w[IS_RICH] == 0:
        pay_instalments(w, True, True, day)
        steps //= STEP
    if w[CREDIT] > 0:
        pay_steps(w, steps, day)
    if w[DIVERTED] > 0 and had > 0:
        spare(w, day)
    if w[UNPAID] == 0 and w[LATE_SINCE] != NONE:
        if day > w[LATE_SINCE]:
            w[CURED] = day
        w[LATE_SINCE] = NONE


def spare(w: Any, day: int) -> None:
    """Spare instalments that are short only by what late charges took of money that came in time (16 CFR 444.4).

    What the charges took is laid against what is unpaid, the oldest first. An instalment that would then not be short,
    on a day not after its grace, carries no late charge. What charges took beyond what is unpaid is forgotten once
    no credit is left that might still have paid an instalment in full.
    """
    unpaid = 0
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        own = w[k + PRINCIPAL] + w[k + INTEREST]
        unpaid += own
        left = min(own, max(0, unpaid - w[DIVERTED]))
        is_met = left == 0 or left < w[k + SHORT]
        if is_met and w[k + SPARED] == 0 and is_short(w, k) and day <= w[k + AGED] + w[T_GRACE]:
            w[k + SPARED] = 1
            w[IS_RICH] = 1
    if w[CREDIT] == 0:
        w[DIVERTED] = min(w[DIVERTED], unpaid)
