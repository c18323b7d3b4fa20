"""What became of an accepted offer, by the payments alone; a backdated or reversed payment judges it anew."""

from collections.abc import Sequence
from datetime import date, timedelta

from arrears.domain.concessions import Offer, Part, Standing, State
from arrears.domain.entries import CASH_KINDS, Entry, taken_out
from arrears.domain.terms import Terms
from arrears.engine.ledger.columns import EVERYTHING
from arrears.kernel.calendars import Place, add_business_days


def judge(
    offer: Offer, entries: Sequence[Entry], terms: Terms, place: Place, as_of: date, known_on: int = EVERYTHING
) -> Standing:
    """Return where an accepted offer stands at the end of ``as_of``.

    Money counts by its value date, up to the product's bank days after the day it was asked for, and counts together:
    more at first leaves less for later. The offer is completed when all has come in time and no bank can take any of it
    back; it is missed when a part's last day is over without its money. An offer that asks for no payment is completed.
    """
    payments = _payments(offer, entries, as_of, known_on)
    asked = 0
    last_needed: date | None = None
    for part in offer.parts:
        asked += part.amount
        deadline = add_business_days(part.due, terms.bank_days, place)
        last_needed = _reached_on(payments, asked, deadline)
        if last_needed is None:
            return _short(offer, payments, part, deadline, as_of)
    if last_needed is None:
        return Standing(State.COMPLETED, 0, completed_on=offer.since)
    firm_after = max(entry.value_date for entry in _needed(payments, offer.amount)) + timedelta(days=terms.returns_days)
    if as_of <= firm_after:
        return Standing(State.PAID, offer.amount, completed_on=last_needed, look_on=firm_after + timedelta(days=1))
    return Standing(State.COMPLETED, offer.amount, completed_on=last_needed)


def _payments(offer: Offer, entries: Sequence[Entry], as_of: date, known_on: int) -> list[Entry]:
    """Return the standing payments that came for the offer, by value date."""
    known = [entry for entry in entries if entry.book_day <= known_on]
    gone = taken_out(known)
    came = (
        entry
        for entry in known
        if entry.kind in CASH_KINDS
        and entry.id not in gone
        and offer.since <= entry.value_date <= as_of
        and entry.id > offer.after_entry
    )
    return sorted(came, key=lambda entry: (entry.value_date, entry.id))


def _reached_on(payments: Sequence[Entry], asked: int, deadline: date) -> date | None:
    total = 0
    for entry in payments:
        if entry.value_date > deadline:
            return None
        total += entry.amount
        if total >= asked:
            return entry.value_date
    return None


def _needed(payments: Sequence[Entry], amount: int) -> list[Entry]:
    found: list[Entry] = []
    for entry in payments:
        if sum(each.amount for each in found) >= amount:
            break
        found.append(entry)
    return found


def _short(offer: Offer, payments: Sequence[Entry], part: Part, deadline: date, as_of: date) -> Standing:
    paid = min(offer.amount, sum(entry.amount for entry in payments))
    if as_of > deadline:
        return Standing(State.MISSED, paid, part, missed=part)
    return Standing(State.ACCEPTED, paid, part, look_on=deadline + timedelta(days=1))
