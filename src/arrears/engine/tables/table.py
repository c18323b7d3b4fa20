"""A decision table as read: conditions, answers, rows, and what no account can be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from arrears.engine.tables.spans import Spans, everything, holds
from arrears.facts.fact import NULL, Fact
from arrears.kernel.texts import Text

Hit = Literal["unique", "first", "severest", "collect"]
HITS: tuple[Hit, ...] = ("unique", "first", "severest", "collect")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its name, the values each condition lets through, and the number of each answer."""

    name: str
    cells: tuple[str, ...]
    tests: tuple[Spans, ...]
    answers: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """A constraint: no account meets all of these tests at once, and why."""

    tests: Mapping[str, Spans]
    because: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table in the DMN manner.

    ``unique`` and ``first`` answer by one row, ``severest`` by the row whose first answer has the highest
    number, ``collect`` by the union of all rows that hold.
    """

    id: str
    hit: Hit
    inputs: tuple[Fact, ...]
    outputs: tuple[Fact, ...]
    rows: tuple[Row, ...]
    nevers: tuple[Never, ...] = ()

    @property
    def order(self) -> tuple[int, ...]:
        """Row indexes in the order in which they answer."""
        indexes = range(len(self.rows))
        if self.hit != "severest":
            return tuple(indexes)
        return tuple(sorted(indexes, key=lambda index: -self.rows[index].answers[0]))


def edges_of(fact: Fact, tests: Iterable[Spans]) -> tuple[int, ...]:
    """Return the values of ``fact`` at which any of ``tests`` changes its mind, ascending.

    Values from one edge up to the next form a bin. Ends of the range are no edges, so that a stray value
    beyond it falls into the outermost bin; a fact that may be null has an edge at its lowest known value
    where some test tells null apart, so that anything below counts as null.
    """
    low, high = fact.range
    ends = {end for spans in tests if spans != everything(fact) for span in spans for end in span}
    edges = {end for end in ends if low < end <= high}
    if fact.may_be_null and not ends <= edges | {high + 1}:
        edges.add(low)
    return tuple(sorted(edges))


def samples_of(fact: Fact, edges: tuple[int, ...]) -> tuple[int, ...]:
    """Return one value from each bin that ``edges`` make of ``fact``: null, else near zero or the lower end."""
    low, high = fact.range
    starts = (NULL if fact.may_be_null else low, *edges)
    stops = (*edges, high + 1)
    return tuple(
        max(low, min(stop - 1, 0)) if start == low else start for start, stop in zip(starts, stops, strict=True)
    )


def rows_holding(table: Table, values: Mapping[str, int]) -> tuple[int, ...]:
    """Return the indexes of all rows whose every test holds, read one by one: the slow, plain meaning."""
    return tuple(
        index
        for index, row in enumerate(table.rows)
        if all(holds(test, values[fact.name]) for fact, test in zip(table.inputs, row.tests, strict=True))
    )
