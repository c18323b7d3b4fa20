"""Counting money once: payments shared out among everything that was undertaken on their debts (P35).

An undertaking is a promise or one instalment of a plan. A payment goes to the one whose time is over first and that is
not met yet, and what that one does not need to the next; so no cent counts for two.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from arrears.domain.entries import Entry

Share = tuple[Entry, int]
"""A payment, and how much of it counts for one undertaking, in minor units."""

Paid = tuple[int, Entry]
"""A payment and the account it was made on."""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """Money undertaken: on which debts, from which day it counts, until which value date (None: however late).

    ``deadline`` orders; ``rank`` decides between two with the same deadline, the lower first.
    """

    key: Hashable
    accounts: frozenset[int]
    since: date
    until: date | None
    deadline: date
    amount: int
    after_entry: int = 0
    rank: tuple[int, ...] = ()

    def takes(self, account: int, payment: Entry) -> bool:
        """Return whether ``payment`` on ``account`` may count for it."""
        return (
            account in self.accounts
            and payment.id > self.after_entry
            and self.since <= payment.value_date
            and (self.until is None or payment.value_date <= self.until)
        )


def counted(payments: Sequence[Paid], undertakings: Sequence[Undertaking]) -> Mapping[Hashable, list[Share]]:
    """Return which parts of which payments count for each undertaking; payments are taken in the order given."""
    shares: dict[Hashable, list[Share]] = {each.key: [] for each in undertakings}
    lacking = {each.key: each.amount for each in undertakings}
    in_turn = sorted(undertakings, key=lambda each: (each.deadline, each.rank))
    for account, payment in payments:
        left = payment.amount
        for each in in_turn:
            if left <= 0:
                break
            if lacking[each.key] > 0 and each.takes(account, payment):
                part = min(left, lacking[each.key])
                shares[each.key].append((payment, part))
                lacking[each.key] -= part
                left -= part
    return shares
