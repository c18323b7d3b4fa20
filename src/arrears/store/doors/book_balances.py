"""What the books say: balances of accounts, journals and their lines, and what debts stand behind an account."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import connections

from arrears.engine.books.purposes import OF_DEBTS


class Balance(NamedTuple):
    """An account of the books in one currency: debits, credits (above zero both) and the balance, minor units."""

    gl_account: int
    code: str
    kind: str
    names: dict[str, str]
    currency: str
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """Return debits less credits."""
        return self.debit - self.credit


class PeriodShown(NamedTuple):
    """A period as it stands, with how many journals it has and how many of these set an earlier one right."""

    id: int
    from_on: date
    until_on: date
    state: str
    closed_at: datetime | None
    closed_by: str
    journals: int
    adjusting: int


class JournalShown(NamedTuple):
    """A journal on one account of the books: what it moved there, in which period, and which one it concerns."""

    id: int
    made_at: datetime
    book_day: int
    business_date: date
    kind: str
    why: str
    accounts: int
    account: int | None
    number: str
    period_from: date
    concerns_from: date | None
    concerns_until: date | None
    made_by: str
    amount: int
    currency: str


class LineShown(NamedTuple):
    """A line of a journal."""

    gl_account: int
    code: str
    names: dict[str, str]
    currency: str
    amount: int


class DebtShown(NamedTuple):
    """A debt behind an account of the books, and its part of the balance."""

    account: int
    number: str
    name: str
    currency: str
    amount: int


_BALANCES: Final = """
    SELECT g.id, g.code, g.kind, g.names, l.currency,
        sum(l.amount_minor) FILTER (WHERE l.amount_minor > 0), -sum(l.amount_minor) FILTER (WHERE l.amount_minor < 0)
    FROM journal_line l JOIN gl_account g ON g.id = l.gl_account_id JOIN journal j ON j.id = l.journal_id
    JOIN period p ON p.id = j.period_id
    WHERE g.organisation_id = %(owner)s AND (%(until)s::date IS NULL OR p.from_on <= %(until)s)
        AND (%(since)s::date IS NULL OR p.from_on >= %(since)s)
    GROUP BY g.id, l.currency ORDER BY l.currency, g.code"""


def balances(
    owner: int, *, since: date | None = None, until: date | None = None, using: str = "default"
) -> tuple[Balance, ...]:
    """Return the accounts of the books with anything on them, by currency and code.

    ``since`` and ``until`` keep to periods that begin between them, both included.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_BALANCES, {"owner": owner, "since": since, "until": until})
        rows = cursor.fetchall()
    return tuple(
        Balance(gl, code, kind, json.loads(names), in_, int(debit or 0), int(credit or 0))
        for gl, code, kind, names, in_, debit, credit in rows
    )


def periods(owner: int, *, using: str = "default") -> tuple[PeriodShown, ...]:
    """Return the periods of the books, the latest first."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.from_on, p.until_on, p.state, p.closed_at, coalesce(s.full_name, ''), "
            "(SELECT count(*) FROM journal j WHERE j.period_id = p.id), "
            "(SELECT count(*) FROM journal j WHERE j.period_id = p.id AND j.concerns_id IS NOT NULL) "
            "FROM period p LEFT JOIN staff s ON s.id = p.closed_by_id "
            "WHERE p.organisation_id = %s ORDER BY p.from_on DESC",
            [owner],
        )
        return tuple(PeriodShown(*row) for row in cursor.fetchall())


_JOURNALS: Final = """
    SELECT j.id, j.made_at, j.book_day, d.business_date, j.kind, j.why, j.accounts, j.account_id,
        coalesce(a.number, ''), p.from_on, c.from_on, c.until_on, coalesce(s.full_name, ''),
        l.amount_minor, l.currency
    FROM journal j JOIN period p ON p.id = j.period_id
    JOIN book_day d ON d.organisation_id = j.organisation_id AND d.day = j.book_day
    JOIN journal_line l ON l.journal_id = j.id
    LEFT JOIN period c ON c.id = j.concerns_id LEFT JOIN account a ON a.id = j.account_id
    LEFT JOIN staff s ON s.id = j.made_by_id
    WHERE j.organisation_id = %(owner)s AND {which} AND (%(below)s::bigint IS NULL OR j.id < %(below)s)
    ORDER BY j.id DESC, l.currency LIMIT %(most)s"""


def journals_of(
    owner: int, gl_account: int, currency: str, *, below: int | None = None, most: int = 50, using: str = "default"
) -> tuple[JournalShown, ...]:
    """Return the newest journals that moved an account of the books, older than the journal ``below``."""
    said: dict[str, Any] = {"owner": owner, "gl": gl_account, "currency": currency, "below": below, "most": most}
    with connections[using].cursor() as cursor:
        cursor.execute(_JOURNALS.format(which="l.gl_account_id = %(gl)s AND l.currency = %(currency)s"), said)
        return tuple(JournalShown(*row) for row in cursor.fetchall())


def journal(owner: int, number: int, *, using: str = "default") -> tuple[JournalShown, tuple[LineShown, ...]] | None:
    """Return a journal and its lines; None where there is none that we may see."""
    said: dict[str, Any] = {"owner": owner, "journal": number, "below": None, "most": 1}
    with connections[using].cursor() as cursor:
        cursor.execute(_JOURNALS.format(which="j.id = %(journal)s"), said)
        found = cursor.fetchone()
        if found is None:
            return None
        cursor.execute(
            "SELECT g.id, g.code, g.names, l.currency, l.amount_minor FROM journal_line l "
            "JOIN gl_account g ON g.id = l.gl_account_id WHERE l.journal_id = %s ORDER BY l.currency, g.code",
            [number],
        )
        lines = cursor.fetchall()
    return JournalShown(*found), tuple(
        LineShown(gl, code, json.loads(names), currency, amount) for gl, code, names, currency, amount in lines
    )


def debts_of(
    owner: int, purposes: Sequence[str], currency: str, *, after: int = 0, most: int = 50, using: str = "default"
) -> tuple[DebtShown, ...]:
    """Return debts with anything posted on ``purposes``, by ascending account, past the account ``after``."""
    amount = " + ".join(f"s.{name}_minor" for name in purposes if name in OF_DEBTS)
    if not amount:
        return ()
    return _debts(f"({amount}) <> 0 AND a.currency = %(currency)s", amount, owner, currency, after, most, using)


def debts_in(
    owner: int, journal_id: int, *, after: int = 0, most: int = 50, using: str = "default"
) -> tuple[DebtShown, ...]:
    """Return the debts whose latest posting is a journal; one that was posted again since stands in the later one."""
    principal = "s.principal_minor + s.interest_minor + s.fees_minor + s.charges_minor"
    return _debts(f"s.journal_id = {int(journal_id)}", principal, owner, "", after, most, using)


def _debts(
    which: str, amount: str, owner: int, currency: str, after: int, most: int, using: str
) -> tuple[DebtShown, ...]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT s.account, a.number, p.full_name, a.currency, {amount} FROM account_posted s "
            "JOIN account a ON a.id = s.account JOIN person p ON p.id = a.person_id "
            f"WHERE s.organisation_id = %(owner)s AND s.account > %(after)s AND {which} "
            "ORDER BY s.account LIMIT %(most)s",
            {"owner": owner, "currency": currency, "after": after, "most": most},
        )
        return tuple(DebtShown(*row) for row in cursor.fetchall())


def sub_ledger(owner: int, *, using: str = "default") -> dict[tuple[str, str], int]:
    """Return the sum of what is posted of all debts, by purpose and currency; what adds up to nothing is left out."""
    sums = ", ".join(f"sum(s.{name}_minor)" for name in OF_DEBTS)
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT a.currency, {sums} FROM account_posted s JOIN account a ON a.id = s.account "
            "WHERE s.organisation_id = %s GROUP BY a.currency",
            [owner],
        )
        rows = cursor.fetchall()
    return {(n, row[0]): int(v) for row in rows for n, v in zip(OF_DEBTS, row[1:], strict=True) if v}


def general_ledger(owner: int, *, using: str = "default") -> dict[tuple[tuple[str, ...], str], int]:
    """Return the balances by the purposes of each account of the books and currency; empty ones are left out."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT g.purposes, l.currency, sum(l.amount_minor) FROM journal_line l "
            "JOIN gl_account g ON g.id = l.gl_account_id WHERE g.organisation_id = %s GROUP BY g.id, l.currency",
            [owner],
        )
        return {(tuple(purposes), currency): int(v) for purposes, currency, v in cursor.fetchall() if v}


class LineOfBooks(NamedTuple):
    """A line as an export needs it: its journal, dates, account, amount."""

    journal: int
    business_date: date
    period_from: date
    concerns_from: date | None
    kind: str
    why: str
    number: str
    accounts: int
    code: str
    gl_kind: str
    names: dict[str, str]
    currency: str
    amount: int


_LINES: Final = """
    SELECT j.id, d.business_date, p.from_on, c.from_on, j.kind, j.why, coalesce(a.number, ''), j.accounts,
        g.code, g.kind, g.names, l.currency, l.amount_minor
    FROM journal j JOIN period p ON p.id = j.period_id
    JOIN book_day d ON d.organisation_id = j.organisation_id AND d.day = j.book_day
    JOIN journal_line l ON l.journal_id = j.id JOIN gl_account g ON g.id = l.gl_account_id
    LEFT JOIN period c ON c.id = j.concerns_id LEFT JOIN account a ON a.id = j.account_id
    WHERE j.organisation_id = %(owner)s AND j.id > %(after)s
        AND (%(since)s::date IS NULL OR p.from_on >= %(since)s) AND (%(until)s::date IS NULL OR p.from_on <= %(until)s)
        AND j.id <= %(last)s
    ORDER BY j.id, l.currency, g.code"""


def lines_of_books(
    owner: int, *, since: date | None = None, until: date | None = None, using: str = "default"
) -> Iterator[LineOfBooks]:
    """Yield every line of the books in the order of journals, read in blocks, so that memory stays flat."""
    after = 0
    while True:
        with connections[using].cursor() as cursor:
            cursor.execute(
                "SELECT max(id) FROM (SELECT id FROM journal WHERE organisation_id = %s AND id > %s "
                "ORDER BY id LIMIT 5000) block",
                [owner, after],
            )
            (last,) = cursor.fetchone()
            if last is None:
                return
            cursor.execute(_LINES, {"owner": owner, "after": after, "last": last, "since": since, "until": until})
            rows = cursor.fetchall()
        for row in rows:
            yield LineOfBooks._make((*row[:10], json.loads(row[10]), *row[11:]))
        after = int(last)
