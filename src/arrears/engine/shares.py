"""One payment across several debts of a person: how much goes to which, to the unit.

First what the debtor said, debt by debt (12 CFR 1006.30(c), 15 U.S.C. 1692h). Then the organisation's rule, over what
can be asked for today. A disputed debt gets nothing unless the debtor said so. What exceeds all of it is credit on the
debt that the money came for; where that one is disputed, on the oldest that is not. Nothing vanishes: what may go
nowhere is returned as ``unplaced``, and then somebody must ask the debtor.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ShareRule(StrEnum):
    """How an organisation divides what the debtor did not direct."""

    OLDEST_FIRST = "oldest_first"
    PRIORITY = "priority"
    PRO_RATA = "pro_rata"


@dataclass(frozen=True, slots=True)
class ShareDebt:
    """A debt that may take a share.

    ``asked_minor`` is what can be asked for today (past due, fees, charges), never below zero; ``oldest`` the due date
    of the oldest unpaid instalment; ``rank`` the place of its kind in the organisation's order, the lowest first.
    """

    id: int
    asked_minor: int
    oldest: date | None = None
    rank: int = 0
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """What one debt gets: ``minor`` in all, of it ``said_minor`` by the debtor's word and ``credit_minor`` beyond."""

    debt: int
    minor: int
    said_minor: int = 0
    credit_minor: int = 0


@dataclass(frozen=True, slots=True)
class Shares:
    """A payment divided: shares above zero in the order of the debts given; ``unplaced_minor`` may go nowhere yet."""

    parts: tuple[Share, ...]
    unplaced_minor: int = 0


def share(
    amount_minor: int,
    debts: Sequence[ShareDebt],
    rule: ShareRule,
    *,
    said: Mapping[int, int] | None = None,
    came_for: int | None = None,
) -> Shares:
    """Divide ``amount_minor`` (minor units, not below zero) over ``debts`` of one currency and one person.

    ``said`` is what the debtor directed, by debt; where it comes to more than the payment, it is served in the order
    of the mapping. ``came_for`` is the debt named by the payment itself, the first of ``debts`` unless said. Raises
    ValueError for a negative amount or a debt that is not among ``debts``.
    """
    directed = dict(said or {})
    known = {debt.id: debt for debt in debts}
    strangers = set(directed) - set(known) | ({came_for} - set(known) - {None})
    if amount_minor < 0 or min(directed.values(), default=0) < 0 or strangers:
        raise ValueError(f"cannot divide {amount_minor} by {directed} over {sorted(known)} for {came_for}")
    by_word = _by_word(amount_minor, directed)
    left = amount_minor - sum(by_word.values())
    open_ = [_Open(debt, max(debt.asked_minor - by_word.get(debt.id, 0), 0)) for debt in debts if not debt.is_disputed]
    by_rule = _pro_rata(left, open_) if rule is ShareRule.PRO_RATA else _in_turn(left, sorted(open_, key=_TURN[rule]))
    left -= sum(by_rule.values())
    home = _home(known, sorted(open_, key=_by_age), came_for)
    return Shares(
        tuple(
            part
            for debt in debts
            if (part := _part(debt, by_word.get(debt.id, 0), by_rule.get(debt.id, 0), left if debt.id == home else 0))
        ),
        unplaced_minor=left if home is None else 0,
    )


@dataclass(frozen=True, slots=True)
class _Open:
    debt: ShareDebt
    minor: int


def _by_word(amount_minor: int, directed: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for debt, minor in directed.items():
        found[debt] = min(minor, amount_minor - sum(found.values()))
    return found


def _in_turn(amount_minor: int, open_: Iterable[_Open]) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in open_:
        found[one.debt.id] = min(one.minor, amount_minor)
        amount_minor -= found[one.debt.id]
    return found


def _by_age(one: _Open) -> tuple[date, int]:
    return (one.debt.oldest or date.max, one.debt.id)


def _by_rank(one: _Open) -> tuple[int, date, int]:
    return (one.debt.rank, *_by_age(one))


_TURN = {ShareRule.OLDEST_FIRST: _by_age, ShareRule.PRIORITY: _by_rank}


def _pro_rata(amount_minor: int, open_: Sequence[_Open]) -> dict[int, int]:
    """Divide in proportion to what is asked, by largest remainder; of equal remainders the older debt's comes first."""
    whole = sum(one.minor for one in open_)
    amount_minor = min(amount_minor, whole)
    if not amount_minor:
        return {}
    found = {one.debt.id: amount_minor * one.minor // whole for one in open_}
    missing = amount_minor - sum(found.values())
    turn = sorted(open_, key=lambda one: (-(amount_minor * one.minor % whole), *_by_age(one)))
    for one in turn[:missing]:
        found[one.debt.id] += 1
    return found


def _home(known: Mapping[int, ShareDebt], may_take: Sequence[_Open], came_for: int | None) -> int | None:
    """Return the debt on which what is left over becomes credit; None where all are disputed."""
    wanted = next(iter(known), None) if came_for is None else came_for
    if wanted is not None and not known[wanted].is_disputed:
        return wanted
    return may_take[0].debt.id if may_take else None


def _part(debt: ShareDebt, said: int, ruled: int, credit: int) -> Share | None:
    minor = said + ruled + credit
    beyond = max(minor - debt.asked_minor, 0)
    return Share(debt.id, minor, said, beyond) if minor else None
