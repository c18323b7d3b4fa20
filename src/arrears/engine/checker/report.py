"""What the checker is told about words, and what it answers: findings with their spans, parts, topics, language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from arrears.domain.contacts import DisclosureBasis, Role
from arrears.domain.wording import Block, Topic
from arrears.kernel.texts import Text

Figure = tuple[int, str]
"""An amount of money: minor units and ISO 4217 currency; an empty currency stands for one that is not said."""


class Kind(StrEnum):
    """What sort of words are read. Notes and transcripts are flagged; everything else is about to be sent."""

    TEMPLATE = "template"
    MESSAGE = "message"
    LETTER = "letter"
    VOICEMAIL = "voicemail"
    SUBJECT = "subject"
    """What anybody sees from outside: the subject of a mail, an envelope, the first line of a notification."""
    NOTE = "note"
    TRANSCRIPT = "transcript"
    COMPLAINT = "complaint"
    """What a person says was said to them: only for looking into it."""


KEPT = frozenset({Kind.NOTE, Kind.TRANSCRIPT, Kind.COMPLAINT})
"""Kinds that nobody is about to send: what is found is flagged, never blocked."""


class Category(StrEnum):
    """What is wrong with words."""

    ARREST = "arrest"
    VIOLENCE = "violence"
    LEGAL_THREAT = "legal_threat"
    CREDIT_THREAT = "credit_threat"
    IMPERSONATION = "impersonation"
    FALSE_STATEMENT = "false_statement"
    DISCLOSURE = "disclosure"
    INSULT = "insult"
    PRETEXT = "pretext"
    COERCION = "coercion"
    HARDSHIP_STORY = "hardship_story"
    CALL_THREAT = "call_threat"
    SHAMING = "shaming"
    PAY_TO_AVOID_RECORD = "pay_to_avoid_record"
    WRONG_AMOUNT = "wrong_amount"
    MISSING_PART = "missing_part"
    LANGUAGE = "language"
    DISPUTE_PERIOD = "dispute_period"
    WHY_UNPAID = "why_unpaid"
    TIME_BARRED = "time_barred"
    VOICEMAIL = "voicemail"


class Decided(StrEnum):
    """Steps that somebody with the authority has decided on and approved, so that words may announce them."""

    SUIT = "suit"
    SEIZURE = "seizure"
    CREDIT_LISTING = "credit_listing"
    CRIMINAL_COMPLAINT = "criminal_complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known around words.

    ``amounts`` are the figures that are true today by ledger, plan or approved offer; None: nobody has said, and
    amounts are not compared. ``currency`` is meant where words give none. ``decided`` are steps with an approved
    decision behind them. ``dispute_until`` is the last day on which a dispute is in time, ``on`` the day of the words.
    ``needed`` are parts that the words must carry. ``is_last_notice`` says that it truly is the last one.
    ``names`` are the registered names of the sender, ``creditors`` those of whom the debt is owed to.
    """

    kind: Kind = Kind.MESSAGE
    role: Role | None = Role.DEBTOR
    basis: DisclosureBasis | None = None
    places: tuple[str, ...] = ()
    amounts: frozenset[Figure] | None = None
    currency: str = ""
    expected_language: str | None = None
    decided: frozenset[Decided] = frozenset()
    needed: frozenset[Block] = frozenset()
    is_time_barred: bool | None = None
    is_last_notice: bool = False
    dispute_until: date | None = None
    on: date | None = None
    names: frozenset[str] = frozenset()
    creditors: frozenset[str] = frozenset()

    @property
    def may_reveal(self) -> bool:
        """Return whether who gets the words may learn of the debt by them; unknown readers may not."""
        if self.kind in {Kind.SUBJECT, Kind.VOICEMAIL}:
            return False
        if self.basis is not None:
            return self.basis is not DisclosureBasis.NONE
        return self.role in _TOLD

    @property
    def is_kept(self) -> bool:
        """Return whether the words stay in the house: they are flagged, not stopped."""
        return self.kind in KEPT


_TOLD = frozenset(
    {
        Role.DEBTOR,
        Role.CO_OBLIGOR,
        Role.GUARANTOR,
        Role.SPOUSE,
        Role.PARENT_OF_MINOR,
        Role.GUARDIAN,
        Role.EXECUTOR,
        Role.SUCCESSOR,
        Role.ATTORNEY,
        Role.TRUSTEE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: ``start`` and ``until`` count the characters of the words as given.

    A part that is missing stands nowhere: ``start == until == 0`` and ``words`` is empty.
    """

    rule: str
    category: Category
    is_blocking: bool
    start: int
    until: int
    words: str
    why: Text
    citation: str = ""

    @property
    def said(self) -> str:
        """Return the rule and its citation, as a refusal tells them."""
        return f"{self.rule} ({self.citation})" if self.citation else self.rule


@dataclass(frozen=True, slots=True)
class Report:
    """What was read: findings in the order of the words, parts carried, topics raised, the language (None: unsure).

    ``disclosed_in`` is the language in which the words tell that they are from a collector; that of the rest where
    they tell it in several, None where they do not tell it.
    """

    findings: tuple[Finding, ...] = ()
    blocks: frozenset[Block] = frozenset()
    mentions: frozenset[Topic] = frozenset()
    language: str | None = None
    disclosed_in: str | None = None
    spans: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_blocked(self) -> bool:
        """Return whether the words must not be sent."""
        return any(found.is_blocking for found in self.findings)

    @property
    def broken(self) -> tuple[str, ...]:
        """Return the blocking rules, each once with its citation: what `gate.Words.findings` is given."""
        return tuple(dict.fromkeys(found.said for found in self.findings if found.is_blocking))

    @property
    def reveals_debt(self) -> bool:
        """Return whether somebody who reads the words learns of a debt."""
        return bool(self.mentions & {Topic.DEBT, Topic.AMOUNT})
