"""The book day: stamped while held together, closed while held alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def post(people: Any, day: int, ref: str, account: int | None = None) -> None:
    with connections["night"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO entry (organisation_id, account_id, kind, value_date, book_day, amount_minor, source_kind, "
            "source_ref) VALUES (%s, %s, 80, %s, %s, 100, 'race', %s)",
            [people.lender, account or people.kept, MONDAY, day, ref],
        )


def test_the_first_day_is_one_and_closing_opens_the_next(people: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    with scope(people.lender, None, using="night"):
        assert bookday.opened(people.lender, using="night") == bookday.OpenDay(1, MONDAY)
        assert bookday.stamp(people.lender, using="night").day == 1
        fresh = bookday.close(people.lender, MONDAY + timedelta(days=1), now=NOW, using="night")
        assert fresh == bookday.OpenDay(2, date(2026, 3, 3))
        assert bookday.stamp(people.lender, using="night") == fresh


def test_opening_a_first_day_again_changes_nothing(people: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    with scope(people.lender, None, using="night"):
        again = bookday.open_first(people.lender, date(2020, 1, 1), now=NOW, using="night")
    assert again == bookday.OpenDay(1, MONDAY)


@pytest.mark.parametrize("days", [0, -1])
def test_the_next_day_is_a_later_one(people: Any, days: int) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    with scope(people.lender, None, using="night"), pytest.raises(ValueError, match="is not after"):
        bookday.close(people.lender, MONDAY + timedelta(days=days), now=NOW, using="night")


def test_a_stranger_finds_no_open_day(people: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    with scope(people.hostile, None, today=MONDAY), pytest.raises(bookday.NoBookDayError):
        bookday.stamp(people.lender)


def test_a_holder_stamps_the_owners_day(people: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    with scope(people.agency, people.bob, today=MONDAY):
        assert bookday.stamp(people.lender).day == 1


@pytest.mark.parametrize("day", [1, 3])
def test_the_database_takes_no_entry_for_a_day_that_is_not_open(people: Any, day: int) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    with scope(people.lender, None, using="night"):
        bookday.close(people.lender, MONDAY + timedelta(days=1), now=NOW, using="night")
    with pytest.raises(DatabaseError, match="is not open"):
        post(people, day, "late")
    post(people, 2, "in time")


def test_touching_marks_each_account_once_on_its_own_owners_day(people: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    with scope(people.bank, None, using="night"):
        bookday.close(people.bank, MONDAY + timedelta(days=1), now=NOW, using="night")
    with scope(people.lender, None, using="night"):
        for _ in range(2):
            bookday.touch([people.kept, people.placed, people.other], using="night")
    with connections["night"].cursor() as cursor:
        cursor.execute("SELECT account_id, book_day FROM touched ORDER BY account_id")
        assert cursor.fetchall() == [(people.placed, 1), (people.kept, 1), (people.other, 2)]


def test_closing_waits_for_a_writer_who_has_stamped(people: Any, cluster: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    closed = Event()

    def close_day() -> None:
        with scope(people.lender, None, using="night"):
            bookday.close(people.lender, MONDAY + timedelta(days=1), now=NOW, using="night")
        closed.set()
        connections.close_all()

    with ThreadPoolExecutor(1) as other:
        with scope(people.lender, None, using="night"):
            day = bookday.stamp(people.lender, using="night").day
            closing = other.submit(close_day)
            wait_for_a_waiter(cluster)
            assert not closed.is_set()
            post(people, day, "before the close")
        closing.result()
    with connections["night"].cursor() as cursor:
        cursor.execute("SELECT book_day FROM entry")
        assert cursor.fetchall() == [(1,)]


def wait_for_a_waiter(cluster: Any) -> None:
    """Return once some session of this database waits for a lock."""
    name = connections["night"].settings_dict["NAME"]
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
        while admin.execute(waiting, [name]).fetchone() is None:
            pass


def test_eight_writers_and_a_closer_lose_nothing_and_write_into_no_closed_day(people: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    writers, posts, closes = 8, 25, 12
    after_close: list[tuple[int, int]] = []

    def write(writer: int) -> None:
        for number in range(posts):
            with scope(people.lender, None, using="night"):
                day = bookday.stamp(people.lender, using="night").day
                post(people, day, f"{writer}-{number}")
                bookday.touch([people.kept], using="night")
        connections.close_all()

    def close_days() -> None:
        for number in range(closes):
            with scope(people.lender, None, using="night"):
                fresh = bookday.close(people.lender, MONDAY + timedelta(days=number + 1), now=NOW, using="night")
            after_close.append((fresh.day - 1, entries_up_to(fresh.day - 1)))
        connections.close_all()

    with ThreadPoolExecutor(writers + 1) as pool:
        for work in [pool.submit(close_days), *(pool.submit(write, writer) for writer in range(writers))]:
            work.result()
    with connections["night"].cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT source_ref) FROM entry")
        assert cursor.fetchone() == (writers * posts, writers * posts)
        cursor.execute("SELECT DISTINCT book_day FROM entry EXCEPT SELECT book_day FROM touched")
        assert cursor.fetchall() == []
    assert [(day, entries_up_to(day)) for day, _ in after_close] == after_close


def entries_up_to(day: int) -> int:
    with connections["night"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entry WHERE book_day <= %s", [day])
        return int(cursor.fetchone()[0])


def test_a_day_held_inside_what_was_undone_is_held_again_by_the_next_writer(people: Any) -> None:
    from arrears.store import bookday
    from arrears.store.scope import scope

    def locks_held() -> int:
        with connections["night"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            return int(cursor.fetchone()[0])

    with scope(people.lender, None, using="night"):
        with transaction.atomic(using="night"):
            bookday.stamp(people.lender, using="night")
            assert locks_held() == 1
            transaction.set_rollback(True, using="night")
        assert locks_held() == 0
        bookday.stamp(people.lender, using="night")
        assert locks_held() == 1


def test_a_lock_outside_a_transaction_is_refused(people: Any) -> None:
    from arrears.store.locks import lock_person

    with pytest.raises(RuntimeError, match="outside a transaction"):
        lock_person(people.kept_debtor)
    with transaction.atomic():
        lock_person(people.kept_debtor)
