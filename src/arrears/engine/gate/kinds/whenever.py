"""A rule that its reach alone makes: a channel never used, a notice that always goes; or what an exception frees."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS, Intervals


@dataclass(frozen=True, slots=True)
class Whenever(Evaluator):
    """Speaks at every instant; as an exception, lifts at every instant."""

    stage = Stage.PERSON

    def bars(self, _case: Case, /) -> Iterable[Finding]:
        yield Finding(ALWAYS)

    def lifts(self, _case: Case, _barred: Intervals, /) -> Intervals:
        return ALWAYS


def read(_given: Parameters) -> Whenever:
    """No parameters: reach says it all."""
    return Whenever()
