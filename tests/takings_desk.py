"""Taking payments in a small book: a sandbox of the provider beside it, and hands that ask, pay, fail and look."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.working_book import Loan, WorkingBook, at, settle

BACK = "http://localhost/takings/thanks/"
MON = date(2026, 3, 2)


@dataclass
class Desk:
    """A lender with an account at the provider, one loan in arrears, and the provider itself."""

    working: WorkingBook
    loan: Loan
    bank: Any
    provider: Any

    def providers(self, account: str) -> Any:
        """Return the provider for an account there."""
        return self.provider if account else None

    @contextlib.contextmanager
    def hands(self, on: date = MON) -> Iterator[Any]:
        """Work as Alice."""
        with self.working.hands_of(self.working.alice, on) as opened:
            yield opened

    def link(self, choice: str = "all_due", amount: int | None = None, *, on: date = MON, clock: str = "11:00") -> Any:
        """Alice makes a link; return it as it stands once its page is there."""
        from arrears.actions.takings import links
        from arrears.kernel.problems import Problem
        from arrears.store.doors import takings as rows

        with self.hands(on):
            made = links.ask(self.loan.account, choice, amount, providers=self.providers, back=BACK, now=at(on, clock))
        if isinstance(made, Problem):
            return made
        with self.hands(on):
            return rows.link(made.id)

    def mandate(
        self, *, on: date = MON, clock: str = "11:00", is_recurring: bool = True, most: int = 50_000,
        scheme: str = "ach", until: date | None = None,
    ) -> Any:  # fmt: skip
        """The debtor authorises debits on the provider's page; return the authorisation in force."""
        from arrears.actions.takings import following, mandates
        from arrears.store.doors import takings as rows

        with self.hands(on):
            made: Any = mandates.ask_page(
                self.loan.account, scheme=scheme, words="I agree to be debited.", is_recurring=is_recurring,
                most_minor=most, valid_until=until, providers=self.providers, back=BACK, now=at(on, clock),
            )  # fmt: skip
        with self.hands(on):
            page: Any = rows.mandate(made.id)
        self.bank.authorise(page.provider_ref)
        following.follow(self.working.lender, page.reference, self.provider, now=at(on, clock))
        with self.hands(on):
            return rows.mandate(made.id)

    def debit(
        self, mandate: Any, amount: int, *, on: date, collect_on: date | None = None, clock: str = "11:30"
    ) -> Any:
        """Alice asks for a debit; return it as it stands after the provider was spoken to, or the problem."""
        from arrears.actions.takings import debits
        from arrears.kernel.problems import Problem

        with self.hands(on):
            made = debits.ask(
                mandate.id, amount, collect_on or on, is_told=True, providers=self.providers, now=at(on, clock)
            )
        return made if isinstance(made, Problem) else self.debit_now(made.id)

    def debit_now(self, debit_id: int) -> Any:
        """How a debit stands."""
        from arrears.store.doors import takings as rows

        with self.hands():
            return rows.debit(debit_id)

    def link_now(self, link_id: int) -> Any:
        """How a link stands."""
        from arrears.store.doors import takings as rows

        with self.hands():
            return rows.link(link_id)

    def mandate_now(self, mandate_id: int) -> Any:
        """How an authorisation stands."""
        from arrears.store.doors import takings as rows

        with self.hands():
            return rows.mandate(mandate_id)

    def round(self, on: date, clock: str = "07:00") -> Any:
        """The round of the day."""
        from arrears.actions.takings import rounds

        return rounds.go_round(self.working.lender, self.providers, now=at(on, clock))

    def tell(self, *events: Any, on: date = MON, clock: str = "12:00") -> list[bool]:
        """Take in signed messages of the provider, all so far unless given."""
        from arrears.actions.takings import following
        from arrears.channels.payments.sandbox import signed

        said = []
        for event in events or tuple(self.bank.events):
            notice = self.provider.read(*signed(event))
            said.append(following.notice(notice, self.provider, now=at(on, clock)))
        return said

    def entries(self) -> list[tuple[str, int]]:
        """What stands in the ledger of money, in order."""
        from arrears.domain.entries import EntryKind
        from arrears.store.tables.account import Entry

        rows = Entry.objects.using("report").filter(account_id=self.loan.account).exclude(source_kind="book")
        return [(EntryKind(row.kind).name, row.amount_minor) for row in rows.order_by("pk")]

    def position(self) -> Any:
        """The account's row as it stands."""
        return self.working.position(self.loan.account)

    def gate(self, on: date, clock: str = "11:00") -> list[str]:
        """The rules that refuse a call."""
        from arrears.actions import contacts

        with self.hands(on):
            asked = contacts.Approach(person=self.loan.person, contact_point=self.loan.phone)
            verdict: Any = contacts.dry_verdict(asked, now=at(on, clock))
        return [spoken.rule.id for spoken in verdict.refusing]


@contextlib.contextmanager
def desk(unpaid_since: date = date(2026, 2, 10), now: datetime | None = None) -> Iterator[Desk]:
    """Settle the lender, give it an account at the provider, and let the provider serve."""
    from arrears.channels.payments.sandbox import KEY, WEBHOOK_SECRET, Sandbox
    from arrears.channels.payments.stripe_provider import StripeProvider

    working = settle()
    with Sandbox(lambda: now or at(MON)).serving() as bank:
        provider = StripeProvider(KEY, webhook_secret=WEBHOOK_SECRET, address=bank.address, retries=0)
        made = Desk(working, working.loan(unpaid_since=unpaid_since), bank, provider)
        say(working.lender, account="own")
        yield made


def say(organisation: int, **settings: Any) -> None:
    """Let an organisation say something of how it takes payments."""
    from arrears.store.tables.organisation import Organisation

    row = Organisation.objects.using("night").get(pk=organisation)
    row.settings["takings"] = {**row.settings.get("takings", {}), **settings}
    row.save(using="night")
