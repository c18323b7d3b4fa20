"""Send what is due, every few seconds, while the site is served; on as many machines as serve it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from arrears.actions.messages.sending import send_due
from arrears.config.channels import carriers
from arrears.domain.messages import MessageState
from arrears.jobs.repeating import repeating
from arrears.store.doors import organisations_at_night

EVERY_SECONDS: Final = 10.0
IN_ONE_GO: Final = 500
"""So many messages of one organisation go before the next one's turn."""


def send_all(clock: Callable[[], datetime]) -> Counter[MessageState]:
    """Let every organisation's due messages go, in turns; return how many came to which state."""
    done: Counter[MessageState] = Counter()
    ways = carriers()
    waiting = [one.id for one in organisations_at_night.every()] if ways else []
    while waiting:
        ended = {one: send_due(one, ways, clock=clock, most=IN_ONE_GO) for one in waiting}
        done += sum(ended.values(), Counter())
        waiting = [one for one, counted in ended.items() if counted.total() >= IN_ONE_GO]
    return done


@contextmanager
def sending(clock: Callable[[], datetime], every_seconds: float = EVERY_SECONDS) -> Iterator[None]:
    """Send what is due every few seconds for the length of a block."""
    with repeating("sending", "sending messages", lambda: send_all(clock), every_seconds=every_seconds):
        yield
