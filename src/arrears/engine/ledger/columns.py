"""Entries and terms as columns of whole numbers.

The same named tuples hold lists (one account, interpreted) and NumPy arrays (many accounts, compiled).
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from arrears.domain.charging import ChargeOn, Each
from arrears.domain.entries import Entry, in_order
from arrears.domain.terms import PPM, Terms
from arrears.domain.waterfalls import order_of
from arrears.engine.ledger.rates import calendar, least_minor, least_ppm
from arrears.engine.ledger.registers import (
    CHANGE_WIDTH,
    GROWTH_WIDTH,
    MOST_RECORDS,
    PAYER_WIDTH,
    RECORD_WIDTH,
    ROOM,
    STAGE_WIDTH,
    SUMS,
    TERMS,
    WIDTH,
)
from arrears.kernel.daycount import UNITS_IN_YEAR
from arrears.kernel.epoch import epoch_day
from arrears.kernel.rounding import Rounding

EVERYTHING: Final = 2**31 - 1
"""A book day after all book days: known to us now."""


class Columns(NamedTuple):
    """Entries, one position in all columns being one entry, sorted as `in_order` does within each account.

    ``value``: epoch day; ``book``: book day; ``kills``: position of the entry that this one takes out, -1 for none.
    Any: a list of int, or a NumPy array of whole numbers.
    """

    kind: Any
    value: Any
    book: Any
    amount: Any
    principal: Any
    kills: Any
    detail: Any


def columns_of(entries: Sequence[Entry]) -> tuple[Columns, list[Entry]]:
    """Return the entries of one account as columns of lists, and the entries in the order of the columns.

    An entry that takes out one we do not have, or one that came no earlier than itself, takes out nothing.
    """
    ordered = sorted(entries, key=in_order)
    place = {entry.id: position for position, entry in enumerate(ordered)}
    return Columns(
        kind=[int(entry.kind) for entry in ordered],
        value=[epoch_day(entry.value_date) for entry in ordered],
        book=[entry.book_day for entry in ordered],
        amount=[entry.amount for entry in ordered],
        principal=[entry.principal for entry in ordered],
        kills=[place.get(entry.reverses, -1) if 0 < entry.reverses < entry.id else -1 for entry in ordered],
        detail=[entry.detail for entry in ordered],
    ), ordered


def terms_table(terms: Sequence[Terms]) -> list[int]:
    """Return terms as the whole numbers the loop reads: a row of `TERMS` each, then their tails (see `registers`)."""
    rows: list[int] = []
    tails: list[int] = []
    for each in terms:
        tail = tail_of(each)
        rows += terms_row(each, TERMS * len(terms) + len(tails))
        tails += tail
    return rows + tails


def terms_row(terms: Terms, tail_at: int) -> list[int]:
    """Return the fixed part of terms; what is beyond one rate stands from ``tail_at`` on."""
    charge, interest = terms.late_charge, terms.contract_interest
    first, *changes = calendar(terms)
    is_plain = charge.on is ChargeOn.OVERDUE_PRINCIPAL and not (changes or charge.fixed or first.interest)
    minor, ppm = least_minor(terms), least_ppm(terms)
    return [
        order_of(terms.waterfall).code,
        terms.tolerance_minor,
        terms.tolerance_ppm,
        first.late,
        int(charge.day_count),
        PPM * UNITS_IN_YEAR[charge.day_count],
        charge.grace_days,
        0 if minor is None else minor + 1,
        0 if ppm is None else ppm + 1,
        int(charge.rounding is Rounding.HALF_UP),
        int(not is_plain),
        int(charge.on),
        first.interest,
        int(interest.day_count),
        PPM * UNITS_IN_YEAR[interest.day_count],
        int(interest.rounding is Rounding.HALF_UP),
        tail_at,
        len(changes),
        len(charge.fixed),
    ]


def tail_of(terms: Terms) -> list[int]:
    """Return changes of rates and fixed charges; a fixed charge waits until grace is over.

    What grows on a day is counted from the end of the day before, so there its rate begins.
    """
    tail: list[int] = []
    for change in calendar(terms)[1:]:
        tail += [epoch_day(change.day) - 1, change.late, change.interest]
    for each in terms.late_charge.fixed:
        days = max(each.days_past_due, terms.late_charge.grace_days + 1)
        tail += [days, each.amount_minor, int(each.each is Each.SPELL)]
    return tail


def room_for(entries: int, terms: Sequence[Terms], *, recording: bool) -> int:
    """Return how many numbers the room of an account with so many entries takes; ``recording`` adds its allocations."""
    changes = max((len(calendar(each)) for each in terms), default=0)
    stages = max((len(each.late_charge.fixed) for each in terms), default=0)
    tail = changes * CHANGE_WIDTH + stages * (STAGE_WIDTH + 1)
    records = RECORD_WIDTH * MOST_RECORDS * (entries + 2) if recording else 0
    growths = GROWTH_WIDTH * ((entries + 1) * (8 + 3 * stages) + 2 * changes) if recording else 0
    return ROOM + (entries + 1) * (WIDTH + 1 + PAYER_WIDTH) + len(SUMS) + tail + records + growths
