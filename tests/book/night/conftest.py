"""What the tests of the night share: debts with entries, a number to call, payments, and nights by a clock of their own."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
ROOT_CONFTEST = str(Path(__file__).resolve().parents[2] / "conftest.py")


def shared(name: str) -> Any:
    """Something of the conftest of all tests, which importlib mode does not let us import by name."""
    return getattr(next(m for m in list(sys.modules.values()) if getattr(m, "__file__", "") == ROOT_CONFTEST), name)


class NightBook:
    """A small book and its nights. Money is posted as the night's role, in the organisation's scope."""

    def owe(self, organisation: int, account: int, *, instalments: tuple[int, ...]) -> None:
        """Let 100.00 have fallen due so many days before today, each time, of a loan of 1,200.00."""
        for n, (kind, back, amount) in enumerate([(10, 200, 120_000), *((40, back, 10_000) for back in instalments)]):
            self.post(organisation, account, kind, amount, TODAY - timedelta(days=back), f"{account}-{n}", amount)
        self.refresh(organisation, account)

    def post(self, organisation: int, account: int, kind: int, amount: int, on: date, ref: str, principal: int) -> None:
        from arrears.store import bookday
        from arrears.store.scope import scope
        from arrears.store.tables.account import Entry

        with scope(organisation, None, today=on, using="night"):
            Entry.objects.using("night").create(
                organisation_id=organisation, account_id=account, kind=kind, value_date=on, amount_minor=amount,
                principal_minor=principal, book_day=bookday.stamp(organisation, using="night").day,
                source_kind="test", source_ref=ref,
            )  # fmt: skip

    def pay(self, organisation: int, account: int, amount: int, *, on: date) -> None:
        """Post a payment that came in on ``on`` and bring the position up to date."""
        self.post(organisation, account, 80, amount, on, f"{account}-paid-{on}-{amount}", 0)
        self.refresh(organisation, account, now=NOW + (on - TODAY))

    def refresh(self, organisation: int, account: int, *, now: datetime = NOW) -> None:
        from arrears.actions import positions
        from arrears.store.scope import scope

        with scope(organisation, None, today=now.date(), using="night"):
            positions.refresh([account], now=now, using="night")

    def can_be_called(self, organisation: int, person: int, zone: str = "America/New_York") -> None:
        """Give the person a mobile number under the clock of ``zone``."""
        from arrears.store.tables.person import ContactPoint

        number = f"+1212555{person:04}"
        ContactPoint.objects.using("night").create(
            organisation_id=organisation, person_id=person, kind="phone", use="mobile", value=number,
            normalised=number, country="US", region="US-NY", timezones=[zone], source="contract", basis="contract",
        )  # fmt: skip

    def fill(self, people: Any) -> None:
        """Eight debtors in all kinds of arrears; one broke a promise, one has an instalment falling due tomorrow."""
        from arrears.store.tables.promise import Promise

        for n in range(8):
            account, person = shared("open_account")(people.lender, f"K-{n}")
            self.can_be_called(people.lender, person)
            self.owe(people.lender, account, instalments=(n * 9 + 1, n * 9 + 31))
            if n == 3:
                Promise.objects.using("night").create(
                    organisation_id=people.lender, by_organisation_id=people.lender, account_id=account,
                    person_id=person, taken_by_id=people.alice, taken_at=NOW - timedelta(days=9), book_day=1,
                    amount_minor=10_000, due_on=TODAY - timedelta(days=6), due_hour=15, means="transfer",
                    may_call=True, may_write=False, source_kind="test", source_ref="promise",
                )  # fmt: skip
                self.refresh(people.lender, account)
            if n == 5:
                self.post(people.lender, account, 40, 10_000, TODAY + timedelta(days=1), f"{account}-next", 10_000)
                self.refresh(people.lender, account)

    def debtor(self, organisation: int, number: str, zone: str = "America/New_York") -> tuple[int, int]:
        """Open an account; return it and its debtor, who has a number under the clock of ``zone``."""
        account, person = shared("open_account")(organisation, number)
        self.can_be_called(organisation, person, zone)
        return int(account), int(person)

    def rows(self, table: str) -> Any:
        """Rows of a table of the night's, whose columns come from a NumPy dtype that a type checker cannot see."""
        from arrears.store.tables import work

        return getattr(work, table).objects.using("night")

    @contextlib.contextmanager
    def another(self, cluster: Any) -> Iterator[Any]:
        """Point to a second book with the same people, for the length of a block."""
        with shared("copy_of_the_book")(cluster):
            yield shared("settle_people")()

    def run(self, organisation: int, on: date, **options: Any) -> list[Any]:
        """Run the nights up to ``on``, by a clock that stands at that day's afternoon."""
        from arrears.jobs.night.nights import run_nights
        from arrears.store.doors import organisations_at_night

        [found] = organisations_at_night.organisations([organisation])
        clock: Callable[[], datetime] = lambda: NOW + (on - TODAY)  # noqa: E731
        return list(run_nights(found, on, clock=clock, **options))


@pytest.fixture
def night_book() -> NightBook:
    return NightBook()
