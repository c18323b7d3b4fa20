"""Why an account was decided as it was: every table in the order it was asked, with the row that answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from arrears.engine.decide.strategy import Heading, Strategy
from arrears.engine.tables import Explanation, explain, one
from arrears.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that a table looked at: its name in words, and the value found, in words."""

    fact: str
    words: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One table read for one account: what it asked, what it answered, and row by row why."""

    table: str
    heading: Heading
    asked: tuple[Asked, ...]
    answered: tuple[Asked, ...]
    explanation: Explanation


def why(facts: Mapping[str, int], strategy: Strategy) -> tuple[Step, ...]:
    """Return how each table of ``strategy`` reads the account ``facts``, in the order in which they are asked.

    Facts left out take their ``absent`` value, as when deciding.
    """
    given = {fact.name: facts.get(fact.name, fact.absent) for fact in strategy.program.given}
    known = given | one(strategy.program, facts).values
    return tuple(_step(table.id, known, strategy) for table in strategy.program.tables)


def _step(table_id: str, known: Mapping[str, int], strategy: Strategy) -> Step:
    table = strategy.tables[table_id]
    return Step(
        table_id,
        strategy.headings[table_id],
        tuple(_asked(fact.name, known, strategy) for fact in table.inputs),
        tuple(_asked(fact.name, known, strategy) for fact in table.outputs),
        explain(table, known),
    )


def _asked(name: str, known: Mapping[str, int], strategy: Strategy) -> Asked:
    return Asked(name, strategy.facts[name].words, strategy.said(name, known[name]))
