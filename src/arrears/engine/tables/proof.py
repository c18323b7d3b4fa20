"""Proof of a table: every account is answered, by one row where it says so, and every row can answer.

The grid of all bins is walked condition by condition, carrying the mask of rows still standing and the mask
of constraints still met; equal masks at the same depth are walked once, so that the walk stays small where
the plain product of bins would not. Each finding comes with an account that shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from arrears.engine.tables.problems import problem
from arrears.engine.tables.spans import everything, holds
from arrears.engine.tables.table import Table, edges_of, samples_of
from arrears.kernel.problems import Problem, Where

NODE_LIMIT = 200_000

Account = dict[str, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found: accounts nobody answers, pairs of rows that both do, rows that never do.

    ``gap`` is one unanswered account or None; ``overlaps`` maps row indexes to an account both answer;
    ``unreachable`` maps a row to an account that meets it but is taken by an earlier one (empty where no
    possible account meets it). ``is_finished`` is false where the table was too wide to walk.
    """

    gap: Account | None = None
    overlaps: Mapping[tuple[int, int], Account] = field(default_factory=dict)
    unreachable: Mapping[int, Account] = field(default_factory=dict)
    is_finished: bool = True


def prove(table: Table) -> Proof:
    """Return the proof of ``table`` under its own constraints."""
    walk = _Walk(table)
    if table.hit == "collect" and not table.nevers:
        return Proof(unreachable={index: {} for bit, index in enumerate(table.order) if not walk.is_met(bit)})
    try:
        found = walk.from_depth(0, walk.all_rows, walk.all_nevers)
    except _TooWideError:
        return Proof(is_finished=False)
    wants_answer = table.hit != "collect"
    unreachable = {
        index: walk.example_of(index) for bit, index in enumerate(table.order) if not found.winners >> bit & 1
    }
    overlaps = {
        (table.order[one], table.order[other]): walk.account(path)
        for (one, other), path in found.overlaps.items()
        if table.hit == "unique"
    }
    gap = walk.account(found.gap) if wants_answer and found.gap is not None else None
    return Proof(gap, overlaps, unreachable)


def proof_problems(table: Table, file: str = "") -> list[Problem]:
    """Return what the proof of ``table`` finds, said for people."""
    proof, where = prove(table), Where(file or table.id)
    if not proof.is_finished:
        return [problem("too_wide_to_prove", where)]
    problems = []
    if proof.gap is not None:
        problems.append(problem("gap", where, account=said_account(table, proof.gap)))
    for (one, other), account in sorted(proof.overlaps.items()):
        rows = f"{table.rows[one].name}, {table.rows[other].name}"
        problems.append(problem("overlap", where, rows=rows, account=said_account(table, account)))
    for index, account in sorted(proof.unreachable.items()):
        at = Where(where.file, index + 1)
        said = said_account(table, account) if account else "–"
        problems.append(problem("unreachable", at, rows=table.rows[index].name, account=said))
    return problems


def said_account(table: Table, account: Mapping[str, int]) -> str:
    """Return an example account as ``fact = value`` pairs in the words of cells."""
    return ", ".join(f"{fact.name} = {fact.said(account[fact.name])}" for fact in table.inputs)


class _TooWideError(Exception):
    """The walk met more distinct places than ``NODE_LIMIT``."""


@dataclass(slots=True)
class _Found:
    """What lies below one place of the walk; paths name the bins from there on, last condition first."""

    winners: int = 0
    gap: tuple[int, ...] | None = None
    overlaps: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)


class _Walk:
    """The grid of one table: for each condition, the distinct pairs of row mask and constraint mask."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.all_rows = (1 << len(table.rows)) - 1
        self.all_nevers = (1 << len(table.nevers)) - 1
        self.steps = [self._steps(number) for number in range(len(table.inputs))]
        self.seen: dict[tuple[int, int, int], _Found] = {}

    def _steps(self, number: int) -> list[tuple[int, int, int]]:
        """Return (row mask, constraint mask, sample value) for each kind of bin of a condition."""
        fact = self.table.inputs[number]
        tests = [self.table.rows[index].tests[number] for index in self.table.order]
        nevers = [never.tests.get(fact.name, everything(fact)) for never in self.table.nevers]
        kinds: dict[tuple[int, int], int] = {}
        for sample in samples_of(fact, edges_of(fact, [*tests, *nevers])):
            kinds.setdefault((_mask(tests, sample), _mask(nevers, sample)), sample)
        return [(rows, barred, sample) for (rows, barred), sample in kinds.items()]

    def is_met(self, bit: int) -> bool:
        """Return whether some account meets a row; where all that hold are collected, that is all there is to prove."""
        return all(any(rows >> bit & 1 for rows, _, _ in steps) for steps in self.steps)

    def from_depth(self, depth: int, rows: int, barred: int) -> _Found:
        key = (depth, rows, barred)
        known = self.seen.get(key)
        if known is not None:
            return known
        if len(self.seen) >= NODE_LIMIT:
            raise _TooWideError
        found = self._leaf(rows, barred) if depth == len(self.steps) else self._below(depth, rows, barred)
        self.seen[key] = found
        return found

    def _below(self, depth: int, rows: int, barred: int) -> _Found:
        found = _Found()
        for step_rows, step_barred, sample in self.steps[depth]:
            below = self.from_depth(depth + 1, rows & step_rows, barred & step_barred)
            found.winners |= below.winners
            if found.gap is None and below.gap is not None:
                found.gap = (*below.gap, sample)
            for pair, path in below.overlaps.items():
                found.overlaps.setdefault(pair, (*path, sample))
        return found

    def _leaf(self, rows: int, barred: int) -> _Found:
        if barred:
            return _Found()
        if not rows:
            return _Found(gap=())
        lowest = rows & -rows
        if self.table.hit in {"first", "severest"}:
            return _Found(winners=lowest)
        rest = rows ^ lowest
        if self.table.hit == "collect" or not rest:
            return _Found(winners=rows)
        pair = (lowest.bit_length() - 1, (rest & -rest).bit_length() - 1)
        return _Found(winners=rows, overlaps={pair: ()})

    def account(self, path: Sequence[int]) -> Account:
        names = [fact.name for fact in self.table.inputs]
        return dict(zip(names, reversed(path), strict=True))

    def example_of(self, index: int) -> Account:
        """Return a possible account that meets row ``index``, or nothing where none does."""
        paths: list[tuple[int, tuple[int, ...]]] = [(self.all_nevers, ())]
        bit = self.table.order.index(index)
        for steps in self.steps:
            nearer: dict[int, tuple[int, ...]] = {}
            for barred, path in paths:
                for rows, step_barred, sample in steps:
                    if rows >> bit & 1:
                        nearer.setdefault(barred & step_barred, (sample, *path))
            paths = list(nearer.items())
        return next((self.account(path) for barred, path in paths if not barred), {})


def _mask(tests: Sequence[tuple[tuple[int, int], ...]], sample: int) -> int:
    return sum(1 << bit for bit, test in enumerate(tests) if holds(test, sample))
