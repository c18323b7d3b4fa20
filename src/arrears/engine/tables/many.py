"""The evaluator for columns: the same masks as machine words, in blocks that stay in the cache."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from arrears.engine.tables.masks import Answer, Compiled, Condition, Program, Slot
from arrears.facts.fact import Fact

BLOCK_ROWS = 16_384
_LOOKUP_LIMIT = 1 << 16

Column = npt.NDArray[np.int64]
Bins = npt.NDArray[np.intp]
Words = npt.NDArray[np.unsignedinteger]
_WIDTHS = ((8, np.uint8), (16, np.uint16), (32, np.uint32), (64, np.uint64))


def many(
    program: Program, columns: Mapping[str, npt.NDArray[np.integer]], rows: int, *, rows_of: Sequence[str] = ()
) -> dict[str, Column]:
    """Return the answer columns of ``program`` over ``rows`` accounts.

    Columns are whole numbers of length ``rows``; facts left out take their ``absent`` value. For each table
    id in ``rows_of`` (not of a ``collect`` table) the column of that name holds the index of the row that
    answered, -1 where none did. Equal, account by account, to ``one``.
    """
    plan = _plan(program)
    answers = {name: np.empty(rows, np.int64) for name in (*(fact.name for fact in program.answered), *rows_of)}
    bins: list[Bins] = [np.zeros(0, np.intp)] * len(program.slots)
    for start in range(0, rows, BLOCK_ROWS):
        stop = min(start + BLOCK_ROWS, rows)
        for number, binner in plan.binners:
            bins[number] = binner.bins(columns, start, stop)
        for table in plan.tables:
            table.answer(bins, {name: column[start:stop] for name, column in answers.items()}, stop - start)
    return answers


@dataclass(frozen=True, slots=True)
class _Binner:
    """Turns values into bins: by a lookup where the edges lie close together, else by binary search."""

    fact: Fact
    edges: Column
    base: int
    lookup: Bins

    def bins(self, columns: Mapping[str, npt.NDArray[np.integer]], start: int, stop: int) -> Bins:
        column = columns.get(self.fact.name)
        if column is None:
            at = int(np.searchsorted(self.edges, self.fact.absent, side="right"))
            return np.full(stop - start, at, np.intp)
        values = column[start:stop].astype(np.int64, copy=False)
        if not len(self.lookup):
            return np.searchsorted(self.edges, values, side="right")
        near = np.clip(values, self.base, self.base + len(self.lookup) - 1)
        near -= self.base
        return self.lookup.take(near, mode="clip")


@dataclass(frozen=True, slots=True)
class _Output:
    name: str
    by_bit: Column
    slot: int | None
    bins: Bins
    folded: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """One table as words: ``words[w][condition]`` holds the masks of 64 rows, or of fewer in a narrow word."""

    conditions: tuple[int, ...]
    id: str
    words: tuple[tuple[Words, ...], ...]
    order: Column
    full: tuple[np.unsignedinteger, ...]
    outputs: tuple[_Output, ...]
    collects: bool

    def answer(self, bins: Sequence[Bins], out: Mapping[str, Column], rows: int) -> None:
        if self.collects:
            self._collect(bins, out, rows)
            return
        bit = self._lowest(bins, rows)
        if self.id in out:
            self.order.take(bit, out=out[self.id], mode="clip")
        for output in self.outputs:
            output.by_bit.take(bit, out=out[output.name], mode="clip")
            if output.slot is not None:
                bins[output.slot] = output.bins.take(bit, mode="clip")  # type: ignore[index]

    def _word(self, number: int, bins: Sequence[Bins], rows: int) -> Words:
        masks = self.words[number]
        if not masks:
            return np.full(rows, self.full[number])
        word = masks[0].take(bins[self.conditions[0]], mode="clip")
        for slot, mask in zip(self.conditions[1:], masks[1:], strict=True):
            word &= mask.take(bins[slot], mode="clip")
        return word

    def _lowest(self, bins: Sequence[Bins], rows: int) -> Bins:
        """Return the lowest standing bit, or one past the last where none stands."""
        found = _trailing_zeros(self._word(0, bins, rows))
        for number in range(1, len(self.words)):
            missing = found == 64 * number
            if not missing.any():
                return found
            found[missing] += _trailing_zeros(self._word(number, bins, rows)[missing])
        return found

    def _collect(self, bins: Sequence[Bins], out: Mapping[str, Column], rows: int) -> None:
        for output in self.outputs:
            out[output.name][:] = 0
        for number in range(len(self.words)):
            word = self._word(number, bins, rows)
            for byte in range(word.itemsize):
                part = (word >> word.dtype.type(8 * byte)).astype(np.uint8)
                for output in self.outputs:
                    out[output.name][:] |= output.folded[8 * number + byte].take(part)


def _trailing_zeros(word: Words) -> Bins:
    one = word.dtype.type(1)
    return np.bitwise_count(~word & (word - one)).astype(np.intp)


@dataclass(frozen=True, slots=True)
class _Plan:
    binners: tuple[tuple[int, _Binner], ...]
    tables: tuple[_Table, ...]


@lru_cache(maxsize=64)
def _plan(program: Program) -> _Plan:
    binners = tuple((i, _binner(slot)) for i, slot in enumerate(program.slots) if slot.is_given)
    return _Plan(binners, tuple(_worded(table) for table in program.tables))


def _binner(slot: Slot) -> _Binner:
    """Edges that lie within 65,536 of each other become a lookup; its ends stand for all that lies beyond."""
    edges = np.array(slot.edges, np.int64)
    base = slot.edges[0] - 1 if slot.edges else 0
    size = slot.edges[-1] - base + 1 if slot.edges else 1
    near = np.arange(base, base + size, dtype=np.int64) if size <= _LOOKUP_LIMIT else edges[:0]
    return _Binner(slot.fact, edges, base, np.searchsorted(edges, near, side="right"))


def _worded(table: Compiled) -> _Table:
    rows = len(table.order)
    counts = [min(64, rows - start) for start in range(0, rows, 64)]
    kinds = [np.uint64 if len(counts) > 1 else _width(count) for count in counts]
    words = tuple(
        tuple(_cut(condition, number, kind) for condition in table.conditions) for number, kind in enumerate(kinds)
    )
    full = tuple(kind((1 << count) - 1) for kind, count in zip(kinds, counts, strict=True))
    outputs = tuple(_output(answer, kinds, rows) for answer in table.answers)
    slots = tuple(condition.slot for condition in table.conditions)
    order = np.array([*table.order, *[-1] * (64 * len(kinds) + 1 - rows)], np.int64)
    return _Table(slots, table.id, words, order, full, outputs, table.hit == "collect")


def _width(rows: int) -> type[np.unsignedinteger]:
    return next(kind for width, kind in _WIDTHS if rows <= width)


def _cut(condition: Condition, number: int, kind: type[np.unsignedinteger]) -> Words:
    return np.array([mask >> 64 * number & (1 << 64) - 1 for mask in condition.masks], dtype=np.uint64).astype(kind)


def _output(answer: Answer, kinds: Sequence[type[np.unsignedinteger]], rows: int) -> _Output:
    """Beyond the last row every bit means that nobody answered: the tables are padded to the word's end."""
    width = 64 * len(kinds)
    pad = [answer.by_bit[-1]] * (width + 1 - rows)
    pad_bins = [answer.bins[-1]] * (width + 1 - rows) if answer.bins else []
    by_bit = np.array([*answer.by_bit[:-1], *pad], np.int64)
    bins = np.array([*answer.bins[:-1], *pad_bins], np.intp)
    return _Output(answer.fact.name, by_bit, answer.slot, bins, _folded(answer.by_bit[:-1], width))


def _folded(values: Sequence[int], width: int) -> tuple[Column, ...]:
    """For each byte of rows, the union of the answers of the rows set in it."""
    padded = [*values, *[0] * (width - len(values))]
    tables = []
    for start in range(0, width, 8):
        union = np.zeros(256, np.int64)
        for bit in range(8):
            union[np.arange(256) >> bit & 1 == 1] |= padded[start + bit]
        tables.append(union)
    return tuple(tables)
