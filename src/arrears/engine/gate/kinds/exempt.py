"""An exception that its reach alone makes: for such purposes, roles or channels the rules it names do not hold."""

from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator
from arrears.kernel.intervals import ALWAYS, Intervals


@dataclass(frozen=True, slots=True)
class Exempt(Evaluator):
    """Lifts at every instant."""

    def lifts(self, _case: Case, _barred: Intervals, /) -> Intervals:
        return ALWAYS


def read(_given: Parameters) -> Exempt:
    """No parameters: reach says it all."""
    return Exempt()
