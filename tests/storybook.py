"""One debtor's life told day by day: the nights run for real, the clock is moved by hand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.working_book import Loan, WorkingBook, at, settle


@dataclass
class Story:
    """A lender with one loan in arrears. ``alice`` collects, ``dora`` leads; clocks are the debtor's, in New York."""

    working: WorkingBook
    loan: Loan

    @classmethod
    def begin(cls, *, unpaid_since: date, today: date) -> "Story":
        """Open the book: one loan, six instalments paid on time, the seventh unpaid since a day."""
        from arrears.store import partitions

        partitions.make_ahead(today - timedelta(days=62), today + timedelta(days=62), using="owner")
        working = settle()
        return cls(working, working.loan(unpaid_since=unpaid_since))

    @property
    def alice(self) -> int:
        return self.working.alice

    @property
    def dora(self) -> int:
        return self.working.dora

    def night(self, *, before: date) -> None:
        """Run the night that makes a day ready."""
        assert self.working.night_before(before) is not None

    def says(self, on: date) -> tuple[str, str]:
        """What the tables say of the person on a day: (next action, tone)."""
        from arrears.actions import people
        from arrears.packs.loading import load

        with self.working.hands_of(self.alice, on):
            (decided,) = people.redecide([self.loan.person], now=at(on, "08:00"))
        strategy = load()
        return strategy.name("next_action", decided.next_action), strategy.name("tone", decided.tone)

    def get_next(self, on: date, clock: str) -> Any:
        """Alice asks for the next person."""
        from arrears.actions import work

        with self.working.hands_of(self.alice, on):
            return work.get_next(now=at(on, clock))

    def gate(self, on: date, clock: str) -> list[str]:
        """The rules that refuse a call at an hour; none where it may go."""
        from arrears.actions import contacts

        with self.working.hands_of(self.alice, on):
            verdict: Any = contacts.dry_verdict(
                contacts.Approach(person=self.loan.person, contact_point=self.loan.phone), now=at(on, clock)
            )
        return [spoken.rule.id for spoken in verdict.refusing]

    def dial(self, on: date, clock: str) -> int:
        """Alice dials; the gate lets her."""
        from arrears.actions import contacts

        with self.working.hands_of(self.alice, on):
            taken = contacts.take_permit(
                contacts.Approach(person=self.loan.person, contact_point=self.loan.phone), now=at(on, clock)
            )
        assert isinstance(taken, contacts.Taken), taken
        return taken.attempt

    def is_called_by_debtor(self, on: date, clock: str) -> int:
        """The debtor rings in, and Alice answers."""
        from arrears.actions import contacts

        with self.working.hands_of(self.alice, on):
            begun = contacts.call_received(
                self.loan.person, (self.loan.account,), contact_point=self.loan.phone, owner=self.working.lender,
                now=at(on, clock), using="default",
            )  # fmt: skip
        assert isinstance(begun, int)
        return begun

    def verify(self, call: int, on: date, clock: str, *items: str, is_passed: bool = True) -> Any:
        from arrears.actions import verification

        with self.working.hands_of(self.alice, on):
            return verification.record(call, items, is_passed=is_passed, now=at(on, clock))

    def finds(self, *, on: date, clock: str, **said: str) -> None:
        from arrears.actions import findings

        with self.working.hands_of(self.alice, on):
            assert findings.note(self.loan.account, now=at(on, clock), **said) is None

    def promise(
        self, call: int, on: date, clock: str, amount: int, *, due_on: date, due_hour: int, means: str,
        may_call: bool = False, confidence: str = "sure",
    ) -> Any:  # fmt: skip
        from arrears.actions import promises

        with self.working.hands_of(self.alice, on):
            promised = promises.take(
                self.loan.account, attempt=call, amount_minor=amount, due_on=due_on, due_hour=due_hour, means=means,
                may_call=may_call, may_write=False, confidence=confidence, now=at(on, clock),
            )  # fmt: skip
        assert isinstance(promised, promises.Promised), promised
        return promised

    def end(self, call: int, code: str, on: date, clock: str, **said: Any) -> Any:
        from arrears.actions import contacts

        with self.working.hands_of(self.alice, on):
            ended = contacts.record_outcome(call, code, now=at(on, clock), **said)
        assert isinstance(ended, contacts.Ended), ended
        return ended

    def pays(self, amount: int, *, on: date, clock: str, known_on: date | None = None, is_cleared: bool = True) -> int:
        """Money with a value date comes to be known on a day; return its entry."""
        from arrears.actions import payments

        with self.working.nobody():
            posted = payments.post(
                self.loan.account, amount, on, reference=f"{self.loan.account}/{on}", is_cleared=is_cleared,
                now=at(known_on or on, clock), using="night",
            )  # fmt: skip
        assert isinstance(posted, payments.Posted), posted
        return posted.entry

    def is_returned(self, payment: int, *, on: date, reason: str) -> None:
        """The bank takes a payment back."""
        from arrears.actions import payments

        with self.working.nobody():
            payments.reverse(payment, value_date=on, reason=reason, now=at(on, "09:00"), using="night")

    def release_hold(self, because: str, *, by: int, on: date) -> Any:
        from arrears.actions import holds
        from arrears.store.doors import holds as standing

        with self.working.hands_of(by, on):
            (hold,) = standing.standing(self.loan.person, [self.loan.account], at(on, "12:00"))
            return holds.release(hold.id, because, now=at(on, "12:00"))

    def promise_states(self) -> list[str]:
        """How the promises stand, in the order they were taken."""
        from arrears.store.tables.promise import Promise

        rows = Promise.objects.using("report").filter(account_id=self.loan.account).order_by("pk")
        return list(rows.values_list("state", flat=True))

    def promise_state(self) -> tuple[str, int]:
        """How the one promise stands, and what has come for it."""
        from arrears.store.tables.promise import Promise

        row = Promise.objects.using("report").get(account_id=self.loan.account)
        return row.state, row.kept_minor

    def owed_now(self, on: date) -> int:
        """What is past due on a day."""
        from arrears.engine.ledger import by_day
        from arrears.kernel.epoch import epoch_day

        return by_day.arrears(self.working.position(self.loan.account), epoch_day(on))

    def told(self) -> list[str]:
        """What history tells of the person and the debt, in order; who was served when is left out."""
        from django.db.models import Q

        from arrears.store.tables.event import Event

        about = Q(account_id=self.loan.account) | Q(person_id=self.loan.person)
        kinds = Event.objects.using("report").filter(about).order_by("pk").values_list("kind", flat=True)
        return [kind for kind in kinds if kind != "person_served"]
