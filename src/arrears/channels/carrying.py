"""Handing a message to the world: the narrow interface behind which mail, post and text gateways stand.

Each folder of this room that has a ``CHANNEL`` and a ``carrier`` is found; a new channel is a new folder.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol  # Any: settings of every kind

import arrears.channels
from arrears.domain.contacts import Channel
from arrears.domain.messages import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message that may go: to whom and from whom, its words, our reference, the page of a letter as a PDF.

    ``permit`` is the leave under which it goes: nothing is handed over without one.
    """

    reference: str
    permit: int
    channel: Channel
    address: str
    name: str
    sender: str
    from_number: str
    language: str
    subject: str
    words: str
    at: datetime
    page: bytes = b""


@dataclass(frozen=True, slots=True)
class Handed:
    """What a channel says: how it went, its own reference, its own words."""

    delivery: Delivery
    ref: str = ""
    said: str = ""


class Carrier(Protocol):
    """A way to hand messages over."""

    def send(self, message: Outgoing) -> Handed:
        """Hand a message over; never raises. ``not_taken`` only where nothing left, ``unknown`` where it may have."""

    def rest(self) -> None:
        """Let go of whatever is kept open for this thread; the next message opens it again."""


Carriers = Mapping[Channel, Carrier]


def carriers(settings: Mapping[str, Any]) -> dict[Channel, Carrier]:
    """Return the carriers that ``settings`` are enough for, by channel."""
    found: dict[Channel, Carrier] = {}
    for module in pkgutil.iter_modules(arrears.channels.__path__):
        if module.ispkg:
            folder = importlib.import_module(f"{arrears.channels.__name__}.{module.name}")
            made = folder.carrier(settings) if hasattr(folder, "CHANNEL") else None
            if made is not None:
                found[folder.CHANNEL] = made
    return found
