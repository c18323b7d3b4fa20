"""A message: words to one person over one channel that go out once a permit lets them, and the life they lead.

Life: queued → sending → sent, or failed where the channel says so. A refusal of the gate leaves it ``refused`` until
the next instant at which it may go; after its last day it is given up. ``unknown`` is a message of which nobody can say
whether it left (a crash between permit and outcome): it counts as sent and is never sent again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from arrears.domain.contacts import Channel
from arrears.domain.wording import Block, Topic


class MessageState(StrEnum):
    """Where a message is in its life."""

    QUEUED = "queued"
    REFUSED = "refused"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"
    STOPPED = "stopped"


WAITING: Final = (MessageState.QUEUED, MessageState.REFUSED)
"""States from which a message may still go out by itself."""
WITH_PERMIT: Final = (MessageState.SENDING, MessageState.SENT, MessageState.FAILED, MessageState.UNKNOWN)
"""States that no message reaches without a permit and an attempt of its own."""
OVER: Final = (*WITH_PERMIT[1:], MessageState.GIVEN_UP, MessageState.STOPPED)
"""States in which a message stands for good."""

CHANNELS: Final = (Channel.EMAIL, Channel.TEXT, Channel.LETTER)
"""Channels on which words are sent by a machine."""

TRIED_FOR: Final = timedelta(days=7)
"""How long a refused message comes back by itself unless whoever queues it says otherwise: a house assumption."""
LONGEST_TRIED: Final = timedelta(days=60)
"""No message waits longer than this for its turn: its words would tell of another time."""


class Delivery(StrEnum):
    """What a channel says of a message handed to it.

    ``not_taken`` is said only where nothing left this machine, so that it may be tried again; ``unknown`` where it may
    have left.
    """

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    NOT_TAKEN = "not_taken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount that words name: minor units, currency, the day it holds on, and where it comes from.

    ``source`` is a figure of the ledger (``ledger:contractual``), a promise, plan or offer (``promise:7``).
    """

    name: str
    minor: int
    currency: str
    as_of: date
    source: str
    account: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words ready to be sent, with what they carry, speak of and name.

    ``document`` is a PDF where the words are a page of their own making; without it a letter is set from the words.
    """

    template: str
    language: str
    subject: str
    words: str
    blocks: frozenset[Block] = frozenset()
    mentions: frozenset[Topic] = frozenset()
    reveals_debt: bool = True
    figures: tuple[Figure, ...] = ()
    document: bytes = b""

    @property
    def digest(self) -> str:
        """Return SHA-256 over subject, words and document, in hex: what permit, attempt and message are bound to."""
        return digest_of(self.subject, self.words, self.document)


def digest_of(subject: str, words: str, document: bytes = b"") -> str:
    """Return SHA-256 over the digests of subject, words and document, in hex."""
    parts = (subject.encode(), words.encode(), document)
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


Values = Mapping[str, str | int | date]
"""Values that whoever queues a message gives for the places of its words: plain words, days, and ids."""
