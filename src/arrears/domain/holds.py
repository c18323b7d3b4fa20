"""What stops or steers contact: holds, the person's own wishes, and consents with their evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from arrears.domain.contacts import Id, Medium, PointUse


class HoldKind(StrEnum):
    """Why contact stops, wholly or for some debts. Each is a bar of its own, before any count."""

    BANKRUPTCY = "bankruptcy"
    CEASE = "cease"
    ATTORNEY = "attorney"
    DISPUTE = "dispute"
    MORATORIUM = "moratorium"
    DECEASED = "deceased"
    IDENTITY_THEFT = "identity_theft"
    WRONG_PERSON = "wrong_person"
    CARE = "care"
    INCAPACITY = "incapacity"
    PAYMENT_TRACE = "payment_trace"
    MONEY_IN_FLIGHT = "money_in_flight"
    PAPERS_MISSING = "papers_missing"
    COMPLAINT = "complaint"
    CREDITOR_REQUEST = "creditor_request"
    ADVISER = "adviser"
    PROPOSAL_PENDING = "proposal_pending"
    REFUSED_AS_BARRED = "refused_as_barred"
    RESTRICTION = "restriction"


USUAL_DAYS: Final[Mapping[HoldKind, int]] = {HoldKind.PAYMENT_TRACE: 14, HoldKind.MONEY_IN_FLIGHT: 7}
"""How long a hold runs unless somebody says otherwise: a house assumption, so that no trace lasts for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold from an instant until another (None: until somebody releases it).

    ``person`` None means that it follows the debts, whoever is contacted; ``debts`` empty means all of the person's.
    ``written`` and ``period_ends`` (the last local day of the validation period) matter for disputes; ``identified``
    and ``excused_from`` (no answer within reason, or consent to direct contact) for an attorney. ``facts`` is what else
    was said when it was placed, by name.
    """

    kind: HoldKind
    since: datetime
    until: datetime | None = None
    person: Id | None = None
    debts: frozenset[Id] = frozenset()
    written: bool | None = None
    in_period: bool | None = None
    identified: bool = True
    excused_from: datetime | None = None
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    def is_on(self, person: Id, debts: frozenset[Id]) -> bool:
        """Return whether it stands in the way of contacting ``person`` about one of ``debts``."""
        if self.person is not None and self.person != person:
            return False
        return not self.debts or not self.debts.isdisjoint(debts)


@dataclass(frozen=True, slots=True)
class WeeklyWindow:
    """Some hours of some days of the week, by the person's own clock. ``days``: 0 is Monday.

    The window runs from ``start`` up to ``until``; a ``until`` not later than ``start`` runs over midnight, and
    ``time(0)`` for ``until`` is the end of the day. With ``closing_in`` the closing instant itself belongs to it.
    ``on`` narrows it to that one date, on which it starts.
    """

    days: frozenset[int]
    start: time
    until: time
    closing_in: bool = False
    on: date | None = None


EVERY_DAY = frozenset(range(7))


class PreferenceKind(StrEnum):
    """What the person asked: not at these times, not at this kind of place, not by this medium, that number blocked."""

    TIME = "time"
    PLACE = "place"
    STOP_MEDIUM = "stop_medium"
    BLOCKED_NUMBER = "blocked_number"
    EMPLOYER_PROHIBITS = "employer_prohibits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A wish of the person, in their words, turned into something that can be kept.

    ``media`` empty means every medium; ``windows`` are the times that do *not* suit; ``places`` the kinds of contact
    point that do not; ``address`` narrows a stop to one number or address.
    """

    kind: PreferenceKind
    person: Id
    since: datetime
    until: datetime | None = None
    words: str = ""
    media: frozenset[Medium] = frozenset()
    windows: tuple[WeeklyWindow, ...] = ()
    places: frozenset[PointUse] = frozenset()
    address: Id | None = None

    def is_about(self, medium: Medium) -> bool:
        return not self.media or medium in self.media


class ConsentKind(StrEnum):
    """What was agreed to. Each has its own effect; none stands for another."""

    CALL_MORE = "call_more"
    HOURS = "hours"
    TIME_AND_PLACE = "time_and_place"
    MEDIUM = "medium"
    TELL_THIRD_PARTY = "tell_third_party"
    WORK_POST = "work_post"
    ASK_AGAIN = "ask_again"
    AUTOMATED = "automated"
    """Calls and texts by machines and artificial voices (47 CFR 64.1200(a)(1))."""
    ELECTRONIC_NOTICES = "electronic_notices"
    """Notices that law wants in writing may come electronically, after the process of 15 USC 7001(c)."""
    MORE_VISITS = "more_visits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A dated consent: by whom, to which organisation directly, in what contact, for what, and until when.

    ``windows`` narrow it to some hours; ``media`` empty means any; ``about`` is the third person who may be told.
    ``in_allowed_contact`` says whether it was given in a contact that was itself allowed.
    """

    kind: ConsentKind
    person: Id
    given_to: Id
    at: datetime
    until: datetime | None = None
    revoked_at: datetime | None = None
    debts: frozenset[Id] = frozenset()
    media: frozenset[Medium] = frozenset()
    windows: tuple[WeeklyWindow, ...] = ()
    about: Id | None = None
    in_allowed_contact: bool | None = None

    def ends(self) -> datetime | None:
        """Return the earlier of expiry and revocation; None where it has neither."""
        return min((end for end in (self.until, self.revoked_at) if end is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPlan:
    """An instalment plan the debtor signed: while it is kept, some laws stop collection."""

    debts: frozenset[Id]
    signed_at: datetime
    ended_at: datetime | None = None
    is_kept: bool | None = None
