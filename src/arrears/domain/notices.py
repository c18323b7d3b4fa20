"""Notices: what the law wants a person to be sent, and what was sent, when, and until when it holds others back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from arrears.domain.contacts import Id


class NoticeKind(StrEnum):
    """What a notice is for."""

    VALIDATION = "validation"
    """US validation notice (12 CFR 1006.34)."""
    TRANSFER = "transfer"
    """EU notice after a transfer and before the first collection (Directive 2021/2167 art 10(2))."""
    ADDRESS = "address"
    """US notice that an e-mail address will be used (12 CFR 1006.6(d)(4)(ii))."""
    LISTING = "listing"
    """That a debt may be, or will be, given to a credit register."""
    ARREARS = "arrears"
    """That payments are missing, with what law wants said of them (UK: CCA 1974 ss 86B to 86E; China: credit cards)."""
    DEFAULT = "default"
    """UK default notice (CCA 1974 s.87-88)."""
    DEFAULT_SUMS = "default_sums"
    """That sums for a breach, such as a late fee, became payable (UK: CCA 1974 s 86E)."""
    AGENCY = "agency"
    """That an agency was asked to collect."""
    DATA_ORIGIN = "data_origin"
    """Where personal data came from (GDPR art 14)."""
    TIME_BARRED = "time_barred"
    """That a debt is too old to be sued on."""
    VERIFICATION = "verification"
    """An answer to a dispute, or to a request for the original creditor."""
    UNVERIFIED_DEBT = "unverified_debt"
    """That a debt could not be verified and is not collected (New York City)."""
    PLAN_COPY = "plan_copy"
    """A written copy of a plan that was agreed."""


TOLD_OF: Final = "told_of"
"""Among the facts of a notice of default sums: the entries of the ledger by which the sums that it tells of came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice that went out. ``debts`` empty: about all of the person's. ``by`` is the organisation that sent it.

    ``received_on`` is the day it is known or assumed to have arrived, ``period_ends`` the last local day of the period
    it opened, ``opt_out_by`` the last local day to opt out that it names; each None where the notice has no such day.
    ``undeliverable_at`` says when it came back. ``answers`` is the hold (a dispute, a request) that it answers.
    """

    kind: NoticeKind
    person: Id
    sent_at: datetime
    by: Id | None = None
    debts: frozenset[Id] = frozenset()
    received_on: date | None = None
    period_ends: date | None = None
    opt_out_by: date | None = None
    undeliverable_at: datetime | None = None
    address: Id | None = None
    answers: Id | None = None
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    def is_about(self, debt: Id) -> bool:
        """Return whether the notice speaks of ``debt``, or of all debts."""
        return not self.debts or debt in self.debts
