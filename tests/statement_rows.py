"""A row in every table of bank statements, for the tests that ask what others may see of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any


def fill_statements(people: Any, batch: Any, entry: Any, keep: Callable[[Any], Any], now: datetime) -> None:
    """Write them about the lender's placed account."""
    from arrears.store.tables import statement

    own, some = {"organisation_id": people.lender}, {"currency": "USD"}
    bank = keep(statement.BankAccount(**own, **some, name="Main", number_sealed=b"1", number_index=b"1", since=now))
    said = keep(
        statement.Statement(
            **own, **some, batch=batch, bank_account=bank, place=0, file_hash=b"1", source_format="camt.053",
            kind="booked", total_minor=500, lines=1, lines_new=1, taken_at=now,
        )
    )  # fmt: skip
    line = keep(
        statement.StatementLine(
            **own, **some, statement=said, bank_account=bank, place=0, line_key="1", value_on=now.date(),
            amount_minor=500, state="posted",
        )
    )  # fmt: skip
    found = {"line": line, "account_id": people.placed, "score_ppm": 999_999}
    keep(statement.LineMatch(**own, **found, entry=entry, amount_minor=500, how="auto", made_at=now))
    keep(statement.LineCandidate(**own, **found, rank=1))
