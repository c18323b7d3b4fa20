"""Seal history every few minutes, so that a changed, dropped or truncated past shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from arrears.jobs.repeating import repeating
from arrears.store import seals
from arrears.store.doors import organisations_at_night

EVERY_MINUTES: Final = 5


def seal_all(now: datetime) -> dict[str, int]:
    """Seal what was added since the last seal, organisation by organisation; return each new seal's number by name."""
    sealed = {}
    for organisation in organisations_at_night.with_a_book():
        if (fresh := seals.seal(organisation.id, now)) is not None:
            sealed[organisation.name] = int(fresh.number)
    return sealed


@contextmanager
def sealing(clock: Callable[[], datetime], minutes: float = EVERY_MINUTES) -> Iterator[None]:
    """Seal every few minutes for the length of a block, and once more at its end."""
    try:
        with repeating("sealing", "sealing history", lambda: seal_all(clock()), every_seconds=minutes * 60):
            yield
    finally:
        seal_all(clock())
