"""Positions of many accounts at once, from their entries as columns, block by block.

Compiled where Numba is installed, interpreted where it is not, with the same rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from arrears.domain.position import DEALINGS_COLUMNS, POSITION, Position
from arrears.domain.terms import Terms
from arrears.engine.ledger import registers as r
from arrears.engine.ledger.columns import EVERYTHING, Columns, room_for, terms_table
from arrears.engine.ledger.compiled import compiled_run_range, has_numba
from arrears.engine.ledger.loop import run_range
from arrears.engine.ledger.sums import SUMS_ROW
from arrears.kernel.epoch import epoch_day

Ints: TypeAlias = NDArray[np.integer[Any]]
Rows: TypeAlias = NDArray[Any]  # structured: POSITION

ENTRY: Final = np.dtype(
    [
        ("id", "<i8"),
        ("account", "<i8"),
        ("amount", "<i8"),
        ("principal", "<i8"),
        ("reverses", "<i8"),
        ("value", "<i4"),
        ("book", "<i4"),
        ("detail", "<i4"),
        ("kind", "<i2"),
    ]
)
"""One entry as a row: ids, minor units, epoch days, `EntryKind` codes; ``reverses`` 0 for none."""


_REST: Final = ("id", "principal", "amount", "detail")
_MOST_ACCOUNTS, _MOST_DAYS, _MOST_KINDS = 2**32, 2**23, 2**7


class Block(NamedTuple):
    """Accounts and their entries, sorted: account ``accounts[n]`` has columns ``[starts[n], starts[n + 1])``."""

    accounts: Ints
    starts: Ints
    columns: Columns


def block_of(entries: Rows) -> Block:
    """Return entries (an array of `ENTRY`, any order, whole accounts) as a `Block`."""
    ordered = entries[_order(entries)]
    is_first = np.ones(len(ordered), dtype=np.bool_)
    is_first[1:] = ordered["account"][1:] != ordered["account"][:-1]
    first = np.flatnonzero(is_first)
    return Block(
        ordered["account"][first],
        np.append(first, len(ordered)).astype(np.int64),
        Columns(
            kind=ordered["kind"],
            value=ordered["value"],
            book=ordered["book"],
            amount=ordered["amount"],
            principal=ordered["principal"],
            kills=_kills(ordered),
            detail=ordered["detail"],
        ),
    )


def _order(entries: Rows) -> NDArray[np.intp]:
    """Return the order of `in_order` within ascending accounts.

    Account, day and turn, packed into one number, settle nearly all; only entries that are equal in these are compared
    by the rest.
    """
    if not len(entries):
        return np.zeros(0, dtype=np.intp)
    accounts, values = entries["account"], entries["value"].astype(np.int64)
    accounts, values = accounts - accounts.min(), values - values.min()
    if accounts.max() >= _MOST_ACCOUNTS or values.max() >= _MOST_DAYS:
        return np.lexsort([entries[name] for name in (*_REST, "kind", "value", "account")])
    key = accounts * (_MOST_DAYS * _MOST_KINDS) + values * _MOST_KINDS + entries["kind"]
    order = np.argsort(key)
    key = key[order]
    is_equal = key[1:] == key[:-1]
    tied = np.flatnonzero(np.append(is_equal, False) | np.insert(is_equal, 0, False))
    rows = entries[order[tied]]
    order[tied] = order[tied][np.lexsort([*(rows[name] for name in _REST), key[tied]])]
    return order


def _kills(ordered: Rows) -> NDArray[np.int64]:
    """Return for each entry the place of the one it takes out; -1 for none.

    None, too, where that one is another account's or came no earlier.
    """
    kills = np.full(len(ordered), -1, dtype=np.int64)
    takers = np.flatnonzero(ordered["reverses"])
    if not len(takers):
        return kills
    wanted = np.unique(ordered["reverses"][takers])
    place = np.minimum(np.searchsorted(wanted, ordered["id"]), len(wanted) - 1)
    at = np.flatnonzero(wanted[place] == ordered["id"])
    where = np.full(len(wanted), -1, dtype=np.int64)
    where[place[at]] = at
    found = where[np.searchsorted(wanted, ordered["reverses"][takers])]
    is_right = (found >= 0) & (ordered["account"][found] == ordered["account"][takers])
    is_right &= ordered["reverses"][takers] < ordered["id"][takers]
    kills[takers[is_right]] = found[is_right]
    return kills


def rebuild(
    block: Block,
    terms: Sequence[Terms],
    terms_of: Ints,
    as_of: date,
    *,
    known_on: int = EVERYTHING,
    is_compiled: bool | None = None,
) -> Rows:
    """Return the positions of a block, one row of `POSITION` an account, its dealings columns empty.

    ``terms_of[n]`` is the place in ``terms`` of the terms of account ``n``. ``is_compiled`` None takes the
    compiled path where it can. Equal to `position`, byte by byte.
    """
    return _rebuilt(block, terms, terms_of, as_of, known_on, is_compiled, is_summing=False)[0]


def rebuild_with_sums(
    block: Block,
    terms: Sequence[Terms],
    terms_of: Ints,
    as_of: date,
    *,
    known_on: int = EVERYTHING,
    is_compiled: bool | None = None,
) -> tuple[Rows, Rows]:
    """Return the positions of a block as `rebuild` does, and beside them its rows of `SUMS_ROW`."""
    return _rebuilt(block, terms, terms_of, as_of, known_on, is_compiled, is_summing=True)


def _rebuilt(
    block: Block,
    terms: Sequence[Terms],
    terms_of: Ints,
    as_of: date,
    known_on: int,
    is_compiled: bool | None,  # noqa: FBT001 - passed on
    *,
    is_summing: bool,
) -> tuple[Rows, Rows]:
    if is_compiled is None:
        is_compiled = has_numba()
    run = _run_compiled if is_compiled else _run_interpreted
    answers, sums = run(block, terms, terms_of, epoch_day(as_of), known_on, is_summing)
    answers = answers.reshape(len(block.accounts), len(r.ANSWERS))
    rows = blank_rows(block.accounts)
    for n, name in enumerate(r.ANSWERS):
        rows[name] = answers[:, n]
    return rows, sums.view(SUMS_ROW)


def rebuild_stream(
    blocks: Iterable[tuple[Block, Ints]], terms: Sequence[Terms], as_of: date, *, is_compiled: bool | None = None
) -> Iterator[Rows]:
    """Return positions block by block, in the memory of one block: ``blocks`` are blocks with their ``terms_of``."""
    for block, terms_of in blocks:
        yield rebuild(block, terms, terms_of, as_of, is_compiled=is_compiled)


def blank_rows(accounts: Ints) -> Rows:
    """Return rows of `POSITION` for ``accounts`` as an account without entries or dealings has them."""
    blank = Position(account=0)
    rows = np.empty(len(accounts), dtype=POSITION)
    for name in DEALINGS_COLUMNS:
        rows[name] = getattr(blank, name)
    rows["account"] = accounts
    return rows


def _run_compiled(
    block: Block,
    terms: Sequence[Terms],
    terms_of: Ints,
    as_of: int,
    known_on: int,
    is_summing: bool,  # noqa: FBT001
) -> tuple[Rows, Rows]:
    out = np.zeros(len(block.accounts) * len(r.ANSWERS), dtype=np.int64)
    sums = np.zeros(len(block.accounts) * len(r.SUMS) * is_summing, dtype=np.int64)
    room = np.zeros(room_for(_longest(block), terms, recording=False), dtype=np.int64)
    columns = Columns(*(np.ascontiguousarray(column, dtype=np.int64) for column in block.columns))
    which = np.ascontiguousarray(terms_of, dtype=np.int64)
    table = np.array(terms_table(terms), dtype=np.int64)
    compiled_run_range()(table, which, columns, block.starts, as_of, known_on, room, out, sums)
    return out, sums


def _run_interpreted(
    block: Block,
    terms: Sequence[Terms],
    terms_of: Ints,
    as_of: int,
    known_on: int,
    is_summing: bool,  # noqa: FBT001
) -> tuple[Rows, Rows]:
    out = [0] * (len(block.accounts) * len(r.ANSWERS))
    sums = [0] * (len(block.accounts) * len(r.SUMS) * is_summing)
    room = [0] * room_for(_longest(block), terms, recording=False)
    columns = Columns(*(column.tolist() for column in block.columns))
    run_range(terms_table(terms), terms_of.tolist(), columns, block.starts.tolist(), as_of, known_on, room, out, sums)
    return np.array(out, dtype=np.int64), np.array(sums, dtype=np.int64)


def _longest(block: Block) -> int:
    return int(np.max(np.diff(block.starts), initial=0))
