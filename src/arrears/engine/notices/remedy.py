"""Whether a breach was put right in the time that a default notice gave: then it is taken as not having happened.

Consumer Credit Act 1974 s 89 (unverified): what is asked must be done before the day that the notice specifies, which
lies at least fourteen days after service (s 88(2)). What is asked is the sum that the notice names, whatever falls due
meanwhile; a payment that was taken back has put nothing right.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from arrears.domain.entries import CASH_KINDS, Entry, in_order, taken_out
from arrears.domain.terms import Terms
from arrears.engine.ledger.state import state
from arrears.engine.notices.figures import split

REMEDY_DAYS: Final = 14
"""Consumer Credit Act 1974 s 88(2): calendar days from service to the day before which a breach is put right."""


def gives_enough_days(received_on: date | None, remedy_by: date) -> bool:
    """Return whether a notice that was received then gave the days that law wants; with no proof, by its own words."""
    return received_on is None or remedy_by - received_on >= timedelta(days=REMEDY_DAYS)


def remedied_on(terms: Terms, entries: Sequence[Entry], asked: int, as_of: date, remedy_by: date) -> date | None:
    """Return the day on which what a notice asked for was there, before ``remedy_by``; None where it was not.

    ``asked`` is the sum that the notice of ``as_of`` names, in minor units, above zero. Money counts from its value
    date, and only while it is not taken back; what was waived counts as paid. Money of ``as_of`` itself of which the
    notice could not know lowers what is left to pay.
    """
    left = min(asked, split(state(terms, entries, as_of))["to_put_right"])
    if left <= 0:
        return as_of
    for day, amount in _came(terms, entries, as_of, remedy_by - timedelta(days=1)):
        left -= amount
        if left <= 0:
            return day
    return None


def _came(terms: Terms, entries: Sequence[Entry], after: date, last: date) -> Iterator[tuple[date, int]]:
    """Yield by day, in order, the money that came and what was waived after one day up to another."""
    gone = taken_out(entries)
    live = {one.id: one for one in sorted(entries, key=in_order) if one.id not in gone}
    cash = [(one.value_date, one.amount) for one in live.values() if one.kind in CASH_KINDS]
    waived = [
        (each.day, each.amount)
        for each in state(terms, entries, last).allocations
        if each.entry in live and live[each.entry].kind not in CASH_KINDS
    ]
    found = sorted((day, amount) for day, amount in (*cash, *waived) if after < day <= last)
    for day, of_day in groupby(found, key=lambda one: one[0]):
        yield day, sum(amount for _, amount in of_day)
