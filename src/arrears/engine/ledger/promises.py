"""Judging promises by the ledger (P34, P35).

Each cent of a payment counts once: made after the promise was taken, value date within its due date plus bank days. It
goes to the promise with the earliest deadline that is not met yet, and what that one does not need to the next. A
reversed payment has never counted. Plans on the same debts draw on the same money: `arrears.engine.plans.judging`.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from arrears.domain.entries import CASH_KINDS, Entry, taken_out
from arrears.domain.promises import Judgement, Outcome, Promise
from arrears.domain.terms import Terms
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.plans.counting import Share, Undertaking, counted
from arrears.kernel.calendars import Place, add_business_days


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
    payments = [(0, payment) for payment in standing_payments(entries, as_of, known_on)]
    shares = counted(payments, [undertaken(each, 0, terms, place) for each in promises])
    return tuple(judged(each, shares["promise", each.id], terms, place, as_of) for each in promises)


def undertaken(promise: Promise, account: int, terms: Terms, place: Place) -> Undertaking:
    """Return what a promise on ``account`` undertakes; money later than its deadline does not keep it."""
    deadline = add_business_days(promise.due, terms.bank_days, place)
    return Undertaking(
        key=("promise", promise.id),
        accounts=frozenset((account,)),
        since=promise.taken_on,
        until=deadline,
        deadline=deadline,
        amount=promise.amount,
        after_entry=promise.after_entry,
        rank=(1, promise.taken_on.toordinal(), promise.id),
    )


def standing_payments(entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING) -> list[Entry]:
    """Return the payments that stand on ``as_of`` by what was known: none reversed, by value date."""
    known = [entry for entry in entries if entry.book_day <= known_on]
    reversed_ids = taken_out(known)
    standing = (
        entry
        for entry in known
        if entry.kind in CASH_KINDS and entry.value_date <= as_of and entry.id not in reversed_ids
    )
    return sorted(standing, key=lambda entry: (entry.value_date, entry.id))


def judged(promise: Promise, shares: Sequence[Share], terms: Terms, place: Place, as_of: date) -> Judgement:
    """Return what became of a promise at the end of ``as_of``, by the shares of payments that count for it."""
    deadline = add_business_days(promise.due, terms.bank_days, place)
    paid = sum(part for _, part in shares)
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
