"""Why a table answered as it did: the row that did, and what cleared each of the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from arrears.engine.tables.spans import holds
from arrears.engine.tables.table import Table


@dataclass(frozen=True, slots=True)
class Cleared:
    """A condition that a row did not meet: the fact, the test in its cell, the value found."""

    fact: str
    test: str
    value: str


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row as read for an account: what cleared it (nothing where it holds) and whether it answered."""

    row: int
    name: str
    cleared: tuple[Cleared, ...]
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A table read for one account; ``asked`` are the facts it looked at, said as in cells."""

    table: str
    asked: Mapping[str, str]
    rows: tuple[RowRead, ...]
    answers: Mapping[str, str]

    @property
    def answered_by(self) -> tuple[str, ...]:
        """The names of the rows that answered: one, several for ``collect``, none where there was a gap."""
        return tuple(row.name for row in self.rows if row.is_answer)


def explain(table: Table, values: Mapping[str, int]) -> Explanation:
    """Return how ``table`` reads the facts ``values`` (facts left out take their ``absent`` value)."""
    known = {fact.name: values.get(fact.name, fact.absent) for fact in table.inputs}
    cleared = {index: _cleared(table, index, known) for index in table.order}
    holding = [index for index in table.order if not cleared[index]]
    answering = set(holding if table.hit == "collect" else holding[:1])
    rows = tuple(RowRead(index, row.name, cleared[index], index in answering) for index, row in enumerate(table.rows))
    asked = {fact.name: fact.said(known[fact.name]) for fact in table.inputs}
    return Explanation(table.id, asked, rows, _answers(table, sorted(answering)))


def _cleared(table: Table, index: int, known: Mapping[str, int]) -> tuple[Cleared, ...]:
    row = table.rows[index]
    return tuple(
        Cleared(fact.name, cell, fact.said(known[fact.name]))
        for fact, cell, test in zip(table.inputs, row.cells, row.tests, strict=True)
        if not holds(test, known[fact.name])
    )


def _answers(table: Table, rows: list[int]) -> dict[str, str]:
    answers = {}
    for at, fact in enumerate(table.outputs):
        value = 0 if table.hit == "collect" else fact.absent
        for row in rows:
            number = table.rows[row].answers[at]
            value = value | number if table.hit == "collect" else number
        answers[fact.name] = fact.said(value)
    return answers
