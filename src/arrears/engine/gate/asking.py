"""What the gate is asked and what is known: the proposal, the record, the settings, and the case made of them.

None stands for "nobody has said"; a rule that needs it refuses by its name. The record holds what is known at the time
of asking; replay passes the record as it was known then.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from arrears.domain.contacts import (
    MEDIUM_OF,
    Act,
    Channel,
    Contact,
    DisclosureBasis,
    Id,
    Medium,
    PointUse,
    Purpose,
    Role,
    Source,
)
from arrears.domain.holds import Consent, ConsentKind, Hold, Preference, PreferenceKind, SignedPlan
from arrears.domain.notices import Notice
from arrears.domain.wording import Block, Topic
from arrears.engine.limitation.standing import Limitation
from arrears.kernel.intervals import DAY, FOREVER, Intervals, instant_of

Made = TypeVar("Made")
Facts = Mapping[str, object]
"""Facts by name, for rules that are plain about what they ask: flags, whole numbers, dates and codes."""


def _no_facts() -> Facts:
    return MappingProxyType({})


class CollectorKind(StrEnum):
    """What the organisation that makes the contact is to the debt."""

    CREDITOR = "creditor"
    AGENCY = "agency"
    LAW_FIRM = "law_firm"
    DEBT_BUYER = "debt_buyer"
    HOUSE = "house"


class DebtStatus(StrEnum):
    """How a debt stands, as far as contact goes: a charged-off one is still owed."""

    OPEN = "open"
    CHARGED_OFF = "charged_off"
    PAID = "paid"
    SETTLED = "settled"
    SOLD = "sold"
    RECALLED = "recalled"
    DISCHARGED = "discharged"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Who makes the contact. Law counts by organisation; a creditor under another name is bound as a third party."""

    organisation: Id
    kind: CollectorKind | None
    staff: Id | None = None
    uses_other_name: bool = False
    facts: Facts = field(default_factory=_no_facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A debt as the gate sees it. ``counting_key`` joins debts that a law counts as one; None: it stands alone.

    ``number`` is what people call it by; ``debtor`` its main debtor, None where the record names one for all debts.
    ``kind`` is what was owed for ("credit_card", "telecom", …), by which sectors have rules of their own.
    ``limitation`` is until when it may be sued on, None where nobody has worked it out. ``joint`` are those who owe it
    together with the person of the proposal: named where an act is asked about of which law wants each to be told.
    """

    id: Id
    status: DebtStatus | None
    consumer_purpose: bool | None
    in_default_when_obtained: bool | None = None
    creditor: Id | None = None
    place: str | None = None
    counting_key: Id | None = None
    papers_missing: tuple[str, ...] = ()
    number: str = ""
    debtor: Id | None = None
    kind: str | None = None
    facts: Facts = field(default_factory=_no_facts)
    limitation: Limitation | None = None
    joint: tuple[Id, ...] = ()

    @property
    def key(self) -> Id:
        return self.id if self.counting_key is None else self.counting_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The contact point to be used: a number, an address, a door. Zones and places are what it points to by itself."""

    id: Id
    use: PointUse
    source: Source | None
    is_valid: bool = True
    zones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    facts: Facts = field(default_factory=_no_facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FromNumber:
    """The number shown to the person. Verified: ours, and a call back reaches us."""

    value: str
    is_verified: bool | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The template or track to be used, and whether its words let anybody learn of a debt.

    ``blocks`` are the parts it carries, ``mentions`` what it speaks of, ``findings`` the rules of the checker
    that its words break, each with its citation (`engine.checker.Report.broken`); None where nobody has read them.
    """

    template: str
    reveals_debt: bool | None = None
    language: str | None = None
    digest: str | None = None
    blocks: frozenset[Block] | None = None
    mentions: frozenset[Topic] | None = None
    findings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One attempt that somebody wants to make at ``at`` (aware).

    ``act`` is what would be done; one that reaches nobody has a channel all the same, at which no rule for it looks.
    ``facts`` say more of what is proposed: an amount, how many go to a visit, whether a call is recorded.
    """

    at: datetime
    collector: Collector
    person: Id
    role: Role | None
    basis: DisclosureBasis | None
    debts: tuple[Debt, ...]
    channel: Channel
    purpose: Purpose | None
    address: Address | None = None
    from_number: FromNumber | None = None
    words: Words | None = None
    act: Act = Act.CONTACT
    facts: Facts = field(default_factory=_no_facts)

    @property
    def medium(self) -> Medium:
        return MEDIUM_OF[self.channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the book knows around the person: contacts of every origin, holds, wishes, consents, plans, places, zones.

    ``places`` are all candidate places of law ("US-NY"); ``zones`` all candidate time zones of the person, to which
    those of the address are added. ``debtor`` is the main debtor where somebody else is contacted. ``is_clock_sure`` is
    false where a contact is on record that lies ahead of the clock: then nobody can say which of the two is wrong.
    ``facts`` are said of the person. ``others_not_before`` is what counting across creditors came to.
    """

    contacts: tuple[Contact, ...] = ()
    holds: tuple[Hold, ...] = ()
    preferences: tuple[Preference, ...] = ()
    consents: tuple[Consent, ...] = ()
    plans: tuple[SignedPlan, ...] = ()
    notices: tuple[Notice, ...] = ()
    zones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    counting_keys: Mapping[Id, Id] = field(default_factory=lambda: MappingProxyType({}))
    debtor: Id | None = None
    is_debtor_lost: bool | None = None
    guarantee_is_demandable: bool | None = None
    authorised_media: frozenset[Medium] | None = None
    is_clock_sure: bool = True
    others_not_before: datetime | None = None
    facts: Facts = field(default_factory=_no_facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which rules an organisation works under, beside those that bind it.

    ``switched_on`` names unverified or draft rules that somebody switched on; ``by_choice`` rules (or folders of them)
    kept though they do not bind; ``limits`` the house limits it changed, within what their files allow. ``only``
    narrows the gate to the named rules or folders and the core, for worked cases and what-if pages; never for contact.
    """

    switched_on: frozenset[str] = frozenset()
    by_choice: frozenset[str] = frozenset()
    limits: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    only: frozenset[str] | None = None


PLAIN = Settings()
_BACK, _AHEAD = 8, 9


@dataclass(frozen=True)
class Case:
    """A proposal and what is known, with what every rule asks again and again worked out once.

    ``debts`` are those the rule at hand applies to; ``modifiers`` the exceptions that speak to it.
    """

    proposal: Proposal
    known: Known
    debts: tuple[Debt, ...]
    around: int
    modifiers: tuple["Modifier", ...] = ()
    _memory: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)  # Any: what rules keep

    @classmethod
    def of(cls, proposal: Proposal, known: Known) -> "Case":
        return cls(proposal, known, proposal.debts, instant_of(proposal.at))

    def narrowed(self, debts: tuple[Debt, ...], modifiers: tuple["Modifier", ...]) -> "Case":
        if debts == self.debts and modifiers == self.modifiers:
            return self  # most rules look at all debts and have no exceptions: what was worked out once serves them all
        return replace(self, debts=debts, modifiers=modifiers)

    def moved(self, around: int) -> "Case":
        """Return the same case with the horizon set around another instant."""
        return replace(self, around=around, _memory={})

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what ``make`` makes, made once for all rules that ask for it under ``key``."""
        if key not in self._memory:
            self._memory[key] = make()
        made: Made = self._memory[key]
        return made

    @property
    def timed(self) -> tuple[tuple[int, Contact], ...]:
        """Return all contacts with their instants, in order."""
        return self.once("timed", self._timed)

    def lately(self, days: int) -> list[tuple[int, Contact]]:
        """Return the contacts that can matter to a window of so many calendar days, by any clock, from now on."""
        oldest = self.around - (days + 2) * DAY
        return self.once(("lately", days), lambda: [pair for pair in self.timed if pair[0] >= oldest])

    def _timed(self) -> tuple[tuple[int, Contact], ...]:
        return tuple(sorted(((instant_of(c.at), c) for c in self.known.contacts), key=lambda pair: pair[0]))

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """Return all candidate zones, each once: of the person and of the address (12 CFR 1006.6(b)(1)(i))."""
        own = self.proposal.address.zones if self.proposal.address else ()
        return tuple(dict.fromkeys((*self.known.zones, *own)))

    @cached_property
    def places(self) -> tuple[str, ...]:
        own = self.proposal.address.places if self.proposal.address else ()
        law = tuple(debt.place for debt in self.proposal.debts if debt.place)
        return tuple(dict.fromkeys((*self.known.places, *own, *law)))

    @property
    def first_day(self) -> int:
        return self.around // DAY - _BACK - 2

    @property
    def last_day(self) -> int:
        return self.around // DAY + _AHEAD + 2

    @property
    def horizon(self) -> Intervals:
        """Return the span for which rules on hours answer: some days back (for replies) and more than a week ahead."""
        today = self.around // DAY
        return Intervals.between((today - _BACK) * DAY, (today + _AHEAD) * DAY)

    @property
    def horizon_end(self) -> int:
        return (self.around // DAY + _AHEAD) * DAY

    @cached_property
    def debt_ids(self) -> frozenset[Id]:
        return frozenset(debt.id for debt in self.debts)

    @cached_property
    def keys(self) -> tuple[Id, ...]:
        return tuple(dict.fromkeys(debt.key for debt in self.debts))

    def keys_of(self, debts: frozenset[Id]) -> frozenset[Id]:
        """Return the counting keys of debts named in a record."""
        return self.once(("keys", debts), lambda: self._keys_of(debts))

    def _keys_of(self, debts: frozenset[Id]) -> frozenset[Id]:
        known = self.known.counting_keys
        own = {debt.id: debt.key for debt in self.proposal.debts}
        return frozenset(own.get(debt, known.get(debt, debt)) for debt in debts)

    def is_about(self, contact: Contact, key: Id) -> bool:
        """Return whether an attempt was for the debt counted under ``key``, or nobody knows for which."""
        return not contact.debts or key in self.keys_of(contact.debts)

    def talked_of(self, contact: Contact, key: Id) -> bool:
        """Return whether the debt counted under ``key`` was talked about, whoever raised it, or nobody knows."""
        talked = contact.debts if contact.discussed is None else contact.discussed
        return not talked or key in self.keys_of(talked)

    def preferences(self, *kinds: PreferenceKind) -> Iterator[Preference]:
        """Yield the person's wishes of ``kinds`` that touch this medium."""
        for wish in self.known.preferences:
            if wish.kind in kinds and wish.person == self.proposal.person and wish.is_about(self.proposal.medium):
                yield wish

    def consents(self, *kinds: ConsentKind, only_to_collector: bool) -> Iterator[Consent]:
        """Yield the person's consents of ``kinds`` for this medium and all debts at hand.

        Given directly to the collector; or, where that is not asked for, to the creditor of the debts as well.
        """
        heard_by = {self.proposal.collector.organisation}
        if not only_to_collector:
            heard_by |= {debt.creditor for debt in self.debts if debt.creditor is not None}
        for consent in self.known.consents:
            if (
                consent.kind in kinds
                and consent.person == self.proposal.person
                and consent.given_to in heard_by
                and (not consent.media or self.proposal.medium in consent.media)
                and (not consent.debts or self.debt_ids <= consent.debts)
            ):
                yield consent


def lasting(since: datetime, until: datetime | None) -> Intervals:
    """Return the instants from ``since`` until ``until``, without end where that is None."""
    return Intervals.between(instant_of(since), FOREVER if until is None else instant_of(until))


class Modifier:
    """What an exception may do to the rules it speaks to: lift their bars for some time, count less or count more."""

    def lifts(self, _case: Case, _barred: Intervals, /) -> Intervals:
        """Return the instants at which the bars do not hold."""
        return Intervals()

    def leaves_out(self, _contact: Contact, _case: Case, /) -> bool:
        """Return whether a contact that would count does not."""
        return False

    def stands_for(self, channel: Channel, /) -> Channel:
        """Return the channel as which the rules it speaks to look at one: mostly itself."""
        return channel

    def counts_too(self, _contact: Contact, /) -> bool:
        """Return whether a contact on a channel that does not count by itself does."""
        return False
