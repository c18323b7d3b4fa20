"""Takes the ledger's answer for a day apart into lines."""

from collections.abc import Iterator, Sequence
from datetime import date

from arrears.domain.entries import CASH_KINDS, EFFECTS, Entry, EntryKind, in_order, taken_out
from arrears.domain.terms import Terms
from arrears.engine.computation import phrases as say
from arrears.engine.computation.lines import Computation, Kind, Line, Section
from arrears.engine.computation.periods import sections_of
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.ledger.state import Allocation, State, state
from arrears.kernel.epoch import date_of
from arrears.kernel.problems import Problem

_TAKING = frozenset({EntryKind.WAIVER, EntryKind.SETTLEMENT})
_ADDING = frozenset({EntryKind.FEE, EntryKind.COST, EntryKind.ADJUSTMENT})


def computation(
    terms: Terms,
    entries: Sequence[Entry],
    as_of: date,
    known_on: int = EVERYTHING,
    *,
    currency: str,
    caps: Sequence[say.CapSaid] = (),
) -> Computation | Problem:
    """Return how the balance of the end of ``as_of`` came about, by entries with book days up to ``known_on``.

    ``caps`` are the rules behind the terms' caps, by id, with their words. A Problem where the lines would not add up
    to the ledger's figure: such a computation is not issued.
    """
    known = sorted((one for one in entries if one.book_day <= known_on and one.value_date <= as_of), key=in_order)
    found = state(terms, entries, as_of, known_on)
    charges, accrued = sections_of(terms, entries, found, caps)
    balance = tuple(_balance(known, found, _taken_out(entries, known_on), charges, accrued))
    owed = tuple(say.part_owed(part, amount) for part, amount in _parts(found) if amount)
    made = Computation(
        currency,
        found,
        Section(balance, found.contractual),
        charges,
        accrued,
        Section(owed, found.contractual),
        tuple(_notes(terms, found, known)),
    )
    sections = (made.balance, made.charges, made.accrued, made.owed)
    return made if all(one.exact == one.total for one in sections) else say.does_not_add_up(made)


def _parts(found: State) -> tuple[tuple[str, int], ...]:
    return (
        ("principal", found.principal),
        ("interest", found.interest - found.accrued),
        ("accrued", found.accrued),
        ("fees", found.fees),
        ("charges", found.charges),
        ("credit", -found.credit),
    )


def _taken_out(entries: Sequence[Entry], known_on: int) -> dict[int, Entry]:
    """Return what takes out each entry that is taken out."""
    takers = [one for one in entries if one.reverses and one.book_day <= known_on]
    gone = taken_out(takers)
    return {one.reverses: one for one in takers if one.reverses in gone}


def _balance(
    known: list[Entry], found: State, out: dict[int, Entry], charges: Section, accrued: Section
) -> Iterator[Line]:
    due = {one.entry for one in found.instalments}
    for entry in known:
        if entry.id in out:
            yield say.struck(entry, out[entry.id])
        elif entry.kind is not EntryKind.REVERSAL:
            yield from _entry_lines(entry, found, due)
    if accrued.total:
        yield say.sum_of(Kind.ACCRUED, accrued.total)
    if charges.total:
        yield say.sum_of(Kind.CHARGES, charges.total)


def _entry_lines(entry: Entry, found: State, due: set[int]) -> Iterator[Line]:
    amount = _adds(entry, found, due)
    if entry.kind in CASH_KINDS or entry.kind in _TAKING or entry.amount < 0:
        yield say.taken(entry, amount, tuple(_paid(entry, found)))
    elif entry.kind is EntryKind.INSTALMENT_DUE:
        yield say.instalment(entry, amount, was_void=entry.id not in due)
    elif amount:
        yield say.added(entry, amount)
    elif entry.amount or EFFECTS[entry.kind].words:
        yield say.event(entry, date_of(entry.detail) if entry.detail else None)


def _adds(entry: Entry, found: State, due: set[int]) -> int:
    """Return by how much an entry changed what is owed: what it brought, or what was paid or waived by it."""
    interest = entry.amount - entry.principal if entry.id in due else 0
    if entry.kind in CASH_KINDS:
        return -entry.amount
    if entry.kind in _TAKING or entry.amount < 0:
        return -sum(found.allocated(entry.id).values())
    if entry.kind is EntryKind.OPENING:
        return entry.principal + interest
    if entry.kind is EntryKind.INSTALMENT_DUE:
        return interest
    return entry.amount if entry.kind in _ADDING else 0


def _paid(entry: Entry, found: State) -> Iterator[Line]:
    """Yield what an entry paid or waived, part by part; what is left over waits as credit."""
    mine = [one for one in found.allocations if one.entry == entry.id]
    for one in _joined(mine):
        yield say.paid_part(one, found.instalments[one.instalment] if one.instalment is not None else None)
    rest = entry.amount - sum(one.amount for one in mine)
    if rest > 0 and entry.kind in CASH_KINDS:
        yield say.paid_ahead(rest)


def _joined(allocations: list[Allocation]) -> list[Allocation]:
    """Join what went to the same part of the same instalment on the same day."""
    sums: dict[tuple[date, int, int | None], Allocation] = {}
    for one in allocations:
        key = (one.day, int(one.part), one.instalment)
        before = sums[key].amount if key in sums else 0
        sums[key] = Allocation(one.entry, one.day, one.part, one.instalment, before + one.amount)
    return list(sums.values())


def _notes(terms: Terms, found: State, known: list[Entry]) -> Iterator[Line]:
    yield say.waterfall_note(terms)
    small = [one for one in found.instalments if one.unpaid and not one.is_short]
    if small:
        yield say.tolerance_note(sum(one.unpaid for one in small))
    if found.is_frozen:
        yield say.frozen_note()
    if found.spared:
        yield say.spared_note(len(found.spared))
    if found.charged_off:
        yield say.charged_off_note(found.charged_off, found.book)
    if found.pending:
        yield say.pending_note(found.pending)
    if any(one.kind is EntryKind.SALE for one in known):
        yield say.sold_note()
