"""Go the round of the clocks of case files every few minutes, so that what is missed shows on the day it is missed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from arrears.actions.cases import go_round
from arrears.jobs.repeating import repeating
from arrears.store.doors import organisations_at_night

EVERY_SECONDS: Final = 900.0


def go_all(now: datetime) -> int:
    """Go the round of every organisation with a book; return how many clocks were missed."""
    return sum(go_round(one.id, now=now)["missed"] for one in organisations_at_night.with_a_book())


@contextmanager
def going_round(clock: Callable[[], datetime], every_seconds: float = EVERY_SECONDS) -> Iterator[None]:
    """Go the round every so often for the length of a block."""
    with repeating("case-rounds", "looking at clocks of cases", lambda: go_all(clock()), every_seconds=every_seconds):
        yield
