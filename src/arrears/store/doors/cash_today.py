"""Money that came in on a day, against what was promised for it and what was newly past due that morning (P41)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from arrears.domain.entries import CASH_KINDS
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.store.standing import STANDS

_CASH: Final = tuple(sorted(int(kind) for kind in CASH_KINDS))


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the day: how many it is about, what was there to come in, and what came, in minor units."""

    count: int
    due_minor: int
    in_minor: int


_PROMISED: Final = """
    SELECT count(*), coalesce(sum(p.amount_minor), 0), coalesce(sum(p.kept_minor), 0)
    FROM promise p JOIN account a ON a.id = p.account_id
    WHERE p.due_on = %s AND p.kind = 'promise' AND p.state NOT IN ('asked', 'withdrawn') AND a.currency = %s"""

_CAME: Final = f"""
    SELECT e.account_id, sum(e.amount_minor) AS paid FROM entry e
    WHERE e.value_date = %s AND e.kind = ANY(%s) AND {STANDS}
    GROUP BY e.account_id"""

#: In arrears for the first time: never cured before, or cured by the money of this very day.
_FIRST: Final = f"""
    WITH came AS MATERIALIZED ({_CAME})
    SELECT count(*), coalesce(sum(greatest(0, p.due_unpaid_minor + coalesce(c.paid, 0) - p.credit_minor)), 0),
           coalesce(sum(coalesce(c.paid, 0)), 0)
    FROM account_position p JOIN account a ON a.id = p.account LEFT JOIN came c ON c.account_id = p.account
    WHERE a.currency = %s
      AND ((p.cured_day = %s AND p.due_unpaid_minor > 0 AND p.oldest_unpaid_day < %s) OR (p.cured_day = %s
           AND p.instalments_late <= 1 AND c.paid > 0))"""

_ALL: Final = f"""
    SELECT count(*), 0, coalesce(sum(c.paid), 0) FROM ({_CAME}) c JOIN account a ON a.id = c.account_id
    WHERE a.currency = %s"""


def promised_for(on: date, currency: str) -> Group:
    """Return the promises of a day: what was promised, and what has come for them by now."""
    return _group(_PROMISED, [on, currency])


def first_time_arrears(on: date, currency: str) -> Group:
    """Return the accounts in arrears for the first time: what was past due this morning, and what came today."""
    day = epoch_day(on)
    return _group(_FIRST, [on, list(_CASH), currency, NO_DATE, day, day])


def all_money(on: date, currency: str) -> Group:
    """Return all money with the value date of a day; nothing is due of it."""
    return _group(_ALL, [on, list(_CASH), currency])


def _group(statement: str, said: list[Any]) -> Group:  # Any: values that psycopg knows how to send
    with connection.cursor() as cursor:
        cursor.execute(statement, said)
        count, due, came = cursor.fetchone()
    return Group(int(count), int(due), int(came))
