"""A small book from which messages go: loans with e-mail addresses, a clock that the test turns, and a mail server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.working_book import Loan, WorkingBook, at, settle

TUESDAY = date(2026, 3, 3)
UNPAID_SINCE = date(2026, 2, 2)


@dataclass
class Recorded:
    """A channel that keeps what it is handed; ``answer`` is what it says, ``on_send`` is called first."""

    sent: list[Any] = field(default_factory=list)
    answer: str = "accepted"
    on_send: Callable[[Any], None] | None = None

    def rest(self) -> None:
        """Nothing is kept open."""

    def send(self, message: Any) -> Any:
        from arrears.channels.carrying import Handed
        from arrears.domain.messages import Delivery

        if self.on_send is not None:
            self.on_send(message)
        self.sent.append(message)
        return Handed(Delivery(self.answer), ref=f"ref-{len(self.sent)}", said="as told")


@dataclass
class Desk:
    """The book, its loans with their e-mail addresses (ids by person), and the instant it is."""

    book: WorkingBook
    now: datetime
    points: dict[int, int] = field(default_factory=dict)

    def clock(self) -> datetime:
        return self.now

    def loan(self, *, zones: tuple[str, ...] = ("America/New_York",), amount: int = 10_000) -> Loan:
        """A loan unpaid since February whose debtor has an e-mail address and a street."""
        from arrears.store.tables.person import ContactPoint

        loan = self.book.loan(unpaid_since=UNPAID_SINCE, zones=zones, amount=amount)
        for kind, value in (
            ("email", f"p{loan.person}@debtor.example"),
            ("address", "12 Elm Street, Albany, NY 12207"),
        ):
            point = ContactPoint(
                organisation_id=self.book.lender, person_id=loan.person, kind=kind, use="home", value=value,
                normalised=value.lower(), country="US", region="US-NY", timezones=list(zones), source="contract",
                basis="contract",
            )  # fmt: skip
            point.save(using="night")
            if kind == "email":
                self.points[loan.person] = int(point.pk)
        return loan

    def queue(self, loan: Loan, template: str = "arrears_reminder", channel: str = "email", **how: Any) -> Any:
        """Queue one message as Dora, who leads."""
        from arrears.actions.messages.queueing import queue_one
        from arrears.domain.contacts import Channel

        with self.book.hands_of(self.book.dora, self.now.date()):
            return queue_one(loan.person, template, channel=Channel(channel), now=self.now, **how)

    def send(self, carrier: Any, channel: str = "email", **how: Any) -> Any:
        """Let the next one go."""
        from arrears.actions.messages.sending import send_next
        from arrears.domain.contacts import Channel

        return send_next(self.book.lender, {Channel(channel): carrier}, clock=self.clock, **how)

    def message(self, message: int) -> Any:
        """A message as it stands."""
        from arrears.store.doors import messages

        with self.book.nobody():
            return messages.message(message, using="night")

    def attempts(self, person: int) -> list[Any]:
        """The contacts with a person, oldest first."""
        from arrears.store.tables.contact import Attempt

        return list(Attempt.objects.using("report").filter(person_id=person).order_by("pk"))

    def permit(self, permit: int) -> Any:
        from arrears.store.tables.contact import Permit

        return Permit.objects.using("report").get(pk=permit)

    def later(self, **by: int) -> None:
        self.now += timedelta(**by)


def open_desk() -> Desk:
    """Settle a lender at eleven on a Tuesday morning in New York."""
    return Desk(settle(), at(TUESDAY))
