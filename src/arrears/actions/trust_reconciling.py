"""The three-way reconciliation of a trust account: what the bank says, what our book says, what clients are owed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from arrears.store.doors import trust as door
from arrears.store.doors.trust import BankLineRow, ClientRow, TrustAccountRow, TrustLineRow
from arrears.store.scope import current

NEAR: Final = timedelta(days=7)
"""How far apart our date and the bank's may lie for two lines of one amount to be taken for the same."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A trust account on a day: the three balances, and by item and age what makes them differ.

    ``bank`` is None where the bank has said no balance by then. ``ages`` gives each item's days in their order: lines
    of ours that the bank has not booked, then lines of the bank that our book lacks. ``unexplained`` is what remains.
    """

    account: TrustAccountRow
    on: date
    bank: int | None
    bank_on: date | None
    book: int
    clients: tuple[ClientRow, ...]
    not_at_the_bank: tuple[TrustLineRow, ...]
    not_in_the_book: tuple[BankLineRow, ...]

    @property
    def owed(self) -> int:
        """Return the sum of what clients are owed."""
        return sum(client.balance for client in self.clients)

    @property
    def unexplained(self) -> int | None:
        """Return what the bank holds beyond our book and the listed items; None where the bank has said nothing."""
        if self.bank is None:
            return None
        ours = sum(line.amount for line in self.not_at_the_bank)
        theirs = sum(line.amount for line in self.not_in_the_book)
        return self.bank - (self.book - ours + theirs)

    @property
    def is_reconciled(self) -> bool:
        """Return whether bank, book and clients agree and nothing is open."""
        return self.bank == self.book == self.owed and not self.not_at_the_bank and not self.not_in_the_book

    def age(self, line: TrustLineRow | BankLineRow) -> int:
        """Return the days an item has been open."""
        return (self.on - (line.value_date if isinstance(line, TrustLineRow) else line.booked_on)).days


def reconcile(account: TrustAccountRow, on: date, *, using: str = "default") -> Reconciled:
    """Compare bank, book and clients on a day; reads only, so that a month-end can be looked at again and again.

    Clients are counted by what is owed at the end of ``on`` by value date, as the book is.
    """
    owner = current(using).organisation
    bank = door.bank_balance(account.id, on, using=using)
    clients = []
    for row in door.clients(owner, using=using):
        if row.trust_account == account.id:
            held = sum(line.amount for line in door.lines(row.id, using=using) if line.value_date <= on)
            clients.append(row._replace(balance=held))
    return Reconciled(
        account,
        on,
        bank[1] if bank else None,
        bank[0] if bank else None,
        door.book_balance(account.id, on, using=using),
        tuple(clients),
        door.not_at_the_bank(account.id, on, using=using),
        door.not_in_the_book(account.id, on, using=using),
    )


def match_lines(account: TrustAccountRow, on: date, *, using: str = "default") -> int:
    """Take over what statements say, and find our lines in them by amount within a week; return how many were found.

    Of several that fit, the bank's oldest gets our oldest: they are worth the same.
    """
    door.bring_statements(account.id, using=using)
    ours = defaultdict(list)
    for line in door.not_at_the_bank(account.id, on, using=using):
        ours[line.amount].append(line)
    found = 0
    for said in door.not_in_the_book(account.id, on, using=using):
        near = [line for line in ours[said.amount] if abs(line.value_date - said.booked_on) <= NEAR]
        if near:
            ours[said.amount].remove(near[0])
            door.match_bank_line(said.id, near[0].id, using=using)
            found += 1
    return found
