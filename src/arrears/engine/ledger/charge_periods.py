"""A late charge, period by period: on what base, at which rate, for how many days, how much (P66).

Nothing is computed a second way: each period's amount is what the ledger's own charge grew by between two days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import Terms
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.ledger.state import State, state


@dataclass(frozen=True, slots=True)
class ChargePeriod:
    """From the end of ``since`` to that of ``until`` the charge on ``base`` grew by ``amount`` exact minor units."""

    since: date
    until: date
    base: int
    rate_ppm: int
    amount: Fraction

    @property
    def days(self) -> int:
        """How many days it ran."""
        return (self.until - self.since).days


def charge_periods(
    terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING
) -> tuple[ChargePeriod, ...]:
    """Return the periods in which the late charge of an account grew, oldest first; their sum is its exact charge."""
    if not terms.late_charge.rate:
        return ()
    days = sorted({day for entry in entries for day in _changes(terms, entry) if day < as_of} | {as_of})
    states = [state(terms, entries, day, known_on) for day in days]
    return tuple(_joined(_period(terms, before, after) for before, after in pairwise(states)))


def _changes(terms: Terms, entry: Entry) -> tuple[date, ...]:
    """Return the days at whose end the base may be another than the day before."""
    if entry.kind is not EntryKind.INSTALMENT_DUE:
        return (entry.value_date,)
    return entry.value_date, entry.value_date + timedelta(days=terms.late_charge.grace_days)


def _period(terms: Terms, before: State, after: State) -> ChargePeriod:
    grown = after.charge_exact - before.charge_exact
    return ChargePeriod(before.as_of, after.as_of, before.overdue_principal, terms.late_charge.rate, grown)


def _joined(periods: Iterator[ChargePeriod]) -> Iterator[ChargePeriod]:
    """Join neighbours on the same base, and leave out those in which nothing grew."""
    open_one: ChargePeriod | None = None
    for each in periods:
        if each.amount == 0:
            continue
        if open_one and open_one.base == each.base and open_one.until == each.since:
            open_one = ChargePeriod(open_one.since, each.until, each.base, each.rate_ppm, open_one.amount + each.amount)
            continue
        if open_one:
            yield open_one
        open_one = each
    if open_one:
        yield open_one
