"""A night makes the day ready: decisions, a list, one row that publishes it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def owe(organisation: int, account: int, *, instalments: tuple[int, ...]) -> None:
    """Let 100.00 have fallen due so many days before today, each time."""
    from arrears.actions import positions
    from arrears.store import bookday
    from arrears.store.scope import scope
    from arrears.store.tables.account import Entry

    with scope(organisation, None, today=TODAY, using="night"):
        day = bookday.stamp(organisation, using="night").day
        rows = [(10, 200, 120_000), *((40, back, 10_000) for back in instalments)]
        for n, (kind, back, amount) in enumerate(rows):
            Entry.objects.using("night").create(
                organisation_id=organisation, account_id=account, kind=kind, value_date=TODAY - timedelta(days=back),
                amount_minor=amount, principal_minor=amount, book_day=day, source_kind="test",
                source_ref=f"{account}-{n}",
            )  # fmt: skip
        positions.refresh([account], now=NOW, using="night")


def can_be_called(organisation: int, person: int, zone: str = "America/New_York") -> None:
    """Give the person a mobile number under the clock of ``zone``."""
    from arrears.store.tables.person import ContactPoint

    ContactPoint.objects.using("night").create(
        organisation_id=organisation, person_id=person, kind="phone", use="mobile", value=f"+1212555{person:04}",
        normalised=f"+1212555{person:04}", country="US", region="US-NY", timezones=[zone], source="contract",
        basis="contract",
    )  # fmt: skip


def night(organisation: int, on: date, **options: Any) -> list[Any]:
    """Run the nights up to ``on``, by a clock that stands at that day's afternoon."""
    from arrears.jobs.night.nights import run_nights
    from arrears.store.doors import organisations_at_night

    [found] = organisations_at_night.organisations([organisation])
    return list(run_nights(found, on, clock=lambda: NOW + (on - TODAY), **options))


def test_a_night_decides_lists_and_publishes(people):
    from arrears.store.tables.account import Account
    from arrears.store.tables.work import Decision, PublishedRun, Worklist

    Account.objects.using("night").filter(pk=people.placed).update(default_on=TODAY - timedelta(days=30))
    owe(people.lender, people.kept, instalments=(3, 33))
    owe(people.lender, people.placed, instalments=(40,))
    can_be_called(people.lender, people.kept_debtor)
    can_be_called(people.lender, people.placed_debtor)
    [report] = night(people.lender, TODAY + timedelta(days=1))
    assert Decision.objects.using("night").count() == 2
    assert Worklist.objects.using("night").count() == 2
    assert PublishedRun.objects.using("night").count() == 1
