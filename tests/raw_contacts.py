"""Permits and attempts as somebody would write them who speaks SQL and asks no gate; all of it is undone."""

import contextlib
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connections, transaction
from tests.message_desk import Desk

HEARD = {"rule": "core.night", "effect": "allows", "answer": "allow"}
"""A rule that was heard and let go, as a permit keeps it."""


@contextlib.contextmanager
def sql(desk: Desk, using: str) -> Iterator[Any]:
    """SQL as a role, inside the lender's scope; all of it is undone."""
    from arrears.store.scope import scope

    with scope(desk.book.lender, None, today=desk.now.date(), using=using), connections[using].cursor() as cursor:
        yield cursor
        transaction.set_rollback(True, using=using)


def issued(desk: Desk, loan: Any, **other: Any) -> dict[str, Any]:
    """The columns of a permit to e-mail the debtor of a loan."""
    return {
        "organisation_id": desk.book.lender, "by_organisation_id": desk.book.lender, "person_id": loan.person,
        "accounts": [loan.account], "contact_point_id": desk.points[loan.person], "role": "debtor", "channel": "email",
        "address": f"p{loan.person}@debtor.example", "template": "arrears_reminder", "words_digest": "d", "purpose": "collect",
        "verdict": "allow", "reasons": json.dumps([HEARD]), "pack_version": "2026.3+0123456789ab", "issued_at": desk.now,
        "expires_at": desk.now + timedelta(minutes=5), **other,
    }  # fmt: skip


def tried(desk: Desk, loan: Any, permit: int | None, **other: Any) -> dict[str, Any]:
    """The columns of an attempt that is exactly what that permit is for."""
    same = ("organisation_id", "by_organisation_id", "person_id", "contact_point_id", "role", "channel", "address",
        "template", "words_digest", "purpose")  # fmt: skip
    found = {name: issued(desk, loan)[name] for name in same}
    return {
        **found, "permit_id": permit, "origin": "outbound", "direction": "to_person", "started_at": desk.now,
        "book_day": 1, "source_kind": "test", "source_ref": "1", "outcome": "started", **other,
    }  # fmt: skip


def add(cursor: Any, table: str, row: dict[str, Any]) -> int:
    holes = ", ".join(["%s"] * len(row))
    cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({holes}) RETURNING id", list(row.values()))
    return int(cursor.fetchone()[0])


def about(desk: Desk, cursor: Any, attempt: int, account: int) -> None:
    cursor.execute(
        "INSERT INTO attempt_account (organisation_id, by_organisation_id, account_id, attempt_id) "
        "VALUES (%s, %s, %s, %s)",
        [desk.book.lender, desk.book.lender, account, attempt],
    )


def at_the_end(cursor: Any) -> None:
    """Let the database ask now what it asks when a transaction ends."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def settled(cursor: Any, desk: Desk, permit: int, state: str) -> None:
    """Note what became of a permit."""
    cursor.execute("UPDATE permit SET state = %s, settled_at = %s WHERE id = %s", [state, desk.now, permit])
