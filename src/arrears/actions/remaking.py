"""All positions made anew, once, where a newer ledger makes other rows of the same entries; the books follow."""

from datetime import datetime
from typing import Final

from arrears.actions import positions
from arrears.store.doors import due, organisations_at_night
from arrears.store.scope import scope

RANGE: Final = 20_000


def remake_all(now: datetime) -> int:
    """Make the positions of every organisation anew, a range a transaction; return how many there are.

    What was made anew is marked as touched, so that the next night decides about it again.
    """
    count = 0
    for organisation in organisations_at_night.with_a_book():
        with scope(organisation.id, None, using="night"):
            accounts = due.every_nth_account(organisation.id, 1, 0)
        for start in range(0, len(accounts), RANGE):
            with scope(organisation.id, None, using="night"):
                count += positions.refresh(accounts[start : start + RANGE], now=now, using="night")
    return count
