"""An exception by named facts: where one of them is said, the bars of the rules it names do not hold."""

from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import Test, tests_in, value_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator
from arrears.kernel.intervals import Intervals, intersection, union


@dataclass(frozen=True, slots=True)
class FactsLift(Evaluator):
    """Lifts while any of ``tests`` is true, of every debt at hand; a fact that nobody has said lifts nothing."""

    tests: tuple[Test, ...]

    def lifts(self, case: Case, _barred: Intervals, /) -> Intervals:
        return union(self._while(test, case) for test in self.tests)

    def _while(self, test: Test, case: Case) -> Intervals:
        values = [value_of(test, debt, case) for debt in case.debts]
        if not values or None in values:
            return Intervals()
        return intersection(~test.fails(value, case) for value in values)


def read(given: Parameters) -> FactsLift:
    """``any_of``: tests as in ``facts_hold``."""
    return FactsLift(tuple(tests_in(given, "any_of")))
