"""Splitting a plan by its debts, and joining plans into one: neither makes or loses a minor unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from arrears.domain.plans import Instalment


def split(instalments: Sequence[Instalment], amounts: Mapping[int, int]) -> dict[int, tuple[Instalment, ...]]:
    """Return each debt's own schedule, pro rata to what the plan covers of it (``amounts``, minor units, by account).

    Each instalment is divided as the debts still stand, whole units first and what is left by the largest remainder,
    then the lowest account: every instalment and every debt come out exact. Raises ``ValueError`` where the amounts are
    not the sum of the instalments. An instalment of which a debt gets nothing is not in its schedule.
    """
    if sum(amounts.values()) != sum(each.amount for each in instalments) or min(amounts.values(), default=0) < 0:
        raise ValueError("the amounts of the debts are not those of the plan")
    left = dict(sorted(amounts.items()))
    parts: dict[int, list[Instalment]] = {account: [] for account in left}
    for each in instalments:
        for account, share in pro_rata(each.amount, left).items():
            left[account] -= share
            if share:
                parts[account].append(Instalment(each.number, each.nominal, each.due, share))
    return {account: tuple(own) for account, own in parts.items()}


def pro_rata(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Divide ``amount`` by ``weights``, which sum to at least as much; nobody gets more than their weight."""
    whole = sum(weights.values())
    if whole == 0:
        return dict.fromkeys(weights, 0)
    shares = {key: amount * weight // whole for key, weight in weights.items()}
    by_rest = sorted(weights, key=lambda key: (-(amount * weights[key] % whole), key))
    for key in by_rest[: amount - sum(shares.values())]:
        shares[key] += 1
    return shares


def join(schedules: Sequence[Sequence[Instalment]]) -> tuple[Instalment, ...]:
    """Return one schedule of several: what falls due on the same day becomes one instalment, numbered anew by day."""
    sums: dict[tuple[date, date], int] = defaultdict(int)
    for one in schedules:
        for each in one:
            sums[each.due, each.nominal] += each.amount
    days = sorted(sums.items())
    return tuple(Instalment(n, nominal, due, amount) for n, ((due, nominal), amount) in enumerate(days, start=1))


def rewritten(paid: Sequence[tuple[Instalment, int]], since: date, new: Sequence[Instalment]) -> tuple[Instalment, ...]:
    """Return the schedule of a plan whose rest is written anew from ``since`` on; what was paid stands as it is.

    ``paid`` is the old schedule with what was paid of each instalment. Of the old one there stay the instalments that
    money came for, at the amount that came; everything else is in ``new``, whose days are ``since`` or later.
    """
    stay = [Instalment(each.number, each.nominal, each.due, part) for each, part in paid if part]
    both = [*stay, *(each for each in new if each.due >= since)]
    ordered = sorted(both, key=lambda each: (each.due, each.nominal))
    return tuple(Instalment(n, each.nominal, each.due, each.amount) for n, each in enumerate(ordered, start=1))
