"""A contact: who reached, or tried to reach, whom, how, about which debts, and what came of it.

A contact is counted whatever its origin: made here under a permit, received, carried over from earlier books, told by
an agency. What an outcome counts as is written once, in ``EFFECTS``. Identities are what the book or a test uses to
tell things apart: whole numbers there, short words here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Id = int | str


class Channel(StrEnum):
    """The ways to reach a person. One that a machine speaks on is a channel of its own: laws tell them apart."""

    CALL = "call"
    AI_VOICE = "ai_voice"
    RECORDED_CALL = "recorded_call"
    VOICEMAIL_DROP = "voicemail_drop"
    TEXT = "text"
    CHAT = "chat"
    EMAIL = "email"
    LETTER = "letter"
    FAX = "fax"
    VISIT = "visit"
    SOCIAL_PRIVATE = "social_private"
    SOCIAL_PUBLIC = "social_public"


class Act(StrEnum):
    """What is about to be done: mostly contact; the others reach nobody by themselves, and law binds them too."""

    CONTACT = "contact"
    SUE = "sue"
    ENFORCE = "enforce"
    CALL_IN = "call_in"
    """To ask for all of a debt at once, or to end its agreement, because a payment was missed."""
    FURNISH = "furnish"
    DEBIT = "debit"
    PLACE = "place"
    SELL = "sell"
    CHARGE = "charge"
    REFUSE_PLAN = "refuse_plan"
    RECORD_CALL = "record_call"
    PURGE = "purge"


class Medium(StrEnum):
    """What a person means by "stop calling me" or "stop texting me": channels that feel the same to them."""

    TELEPHONE = "telephone"
    TEXT = "text"
    CHAT = "chat"
    EMAIL = "email"
    POST = "post"
    VISIT = "visit"
    SOCIAL = "social"


MEDIUM_OF: Final[Mapping[Channel, Medium]] = MappingProxyType(
    {
        Channel.CALL: Medium.TELEPHONE,
        Channel.AI_VOICE: Medium.TELEPHONE,
        Channel.RECORDED_CALL: Medium.TELEPHONE,
        Channel.VOICEMAIL_DROP: Medium.TELEPHONE,
        Channel.TEXT: Medium.TEXT,
        Channel.CHAT: Medium.CHAT,
        Channel.EMAIL: Medium.EMAIL,
        Channel.LETTER: Medium.POST,
        Channel.FAX: Medium.POST,
        Channel.VISIT: Medium.VISIT,
        Channel.SOCIAL_PRIVATE: Medium.SOCIAL,
        Channel.SOCIAL_PUBLIC: Medium.SOCIAL,
    }
)
KIND_OF_POINT: Final[Mapping[Medium, str]] = MappingProxyType(
    {
        Medium.TELEPHONE: "phone",
        Medium.TEXT: "phone",
        Medium.EMAIL: "email",
        Medium.POST: "address",
        Medium.VISIT: "address",
    }
)
"""By medium the kind of contact point that it reaches; chats and social networks reach any."""


class Origin(StrEnum):
    """How a contact came into the book. Only ``outbound`` has, and must have, a permit."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"
    HISTORIC = "historic"
    AGENCY_REPORTED = "agency_reported"


class Direction(StrEnum):
    """Who began it. Origin does not say: an old book and an agency report both kinds."""

    TO_PERSON = "to_person"
    FROM_PERSON = "from_person"


class Outcome(StrEnum):
    """What came of a contact or an attempt at one."""

    STARTED = "started"
    UNKNOWN = "unknown"
    CONVERSATION = "conversation"
    RIGHT_PARTY = "right_party"
    UNVERIFIED = "unverified"
    THIRD_PARTY = "third_party"
    DROPPED = "dropped"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    LIMITED_MESSAGE = "limited_message"
    REJECTED = "rejected"
    BUSY = "busy"
    NOT_IN_SERVICE = "not_in_service"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    BOUNCED = "bounced"
    MET = "met"
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an outcome counts as.

    ``is_connected``: the line or the message reached the number or address dialled, whoever is there.
    ``is_reached``: the person themselves was spoken to or met ("right-party contact").
    ``is_conversation``: the debt was talked about with them, which starts waiting periods.
    ``gives_permit_back``: nothing was set off at the other end, so the permit was not spent.
    """

    is_connected: bool = True
    is_reached: bool = False
    is_conversation: bool = False
    gives_permit_back: bool = False


_NOTHING_RANG = Effect(is_connected=False, gives_permit_back=True)
_REACHED = Effect(is_reached=True)
_TALKED = Effect(is_reached=True, is_conversation=True)

EFFECTS: Final[Mapping[Outcome, Effect]] = MappingProxyType(
    dict.fromkeys(Outcome, Effect())
    | {
        Outcome.CONVERSATION: _TALKED,
        Outcome.MET: _TALKED,
        Outcome.RIGHT_PARTY: _REACHED,
        Outcome.BUSY: _NOTHING_RANG,
        Outcome.NOT_IN_SERVICE: _NOTHING_RANG,
        Outcome.BOUNCED: Effect(is_connected=False),
    }
)
"""Every outcome counts unless it is named here: what is unknown, cut off or refused by a network was an attempt."""


class Role(StrEnum):
    """What the person contacted is to the debt."""

    DEBTOR = "debtor"
    CO_OBLIGOR = "co_obligor"
    GUARANTOR = "guarantor"
    SPOUSE = "spouse"
    PARENT_OF_MINOR = "parent_of_minor"
    GUARDIAN = "guardian"
    EXECUTOR = "executor"
    SUCCESSOR = "successor"
    ATTORNEY = "attorney"
    TRUSTEE = "trustee"
    EMPLOYER = "employer"
    HOUSEHOLD = "household"
    REFERENCE = "reference"
    NEIGHBOUR = "neighbour"
    UNKNOWN = "unknown"


class DisclosureBasis(StrEnum):
    """Why this person may be told of the debt (P43). That they know of it already is no basis."""

    LIABLE = "liable"
    CONSUMER_IN_LAW = "consumer_in_law"
    CONSENT = "consent"
    NONE = "none"


class Purpose(StrEnum):
    """What an attempt is for; a template says it too, and the two must be the same."""

    COLLECT = "collect"
    DISCUSS = "discuss"
    SERVICE = "service"
    LOCATION = "location"
    LEAVE_MESSAGE = "leave_message"
    REPLY = "reply"
    STOP_CONFIRMATION = "stop_confirmation"
    EFFORTS_ENDED = "efforts_ended"
    MAY_INVOKE_REMEDY = "may_invoke_remedy"
    INTENDS_REMEDY = "intends_remedy"
    VERIFICATION = "verification"
    LEGAL_NOTICE = "legal_notice"
    VALIDATION_NOTICE = "validation_notice"
    TRANSFER_NOTICE = "transfer_notice"
    ADDRESS_NOTICE = "address_notice"
    COMPLAINT_REPLY = "complaint_reply"
    ASK_CONSENT = "ask_consent"


class PointUse(StrEnum):
    """What a contact point is to the person who has it."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    OTHER = "other"


class Source(StrEnum):
    """Where a contact point or a lead came from. The last group is never worked (R06, R07, R13)."""

    DEBTOR = "debtor"
    CONTRACT = "contract"
    CREDITOR_FILE = "creditor_file"
    INBOUND = "inbound"
    PARTY = "party"
    PUBLIC_REGISTER = "public_register"
    COURT_RECORD = "court_record"
    LICENSED_BUREAU = "licensed_bureau"
    POST_OFFICE = "post_office"
    PHONE_BOOK = "phone_book"
    CALL_RECORDS = "call_records"
    PHOTOS = "photos"
    SOCIAL_SCRAPE = "social_scrape"
    POLICE_DATABASE = "police_database"
    HOUSEHOLD_REGISTER = "household_register"
    PROVIDENT_FUND = "provident_fund"
    TELECOM_LOCATION = "telecom_location"
    INSIDER = "insider"
    FOLLOWING = "following"


class IncidentKind(StrEnum):
    """What opens an incident for the compliance officer."""

    UNPERMITTED_CONTACT = "unpermitted_contact"
    PERMIT_REUSED = "permit_reused"
    SENT_AFTER_STOP = "sent_after_stop"
    WRONG_PERSON_TOLD = "wrong_person_told"
    BOUND_TO_OTHER = "bound_to_other"
    LATE_OUTCOME = "late_outcome"
    FLAGGED_WORDS = "flagged_words"
    CLOCK_MISSED = "clock_missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact or attempt, of any origin.

    ``debts`` empty means that nobody recorded which: it then counts for each debt of the person. ``discussed`` are the
    debts talked about where that is narrower or wider than what the attempt was for; None means the same. ``use`` is
    what the number or address is to the person; one of which nobody knows counts wherever a law counts by use.
    """

    at: datetime
    channel: Channel
    outcome: Outcome
    person: Id
    collector: Id | None
    origin: Origin = Origin.OUTBOUND
    direction: Direction = Direction.TO_PERSON
    role: Role = Role.DEBTOR
    debts: frozenset[Id] = frozenset()
    discussed: frozenset[Id] | None = None
    address: Id | None = None
    use: PointUse | None = None
    from_number: str | None = None
    purpose: Purpose | None = None
    id: Id | None = None

    def is_from_person(self) -> bool:
        return self.direction is Direction.FROM_PERSON or self.origin is Origin.INBOUND

    def medium(self) -> Medium:
        return MEDIUM_OF[self.channel]

    def effect(self) -> Effect:
        return EFFECTS[self.outcome]

    def is_call_placed(self) -> bool:
        """Return whether we rang a number and the call connected: busy and not in service did not."""
        return not self.is_from_person() and self.medium() is Medium.TELEPHONE and self.effect().is_connected

    def is_telephone_conversation(self) -> bool:
        return self.effect().is_conversation and self.medium() is Medium.TELEPHONE

    def is_about(self, debt: Id) -> bool:
        """Return whether the attempt was for ``debt``, or nobody knows."""
        return not self.debts or debt in self.debts

    def talked_of(self, debt: Id) -> bool:
        """Return whether ``debt`` was talked about, whoever raised it, or nobody knows."""
        talked = self.debts if self.discussed is None else self.discussed
        return not talked or debt in talked
