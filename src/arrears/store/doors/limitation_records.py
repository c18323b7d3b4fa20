"""What the book knows of a debt's limitation: default, charge-off, payments that count, and what was said besides."""

from collections.abc import Mapping, Sequence
from datetime import date
from json import loads
from typing import Any, Final, NamedTuple

from django.db import connections

from arrears.domain.entries import CASH_KINDS, EntryKind
from arrears.store.standing import STANDS


class CourseRow(NamedTuple):
    """One account: its main debtor, its owner, its days, and its facts as they were said."""

    account: int
    person: int
    owner: int
    default_on: date | None
    charged_off_on: date | None
    payments: tuple[date, ...]
    facts: Mapping[str, Any]  # JSON


_ROWS: Final = f"""
    SELECT a.id, a.person_id, a.organisation_id, a.default_on, a.facts,
        (SELECT min(e.value_date) FROM entry e WHERE e.account_id = a.id AND e.kind = %s AND {STANDS}),
        (SELECT array_agg(DISTINCT e.value_date) FROM entry e
         WHERE e.account_id = a.id AND e.kind = ANY(%s) AND {STANDS})
    FROM account a WHERE a.id = ANY(%s)"""


def course_rows(accounts: Sequence[int], *, using: str = "default") -> dict[int, CourseRow]:
    """Return the rows of those accounts that the scope sees, by account."""
    with connections[using].cursor() as cursor:
        cursor.execute(_ROWS, [int(EntryKind.CHARGE_OFF), [int(kind) for kind in CASH_KINDS], list(accounts)])
        found = cursor.fetchall()
    return {row[0]: _course_row(row) for row in found}


def _course_row(row: Sequence[Any]) -> CourseRow:  # Any: a row of the driver
    account, person, owner, default_on, facts, charged_off_on, payments = row
    said = loads(facts) if isinstance(facts, str) else facts
    return CourseRow(account, person, owner, default_on, charged_off_on, tuple(payments or ()), said)
