"""What the book itself says of money to come: a cohort of debts as they stood a year ago, and what was paid since."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connections

from arrears.domain.entries import CASH_KINDS
from arrears.kernel.epoch import epoch_day
from arrears.store.scope import current
from arrears.store.standing import STANDS

EDGES: Final = (31, 61, 91, 181, 361)
"""Days past due at which one cohort ends and the next begins: those of the assumption that cohorts replace."""
FEWEST: Final = 100
"""How many debts a cohort must have before the book is believed rather than the assumption."""
MOST: Final = 20_000
_MONTH: Final = 30
_BPS: Final = 10_000
_CASH: Final = sorted(int(kind) for kind in CASH_KINDS)

_BEGAN: Final = """
    SELECT on_day FROM decision WHERE organisation_id = %s AND on_day BETWEEN %s AND %s
    GROUP BY on_day ORDER BY count(*) DESC, on_day DESC LIMIT 1"""
_PAID: Final = f"""
    WITH cohort AS (
        SELECT DISTINCT ON (account_id) account_id, owed_minor FROM decision
        WHERE organisation_id = %(owner)s AND on_day = %(began)s AND owed_minor > 0
          AND days_past_due >= %(low)s AND days_past_due < %(high)s
        ORDER BY account_id, decided_at LIMIT %(most)s)
    SELECT (e.value_date - %(start)s::date - 1) / %(month)s, sum(e.amount_minor), 0, 0::numeric
    FROM cohort c JOIN entry e ON e.account_id = c.account_id
    WHERE e.kind = ANY(%(cash)s) AND e.value_date > %(start)s AND e.value_date <= %(end)s
      AND {STANDS}
    GROUP BY 1
    UNION ALL SELECT -1, 0, count(*)::int, coalesce(sum(owed_minor), 0) FROM cohort"""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What share of what a cohort owed was paid in each month after, in basis points, and how many debts it was."""

    by_month: tuple[int, ...]
    accounts: int


def cohort(owner: int, days_past_due: int, on: date, months: int, *, using: str = "default") -> Recovered | None:
    """Return what became of debts of like age, ``months`` of thirty days ago; None where the book cannot say.

    It cannot where nothing was decided then, where fewer than `FEWEST` debts were of that age, or where the asker does
    not see the whole book of the owner.
    """
    if current(using).organisation != owner:
        return None
    last = on - timedelta(days=_MONTH * months)
    low = max((edge for edge in EDGES if edge <= days_past_due), default=-(10**6))
    high = min((edge for edge in EDGES if edge > days_past_due), default=10**6)
    with connections[using].cursor() as cursor:
        cursor.execute(_BEGAN, [owner, epoch_day(last) - 31, epoch_day(last)])
        began = cursor.fetchone()
        if began is None:
            return None
        start = date(1970, 1, 1) + timedelta(days=began[0])
        values: dict[str, Any] = {"owner": owner, "began": began[0], "low": low, "high": high, "most": MOST}
        values |= {"start": start, "end": start + timedelta(days=_MONTH * months), "month": _MONTH, "cash": _CASH}
        cursor.execute(_PAID, values)
        found = cursor.fetchall()
    ((accounts, owed),) = [(row[2], int(row[3])) for row in found if row[0] == -1]
    if accounts < FEWEST or not owed:
        return None
    paid = {int(row[0]): int(row[1]) for row in found if row[0] >= 0}
    return Recovered(tuple(paid.get(month, 0) * _BPS // owed for month in range(months)), accounts)
