"""The book day: the number by which the book knows when something became known.

Writers stamp the open day's number while holding the day together; closing holds it alone, so it waits for them, and
who comes later finds the next day open. A late commit can therefore never slip into a day that was closed, and what
was known on a day stays answerable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connections

from arrears.store import answers, held
from arrears.store.locks import lock_book, share_book


@dataclass(frozen=True, slots=True)
class OpenDay:
    """The open book day of an organisation: its number, and the business date its owner calls it by."""

    day: int
    business_date: date


class NoBookDayError(RuntimeError):
    """The organisation has no open book day, or the caller may not see it."""


def opened(organisation_id: int, *, using: str = "default") -> OpenDay | None:
    """Return the open day, or None before the first. Good for showing; a writer asks `stamp`."""
    found = answers.prepared(
        "SELECT day, business_date FROM book_day WHERE organisation_id = %s AND closed_at IS NULL",
        [organisation_id],
        using=using,
    )
    return OpenDay(*found[0]) if found else None


def began_at(organisation_id: int, *, using: str = "default") -> datetime | None:
    """Return the instant at which the organisation's first book day was opened; None before that."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT opened_at FROM book_day WHERE organisation_id = %s ORDER BY day LIMIT 1", [organisation_id]
        )
        found = cursor.fetchone()
    return found[0] if found else None


def stamp(organisation_id: int, *, using: str = "default") -> OpenDay:
    """Hold the open day until the transaction ends, and return it for writing onto entries, marks and events.

    Raises :class:`NoBookDayError` where none is open.
    """
    name = f"open day {organisation_id}"
    known: OpenDay | None = held.recalled(name, using)
    if known is not None:
        return known
    share_book(organisation_id, using=using)
    # A statement of its own: the one that waited for the lock still sees the book as it was before the wait.
    found = opened(organisation_id, using=using)
    if found is None:
        raise NoBookDayError(f"organisation {organisation_id} has no open book day that we may see")
    held.keep(name, found, using)
    return found


def open_first(organisation_id: int, business_date: date, *, now: datetime, using: str = "default") -> OpenDay:
    """Open day 1; where a day is open already, return that one."""
    lock_book(organisation_id, using=using)
    if found := opened(organisation_id, using=using):
        return found
    return _open(organisation_id, 1, business_date, now, using)


def close(organisation_id: int, next_date: date, *, now: datetime, using: str = "default") -> OpenDay:
    """Close the open day once its writers have committed, open the next for ``next_date``, and return the next.

    Raises :class:`NoBookDayError` where none is open and ValueError where ``next_date`` is not later.
    """
    lock_book(organisation_id, using=using)
    held.forget(f"open day {organisation_id}", using)
    closing = opened(organisation_id, using=using)
    if closing is None:
        raise NoBookDayError(f"organisation {organisation_id} has no open book day that we may see")
    if next_date <= closing.business_date:
        raise ValueError(f"{next_date} is not after {closing.business_date}, the date of the open book day")
    with connections[using].cursor() as cursor:
        cursor.execute(
            "UPDATE book_day SET closed_at = %s WHERE organisation_id = %s AND day = %s",
            [now, organisation_id, closing.day],
        )
    return _open(organisation_id, closing.day + 1, next_date, now, using)


def _open(organisation_id: int, day: int, business_date: date, now: datetime, using: str) -> OpenDay:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO book_day (organisation_id, day, business_date, opened_at) VALUES (%s, %s, %s, %s)",
            [organisation_id, day, business_date, now],
        )
    return OpenDay(day, business_date)


_TOUCH = """
    INSERT INTO touched (organisation_id, book_day, account_id)
    SELECT a.organisation_id, d.day, a.id
    FROM account a JOIN book_day d ON d.organisation_id = a.organisation_id AND d.closed_at IS NULL
    WHERE a.id = ANY(%s::bigint[])
    ON CONFLICT DO NOTHING"""


_OWNERS = "SELECT DISTINCT organisation_id FROM account WHERE id = ANY(%s::bigint[]) ORDER BY 1"


def share_books_of(account_ids: list[int], *, using: str = "default") -> list[int]:
    """Hold the book days of the accounts' owners together with other writers; return the owners, ascending."""
    owners = [owner for (owner,) in answers.asked(_OWNERS, [account_ids], len(account_ids), using=using)]
    for owner in owners:
        share_book(owner, using=using)
    return owners


def touch(account_ids: Iterable[int], *, is_held: bool = False, using: str = "default") -> None:
    """Mark accounts as touched on their owner's open day, held by this transaction; the night reads the marks.

    ``is_held`` says that the book days are held already, as by whoever holds the positions of these accounts.
    """
    ids = sorted({int(account) for account in account_ids})
    if not is_held:
        share_books_of(ids, using=using)
    answers.asked(_TOUCH, [ids], len(ids), using=using)
