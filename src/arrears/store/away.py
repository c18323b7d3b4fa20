"""Work that goes on by itself while the database comes and goes: what fails is said, and tried again the next time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import Error, connections

_LOG: Final = logging.getLogger(__name__)


@contextmanager
def unless_away(what: str) -> Iterator[None]:
    """Do the block; where the database fails, write down that ``what`` was not done, and let its connections go."""
    try:
        yield
    except Error:
        _LOG.warning("not done this time: %s", what, exc_info=True)
        let_go()


def let_go() -> None:
    """Close this thread's connections; the next question opens new ones."""
    connections.close_all()
