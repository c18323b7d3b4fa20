"""Debts of which everything is paid but a penalty or fee: what the waiver rule is asked about."""

from dataclasses import dataclass
from typing import Final

from django.db import connections

from arrears.domain.entries import EntryKind
from arrears.domain.position import Flag
from arrears.store.standing import STANDS

MOST: Final = 500
_FEE: Final = int(EntryKind.FEE)

_LEFT: Final = f"""
    SELECT p.account, a.number, a.currency, p.fees_minor - p.credit_minor
    FROM account_position p JOIN account a ON a.id = p.account
    WHERE a.status = 'open' AND p.principal_minor = 0 AND p.interest_minor = 0 AND p.paid_minor > 0
      AND p.fees_minor > p.credit_minor AND p.flags & %(gone)s = 0
      AND p.fees_minor - p.credit_minor <= (
          SELECT coalesce(sum(e.amount_minor), 0) FROM entry e
          WHERE e.account_id = p.account AND e.kind = %(fee)s
            AND {STANDS})
    ORDER BY p.account LIMIT %(most)s"""


@dataclass(frozen=True, slots=True)
class PenaltyLeft:
    """A debt of which only a penalty is left, and how much of it."""

    account: int
    number: str
    currency: str
    left_minor: int


def penalty_only(*, most: int = MOST, using: str = "default") -> tuple[PenaltyLeft, ...]:
    """Return the debts on which something was paid and no more is owed than the fees charged on them, by account."""
    with connections[using].cursor() as cursor:
        cursor.execute(_LEFT, {"fee": _FEE, "most": most, "gone": int(Flag.SOLD)})
        return tuple(PenaltyLeft(int(a), str(n), str(c), int(left)) for a, n, c, left in cursor.fetchall())
