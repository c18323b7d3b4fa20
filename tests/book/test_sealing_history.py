"""While the site is served history is sealed by itself: every few minutes, and once more at the end."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def happens(people: Any) -> None:
    """Let something happen to the lender's book."""
    with connections["night"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO event (organisation_id, by_organisation_id, kind, at, book_day, facts) "
            "VALUES (%s, %s, 'account_viewed', %s, 1, '{}')",
            [people.lender, people.lender, NOW],
        )


def seals_of(people: Any) -> list[tuple[int, int]]:
    """The seals of the lender's history: number and rows."""
    from arrears.store.tables.event import Seal

    rows = Seal.objects.using("night").filter(organisation_id=people.lender).order_by("number")
    return [(row.number, row.rows) for row in rows]


def until(condition: Any, seconds: float = 60) -> None:
    """Wait for what another thread does; a test that waits in vain fails by what it asserts next."""
    last = time.monotonic() + seconds
    while not condition() and time.monotonic() < last:
        time.sleep(0.02)


def test_what_happened_is_sealed_at_the_end(people: Any) -> None:
    from arrears.jobs.sealing import sealing

    with sealing(lambda: NOW, minutes=1_000):
        happens(people)
        happens(people)
        assert seals_of(people) == []
    assert seals_of(people) == [(1, 2)]


def test_it_is_sealed_while_the_site_is_served(people: Any) -> None:
    from arrears.jobs.sealing import sealing

    happens(people)
    with sealing(lambda: NOW, minutes=0.0005):
        until(lambda: seals_of(people))
        assert seals_of(people) == [(1, 1)]


def test_it_is_sealed_also_where_the_site_ends_by_a_mistake(people: Any) -> None:
    from arrears.jobs.sealing import sealing

    def serve_and_fall() -> None:
        with sealing(lambda: NOW, minutes=1_000):
            happens(people)
            raise RuntimeError("the site fell")

    with pytest.raises(RuntimeError, match="the site fell"):
        serve_and_fall()
    assert seals_of(people) == [(1, 1)]


def test_a_database_that_was_away_is_tried_again(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from arrears.jobs import sealing
    from arrears.store import seals

    tries: list[int] = []
    real = seals.seal

    def failing_once(organisation: int, now: datetime) -> Any:
        tries.append(organisation)
        if len(tries) == 1:
            raise OperationalError("the server closed the connection")
        return real(organisation, now)

    monkeypatch.setattr(seals, "seal", failing_once)
    happens(people)
    with sealing.sealing(lambda: NOW, minutes=0.0005):
        until(lambda: seals_of(people))
        assert seals_of(people) == [(1, 1)]
    assert len(tries) > 1
