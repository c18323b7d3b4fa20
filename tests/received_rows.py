"""A received text in a book with a row in every table."""

from typing import Any


def fill_received(keep: Any, made: dict[str, Any], point: Any, attempt: Any, now: Any) -> None:
    """Write a text about the placed debt's person, as the agency received it."""
    from arrears.store.tables.received import Received

    keep(
        Received(
            **made, contact_point=point, attempt=attempt, channel="text", words="STOP", language="en", found=[],
            rules_version="1", urgency=1, received_at=now, recorded_at=now, source_kind="test", source_ref="1",
        )
    )  # fmt: skip
