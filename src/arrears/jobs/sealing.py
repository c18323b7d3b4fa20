"""Seal history every few minutes, so that a changed, dropped or truncated past shows."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import Error, connections

from arrears.store import seals
from arrears.store.doors import organisations_at_night

EVERY_MINUTES: Final = 5
_LOG: Final = logging.getLogger(__name__)


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
            _seal_or_wait(clock())
        connections.close_all()

    worker = threading.Thread(target=work, name="sealing", daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join(timeout=30)
        seal_all(clock())


def _seal_or_wait(now: datetime) -> None:
    """Seal; where the database is away, say so and leave it to the next time: nothing that was added is lost to it."""
    try:
        seal_all(now)
    except Error:
        _LOG.warning("history was not sealed this time", exc_info=True)
        connections.close_all()
