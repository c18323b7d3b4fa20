"""Positions: one row an account, made anew from entries and dealings by whoever touched it, and marked for the night.

The same code refreshes one account after a call and a whole book after an import; nothing is ever patched.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.actions import books
from arrears.actions.dealings import DEALINGS, dealings
from arrears.domain.position import POSITION
from arrears.domain.terms import Terms
from arrears.engine.ledger.rebuild import blank_rows, block_of, rebuild_with_sums
from arrears.engine.ledger.sums import SUMS_ROW
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_day
from arrears.packs.caps import DebtOf
from arrears.packs.terms import TermsInForce, terms_in_force
from arrears.store import bookday
from arrears.store.doors import positions as rows_of
from arrears.store.doors.dealings import dealt_with
from arrears.store.doors.positions import Basis
from arrears.store.layouts import POSITION_ROW

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.void]

COMPILED_FROM: Final = 500
"""From how many accounts on the compiled ledger is worth its start; both give the same bytes."""

RANGE: Final = 20_000
"""How many accounts are made anew at a time, so that memory stays flat however large the book is."""


def refresh(account_ids: Iterable[int] | Ints, *, now: datetime, using: str = "default") -> int:
    """Make the positions of accounts anew as of ``now`` and mark the accounts as touched; return how many there were.

    Runs inside the scope and transaction of the verb that touched them, after its rows are written. Other writers of
    the same accounts wait until that transaction ends, so none overwrites what another has posted.
    """
    accounts = ids(account_ids)
    count = 0
    for start in range(0, len(accounts), RANGE):
        part = accounts[start : start + RANGE]
        count += _refresh(part, now, using)
        bookday.touch(part.tolist(), is_held=True, using=using)
    return count


def ids(account_ids: Iterable[int] | Ints) -> Ints:
    """Return account ids as a column, ascending, each once."""
    return np.unique(np.fromiter((int(one) for one in account_ids), np.int64))


def _refresh(accounts: Ints, now: datetime, using: str) -> int:
    rows_of.hold_rows(accounts, using=using)
    made = made_with_sources(accounts, now=now, using=using)
    if not len(made.rows):
        return 0
    written = rows_of.write(made.rows, using=using)
    books.post(made, remade, now=now, using=using)
    return written


def made_anew(accounts: Ints, *, now: datetime, using: str = "default") -> Rows:
    """Return the positions of ``accounts`` (ascending ids) as rows of the table, without writing anything.

    The weekly proof compares them with what stands there.
    """
    return made_with_sources(accounts, now=now, using=using).rows


def made_with_sources(accounts: Ints, *, now: datetime, using: str = "default") -> books.Made:
    """Return the positions as `made_anew` does, with what they were made from: the books are posted from both."""
    bases = rows_of.bases_of(accounts, using=using)
    entries = rows_of.entries_of(accounts, using=using)
    made = np.zeros(len(bases), POSITION_ROW)
    dealt = dealt_with(accounts, now=now, using=using)
    parts = []
    for zone, places in _by_zone(bases).items():
        as_of = local_day(now, zone)
        own = np.array([bases[place].account for place in places], np.int64)
        ledger, part = remade([bases[place] for place in places], entries, as_of)
        parts.append(part._replace(places=places))
        for name in POSITION.names or ():
            made[name][places] = ledger[name]
        other = dealings(own, dealt, epoch_day(as_of))
        for name in DEALINGS.names or ():
            made[name][places] = other[name]
    made["organisation_id"] = [basis.owner for basis in bases]
    made["look_again_on"] = np.minimum(made["look_again_on"], made["dealings_look_on"])
    return books.Made(made, bases, entries, tuple(parts))


def _by_zone(bases: list[Basis]) -> dict[str, list[int]]:
    """Return the places of accounts by the time zone whose calendar their owner keeps."""
    found: dict[str, list[int]] = {}
    for place, basis in enumerate(bases):
        found.setdefault(basis.timezone, []).append(place)
    return found


def remade(bases: list[Basis], entries: Rows, as_of: date) -> tuple[Rows, books.Part]:
    """Return the ledger's columns of each account, by the terms of its product, and the sums of what flowed on it."""
    accounts = np.array([basis.account for basis in bases], np.int64)
    block = block_of(entries[np.isin(entries["account"], accounts)])
    out, sums = blank_rows(accounts), np.zeros(len(accounts), SUMS_ROW)
    place = np.searchsorted(accounts, block.accounts)
    terms, which = _terms_of_each(bases)
    is_compiled = None if len(accounts) > COMPILED_FROM else False
    out[place], sums[place] = rebuild_with_sums(block, terms, which[place], as_of, is_compiled=is_compiled)
    return out, books.Part(range(len(bases)), sums, as_of)


def _terms_of_each(bases: list[Basis]) -> tuple[list[Terms], Ints]:
    """Return the terms in use, each once, and for each account the place of its own."""
    known: dict[tuple[int, str, str], int] = {}
    terms: list[Terms] = []
    for basis in bases:
        if _bound_by(basis) not in known:
            known[_bound_by(basis)] = len(terms)
            terms.append(terms_of(basis))
    return terms, np.array([known[_bound_by(basis)] for basis in bases], np.int64)


def _bound_by(basis: Basis) -> tuple[int, str, str]:
    """Return what the terms of a debt depend on: its product, and the law of its place and money."""
    return basis.product, basis.place.country, basis.currency


def terms_of(basis: Basis) -> Terms:
    """Return the terms as law lets them bind; raises where the book holds terms that it should never have taken in."""
    found = terms_in_force(basis.terms, debt_of(basis))
    if isinstance(found, TermsInForce):
        return found.terms
    raise ValueError(f"the terms of account {basis.account}: {found[0].said_in('en')}")


def debt_of(basis: Basis) -> DebtOf:
    """Return the debt as caps and rate tables ask about it."""
    return DebtOf(basis.place.country, basis.debt_kind, basis.consumer, basis.currency)
