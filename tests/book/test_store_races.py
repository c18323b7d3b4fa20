"""Many connections at once: a person has one collector."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

from django.db import connections

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
TAKERS = 32


def test_a_person_is_held_for_one_collector(people: Any) -> None:
    from arrears.store.doors.work_holds import hold_person
    from arrears.store.scope import scope

    start = Barrier(2)

    def ask(staff: int) -> bool:
        try:
            start.wait()
            with scope(people.lender, staff):
                return hold_person(people.kept_debtor, staff, now=NOW, until=NOW + timedelta(minutes=10))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            assert sorted(pool.map(ask, [people.alice, people.dora])) == [False, True]
            with connections["night"].cursor() as cursor:
                cursor.execute("DELETE FROM work_hold")


def test_the_owner_and_its_agency_cannot_both_work_a_placed_person(people: Any) -> None:
    from arrears.store.doors.work_holds import hold_person
    from arrears.store.scope import scope

    day = NOW.date()
    with scope(people.agency, people.bob, today=day):
        assert hold_person(people.placed_debtor, people.bob, now=NOW, until=NOW + timedelta(minutes=10))
    with scope(people.lender, people.alice, today=day):
        assert not hold_person(people.placed_debtor, people.alice, now=NOW, until=NOW + timedelta(minutes=10))


def test_a_hold_that_ran_out_can_be_taken_and_ones_own_is_prolonged(people: Any) -> None:
    from arrears.store.doors.work_holds import hold_person, release_person
    from arrears.store.scope import scope

    person, minute = people.kept_debtor, timedelta(minutes=1)
    with scope(people.lender, None):
        assert hold_person(person, people.alice, now=NOW, until=NOW + minute)
        assert not hold_person(person, people.dora, now=NOW + minute / 2, until=NOW + 2 * minute)
        assert hold_person(person, people.alice, now=NOW + minute / 2, until=NOW + 2 * minute)
        assert not hold_person(person, people.dora, now=NOW + minute, until=NOW + 2 * minute)
        assert hold_person(person, people.dora, now=NOW + 2 * minute, until=NOW + 3 * minute)
        assert not release_person(person, people.alice)
        assert release_person(person, people.dora)


def test_nobody_holds_a_person_they_do_not_see(people: Any) -> None:
    from arrears.store.doors.work_holds import hold_person
    from arrears.store.scope import scope

    with scope(people.hostile, people.charlie):
        assert not hold_person(people.kept_debtor, people.charlie, now=NOW, until=NOW + timedelta(minutes=1))
