"""How late charges and contract interest grow: counted up exactly, on which base, at which rate, under which bound.

A plain account has one rate on overdue principal for ever, and its base is kept up to date step by step. Any other is
*rich*: its terms say more, or a freeze or a spared instalment came. A rich account is counted up before whatever
happens, and `look_around` makes its base, its rates and its fixed charges anew after it.
"""

# ruff: noqa: F405 - see steps
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
        cap = w[T_CAP] - 1
    if w[T_CAP_PPM] > 0:
        cap = min(cap, multiplied(w[OPENED], w[T_CAP_PPM] - 1, 1_000_000)[0])
    return cap


def count_charge(w: Any, day: int) -> None:
    """Count what grows up to ``day``, exactly: whole minor units and a rest."""
    if day > w[ANCHOR]:
        if w[IS_RICH]:
            count_rich(w, day)
        elif w[OVERDUE] > 0:
            grow_charge(w, w[OVERDUE], day)
    w[ANCHOR] = day


def count_rich(w: Any, day: int) -> None:
    """Count up whatever runs."""
    if w[BASE] > 0 and w[RATE] > 0:
        grow_charge(w, w[BASE], day)
    if w[INTEREST_BASE] > 0 and w[INTEREST_RATE] > 0:
        grow_interest(w, day)


def grow_charge(w: Any, base: int, day: int) -> None:
    """Let the late charge run from the anchor to ``day``."""
    units = clock(day, w[T_DAY_COUNT]) - clock(w[ANCHOR], w[T_DAY_COUNT])
    whole, rest = multiplied(base, w[RATE] * units, w[T_PARTS])
    rest += w[CARRY]
    if rest >= w[T_PARTS]:
        rest -= w[T_PARTS]
        whole += 1
    whole += w[CHARGE]
    bounded_charge(w, whole, rest, day, GROWTH_DAILY, base, w[RATE])


def bounded_charge(w: Any, whole: int, rest: int, day: int, what: int, base: int, rate: int) -> None:
    """Let the sum of late charges be what it has grown to, as far as its bound goes."""
    cap = cap_of(w)
    is_held = 0
    if whole >= cap:
        whole = max(cap, w[CHARGE])
        rest = 0
        is_held = 1
    if w[IS_RECORDING]:
        since = w[ANCHOR] if what == GROWTH_DAILY else day
        record_growth(w, what, since, day, base, rate, whole - w[CHARGE], rest - w[CARRY], is_held)
    w[CHARGE] = whole
    w[CARRY] = rest


def grow_interest(w: Any, day: int) -> None:
    """Let contract interest accrue from the anchor to ``day``."""
    by = w[T_INTEREST_DAY_COUNT]
    units = clock(day, by) - clock(w[ANCHOR], by)
    whole, rest = multiplied(w[INTEREST_BASE], w[INTEREST_RATE] * units, w[T_INTEREST_PARTS])
    if w[IS_RECORDING]:
        record_growth(w, GROWTH_INTEREST, w[ANCHOR], day, w[INTEREST_BASE], w[INTEREST_RATE], whole, rest, 0)
    rest += w[ACCRUED_CARRY]
    if rest >= w[T_INTEREST_PARTS]:
        rest -= w[T_INTEREST_PARTS]
        whole += 1
    w[ACCRUED] += whole
    w[ACCRUED_CARRY] = rest


def record_growth(
    w: Any, what: int, since: int, until: int, base: int, rate: int, whole: int, rest: int, is_held: int
) -> None:
    """Write down by how much something has grown."""
    n = w[GROWTHS]
    w[n] = what
    w[n + 1] = since
    w[n + 2] = until
    w[n + 3] = base
    w[n + 4] = rate
    w[n + 5] = whole
    w[n + 6] = rest
    w[n + 7] = is_held
    w[GROWTHS] = n + GROWTH_WIDTH


def charge_owed(w: Any) -> int:
    """Return the late charge counted so far that is not paid or waived."""
    owed: int = shown(w[CHARGE], w[CARRY], w[T_PARTS], w[T_ROUNDS_UP]) - w[SETTLED]
    return max(0, owed)


def interest_owed(w: Any) -> int:
    """Return the contract interest accrued so far that is not paid or waived."""
    owed: int = shown(w[ACCRUED], w[ACCRUED_CARRY], w[T_INTEREST_PARTS], w[T_INTEREST_ROUNDS_UP]) - w[ACCRUED_SETTLED]
    return max(0, owed)


def look_around(w: Any, day: int) -> None:
    """Make anew, of a rich account that is counted up to ``day``, what its charge runs on from here and until when."""
    w[NEXT] = NONE
    change_rates(w, day)
    for stage in range(w[T_STAGES]):
        pass_stage(w, stage, day)
    if w[IS_FROZEN] and w[FROZEN_TO] <= day:
        w[IS_FROZEN] = 0
    if w[IS_FROZEN]:
        w[NEXT] = min(w[NEXT], w[FROZEN_TO])
    w[RATE] = 0 if w[IS_FROZEN] else w[CALENDAR_RATE]
    w[INTEREST_RATE] = 0 if w[IS_FROZEN] else w[CALENDAR_INTEREST]
    find_bases(w)


def change_rates(w: Any, day: int) -> None:
    """Take the rates of the calendar."""
    changes = w[TAIL_AT] + w[T_CHANGES] * CHANGE_WIDTH
    while w[CHANGE] < changes and w[w[CHANGE]] <= day:
        w[CALENDAR_RATE] = w[w[CHANGE] + 1]
        w[CALENDAR_INTEREST] = w[w[CHANGE] + 2]
        w[CHANGE] += CHANGE_WIDTH
    if w[CHANGE] < changes:
        w[NEXT] = w[w[CHANGE]]


def pass_stage(w: Any, stage: int, day: int) -> None:
    """Let a fixed charge arise for each instalment that has come to its stage, and find the next that will."""
    at = w[TAIL_AT] + w[T_CHANGES] * CHANGE_WIDTH + stage * STAGE_WIDTH
    pointer = w[TAIL_AT] + w[T_CHANGES] * CHANGE_WIDTH + w[T_STAGES] * STAGE_WIDTH + stage
    bit = 1 << stage if w[at + 2] else 0
    k = w[pointer]
    while k < w[FALLEN]:
        is_open = is_short(w, k) and w[k + SPARED] == 0
        if is_open and w[k + AGED] + w[at] > day:
            if w[SPELL_DONE] & bit == 0:
                w[NEXT] = min(w[NEXT], w[k + AGED] + w[at])
            break
        if is_open and w[IS_FROZEN] == 0 and w[SPELL_DONE] & bit == 0:
            w[SPELL_DONE] |= bit
            bounded_charge(w, w[CHARGE] + w[at + 1], w[CARRY], day, GROWTH_FIXED, k, stage)
        k += WIDTH
    w[pointer] = k


def find_bases(w: Any) -> None:
    """Find on what the late charge and contract interest run."""
    principal, unpaid, overdue, overdue_interest, count = 0, 0, 0, 0, 0
    for k in range(w[FIRST], w[FALLEN], WIDTH):
        principal += w[k + PRINCIPAL]
        if w[k + SPARED] == 0:
            unpaid += w[k + PRINCIPAL] + w[k + INTEREST]
            if k < w[GRACED] and is_short(w, k):
                overdue += w[k + PRINCIPAL]
                overdue_interest += w[k + INTEREST]
                count += 1
    w[OVERDUE] = overdue
    if w[T_ON] == OVERDUE_PRINCIPAL:
        w[BASE] = overdue
    elif w[T_ON] == OVERDUE_INSTALMENTS:
        w[BASE] = overdue + overdue_interest
    else:
        w[BASE] = unpaid + w[UNDUE] + w[FEES] + w[COSTS] if count > 0 else 0
    w[INTEREST_BASE] = max(0, principal + w[UNDUE] - w[CREDIT])
