"""Taking a payment: links, authorisations of debits, debits and traces, and the lives they lead (P29, P38).

Card and account numbers are no part of any of these: whoever pays types them on the provider's own page, and what is
kept here is the provider's reference to it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Scheme(StrEnum):
    """By which rails a debit is taken; a card debit is the United Kingdom's continuous payment authority."""

    ACH = "ach"
    SEPA = "sepa"
    BACS = "bacs"
    CARD = "card"


class Form(StrEnum):
    """How a debit was authorised: on the provider's page, on paper, or by voice with its proof."""

    HOSTED_PAGE = "hosted_page"
    SIGNED = "signed"
    ORAL_RECORDED = "oral_recorded"
    ORAL_NOTICED = "oral_noticed"


IN_WRITING: Final = frozenset({Form.HOSTED_PAGE, Form.SIGNED})
"""Forms that are signed, or authenticated as well as a signature is."""


class MandateState(StrEnum):
    """Asked for, in force, or over: taken back by the debtor, past its day, or stopped by a failure or its bank."""

    ASKED = "asked"
    ACTIVE = "active"
    REVOKED = "revoked"
    EXPIRED = "expired"
    STOPPED = "stopped"


class LinkState(StrEnum):
    """A link is made here, opened at the provider, then paid, or over without money."""

    MAKING = "making"
    OPEN = "open"
    SEEN = "seen"
    PAID = "paid"
    RETURNED = "returned"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class DebitState(StrEnum):
    """A debit is asked for ahead, given to the provider, and then clears, fails, or clears and is returned."""

    ASKED = "asked"
    PRESENTING = "presenting"
    PRESENTED = "presented"
    CLEARED = "cleared"
    RETURNED = "returned"
    FAILED = "failed"
    CANCELLED = "cancelled"


FAILURES: Final = frozenset({DebitState.FAILED, DebitState.RETURNED})


class TraceState(StrEnum):
    """A payment that is said to have been made is looked for, and then found, not found, or left to a human."""

    RUNNING = "running"
    TO_HUMAN = "to_human"
    FOUND = "found"
    NOT_FOUND = "not_found"
    WITHDRAWN = "withdrawn"


TRACE_RUNS: Final = frozenset({TraceState.RUNNING, TraceState.TO_HUMAN})


class Choice(StrEnum):
    """What a link asks for: all that is past due, what was promised, or a part the debtor named."""

    ALL_DUE = "all_due"
    PROMISED = "promised"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """The evidence that a debtor agreed to be debited: what was said or signed, by whom, when, how it is proved.

    ``most_minor`` bounds one debit, in minor units; ``is_recurring`` says whether there may be several; ``proof`` names
    the recording, the paper, or the provider's record. ``copy_given_at`` is when the debtor got the terms.
    """

    scheme: Scheme
    form: Form
    words: str
    given_at: datetime | None
    is_recurring: bool
    most_minor: int
    valid_until: date | None = None
    proof: str = ""
    copy_given_at: datetime | None = None
