"""Received texts: where they stand, what sorting did because of them, what a human made of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from arrears.domain.contacts import Channel
from arrears.domain.replies import Category


class ReceivedState(StrEnum):
    """Where a received text is in its life: it waits, somebody reads it, it is dealt with."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


class EffectKind(StrEnum):
    """What sorting may set off by itself. Every one of them stops something; none asks anybody for anything."""

    STOP = "stop"
    HOLD = "hold"
    CASE = "case"


class Ruling(StrEnum):
    """What a human said of a category that was found."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    UNDONE = "undone"


WRITTEN: Final = frozenset(
    {Channel.TEXT, Channel.CHAT, Channel.EMAIL, Channel.LETTER, Channel.FAX, Channel.SOCIAL_PRIVATE}
)
"""Channels on which what is received is in writing. A call is not, whatever its transcript."""

PROTECTIVE: Final = (
    Category.VULNERABLE,
    Category.CEASE,
    Category.BANKRUPTCY,
    Category.IDENTITY_THEFT,
    Category.ATTORNEY,
    Category.WRONG_PERSON,
    Category.DISPUTE,
    Category.STOP_CHANNEL,
    Category.ALREADY_PAID,
    Category.COMPLAINT,
    Category.HARDSHIP,
)
"""Categories that protect the person, in the order in which a human should see them."""

_RANK: Final[Mapping[Category, int]] = {category: at for at, category in enumerate(PROTECTIVE)}


def urgency(categories: frozenset[Category]) -> int:
    """Return 0 where somebody may be in danger, 1 for what stops contact, 2 for other protection, 3 for the rest."""
    best = min((_RANK[one] for one in categories if one in _RANK), default=len(PROTECTIVE))
    return 0 if best == 0 else 1 if best <= _RANK[Category.STOP_CHANNEL] else 2 if best < len(PROTECTIVE) else 3
