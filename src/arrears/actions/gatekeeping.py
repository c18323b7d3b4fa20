"""From the book to the gate: what is proposed, what is known around it, and under whose settings it is judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from arrears.actions import across
from arrears.actions.debt_status import OVER, debt_status
from arrears.actions.default_sums import with_default_sums
from arrears.actions.disputed_parts import with_parts_that_leave_a_rest
from arrears.actions.limitation import with_limitation
from arrears.actions.missed_payments import with_missed_payments
from arrears.actions.mistakes import mistake
from arrears.actions.rule_books import book_for, settings_of
from arrears.domain.addresses import with_domain
from arrears.domain.contacts import KIND_OF_POINT, MEDIUM_OF, Channel, Contact, DisclosureBasis, Medium, Purpose, Role
from arrears.domain.holds import USUAL_DAYS, Hold, HoldKind
from arrears.domain.wording import Block, Topic
from arrears.engine.gate import (
    Address,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    FromNumber,
    Known,
    Proposal,
    RuleBook,
    Settings,
    Verdict,
    Words,
    ask,
)
from arrears.kernel.hours import instant_of, local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_records as records
from arrears.store.doors.attempts import Asked
from arrears.store.doors.contact_records import Record
from arrears.store.scope import current

MOST_SKEW: Final = timedelta(minutes=2)
"""By how much the clocks of two machines may differ: a house assumption, far above what time services leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """A contact that somebody wants to make.

    ``accounts`` empty means all debts of the person that are not over. ``from_number`` empty means the organisation's
    first verified number. ``template`` and ``words_digest`` bind a message to its words; a call is bound to its track.
    ``blocks``, ``mentions`` and ``findings`` say what was read in the words; None where nobody has. ``facts`` say more
    of it by name: that the call is recorded, why one call more is needed, that a third person asked who calls.
    """

    person: int
    contact_point: int | None
    channel: Channel = Channel.CALL
    purpose: Purpose = Purpose.COLLECT
    accounts: tuple[int, ...] = ()
    from_number: str = ""
    template: str = ""
    words_digest: str = ""
    reveals_debt: bool | None = None
    language: str = ""
    blocks: frozenset[Block] | None = None
    mentions: frozenset[Topic] | None = None
    findings: tuple[str, ...] | None = None
    is_automated: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brief:
    """An approach with everything that the gate needs to judge it."""

    asked: Asked
    proposal: Proposal
    known: Known
    settings: Settings
    book: RuleBook

    def verdict(self) -> Verdict:
        """Return what the gate says, by the rules that are in force."""
        return ask(self.book, self.proposal, self.known, self.settings)


def brief(approach: Approach, *, now: datetime, using: str = "default") -> Brief | Problem:
    """Return everything the gate needs about ``approach`` at ``now``; a Problem where the approach makes no sense."""
    record = records.record_of(approach.person, now, using=using)
    return mistake("person_not_found", "person") if record is None else brief_on(record, approach, now=now, using=using)


def brief_on(record: Record, approach: Approach, *, now: datetime, using: str = "default") -> Brief | Problem:
    """Return the brief from a record that was read already, for instance to ask about each number of the person."""
    owed = _owed(approach, record)
    if isinstance(owed, Problem):
        return owed
    way = _way(approach, record)
    if isinstance(way, Problem):
        return way
    known = _known(record, owed, now, across.not_before(record, now=now, using=using))
    proposal = _proposal(approach, record, owed, way, current(using).user, _in_turn(now, known))
    said = [one.settings for one in {record.house.id: record.house, record.owner.id: record.owner}.values()]
    on = local_day(now, record.house.timezone)
    book = book_for(said, on, using=using)
    settings = settings_of(said, on, using=using)
    aged = with_limitation(proposal, known, settings, using=using)
    told = with_missed_payments(aged, known, settings, book, on, using=using)
    summed = with_default_sums(told, known, settings, book, on, using=using)
    left = with_parts_that_leave_a_rest(known, summed, on, using=using)
    return Brief(_asked(approach, record.person, proposal, way), summed, left, settings, book)


def _in_turn(now: datetime, known: Known) -> datetime:
    """Return ``now``, or the moment after the latest contact where that was stamped a little later.

    Clocks are read before turns are taken, and on several machines: without this, of two who ask at once the one with
    the earlier clock would not count the other's call. A contact further ahead moves nobody's clock (`_is_clock_sure`).
    """
    stamped = (contact.at for contact in known.contacts if now <= contact.at <= now + MOST_SKEW)
    latest = max(stamped, default=None)
    return now if latest is None else latest + timedelta(microseconds=1)


def _is_clock_sure(contacts: Iterable[Contact], now: datetime) -> bool:
    return all(contact.at <= now + MOST_SKEW for contact in contacts)


def _owed(approach: Approach, record: Record) -> tuple[records.Owed, ...] | Problem:
    """Return the debts it is about: those named, or all of the person's that are not over, in one role."""
    owed = tuple(debt for debt in record.owed if not approach.accounts or debt.id in approach.accounts)
    if approach.accounts and {debt.id for debt in owed} != set(approach.accounts):
        return mistake("not_a_party", "accounts")
    if approach.accounts:
        return mistake("roles_differ", "accounts") if len({debt.role for debt in owed}) > 1 else owed
    standing = [debt for debt in owed if _status(debt) not in OVER] or list(owed)
    if not standing:
        return mistake("not_a_party", "accounts")
    first = next((debt for debt in standing if debt.role is Role.DEBTOR), standing[0])
    return tuple(debt for debt in standing if debt.role is first.role)


def _way(approach: Approach, record: Record) -> records.Way | Problem | None:
    if approach.contact_point is None:
        return None
    way = record.ways.get(approach.contact_point)
    if way is None:
        return mistake("point_of_other", "contact_point")
    if KIND_OF_POINT.get(MEDIUM_OF[approach.channel], way.kind) != way.kind:
        return mistake("point_of_other_kind", "contact_point", channel=approach.channel.value)
    return way


def _proposal(
    approach: Approach,
    record: Record,
    owed: Sequence[records.Owed],
    way: records.Way | None,
    staff: int | None,
    now: datetime,
) -> Proposal:
    return Proposal(
        at=now,
        collector=_collector(record.house, staff),
        person=record.person.id,
        role=owed[0].role,
        basis=_basis([debt.basis for debt in owed]),
        debts=tuple(_debt(debt) for debt in owed),
        channel=approach.channel,
        purpose=approach.purpose,
        address=_address(way, record.person.place),
        from_number=_from_number(approach, record.house),
        words=_words(approach),
        facts={**approach.facts, "automated": True} if approach.is_automated else approach.facts,
    )


def _collector(house: records.House, staff: int | None) -> Collector:
    return Collector(
        organisation=house.id,
        kind=collector_kind(house.kind, house.settings),
        staff=staff,
        uses_other_name=bool(house.settings.get("uses_other_name", False)),
        facts=house.settings.get("facts", {}),
    )


def collector_kind(kind: str, settings: Mapping[str, Any]) -> CollectorKind | None:
    """Return what an organisation is to the debts it works; None where nobody has said."""
    said = settings.get("collector_kind", kind)
    return CollectorKind(said) if said in set(CollectorKind) else None


def _basis(bases: Sequence[DisclosureBasis]) -> DisclosureBasis:
    """Return the weakest: one contact says the same about every debt it is about."""
    order = (
        DisclosureBasis.NONE,
        DisclosureBasis.CONSENT,
        DisclosureBasis.CONSUMER_IN_LAW,
        DisclosureBasis.LIABLE,
    )
    return min(bases, key=order.index)


def _debt(owed: records.Owed) -> Debt:
    return Debt(
        id=owed.id,
        status=_status(owed),
        consumer_purpose=owed.consumer_purpose,
        in_default_when_obtained=_was_in_default(owed),
        creditor=owed.owner,
        place=owed.place,
        counting_key=owed.facts.get("counting_key"),
        papers_missing=tuple(owed.facts.get("papers_missing", ())),
        number=owed.number,
        debtor=owed.debtor,
        kind=owed.debt_kind,
        facts=owed.facts,
    )


def _status(owed: records.Owed) -> DebtStatus | None:
    return DebtStatus.RECALLED if owed.is_recalled else debt_status(owed.status, owed.flags)


def _was_in_default(owed: records.Owed) -> bool | None:
    """Return whether the debt was in default when this collector got it; None where nobody has said.

    An owner holds it since it was bought, which only the file can tell; who lent it themselves is never asked.
    """
    if owed.default_on is None or owed.held_since is None:
        said = owed.facts.get("in_default_when_obtained")
        return None if said is None else bool(said)
    return owed.default_on <= owed.held_since


def _address(way: records.Way | None, lives_in: str) -> Address | None:
    if way is None:
        return None
    return Address(
        id=way.id,
        use=way.use,
        source=way.source,
        is_valid=way.is_valid,
        zones=way.zones,
        places=records.beside(lives_in, way.places),
        facts=with_domain(way.value, way.facts) if way.kind == "email" else way.facts,
    )


def _from_number(approach: Approach, house: records.House) -> FromNumber | None:
    """Return the number shown. Those in the settings are verified: the organisation has shown that they are its own."""
    own: list[str] = list(house.settings.get("from_numbers", ()))
    if MEDIUM_OF[approach.channel] not in {Medium.TELEPHONE, Medium.TEXT}:
        return None
    value = approach.from_number or next(iter(own), "")
    return FromNumber(value=value, is_verified=value in own) if value else None


def _words(approach: Approach) -> Words | None:
    if not approach.template and approach.reveals_debt is None:
        return None
    return Words(
        template=approach.template,
        reveals_debt=approach.reveals_debt,
        language=approach.language or None,
        digest=approach.words_digest or None,
        blocks=approach.blocks,
        mentions=approach.mentions,
        findings=approach.findings,
    )


def _known(record: Record, owed: Sequence[records.Owed], now: datetime, others: datetime | None) -> Known:
    person, debtor = record.person, owed[0].debtor
    media = person.facts.get("authorised_media")
    contacts = tuple(contact for contact in record.contacts if contact.person in {person.id, debtor})
    return Known(
        contacts=contacts,
        holds=(*record.holds, *_in_flight(owed, now, record.owner.timezone)),
        preferences=record.preferences,
        consents=record.consents,
        plans=record.plans,
        notices=record.notices,
        zones=person.zones,
        places=person.places,
        counting_keys={debt.id: key for debt in record.owed if (key := debt.facts.get("counting_key")) is not None},
        debtor=None if debtor == person.id else debtor,
        is_debtor_lost=owed[0].facts.get("is_debtor_lost"),
        guarantee_is_demandable=owed[0].facts.get("guarantee_is_demandable"),
        authorised_media=None if media is None else frozenset(map(Medium, media)),
        is_clock_sure=_is_clock_sure(contacts, now),
        others_not_before=others,
        facts=person.facts,
    )


def _in_flight(owed: Sequence[records.Owed], now: datetime, zone: str) -> list[Hold]:
    """Return a hold for each debt on which money is seen and not yet cleared.

    From the value date of the oldest payment, or at once where that is to come, until the usual days after the latest:
    money that never arrives does not hold for ever.
    """
    days = timedelta(days=USUAL_DAYS[HoldKind.MONEY_IN_FLIGHT])
    return [
        Hold(
            kind=HoldKind.MONEY_IN_FLIGHT,
            since=min(now, instant_of(debt.pending_since, time(0), zone)),
            until=instant_of(debt.pending_last + days, time(0), zone),
            debts=frozenset((debt.id,)),
        )
        for debt in owed
        if debt.pending_since is not None and debt.pending_last is not None
    ]


def _asked(approach: Approach, person: records.Reached, proposal: Proposal, way: records.Way | None) -> Asked:
    assert proposal.purpose is not None
    number = proposal.from_number
    return Asked(
        owner=person.owner,
        person=person.id,
        accounts=tuple(int(debt.id) for debt in proposal.debts),
        contact_point=way.id if way else None,
        role=proposal.role or Role.UNKNOWN,
        channel=approach.channel,
        purpose=proposal.purpose,
        address=way.value if way else "",
        from_number=number.value if number else "",
        template=approach.template,
        words_digest=approach.words_digest,
        language=approach.language or person.language,
        place=person.place,
        is_automated=approach.is_automated,
    )
