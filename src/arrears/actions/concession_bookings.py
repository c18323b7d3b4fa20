"""What a concession books, once, when its last payment has cleared; and how that is taken back with the payment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import entries
from arrears.actions.authority import facts_of_cut, level_of
from arrears.domain.concessions import ConcessionKind, Standing
from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import Terms
from arrears.engine.ledger.state import state as state_of
from arrears.kernel.problems import Problem
from arrears.store.doors import concessions as rows
from arrears.store.doors.concessions import Offered

_SETTLING: Final = frozenset({EntryKind.SETTLEMENT, EntryKind.WAIVER, EntryKind.ACCELERATION})


def cut_of(offer: Offered, stands: Standing, known: list[Entry], terms: Terms) -> tuple[bool, int, int]:
    """Return (everything must fall due first, amount to cut, principal in it) on the day of the last payment."""
    on = stands.completed_on
    assert on is not None
    if offer.kind is ConcessionKind.WAIVER:
        owed = state_of(terms, known, on)
        return False, min(offer.cut_minor, owed.interest + owed.fees + owed.charges), 0
    everything = Entry(2**62, EntryKind.ACCELERATION, on, 1, amount=0)
    owed = state_of(terms, [*known, everything], on)
    is_all_due = sum(each.unpaid_principal for each in state_of(terms, known, on).instalments) == owed.principal
    is_billed_later = any(entry.kind is EntryKind.INSTALMENT_DUE and entry.value_date > on for entry in known)
    whole = owed.principal + owed.interest + owed.fees + owed.charges
    return is_billed_later or not is_all_due, whole, owed.principal


@dataclass(frozen=True, slots=True)
class Grown:
    """A cut that has grown beyond the level that approved the offer: its amount, and the level that it takes now."""

    cut_minor: int
    level: int


def grown_beyond(offer: Offered, stands: Standing, known: list[Entry], terms: Terms, using: str) -> Grown | None:
    """Return the cut where it may not be booked as it was approved; None where the approval covers it.

    What is owed may have grown since: an older payment was returned, a cost became known. The matrix is asked again
    with the cut as it is now; as far as the level that approved or later confirmed reaches, nobody is bothered.
    """
    own = {entry for entry, _, _ in rows.booked(offer.id, entries.CONCESSION, using=using)}
    _, amount, _ = cut_of(offer, stands, [entry for entry in known if entry.id not in own], terms)
    if amount <= offer.cut_minor:
        return None
    level = level_of(facts_of_cut(offer.authority["facts"], amount, offer.pay_minor))
    confirmed = rows.confirmed_cuts(offer.id, using=using)
    covers = max([offer.level, *(reached for _, reached in confirmed)])
    return None if level <= covers else Grown(amount, level)


def book(offer: Offered, stands: Standing, known: list[Entry], terms: Terms, now: datetime, using: str) -> int | None:
    """Post the cut, valued on the day of the last payment it needed; all must be due first, or later bills would come.

    Returns the entry of the cut; None where nothing was left to cut.
    """
    accelerates, amount, principal = cut_of(offer, stands, known, terms)
    assert stands.completed_on is not None
    there = rows.concession(offer.id, using=using)
    turn = there.steps if there else 0
    made: int | None = None
    kind = EntryKind.SETTLEMENT if offer.kind is ConcessionKind.SETTLEMENT else EntryKind.WAIVER
    wanted = [(EntryKind.ACCELERATION, 0, 0)] if accelerates else []
    wanted += [(kind, amount, principal)] if amount else []
    for each, minor, part in wanted:
        posted = entries.post_entry(
            offer.account,
            each,
            amount_minor=minor,
            principal_minor=part,
            value_date=stands.completed_on,
            reason=f"concession/{offer.id}",
            source_kind=entries.CONCESSION,
            source_ref=f"{offer.id}:{turn}:{each.name.lower()}",
            now=now,
            is_followed=False,
            using=using,
        )
        if isinstance(posted, Problem):
            raise TypeError(f"the cut of concession {offer.id} could not be booked: {posted.said_in('en')}")
        made = posted
    return made


def take_back(offer: Offered, today: date, now: datetime, using: str) -> None:
    """Reverse what the offer booked: a payment that it rested on is no more."""
    for entry, kind, _ in sorted(rows.booked(offer.id, entries.CONCESSION, using=using), reverse=True):
        assert kind in _SETTLING
        done = entries.reverse_entry(
            entry, value_date=today, reason="payment_returned", now=now, is_followed=False, using=using
        )
        if isinstance(done, Problem):
            raise TypeError(f"entry {entry} could not be taken back: {done.said_in('en')}")
