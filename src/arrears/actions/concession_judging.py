"""Accepted offers judged by payments: booked when all has cleared, taken back when money goes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from arrears.actions import entries
from arrears.actions import positions as bases_of
from arrears.actions.concession_bookings import Grown, book, cut_of, grown_beyond, take_back
from arrears.actions.concession_steps import step
from arrears.domain.concessions import Standing, State
from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import Terms
from arrears.engine.concessions.judging import judge as judged
from arrears.kernel.hours import local_day
from arrears.store.doors import concessions as rows
from arrears.store.doors import positions as bases
from arrears.store.doors import promises as facts
from arrears.store.doors.concessions import Offered
from arrears.store.doors.positions import Basis
from arrears.store.scope import current


@dataclass(frozen=True, slots=True)
class Change:
    """What payments made of an offer."""

    concession: int
    account: int
    was: State
    state: State


def judge(accounts: Iterable[int], *, now: datetime, using: str = "default") -> list[Change]:
    """Judge the accepted offers on accounts by their entries, book what is completed, take back what is no more.

    Only the owner of a debt posts to it; asked in another organisation's scope this does nothing. Refreshes positions
    where it booked; deciding about the people again is left to the caller, who knows whom else it touched.
    """
    offers = [each for each in rows.to_judge(accounts, using=using) if each.owner == current(using).organisation]
    if not offers:
        return []
    known = facts.facts_of(sorted({each.account for each in offers}), using=using)
    found = {basis.account: basis for basis in bases.bases_of(bases_of.ids(known), using=using)}
    changes = (_judge(each, found[each.account], known[each.account], now, using) for each in offers)
    return [change for change in changes if change is not None]


def _judge(offer: Offered, basis: Basis, known: list[Entry], now: datetime, using: str) -> Change | None:
    today = local_day(now, basis.timezone)
    terms = bases_of.terms_of(basis)
    stands = judged(offer.offer, known, terms, basis.place, today)
    if stands.state is State.COMPLETED and (grown := grown_beyond(offer, stands, known, terms, using)) is not None:
        return _stopped(offer, stands, grown, today, now, using)
    if stands.state is State.MISSED and offer.state is State.REINSTATED:
        return None
    if stands.state is offer.state is State.COMPLETED:
        return _booked_anew(offer, stands, known, terms, today, now, using)
    if stands.state is offer.state:
        rows.set_state(offer.id, offer.state, look_on=stands.look_on, paid_minor=stands.paid, using=using)
        return None
    if offer.state is State.REINSTATED and rows.has_live(offer.account, offer.id, using=using):
        return None
    _follow(offer, stands, known, terms, today, now, using)
    if State.COMPLETED in {offer.state, stands.state}:
        bases_of.refresh([offer.account], now=now, using=using)
    after = State.REINSTATED if stands.state is State.MISSED else stands.state
    return Change(offer.id, offer.account, offer.state, after)


def _stopped(offer: Offered, stands: Standing, grown: Grown, today: date, now: datetime, using: str) -> Change | None:
    """Let a cleared offer stop at paid, with nothing booked, until somebody confirms the cut as it is now."""
    if offer.state is State.REINSTATED and rows.has_live(offer.account, offer.id, using=using):
        return None
    asked = rows.latest_facts(offer.id, using=using).get("unconfirmed_minor")
    if offer.state is State.PAID and asked == grown.cut_minor:
        return None
    if offer.state is State.COMPLETED:
        take_back(offer, today, now, using)
        bases_of.refresh([offer.account], now=now, using=using)
    step(
        offer,
        State.PAID,
        now,
        using,
        paid_minor=stands.paid,
        unconfirmed_minor=grown.cut_minor,
        level=grown.level,
    )
    return Change(offer.id, offer.account, offer.state, State.PAID)


def _follow(
    offer: Offered, stands: Standing, known: list[Entry], terms: Terms, today: date, now: datetime, using: str
) -> None:
    """Write down where payments have brought an offer, and book or take back the cut."""
    rows.set_state(offer.id, stands.state, look_on=stands.look_on, paid_minor=stands.paid, using=using)
    if offer.state is State.COMPLETED:
        take_back(offer, today, now, using)
    if stands.state is State.COMPLETED:
        entry = book(offer, stands, known, terms, now, using)
        step(offer, State.COMPLETED, now, using, paid_minor=stands.paid, entry=entry)
    elif stands.state is State.MISSED:
        assert stands.missed is not None
        due_on, asked = stands.missed.due.isoformat(), stands.missed.amount
        step(offer, State.MISSED, now, using, paid_minor=stands.paid, due_on=due_on, asked_minor=asked)
        step(offer, State.REINSTATED, now, using, paid_minor=stands.paid)
    else:
        reopened = offer.state in {State.COMPLETED, State.REINSTATED}
        step(offer, stands.state, now, using, look_on=stands.look_on, paid_minor=stands.paid, reopened=reopened)


def _booked_anew(
    offer: Offered, stands: Standing, known: list[Entry], terms: Terms, today: date, now: datetime, using: str
) -> Change | None:
    """Book the cut of a completed offer again where what is known by now makes it another: news came backdated."""
    standing = rows.booked(offer.id, entries.CONCESSION, using=using)
    is_cut = {EntryKind.SETTLEMENT, EntryKind.WAIVER}
    there = sum(amount for _, kind, amount in standing if kind in is_cut)
    own = {entry for entry, _, _ in standing}
    wanted = cut_of(offer, stands, [entry for entry in known if entry.id not in own], terms)
    if there == wanted[1]:
        return None
    take_back(offer, today, now, using)
    fresh = facts.facts_of([offer.account], using=using)[offer.account]
    entry = book(offer, stands, fresh, terms, now, using)
    step(offer, State.COMPLETED, now, using, paid_minor=stands.paid, entry=entry, booked_anew=True)
    bases_of.refresh([offer.account], now=now, using=using)
    return Change(offer.id, offer.account, offer.state, State.COMPLETED)
