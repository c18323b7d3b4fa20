"""What time alone makes due: promises to be judged, positions to be looked at again."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
from django.db import connections

from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.store import copying
from arrears.store.layouts import POSITION_ROW

Ints = npt.NDArray[np.int64]
_ACCOUNT = np.dtype([("account", "<i8")])


def promises_to_judge(organisation: int, on: date, *, using: str = "night") -> Ints:
    """Return the accounts with promises that fell due before ``on`` and are not judged for good, ascending."""
    return _accounts(
        "SELECT DISTINCT account_id FROM promise WHERE organisation_id = %s AND due_on < %s "
        "AND state IN ('open', 'provisional') ORDER BY account_id",
        [organisation, on],
        using,
    )


def positions_to_renew(organisation: int, on: date, *, using: str = "night") -> Ints:
    """Return the accounts whose position is to be looked at by ``on``, ascending."""
    return _accounts(
        "SELECT account FROM account_position WHERE organisation_id = %s AND look_again_on <= %s ORDER BY account",
        [organisation, epoch_day(on)],
        using,
    )


def every_nth_account(organisation: int, nth: int, turn: int, *, using: str = "night") -> Ints:
    """Return every ``nth`` account by id, beginning with ``turn``: 1 for all; another turn, other accounts."""
    return _accounts(
        "SELECT account FROM account_position WHERE organisation_id = %s AND (account + %s) %% %s = 0 ORDER BY account",
        [organisation, turn, nth],
        using,
    )


def numbers_of(accounts: Sequence[int], *, using: str = "night") -> list[str]:
    """Return the numbers by which people know these accounts, ascending."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT number FROM account WHERE id = ANY(%s) ORDER BY number", [list(accounts)])
        return [str(row[0]) for row in cursor.fetchall()]


def _accounts(query: str, values: list[object], using: str) -> Ints:
    return copying.read(query, values, _ACCOUNT, using=using)["account"]


_DROPPED = """
    SELECT count(*) FILTER (WHERE d.account_id IS NULL),
           count(*) FILTER (WHERE d.next_on = %s AND d.next_action <> 0),
           count(*) FILTER (WHERE d.next_on < %s)
    FROM account a
    LEFT JOIN (SELECT DISTINCT ON (account_id) account_id, next_on, next_action FROM decision
               WHERE organisation_id = %s AND on_day BETWEEN %s AND %s
               ORDER BY account_id, on_day DESC, decided_at DESC) d ON d.account_id = a.id
    WHERE a.organisation_id = %s AND a.status = 'open'"""


def dropped(organisation: int, on: date, *, since_day: int, using: str = "night") -> dict[str, int]:
    """Return how many open accounts have no decision, no dated next action, or one that is overdue on ``on`` (P20)."""
    day = epoch_day(on)
    with connections[using].cursor() as cursor:
        cursor.execute(_DROPPED, [NO_DATE, day, organisation, since_day, day, organisation])
        undecided, undated, overdue = cursor.fetchone()
    return {"undecided": undecided, "undated": undated, "overdue": overdue}


def stored_positions(accounts: Ints, *, using: str = "night") -> npt.NDArray[np.void]:
    """Return the rows of ``POSITION_ROW`` that stand in the book for ``accounts``, ascending by account."""
    query = copying.table_query("account_position", POSITION_ROW, "account = ANY(%s) ORDER BY account")
    return copying.read(query, [accounts.tolist()], POSITION_ROW, using=using)
