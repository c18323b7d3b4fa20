"""Entries and terms as columns of whole numbers.

The same named tuples hold lists (one account, interpreted) and NumPy arrays (many accounts, compiled).
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from arrears.domain.entries import Entry, in_order
from arrears.domain.terms import PPM, Terms
from arrears.engine.ledger.registers import PAYER_WIDTH, RECORD_WIDTH, ROOM, WIDTH
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

    An entry that takes out one we do not have takes out nothing.
    """
    ordered = sorted(entries, key=in_order)
    place = {entry.id: position for position, entry in enumerate(ordered)}
    return Columns(
        kind=[int(entry.kind) for entry in ordered],
        value=[epoch_day(entry.value_date) for entry in ordered],
        book=[entry.book_day for entry in ordered],
        amount=[entry.amount for entry in ordered],
        principal=[entry.principal for entry in ordered],
        kills=[place.get(entry.reverses, -1) if entry.reverses else -1 for entry in ordered],
        detail=[entry.detail for entry in ordered],
    ), ordered


def terms_row(terms: Terms) -> list[int]:
    """Return terms as the row of whole numbers the loop reads (see `registers`)."""
    charge = terms.late_charge
    return [
        int(terms.waterfall),
        terms.tolerance_minor,
        terms.tolerance_ppm,
        charge.rate,
        int(charge.day_count),
        PPM * UNITS_IN_YEAR[charge.day_count],
        charge.grace_days,
        charge.cap_minor,
        charge.cap_ppm,
        int(charge.rounding is Rounding.HALF_UP),
    ]


def room_for(entries: int, *, recording: bool) -> int:
    """Return how many numbers the room of an account with so many entries takes; ``recording`` adds its allocations."""
    records = RECORD_WIDTH * (12 * entries + 16) if recording else 0
    return ROOM + (entries + 1) * (WIDTH + 1 + PAYER_WIDTH) + records
