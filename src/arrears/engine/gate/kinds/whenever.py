"""A rule that speaks whenever its reach covers the proposal: a channel never used, a notice that always goes."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class Whenever(Evaluator):
    """Speaks at every instant."""

    stage = Stage.PERSON

    def bars(self, _case: Case, /) -> Iterable[Finding]:
        yield Finding(ALWAYS)


def read(_given: Parameters) -> Whenever:
    """No parameters: reach says it all."""
    return Whenever()
