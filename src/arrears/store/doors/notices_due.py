"""Debts of which the law waits for a notice: before the first contact, or so long after a day that is known of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connections

from arrears.domain.entries import EntryKind
from arrears.domain.notices import TOLD_OF, NoticeKind
from arrears.store.standing import STANDS

Expected = tuple[int, int, str, str]
"""Account, person, number of the account and name of the person: its main debtor, and each who owes it with them."""

_BEFORE_CONTACT: Final = """
    SELECT a.id, p.id, a.number, p.full_name
    FROM account a
    JOIN account_party t ON t.account_id = a.id AND t.until_on IS NULL
         AND (t.person_id = a.person_id OR (t.role = 'co_obligor' AND t.disclosure_basis = 'liable'))
    JOIN person p ON p.id = t.person_id
    WHERE a.status IN ('open', 'written_off') AND (%(fact)s::text IS NULL OR a.facts -> %(fact)s = 'true'::jsonb)
      AND (a.country = ANY(%(countries)s) OR p.country = ANY(%(countries)s))
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.kind = %(kind)s
                      AND n.dropped_at IS NULL AND n.undeliverable_at IS NULL
                      AND (n.accounts = '{}' OR a.id = ANY(n.accounts)))
    ORDER BY a.id, p.id LIMIT %(most)s"""


def before_contact(
    kind: NoticeKind, fact: str | None, countries: Sequence[str], *, most: int, using: str = "default"
) -> tuple[Expected, ...]:
    """Return the debts with ``fact`` (None: whatever is known of them) in ``countries`` and no notice of ``kind``."""
    asked = {"kind": kind.value, "fact": fact, "countries": list(countries), "most": most}
    with connections[using].cursor() as cursor:
        cursor.execute(_BEFORE_CONTACT, asked)
        return tuple(cursor.fetchall())


_UNTOLD_FEE: Final = f"""
    SELECT 1 FROM entry e WHERE e.account_id = a.id AND e.kind = %(fee)s AND {STANDS}
       AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.kind = %(kind)s AND n.sent_at IS NOT NULL
                       AND n.undeliverable_at IS NULL AND (n.accounts = '{{}}' OR a.id = ANY(n.accounts))
                       AND n.facts -> '{TOLD_OF}' @> to_jsonb(e.id))"""

_SINCE_FACT: Final = f"""
    SELECT a.id, p.id, a.number, p.full_name, a.facts ->> %(fact)s
    FROM account a
    JOIN account_party t ON t.account_id = a.id AND t.until_on IS NULL
         AND (t.person_id = a.person_id OR (t.role = 'co_obligor' AND t.disclosure_basis = 'liable'))
    JOIN person p ON p.id = t.person_id
    LEFT JOIN account_position pos ON pos.account = a.id
    WHERE a.status IN ('open', 'written_off')
      AND (a.facts ->> %(fact)s IS NOT NULL
           OR pos.oldest_unpaid_day < %(behind_before)s
           OR (%(with_fees)s AND EXISTS ({_UNTOLD_FEE})))
      AND (a.country = ANY(%(countries)s) OR p.country = ANY(%(countries)s))
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.kind = %(kind)s
                      AND n.dropped_at IS NULL AND n.undeliverable_at IS NULL
                      AND (n.accounts = '{{}}' OR a.id = ANY(n.accounts))
                      AND (n.sent_at IS NULL OR n.sent_at > coalesce(%(sent_after)s, '-infinity'::timestamptz)))
    ORDER BY 5 NULLS LAST, pos.oldest_unpaid_day, a.id, p.id LIMIT %(most)s"""


def since_fact(
    kind: NoticeKind,
    fact: str,
    countries: Sequence[str],
    *,
    sent_after: datetime | None,
    behind_before: int | None = None,
    with_fees: bool = False,
    most: int,
    using: str = "default",
) -> tuple[Expected, ...]:
    """Return the debts of which the day ``fact`` is known, the oldest day first, then those behind the longest.

    Those whose oldest unpaid instalment fell due before the epoch day ``behind_before`` as well, where it is given,
    and ``with_fees`` those to which a fee was charged of which no notice of ``kind`` that went and stands tells.
    Left out are those whose notice of ``kind`` waits to go, or went after ``sent_after`` (None: ever) and stands.
    """
    asked = {
        "kind": kind.value,
        "fact": fact,
        "countries": list(countries),
        "sent_after": sent_after,
        "behind_before": behind_before,
        "with_fees": with_fees,
        "fee": int(EntryKind.FEE),
        "most": most,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_SINCE_FACT, asked)
        return tuple(row[:4] for row in cursor.fetchall())


_BEHIND: Final = """
    SELECT a.id, p.id, a.number, p.full_name
    FROM account a JOIN person p ON p.id = a.person_id JOIN account_position pos ON pos.account = a.id
    WHERE a.status IN ('open', 'written_off') AND pos.oldest_unpaid_day < %(before_day)s
      AND (a.country = ANY(%(countries)s) OR p.country = ANY(%(countries)s))
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.kind = %(kind)s
                      AND n.dropped_at IS NULL AND n.undeliverable_at IS NULL AND a.id = ANY(n.accounts)
                      AND (n.sent_at IS NULL OR n.sent_at > %(sent_after)s))
    ORDER BY pos.oldest_unpaid_day, a.id LIMIT %(most)s"""


def behind(
    kind: NoticeKind,
    countries: Sequence[str],
    *,
    sent_after: datetime,
    before_day: int,
    most: int,
    using: str = "default",
) -> tuple[Expected, ...]:
    """Return the debts that are behind since before an epoch day, the longest first, with their main debtors.

    Left out are those to whose debtor a notice of ``kind`` waits to go, or went after ``sent_after`` and stands.
    """
    asked = {
        "kind": kind.value,
        "countries": list(countries),
        "sent_after": sent_after,
        "before_day": before_day,
        "most": most,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_BEHIND, asked)
        return tuple(cursor.fetchall())


def of_numbers(numbers: Sequence[str], *, using: str = "default") -> dict[str, tuple[int, ...]]:
    """Return the debts that the scope sees of these account numbers, by number: each creditor has its own numbers."""
    found: dict[str, tuple[int, ...]] = {}
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT number, id FROM account WHERE number = ANY(%s) ORDER BY id", [list(numbers)])
        for number, account in cursor.fetchall():
            found[number] = (*found.get(number, ()), account)
    return found


def numbers(accounts: Sequence[int], *, using: str = "default") -> dict[int, str]:
    """Return the account numbers of the debts that the scope sees."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT id, number FROM account WHERE id = ANY(%s)", [list(accounts)])
        return dict(cursor.fetchall())
