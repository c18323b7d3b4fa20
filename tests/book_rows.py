"""A row in every table of the books, of clients' money and of placements."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np


def fill_books(people: Any, keep: Callable[[Any], Any], now: datetime) -> None:
    """Post a journal, open a trust account with a client, place an account, all of the lender's."""
    from arrears.actions import books
    from arrears.engine.books.journals import Line
    from arrears.store.doors import books as door
    from arrears.store.layouts_books import POSTED
    from arrears.store.scope import scope
    from arrears.store.tables import placement, trust

    own, on = {"organisation_id": people.lender}, now.date()
    with scope(people.lender, None, using="night"):
        lines = [Line("suspense", "USD", -500), Line("received", "USD", 500)]
        journal = books.post_lines(people.lender, "suspense", lines, now=now, using="night")
        posted = np.zeros(1, POSTED)
        posted["account"], posted["organisation_id"], posted["journal_id"] = people.placed, people.lender, journal
        door.write_posted(posted, using="night")
    account = keep(trust.TrustAccount(**own, name="Clients", currency="USD"))
    client = keep(trust.TrustClient(**own, trust_account=account, client_id=people.agency))
    keep(
        trust.TrustLine(
            **own, client=client, kind="receipt", amount_minor=500, value_date=on, book_day=1, journal_id=journal,
            source_kind="test", source_ref="1", made_at=now,
        )
    )  # fmt: skip
    keep(trust.TrustBankLine(**own, trust_account=account, booked_on=on, amount_minor=500, source_ref="1"))
    placed = keep(
        placement.Placement(
            **own, holder_id=people.agency, name="Spring", currency="USD", terms={"rate_ppm": 1}, from_on=on, made_at=now,
        )
    )  # fmt: skip
    keep(
        placement.PlacedAccount(**own, holder_id=people.agency, placement=placed, account_id=people.placed, from_on=on)
    )
    keep(
        placement.CommissionPosted(
            **own, owner_id=people.lender, placement=placed, side="creditor", as_of=on, amount_minor=1, earned_minor=1,
            lines={}, journal_id=journal, made_at=now,
        )
    )  # fmt: skip
