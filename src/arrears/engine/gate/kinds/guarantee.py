"""A guarantor is asked only when the guarantee can be called: conditions and notices met, within its period (P44)."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class Guarantee(Evaluator):
    """Refuses while the guarantee cannot be called, or nobody knows whether it can."""

    stage = Stage.PERSON

    def bars(self, case: Case) -> Iterable[Finding]:
        if case.known.guarantee_is_demandable is None:
            yield lacking("guarantee.is_demandable")
        elif not case.known.guarantee_is_demandable:
            yield Finding(ALWAYS)


def read(_given: Parameters) -> Guarantee:
    """No parameters: the guarantee's own terms are kept with it."""
    return Guarantee()
