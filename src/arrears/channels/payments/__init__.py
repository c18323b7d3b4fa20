"""Taking a payment through a provider: the narrow interface that the verbs speak, whichever library is behind it.

A provider is asked for a page on which somebody pays, for a page on which somebody authorises debits, and for a debit
under such an authorisation. What it tells us is taken as a hint only: `Provider.look_up` asks how a thing stands now,
so that events may come twice, late, or in any order. Card and account numbers are typed on the provider's own page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from arrears.domain.takings import Scheme


class ProviderError(RuntimeError):
    """The provider could not be reached, or refused what is ours to correct; nothing is known to have happened."""


class SignatureError(ValueError):
    """What came in was not signed by the provider, or long ago."""


class Stage(StrEnum):
    """How a thing stands at the provider."""

    OPEN = "open"
    SEEN = "seen"
    CLEARED = "cleared"
    RETURNED = "returned"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked:
    """A page to be made: our reference, for whom, what for; ``amount_minor`` None where debits are authorised.

    ``words`` stand on the page; they name the creditor and our reference, never a reason for the debt. ``back`` is
    where the payer goes afterwards. ``scheme`` is that of the authorisation.
    """

    organisation: int
    reference: str
    currency: str
    words: str
    back: str
    language: str
    expires_at: datetime
    amount_minor: int | None = None
    scheme: Scheme | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page at the provider: its reference there and its address."""

    ref: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebitAsked:
    """A debit to be taken under an authorisation, in minor units; ``key`` makes the same request happen once."""

    organisation: int
    reference: str
    key: str
    amount_minor: int
    currency: str
    words: str
    scheme: Scheme
    customer: str
    method: str
    mandate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a payment stands: whose it is by our own marks, how much, and the provider's word where it failed."""

    ref: str
    stage: Stage
    organisation: int
    reference: str
    amount_minor: int
    currency: str
    reason: str = ""
    refunded_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateStanding:
    """How an authorisation stands: who gave it there, by which method, and the provider's record of it."""

    ref: str
    stage: Stage
    organisation: int
    reference: str
    customer: str = ""
    method: str = ""
    mandate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something happened to ``ref`` at the provider; ``account`` is the connected account, empty for the key's own."""

    id: str
    kind: str
    ref: str
    at: datetime
    account: str = ""


class Provider(Protocol):
    """What the verbs need of whoever moves the money."""

    def make_page(self, asked: PageAsked) -> Page:
        """Make a page; the same reference makes it once. Raises `ProviderError`."""

    def debit(self, asked: DebitAsked) -> Standing:
        """Take a debit; the same key takes it once. Raises `ProviderError` where it is not known to have begun."""

    def look_up(self, ref: str) -> Standing | None:
        """Return how a payment stands now; None where the provider knows none of ours. Raises `ProviderError`."""

    def find(self, organisation: int, reference: str, customer: str, since: datetime) -> Standing | None:
        """Return how a debit of ours stands whose answer was lost, by our marks among a customer's since an instant.

        None where none arrived there. Raises `ProviderError`.
        """

    def look_up_mandate(self, ref: str) -> MandateStanding | None:
        """Return how an authorisation stands, by its page or its record. Raises `ProviderError`."""

    def cancel(self, ref: str) -> Standing | None:
        """Close a page or stop a debit where that is still possible; return how it stands. Raises `ProviderError`."""

    def end_mandate(self, method: str) -> None:
        """Let the provider forget a way to pay; done twice it is done once. Raises `ProviderError`."""

    def events(self, since: datetime) -> Iterator[Notice]:
        """Yield what happened since an instant. Raises `ProviderError`."""

    def is_takeable(self, amount_minor: int, currency: str) -> bool:
        """Return whether the provider can take exactly this amount."""
