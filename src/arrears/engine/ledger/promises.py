"""Judging promises by the ledger (P34, P35).

Each cent of a payment counts once: made after the promise was taken, value date within its due date plus bank days. It
goes to the promise with the earliest deadline that is not met yet, and what that one does not need to the next. A
reversed payment has never counted.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from arrears.domain.entries import CASH_KINDS, Entry
from arrears.domain.promises import Judgement, Outcome, Promise
from arrears.domain.terms import Terms
from arrears.engine.ledger.columns import EVERYTHING
from arrears.kernel.calendars import Place, add_business_days

Share = tuple[Entry, int]
"""A payment, and how much of it counts for one promise, in minor units."""


def judge_promises(
    promises: Sequence[Promise],
    entries: Sequence[Entry],
    terms: Terms,
    place: Place,
    as_of: date,
    known_on: int = EVERYTHING,
) -> tuple[Judgement, ...]:
    """Judge all promises on one account at the end of ``as_of``, by entries known on a book day, in the order given.

    Promises that were withdrawn or replaced are the caller's to leave out; ``place`` says which days are
    business days.
    """
    deadlines = {each.id: add_business_days(each.due, terms.bank_days, place) for each in promises}
    counted: dict[int, list[Share]] = {each.id: [] for each in promises}
    for payment in standing_payments(entries, as_of, known_on):
        _spread(payment, promises, deadlines, counted)
    return tuple(_judged(each, deadlines[each.id], counted[each.id], terms, as_of) for each in promises)


def standing_payments(entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING) -> list[Entry]:
    """Return the payments that stand on ``as_of`` by what was known: none reversed, by value date."""
    known = [entry for entry in entries if entry.book_day <= known_on]
    reversed_ids = {entry.reverses for entry in known if entry.reverses}
    standing = (
        entry
        for entry in known
        if entry.kind in CASH_KINDS and entry.value_date <= as_of and entry.id not in reversed_ids
    )
    return sorted(standing, key=lambda entry: (entry.value_date, entry.id))


def _spread(
    payment: Entry, promises: Sequence[Promise], deadlines: dict[int, date], counted: dict[int, list[Share]]
) -> None:
    """Let ``payment`` count: for the earliest deadline that is open to it and not met, its surplus for the next."""
    left = payment.amount
    while left > 0:
        promise = _promise_for(payment, promises, deadlines, counted)
        if promise is None:
            return
        part = min(left, promise.amount - _paid(counted[promise.id]))
        counted[promise.id].append((payment, part))
        left -= part


def _promise_for(
    payment: Entry, promises: Sequence[Promise], deadlines: dict[int, date], counted: dict[int, list[Share]]
) -> Promise | None:
    open_to_it = (
        each
        for each in promises
        if each.taken_on <= payment.value_date <= deadlines[each.id]
        and payment.id > each.after_entry
        and _paid(counted[each.id]) < each.amount
    )
    return min(open_to_it, key=lambda each: (deadlines[each.id], each.taken_on, each.id), default=None)


def _paid(shares: list[Share]) -> int:
    return sum(part for _, part in shares)


def _judged(promise: Promise, deadline: date, shares: list[Share], terms: Terms, as_of: date) -> Judgement:
    paid = _paid(shares)
    firm_after = None
    if paid >= promise.amount:
        outcome = Outcome.KEPT
        returns_until = max(entry.value_date for entry, _ in shares) + timedelta(days=terms.returns_days)
        firm_after = returns_until if as_of <= returns_until else None
    elif as_of <= deadline:
        outcome = Outcome.OPEN
    else:
        outcome = Outcome.PART_KEPT if paid else Outcome.BROKEN
    return Judgement(
        promise=promise.id,
        outcome=outcome,
        paid=paid,
        still_to_come=promise.amount - paid,
        deadline=deadline,
        entries=tuple(entry.id for entry, _ in shares),
        firm_after=firm_after,
    )
