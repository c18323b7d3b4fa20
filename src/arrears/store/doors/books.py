"""The books: journals written, periods opened and closed, what is posted of each debt, balances read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db import connections

from arrears.engine.books.chart import Chart
from arrears.engine.books.journals import Line
from arrears.store import answers, copying
from arrears.store.layouts_books import POSTED

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[Any]  # structured


class Open(NamedTuple):
    """The period that takes a day's journals, and the last day of the closed ones before it (None: none is closed)."""

    id: int
    from_on: date
    until_on: date
    closed_until: date | None


class Closed(NamedTuple):
    """A closed period."""

    id: int
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJournal:
    """A journal to write: whose, when, into which period, why; its lines by purpose."""

    owner: int
    book_day: int
    period: int
    kind: str
    lines: Sequence[Line]
    made_at: datetime
    made_by: int | None = None
    why: str = ""
    concerns: int | None = None
    account: int | None = None
    accounts: int = 0
    source_ref: str = ""


_OPEN: Final = """
    SELECT p.id, p.from_on, p.until_on,
        (SELECT max(c.until_on) FROM period c WHERE c.organisation_id = %(owner)s AND c.state = 'closed')
    FROM period p WHERE p.organisation_id = %(owner)s AND p.state = 'open' AND p.until_on >= %(day)s
    ORDER BY p.from_on LIMIT 1"""
_NEW_PERIOD: Final = """
    INSERT INTO period (organisation_id, from_on, until_on)
    SELECT %(owner)s, greatest(date_trunc('month', %(day)s::timestamp)::date, coalesce(max(until_on) + 1, '-infinity')),
        (date_trunc('month', greatest(%(day)s, coalesce(max(until_on) + 1, '-infinity'))::timestamp)
         + interval '1 month')::date - 1
    FROM period WHERE organisation_id = %(owner)s
    ON CONFLICT DO NOTHING"""
_NEW_ACCOUNTS: Final = """
    INSERT INTO gl_account (organisation_id, code, kind, names, purposes)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""
_JOURNAL: Final = """
    WITH made AS (
        INSERT INTO journal (organisation_id, book_day, period_id, concerns_id, account_id, kind, why, accounts,
            made_at, made_by_id, source_ref)
        VALUES (%(owner)s, %(book_day)s, %(period)s, %(concerns)s, %(account)s, %(kind)s, %(why)s, %(accounts)s,
            %(made_at)s, %(made_by)s, %(source_ref)s)
        RETURNING id)
    INSERT INTO journal_line (organisation_id, journal_id, gl_account_id, currency, amount_minor)
    SELECT %(owner)s, made.id, g.id, l.currency, sum(l.amount)
    FROM made, unnest(%(purposes)s::text[], %(currencies)s::text[], %(amounts)s::bigint[]) l (purpose, currency, amount)
    JOIN gl_account g ON g.organisation_id = %(owner)s AND l.purpose = ANY(g.purposes)
    GROUP BY made.id, g.id, l.currency HAVING sum(l.amount) <> 0
    RETURNING journal_id"""
_POSTED: Final = f"SELECT {', '.join(POSTED.names or ())} FROM account_posted WHERE account = ANY(%s)"


def period_of(owner: int, day: date, *, using: str = "default") -> Open:
    """Return the open period that takes what is posted on ``day``: its month, or the first open one after it.

    Months are opened as they are needed.
    """
    said: dict[str, Any] = {"owner": owner, "day": day}  # Any: query parameters
    with connections[using].cursor() as cursor:
        cursor.execute(_OPEN, said)
        found = cursor.fetchone()
        while found is None:
            cursor.execute(_NEW_PERIOD, said)
            cursor.execute(_OPEN, said)
            found = cursor.fetchone()
    return Open(*found)


def have_accounts(owner: int, chart: Chart, *, using: str = "default") -> None:
    """Open the accounts of a chart for an organisation, as far as they are not there."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM gl_account WHERE organisation_id = %s", [owner])
        (there,) = cursor.fetchone()
        if there >= len(chart.accounts):
            return
        for each in chart.accounts:
            names = json.dumps(each.names._asdict())
            cursor.execute(_NEW_ACCOUNTS, [owner, each.code, each.kind.value, names, list(each.purposes)])


def write_journal(new: NewJournal, *, using: str = "default") -> int:
    """Write a journal with its lines and return its id; the database refuses one that does not balance."""
    said = {
        "owner": new.owner,
        "book_day": new.book_day,
        "period": new.period,
        "concerns": new.concerns,
        "account": new.account,
        "kind": new.kind,
        "why": new.why,
        "accounts": new.accounts,
        "made_at": new.made_at,
        "made_by": new.made_by,
        "source_ref": new.source_ref,
        "purposes": [line.purpose for line in new.lines],
        "currencies": [line.currency for line in new.lines],
        "amounts": [line.amount for line in new.lines],
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_JOURNAL, said)
        return int(cursor.fetchone()[0])


def posted_of(accounts: Ints, *, using: str = "default") -> Rows:
    """Return what is posted of ``accounts``, rows of `POSTED` by ascending account; one never posted is left out."""
    if len(accounts) <= answers.FEW:
        found = answers.prepared_rows(_POSTED, [accounts.tolist()], POSTED, using=using)
    else:
        found = copying.read(_POSTED, [accounts.tolist()], POSTED, using=using)
    return found[np.argsort(found["account"])]


def write_posted(rows: Rows, *, is_first: bool = False, using: str = "default") -> None:
    """Write what is posted of debts; ``is_first`` where none of them has a row and the role may copy."""
    if is_first:
        copying.write("account_posted", rows, using=using)
    elif len(rows):
        copying.merge("account_posted", rows, ("account",), using=using)


def closed_since(owner: int, day: date, *, using: str = "default") -> tuple[Closed, ...]:
    """Return the closed periods that end on ``day`` or later, the earliest first."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, from_on, until_on FROM period WHERE organisation_id = %s AND state = 'closed' "
            "AND until_on >= %s ORDER BY from_on",
            [owner, day],
        )
        return tuple(Closed(*row) for row in cursor.fetchall())


def first_open(owner: int, *, using: str = "default") -> Closed | None:
    """Return the earliest open period; None where no period was ever opened."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, from_on, until_on FROM period WHERE organisation_id = %s AND state = 'open' "
            "ORDER BY from_on LIMIT 1",
            [owner],
        )
        found = cursor.fetchone()
    return Closed(*found) if found else None


def close(period: int, *, now: datetime, staff: int | None, using: str = "default") -> None:
    """Mark a period as closed."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "UPDATE period SET state = 'closed', closed_at = %s, closed_by_id = %s WHERE id = %s", [now, staff, period]
        )


_RUNNING: Final = """
    SELECT p.account FROM account_position p JOIN account_posted s ON s.account = p.account
    WHERE p.organisation_id = %(owner)s AND s.as_of < %(day)s
        AND (p.charge_base_minor > 0 AND p.charge_rate_ppm > 0 OR p.principal_minor > 0 AND p.accrual_rate_ppm > 0)
    ORDER BY 1"""
#: Debts that were never posted, and those that a holder's hand brought up to date: it posts nothing for the owner.
_BEHIND: Final = """
    SELECT p.account FROM account_position p LEFT JOIN account_posted s ON s.account = p.account
    WHERE p.organisation_id = %(owner)s AND s.account IS NULL
    UNION
    SELECT t.account_id FROM touched t JOIN account_posted s ON s.account = t.account_id
    WHERE t.organisation_id = %(owner)s AND t.book_day >= %(since)s AND s.as_of < %(day)s
    ORDER BY 1"""


def running(owner: int, day: int, *, using: str = "night") -> Ints:
    """Return the debts of ``owner`` whose charges or interest ran until the epoch day ``day`` since posted last."""
    return _ids(_RUNNING, {"owner": owner, "day": day}, using)


def behind(owner: int, day: int, since: int, *, using: str = "night") -> Ints:
    """Return the debts of ``owner`` that may have more unposted than charges; marks count from book day ``since``."""
    return _ids(_BEHIND, {"owner": owner, "day": day, "since": since}, using)


def _ids(query: str, said: dict[str, Any], using: str) -> Ints:
    with connections[using].cursor() as cursor:
        cursor.execute(query, said)
        return np.array([row[0] for row in cursor.fetchall()], np.int64)


def purposes_of(gl_account: int, *, using: str = "default") -> tuple[str, ...]:
    """Return the purposes that are posted to an account of the books; none where there is no such account."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT purposes FROM gl_account WHERE id = %s", [gl_account])
        found = cursor.fetchone()
    return tuple(found[0]) if found else ()
