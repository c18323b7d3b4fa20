"""Sums over a whole book, for the manager's page: by days past due, cash by day, promises by day, arrears by spell.

Each question is one statement over the rows that the open scope may see; a currency is asked for at a time, because
amounts of two currencies have no sum.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from arrears.domain.entries import CASH_KINDS, EntryKind
from arrears.domain.position import Flag
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.store.standing import STANDS

_CASH = tuple(sorted(int(kind) for kind in CASH_KINDS))


@dataclass(frozen=True, slots=True)
class AgeSum:
    """Accounts that are so many days past due (0: none), what they owe and what of it is past due."""

    band: int
    accounts: int
    owed_minor: int
    past_due_minor: int


@dataclass(frozen=True, slots=True)
class DaySum:
    """Money of one day."""

    day: date
    count: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PromiseDay:
    """Promises that fell due on a day and what became of them."""

    day: date
    due: int
    kept: int
    broken: int
    waiting: int
    due_minor: int
    kept_minor: int


@dataclass(frozen=True, slots=True)
class Movements:
    """What was billed and paid in a window, an entry a row, and where each account stood at its end.

    ``account`` indexes ``billed`` and ``paid`` (sums up to the window's end) and ``tolerance``; amounts in minor units.
    """

    account: npt.NDArray[np.int64]
    day: npt.NDArray[np.int64]
    billed_change: npt.NDArray[np.int64]
    paid_change: npt.NDArray[np.int64]
    billed: npt.NDArray[np.int64]
    paid: npt.NDArray[np.int64]
    tolerance: npt.NDArray[np.int64]


def currencies() -> tuple[str, ...]:
    """Return the currencies of the accounts in sight, the one with most accounts first."""
    rows = _rows("SELECT currency, count(*) FROM account GROUP BY currency ORDER BY 2 DESC, 1", [])
    return tuple(str(row[0]) for row in rows)


def by_age(on: date, currency: str, edges: tuple[int, ...]) -> tuple[AgeSum, ...]:
    """Return sums by days past due on a day; band ``n`` holds ``edges[n-1] <= days < edges[n]``."""
    rows = _rows(
        """
        SELECT width_bucket(CASE WHEN p.oldest_unpaid_day = %(none)s THEN 0
                                 ELSE greatest(0, %(today)s - p.oldest_unpaid_day) END, %(edges)s::int[]),
               count(*), sum(p.principal_minor + p.interest_minor + p.fees_minor),
               sum(p.due_unpaid_minor - CASE WHEN p.last_due_day = %(today)s THEN p.last_due_unpaid_minor ELSE 0 END)
        FROM account_position p JOIN account a ON a.id = p.account
        WHERE a.currency = %(currency)s AND a.status = 'open' AND p.flags & %(gone)s = 0 GROUP BY 1 ORDER BY 1
        """,
        {"none": NO_DATE, "today": epoch_day(on), "edges": list(edges), "currency": currency, "gone": int(Flag.SOLD)},
    )
    return tuple(AgeSum(int(band), int(count), int(owed), int(late)) for band, count, owed, late in rows)


def cash_by_day(first: date, last: date, currency: str) -> tuple[DaySum, ...]:
    """Return payments by value date, reversed ones left out; days without any are left out too."""
    rows = _rows(
        f"""
        SELECT e.value_date, count(*), sum(e.amount_minor) FROM entry e JOIN account a ON a.id = e.account_id
        WHERE e.value_date BETWEEN %s AND %s AND e.kind = ANY(%s) AND a.currency = %s
          AND {STANDS}
        GROUP BY 1 ORDER BY 1
        """,
        [first, last, list(_CASH), currency],
    )
    return tuple(DaySum(day, int(count), int(amount)) for day, count, amount in rows)


def promises_by_day(first: date, last: date, currency: str) -> tuple[PromiseDay, ...]:
    """Return promises by the day they fell due: kept (also provisionally), broken (also in part), still waiting."""
    rows = _rows(
        """
        SELECT p.due_on, count(*), count(*) FILTER (WHERE p.state IN ('kept', 'provisional')),
               count(*) FILTER (WHERE p.state IN ('broken', 'part_kept')), count(*) FILTER (WHERE p.state = 'open'),
               sum(p.amount_minor), sum(least(p.kept_minor, p.amount_minor))
        FROM promise p JOIN account a ON a.id = p.account_id
        WHERE p.due_on BETWEEN %s AND %s AND p.state NOT IN ('asked', 'withdrawn') AND p.kind <> 'pay_day_call'
          AND a.currency = %s
        GROUP BY 1 ORDER BY 1
        """,
        [first, last, currency],
    )
    return tuple(PromiseDay(row[0], *(int(value) for value in row[1:])) for row in rows)


def movements(first: date, last: date, currency: str) -> Movements:
    """Return what was billed and paid from ``first`` to ``last`` on accounts with an instalment due in that time."""
    accounts = _rows(
        """
        SELECT p.account, p.billed_minor, p.paid_minor,
               coalesce((d.terms ->> 'tolerance_minor')::bigint, 0),
               coalesce((d.terms ->> 'tolerance_ppm')::bigint, 0) * p.next_due_minor / 1000000
        FROM account_position p JOIN account a ON a.id = p.account JOIN product d ON d.id = a.product_id
        WHERE a.currency = %s AND p.last_due_day >= %s ORDER BY p.account
        """,
        [currency, epoch_day(first)],
    )
    entries = _rows(
        f"""
        SELECT e.account_id, e.value_date, CASE WHEN e.kind = %(due)s THEN e.amount_minor ELSE 0 END,
               CASE WHEN e.kind = %(due)s THEN 0 ELSE e.amount_minor END
        FROM entry e
        WHERE e.value_date >= %(first)s AND (e.kind = %(due)s OR e.kind = ANY(%(cash)s))
          AND {STANDS}
        """,
        {"due": int(EntryKind.INSTALMENT_DUE), "cash": list(_CASH), "first": first},
    )
    return _movements(accounts, [row for row in entries if row[1] <= last])


def _movements(accounts: list[tuple[Any, ...]], entries: list[tuple[Any, ...]]) -> Movements:
    place = {int(row[0]): index for index, row in enumerate(accounts)}
    kept = [(place[row[0]], epoch_day(row[1]), row[2], row[3]) for row in entries if row[0] in place]
    moved = np.array(kept, np.int64).reshape(-1, 4)
    stood = np.array([(row[1], row[2], max(row[3], row[4])) for row in accounts], np.int64).reshape(-1, 3)
    return Movements(*(np.ascontiguousarray(column) for column in (*moved.T, *stood.T)))


def _rows(statement: str, values: Any) -> list[tuple[Any, ...]]:
    """Run one question (Any: the driver's own types of values and rows)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
