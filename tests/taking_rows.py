"""A row in every table of takings, for the tests that ask what others may see of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any


def fill_takings(people: Any, entry: Any, keep: Callable[[Any], Any], now: datetime) -> None:
    """Write them about the lender's placed account, made by the agency where they have a maker."""
    from arrears.store.tables import taking

    own = {"organisation_id": people.lender}
    payer = {**own, "account_id": people.placed, "person_id": people.placed_debtor, "currency": "USD"}
    some = {"amount_minor": 500}
    keep(
        taking.PayLink(
            **payer, **some, by_organisation_id=people.agency, reference="L1", choice="part", made_at=now,
            expires_at=now + timedelta(hours=2),
        )
    )  # fmt: skip
    mandate = keep(
        taking.Mandate(
            **payer, reference="M1", scheme="ach", form="signed", words="I agree", given_at=now, is_recurring=False,
            most_minor=500, state="active", made_at=now,
        )
    )  # fmt: skip
    keep(taking.Debit(**payer, **some, mandate=mandate, reference="D1", collect_on=now.date(), asked_at=now))
    keep(taking.TakingNotice(**own, provider_event="e1", kind="paid", reference="L1", happened_at=now, came_at=now))
    keep(
        taking.Trace(
            **payer, **some, by_organisation_id=people.agency, opened_at=now, paid_to="1234", paid_on=now.date(),
            means="transfer", after_entry=0, deadline_on=now.date(),
        )
    )  # fmt: skip
    receipt = keep(
        taking.Receipt(
            **own, **some, person_id=people.placed_debtor, reference="R1", currency="USD", value_date=now.date(),
            rule="priority", posted_at=now,
        )
    )  # fmt: skip
    keep(taking.ReceiptPart(**own, **some, receipt=receipt, account_id=people.placed, entry=entry))
