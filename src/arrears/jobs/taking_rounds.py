"""Go the round of links, debits and traces every few minutes, for those whom no provider's message reaches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from arrears.actions.takings.rounds import go_round
from arrears.config.payments import providers
from arrears.jobs.repeating import repeating
from arrears.store.doors import organisations_at_night

EVERY_SECONDS: Final = 300.0


def go_all(now: datetime) -> int:
    """Go the round of every organisation with a book; return how many things were looked at or ended."""
    return sum(sum(go_round(one.id, providers, now=now).values()) for one in organisations_at_night.with_a_book())


@contextmanager
def going_round(clock: Callable[[], datetime], every_seconds: float = EVERY_SECONDS) -> Iterator[None]:
    """Go the round every so often for the length of a block."""
    with repeating("taking-rounds", "following payments", lambda: go_all(clock()), every_seconds=every_seconds):
        yield
