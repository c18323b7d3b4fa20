"""Work that repeats by itself beside the site, while the site is served."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from arrears.store import away


@contextmanager
def repeating(name: str, what: str, work: Callable[[], object], *, every_seconds: float) -> Iterator[None]:
    """Do ``work`` every so often, from a thread called ``name``, for the length of a block.

    Where the database is away, ``what`` is written down as not done, and tried again the next time.
    """
    ended = threading.Event()

    def again_and_again() -> None:
        while not ended.wait(every_seconds):
            with away.unless_away(what):
                work()
        away.let_go()

    worker = threading.Thread(target=again_and_again, name=name, daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join(timeout=30)
