"""The evaluator for one account: plain integers, no arrays."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from arrears.engine.tables.masks import Compiled, Program

_Asked = tuple[tuple[int, tuple[int, ...]], ...]
_Replies = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers by fact name, and for each table the row that gave them (None where no row did).

    For ``collect`` the row is the first of those that hold.
    """

    values: dict[str, int]
    rows: dict[str, int | None]


def one(program: Program, known: Mapping[str, int]) -> Answered:
    """Return what ``program`` answers for the facts ``known``; facts left out take their ``absent`` value."""
    plan = _plan(program)
    bins = [0] * len(program.slots)
    for slot, name, absent, edges in plan.given:
        bins[slot] = bisect_right(edges, known.get(name, absent))
    values: dict[str, int] = {}
    rows: dict[str, int | None] = {}
    for table_id, full, order, asked, replies, passed_on, collects in plan.tables:
        mask = full
        for slot, masks in asked:
            mask &= masks[bins[slot]]
        bit = (mask & -mask).bit_length() - 1
        rows[table_id] = order[bit]
        if collects:
            for name, by_bit in replies:
                values[name] = _union(mask, by_bit)
            continue
        for name, by_bit in replies:
            values[name] = by_bit[bit]
        for slot, by_bit in passed_on:
            bins[slot] = by_bit[bit]
    return Answered(values, rows)


def _union(mask: int, by_bit: tuple[int, ...]) -> int:
    union = 0
    while mask:
        union |= by_bit[(mask & -mask).bit_length() - 1]
        mask &= mask - 1
    return union


@dataclass(frozen=True, slots=True)
class _Plan:
    """The program as bare tuples: looking up attributes would cost more than the masks do.

    Each tuple by bit ends with the entry for "nobody answered", which index -1 finds.
    """

    given: tuple[tuple[int, str, int, tuple[int, ...]], ...]
    tables: tuple[tuple[str, int, tuple[int | None, ...], _Asked, _Replies, _Asked, bool], ...]


@lru_cache(maxsize=64)
def _plan(program: Program) -> _Plan:
    given = tuple(
        (number, slot.fact.name, slot.fact.absent, slot.edges)
        for number, slot in enumerate(program.slots)
        if slot.is_given
    )
    return _Plan(given, tuple(_bare(table) for table in program.tables))


def _bare(
    table: Compiled,
) -> tuple[str, int, tuple[int | None, ...], _Asked, _Replies, _Asked, bool]:
    return (
        table.id,
        table.full,
        (*table.order, None),
        tuple((condition.slot, condition.masks) for condition in table.conditions),
        tuple((answer.fact.name, answer.by_bit) for answer in table.answers),
        tuple((answer.slot, answer.bins) for answer in table.answers if answer.slot is not None),
        table.hit == "collect",
    )
