"""The state of one account on a day, as known on a book day: what is owed, why, and who paid for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from arrears.domain.entries import CASH_KINDS, Entry
from arrears.domain.position import NO_CAP, Flag, Position
from arrears.domain.terms import Terms
from arrears.engine.ledger import by_day
from arrears.engine.ledger import registers as r
from arrears.engine.ledger.columns import EVERYTHING, columns_of, room_for, terms_table
from arrears.engine.ledger.loop import run_account
from arrears.kernel.epoch import date_of, epoch_day, sure_date


class Part(IntEnum):
    """What a payment pays."""

    PRINCIPAL = r.PART_PRINCIPAL
    INTEREST = r.PART_INTEREST
    FEES = r.PART_FEES
    CHARGES = r.PART_CHARGES
    COSTS = r.PART_COSTS


@dataclass(frozen=True, slots=True)
class Allocation:
    """An entry paid or waived ``amount`` of a part of the debt on a day; ``instalment`` counts from 0, None for none.

    A payment held as credit pays later than its value date: on the day on which something falls due.
    """

    entry: int
    day: date
    part: Part
    instalment: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class InstalmentState:
    """An instalment that has fallen due: what it was, what is unpaid, and when it stopped being short.

    ``number`` is that of the contract, 0 where unknown, -1 for what fell due without being an instalment (interest
    brought in, an acceleration). ``ages_from`` is later than ``due`` after a re-age. ``entry`` made it due.
    """

    number: int
    entry: int
    due: date
    ages_from: date
    amount: int
    unpaid_principal: int
    unpaid_interest: int
    is_short: bool
    done: date | None

    @property
    def unpaid(self) -> int:
        """What is unpaid of it, within tolerance or not."""
        return self.unpaid_principal + self.unpaid_interest


@dataclass(frozen=True, slots=True)
class State:
    """What follows from the entries on ``as_of`` by what was known on book day ``known_on``. Amounts in minor units.

    ``charges`` is what is shown and payable; ``charge_exact`` the sum of late charges ever, never rounded. ``interest``
    is all interest, ``accrued`` the part of it that accrues by day, ``accrued_exact`` all of that ever; ``costs`` are
    part of ``fees``. ``charge_base`` is on what the late charge runs now, at ``charge_rate_ppm``; ``is_frozen`` says
    that neither it nor contract interest runs.
    ``contractual`` is what the debtor owes, net of credit; ``book`` what the creditor carries.
    """

    as_of: date
    known_on: int
    principal: int
    interest: int
    fees: int
    charges: int
    charge_exact: Fraction
    charges_settled: int
    credit: int
    contractual: int
    book: int
    charged_off: int
    arrears: int
    overdue_principal: int
    oldest_unpaid: date | None
    days_past_due: int
    next_due: date | None
    next_due_amount: int
    paid: int
    pending: int
    wasted: int
    instalments: tuple[InstalmentState, ...]
    allocations: tuple[Allocation, ...]
    reversed_payments: tuple[int, ...]
    costs: int = 0
    accrued: int = 0
    accrued_exact: Fraction = Fraction(0)
    accrual_rate_ppm: int = 0
    charge_base: int = 0
    charge_rate_ppm: int = 0
    charge_cap: int = NO_CAP
    is_frozen: bool = False
    spared: tuple[int, ...] = ()
    """Instalments, by their place, that carry no late charge because only one took of a full and timely payment."""

    def allocated(self, entry: int) -> dict[Part, int]:
        """Return what an entry paid or waived, by part."""
        sums: dict[Part, int] = {}
        for each in self.allocations:
            if each.entry == entry:
                sums[each.part] = sums.get(each.part, 0) + each.amount
        return sums


class Ran(NamedTuple):
    """What the loop left of one account: its working room, the entries in order, and its row."""

    room: list[int]
    ordered: list[Entry]
    row: Position


def ran(terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING) -> Ran:
    """Run one account up to the end of ``as_of``, writing down who paid what and how charges grew."""
    columns, ordered = columns_of(entries)
    room = [0] * room_for(len(ordered), [terms], recording=True)
    room[r.IS_RECORDING] = 1
    out = [0] * len(r.ANSWERS)
    run_account(terms_table([terms]), 0, columns, 0, len(ordered), epoch_day(as_of), known_on, room, out, 0)
    return Ran(room, ordered, Position(account=0, **dict(zip(r.ANSWERS, out, strict=True))))


def state(terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING) -> State:
    """Return the state of one account at the end of ``as_of``, by entries with book days up to ``known_on``."""
    room, ordered, row = ran(terms, entries, as_of, known_on)
    day = epoch_day(as_of)
    charges = by_day.charge_owed(row, day)
    return State(
        as_of=as_of,
        known_on=known_on,
        principal=row.principal_minor,
        interest=by_day.interest(row, day),
        fees=row.fees_minor,
        charges=charges,
        charge_exact=by_day.charge_exact(row, day),
        charges_settled=row.charge_settled_minor,
        credit=row.credit_minor,
        contractual=by_day.contractual(row, day),
        book=row.book_minor,
        charged_off=row.charged_off_minor,
        arrears=by_day.arrears(row, day),
        overdue_principal=row.overdue_principal_minor,
        oldest_unpaid=date_of(row.oldest_unpaid_day),
        days_past_due=by_day.days_past_due(row, day),
        next_due=date_of(row.next_due_day),
        next_due_amount=row.next_due_minor,
        paid=row.paid_minor,
        pending=row.pending_minor,
        wasted=room[r.WASTED],
        instalments=_instalments(room, ordered),
        allocations=_allocations(room, ordered),
        reversed_payments=tuple(
            entry.id
            for n, entry in enumerate(ordered)
            if room[room[r.DEAD_AT] + n] and entry.kind in CASH_KINDS and _has_come(entry, as_of, known_on)
        ),
        costs=row.costs_minor,
        accrued=by_day.accrued_owed(row, day),
        accrued_exact=by_day.accrued_exact(row, day),
        accrual_rate_ppm=row.accrual_rate_ppm,
        charge_base=row.charge_base_minor,
        charge_rate_ppm=row.charge_rate_ppm,
        charge_cap=row.charge_cap_minor,
        is_frozen=bool(row.flags & Flag.FROZEN),
        spared=tuple(n for n, k in enumerate(range(r.ROOM, room[r.FALLEN], r.WIDTH)) if room[k + r.SPARED]),
    )


def _has_come(entry: Entry, as_of: date, known_on: int) -> bool:
    return entry.value_date <= as_of and entry.book_day <= known_on


def _instalments(w: list[int], ordered: list[Entry]) -> tuple[InstalmentState, ...]:
    return tuple(
        InstalmentState(
            number=w[k + r.NUMBER],
            entry=ordered[w[k + r.SOURCE]].id,
            due=sure_date(w[k + r.DUE]),
            ages_from=sure_date(w[k + r.AGED]),
            amount=w[k + r.AMOUNT],
            unpaid_principal=w[k + r.PRINCIPAL],
            unpaid_interest=w[k + r.INTEREST],
            is_short=w[k + r.DONE] == r.NONE,
            done=date_of(w[k + r.DONE]),
        )
        for k in range(r.ROOM, w[r.FALLEN], r.WIDTH)
    )


def _allocations(w: list[int], ordered: list[Entry]) -> tuple[Allocation, ...]:
    return tuple(
        Allocation(
            entry=ordered[w[n]].id,
            day=sure_date(w[n + 1]),
            part=Part.INTEREST if w[n + 2] == r.PART_ACCRUED else Part(w[n + 2]),
            instalment=(w[n + 3] - r.ROOM) // r.WIDTH if w[n + 3] >= 0 else None,
            amount=w[n + 4],
        )
        for n in range(w[r.RECORDS_AT], w[r.RECORDS], r.RECORD_WIDTH)
    )
