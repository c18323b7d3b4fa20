"""Seal history every few minutes, so that a changed, dropped or truncated past shows."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from arrears.store import away, seals
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
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(minutes * 60):
            with away.unless_away("sealing history"):
                seal_all(clock())
        away.let_go()

    worker = threading.Thread(target=work, name="sealing", daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join(timeout=30)
        seal_all(clock())
