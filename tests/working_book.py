"""A small book to work in: loans of one lender with their history, and the hands that work them, at any hour."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
OUR_NUMBER = "+12125550199"


def at(day: date, clock: str = "11:00", zone: ZoneInfo = NEW_YORK) -> datetime:
    """The instant at which the wall clock shows ``clock`` on ``day``."""
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


@dataclass(frozen=True)
class Loan:
    """An account, its debtor, and the debtor's mobile."""

    account: int
    person: int
    phone: int


@dataclass
class WorkingBook:
    """One lender's book. ``lender``, ``alice`` (collector), ``dora`` (also supervisor) and the rest are ids."""

    lender: int
    agency: int
    alice: int
    dora: int
    bob: int
    loans: list[Loan] = field(default_factory=list)

    @contextmanager
    def hands_of(self, staff: int, on: date) -> Iterator[Any]:
        """Work as ``staff`` of the lender, in one transaction of the pages' role."""
        from arrears.store.scope import scope

        with scope(self.agency if staff == self.bob else self.lender, staff, today=on) as opened:
            yield opened

    @contextmanager
    def nobody(self) -> Iterator[Any]:
        """A job of the lender itself, in the night's role."""
        from arrears.store.scope import scope

        with scope(self.lender, None, using="night") as opened:
            yield opened

    def loan(
        self, *, unpaid_since: date, instalments: int = 12, amount: int = 10_000, paid: int = 6,
        zones: tuple[str, ...] = ("America/New_York",), owed_by: int | None = None,
    ) -> Loan:  # fmt: skip
        """Write a loan whose first ``paid`` instalments were paid on time and whose next fell due on ``unpaid_since``.

        ``owed_by`` is somebody who has a loan already; without, the loan gets a debtor of its own.
        """
        from tests.conftest import open_account

        from arrears.actions import positions
        from arrears.domain.entries import EntryKind
        from arrears.store.tables.person import ContactPoint

        account, person = open_account(self.lender, f"W-{uuid4().hex[:8]}", owed_by=owed_by)
        phone = ContactPoint(
            organisation_id=self.lender, person_id=person, kind="phone", use="mobile", value=f"+1212555{account:04}",
            normalised=f"+1212555{account:04}", country="US", region="US-NY", timezones=list(zones),
            source="contract", basis="contract",
        )  # fmt: skip
        phone.save(using="night")
        due = [_months_after(unpaid_since, n - paid) for n in range(instalments)]
        self.enter(
            account,
            EntryKind.OPENING,
            due[0] - timedelta(days=30),
            amount * instalments,
            principal=amount * instalments,
        )
        for n, day in enumerate(due):
            self.enter(account, EntryKind.INSTALMENT_DUE, day, amount, principal=amount, detail=n + 1)
            if n < paid:
                self.enter(account, EntryKind.PAYMENT, day, amount)
        with self.nobody():
            positions.refresh([account], now=at(unpaid_since + timedelta(days=1)), using="night")
        return Loan(account, person, int(phone.pk))

    def enter(
        self,
        account: int,
        kind: int,
        on: date,
        amount: int,
        *,
        principal: int = 0,
        detail: int = 0,
        reverses: int | None = None,
    ) -> int:
        """Add an entry as an import would, without anything that follows from it."""
        from arrears.store import bookday
        from arrears.store.tables.account import Entry

        with self.nobody():
            opened = bookday.opened(self.lender, using="night")
        assert opened is not None
        day = opened.day
        row = Entry(
            organisation_id=self.lender, account_id=account, kind=int(kind), value_date=on, book_day=day,
            amount_minor=amount, principal_minor=principal, detail=detail, reverses_id=reverses, source_kind="book",
            source_ref=f"{account}:{kind}:{on}:{detail}:{reverses or 0}:{amount}",
        )  # fmt: skip
        row.save(using="night")
        return int(row.pk)

    def place(self, loan: Loan, *, from_on: date, in_default_since: date) -> None:
        """Give the loan to the agency to work."""
        from arrears.store.tables.account import Account
        from arrears.store.tables.organisation import Access

        Account.objects.using("night").filter(pk=loan.account).update(default_on=in_default_since)
        given = Access(account_id=loan.account, owner_id=self.lender, organisation_id=self.agency, scope="holder")
        given.from_on = from_on
        given.save(using="night")

    def night_before(self, day: date) -> Any:
        """Run the real night that makes ``day`` ready, at two in the morning; return its report."""
        from arrears.jobs.night.night import run_night
        from arrears.store.doors.organisations_at_night import organisations

        (lender,) = organisations([self.lender])
        return run_night(lender, day, clock=lambda: at(day, "02:00"))

    def pay(self, loan: Loan, on: date, amount: int, *, clock: str = "10:00") -> Any:
        """Let a payment come in, with everything that follows from it; return its entry."""
        from arrears.actions import payments

        with self.nobody():
            reference = f"{loan.account}:{on}:{amount}"
            posted: Any = payments.post(loan.account, amount, on, reference=reference, now=at(on, clock), using="night")
        return posted.entry

    def position(self, account: int) -> Any:
        """The account's row as it stands."""
        from arrears.store.doors import positions

        with self.nobody():
            return positions.read([account], using="night")[account]

    def differing(self, *accounts: int, now: datetime) -> list[int]:
        """The accounts whose stored position is not what it is when made anew."""
        from arrears.actions import positions, renewal

        with self.nobody():
            return list(renewal.differing(positions.ids(accounts), now=now).tolist())

    def events(self, **of: int) -> list[str]:
        """What happened, in order: the kinds of the events of an account or person."""
        from arrears.store.tables.event import Event

        return list(Event.objects.using("report").filter(**of).order_by("pk").values_list("kind", flat=True))

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        from django.db import connections

        with connections["report"].cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            return int(cursor.fetchone()[0])


def settle() -> WorkingBook:
    """Settle a lender and its agency, with their people, in the book that Django points at; both are ready to call."""
    lender = _organisation("Meadow Loans", "creditor", "America/New_York")
    agency = _organisation("Harbour Recoveries", "agency", "America/Chicago")
    return WorkingBook(
        lender,
        agency,
        alice=hire(lender, ["collector"]),
        dora=hire(lender, ["collector", "supervisor"], "es"),
        bob=hire(agency, ["agency", "collector"]),
    )


def _organisation(name: str, kind: str, zone: str) -> int:
    from tests.conftest import NOW, TODAY

    from arrears.store import bookday
    from arrears.store.scope import scope
    from arrears.store.tables.organisation import Organisation

    row = Organisation(name=name, kind=kind, country="US", timezone=zone, language="en")
    row.settings = {"from_numbers": [OUR_NUMBER]}
    row.save(using="night")
    with scope(row.pk, None, using="night"):
        bookday.open_first(row.pk, TODAY, now=NOW, using="night")
    return int(row.pk)


def hire(organisation: int, roles: list[str], language: str = "en") -> int:
    """Take on somebody who speaks English and ``language``; return their id."""
    from arrears.store.tables.staff import Staff

    row = Staff(username=f"staff-{uuid4().hex[:10]}", full_name="Somebody", organisation_id=organisation, roles=roles)
    row.language, row.skills, row.capacity_minutes, row.team = language, ["en"], 420, "phone"
    row.set_unusable_password()
    row.save(using="night")
    return int(row.pk)


def _months_after(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return day.replace(year=month // 12, month=month % 12 + 1)
