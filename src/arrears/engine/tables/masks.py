"""Tables compiled to bit masks: for each bin of each condition, the rows that it leaves standing.

A row is a bit, in the order in which rows answer; so the answer is the lowest bit of the AND of one mask
for each condition. Each fact is binned once for all tables of a program. The masks are plain integers of
any width; ``many`` cuts the same masks into machine words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from arrears.engine.tables.problems import problem
from arrears.engine.tables.spans import Spans, holds
from arrears.engine.tables.table import Hit, Table, edges_of, samples_of
from arrears.facts.fact import Fact
from arrears.kernel.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact that conditions ask for: its edges, and whether the account or a table gives it."""

    fact: Fact
    edges: tuple[int, ...]
    is_given: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """Which slot is asked, and the rows left standing in each of its bins."""

    slot: int
    masks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a table: its number by bit (one more at the end: nobody answered), and its own slot."""

    fact: Fact
    by_bit: tuple[int, ...]
    slot: int | None
    bins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A table as masks. ``order[bit]`` is the row of the table that the bit stands for."""

    id: str
    hit: Hit
    order: tuple[int, ...]
    conditions: tuple[Condition, ...]
    answers: tuple[Answer, ...]

    @property
    def full(self) -> int:
        """The mask of all rows."""
        return (1 << len(self.order)) - 1


@dataclass(frozen=True, eq=False)
class Program:
    """Tables in an order in which each finds its facts answered, and the slots they share.

    Two programs are the same only when they are the same object, which makes what is made of one cacheable.
    """

    slots: tuple[Slot, ...]
    tables: tuple[Compiled, ...]

    @property
    def given(self) -> tuple[Fact, ...]:
        """The facts that accounts must bring; all others are answered by the tables themselves."""
        return tuple(slot.fact for slot in self.slots if slot.is_given)

    @property
    def answered(self) -> tuple[Fact, ...]:
        """The facts that the tables answer, in order."""
        return tuple(answer.fact for table in self.tables for answer in table.answers)


def ordered(tables: Sequence[Table]) -> tuple[tuple[Table, ...], list[Problem]]:
    """Return ``tables`` so that answers come before the conditions that ask for them, or what forbids it."""
    makers: dict[str, Table] = {}
    problems = []
    for table in tables:
        for fact in table.outputs:
            if fact.name in makers:
                both = f"{makers[fact.name].id}, {table.id}"
                problems.append(problem("answered_twice", Where(table.id), fact=fact.name, cell=both))
            makers[fact.name] = table
    by_id = {table.id: table for table in tables}
    before = {
        table.id: sorted({makers[fact.name].id for fact in table.inputs if fact.name in makers})
        for table in sorted(tables, key=lambda each: each.id)
    }
    try:
        names = list(TopologicalSorter(before).static_order())
    except CycleError as circle:
        problems.append(problem("tables_in_a_circle", Where(circle.args[1][0]), cell=", ".join(circle.args[1])))
        names = []
    return tuple(by_id[name] for name in names), problems


def compiled(tables: Iterable[Table]) -> Program:
    """Return ``tables`` as one program of masks; raises ``ValueError`` where they cannot be put in order."""
    in_order, problems = ordered(tuple(tables))
    if problems:
        raise ValueError("; ".join(found.said_in("en") for found in problems))
    asked: dict[str, list[Spans]] = {}
    facts: dict[str, Fact] = {}
    for table in in_order:
        for number, fact in enumerate(table.inputs):
            facts[fact.name] = fact
            asked.setdefault(fact.name, []).extend(row.tests[number] for row in table.rows)
    made = {fact.name for table in in_order for fact in table.outputs}
    slots = tuple(Slot(fact, edges_of(fact, asked[name]), name not in made) for name, fact in facts.items())
    at = {slot.fact.name: number for number, slot in enumerate(slots)}
    return Program(slots, tuple(_compile(table, slots, at) for table in in_order))


def bin_of(edges: Sequence[int], value: int) -> int:
    """Return the bin of ``value``: how many edges lie at or below it."""
    return sum(edge <= value for edge in edges)


def _compile(table: Table, slots: Sequence[Slot], at: Mapping[str, int]) -> Compiled:
    conditions = tuple(
        Condition(at[fact.name], _masks(table, number, slots[at[fact.name]]))
        for number, fact in enumerate(table.inputs)
    )
    answers = tuple(_answer(table, number, slots, at) for number in range(len(table.outputs)))
    return Compiled(table.id, table.hit, table.order, _asking(conditions, table), answers)


def _asking(conditions: tuple[Condition, ...], table: Table) -> tuple[Condition, ...]:
    """Leave out conditions that clear nothing in any bin."""
    full = (1 << len(table.rows)) - 1
    return tuple(condition for condition in conditions if set(condition.masks) != {full})


def _masks(table: Table, number: int, slot: Slot) -> tuple[int, ...]:
    tests = [table.rows[index].tests[number] for index in table.order]
    return tuple(
        sum(1 << bit for bit, test in enumerate(tests) if holds(test, sample))
        for sample in samples_of(slot.fact, slot.edges)
    )


def _answer(table: Table, number: int, slots: Sequence[Slot], at: Mapping[str, int]) -> Answer:
    fact = table.outputs[number]
    by_bit = (*(table.rows[index].answers[number] for index in table.order), fact.absent)
    slot = at.get(fact.name)
    bins = () if slot is None else tuple(bin_of(slots[slot].edges, value) for value in by_bit)
    return Answer(fact, by_bit, slot, bins)
