"""A notice that went and a fact that is missing, about the placed debt of a book with a row in every table."""

from typing import Any


def fill_notices(keep: Any, made: dict[str, Any], debt: int, point: Any, attempt: Any, now: Any) -> None:
    """Write both: the notice as the agency made it, the fact as it looked for it."""
    from arrears.store.tables.missing_fact import MissingFact
    from arrears.store.tables.notice import Notice

    keep(
        Notice(
            **made, contact_point=point, attempt=attempt, kind="validation", contents="us.validation", accounts=[debt],
            language="en", method="letter", words={"n": 1}, document_hash=b"d", made_at=now, sent_at=now,
        )
    )  # fmt: skip
    keep(
        MissingFact(
            **made, account_id=debt, fact="debt.status", bearer="account", supplier="creditor", rules=[], found_at=now
        )
    )
