"""Money without a debt: what waits on bank statements, and what the books say of it."""

from typing import Final

from django.db import connections

from arrears.store.locks import lock_suspense, share_book
from arrears.store.tables.statement import IN_SUSPENSE

#: Of a line that waits with parts of it on debts already, the rest.
_WAITING: Final = """
    SELECT l.currency, sum(l.amount_minor - coalesce(m.matched, 0)) FROM statement_line l LEFT JOIN LATERAL (
        SELECT sum(amount_minor) AS matched FROM line_match
        WHERE line_id = l.id AND undone_at IS NULL AND how <> 'return'
    ) m ON true
    WHERE l.organisation_id = %s AND l.state = ANY(%s) AND l.amount_minor > 0 GROUP BY l.currency"""
_POSTED: Final = """
    SELECT l.currency, -sum(l.amount_minor) FROM journal_line l JOIN gl_account g ON g.id = l.gl_account_id
    WHERE g.organisation_id = %s AND 'suspense' = ANY(g.purposes) GROUP BY l.currency"""


def hold(owner: int, *, using: str) -> None:
    """Let nobody else post suspense until the transaction ends.

    The book day is held first, as by whoever posts a payment: two hands never wait for each other crosswise.
    """
    share_book(owner, using=using)
    lock_suspense(owner, using=using)


def waiting(owner: int, *, using: str) -> dict[str, int]:
    """Return what waits for a debt, by currency."""
    return _sums(_WAITING, [owner, list(IN_SUSPENSE)], using)


def posted(owner: int, *, using: str) -> dict[str, int]:
    """Return what the books hold in suspense, by currency."""
    return _sums(_POSTED, [owner], using)


def _sums(query: str, said: list[int | list[str]], using: str) -> dict[str, int]:
    with connections[using].cursor() as cursor:
        cursor.execute(query, said)
        return {code: int(amount) for code, amount in cursor.fetchall() if amount}
