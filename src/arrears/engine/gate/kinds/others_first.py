"""Counted across creditors, others have been in touch: not before an instant of which nothing more is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.local import local_reading
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import BEGINNING, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class OthersFirst(Evaluator):
    """Bars until the instant that the count across creditors gave."""

    stage = Stage.COUNT
    fact_names = frozenset({"until"})

    def bars(self, case: Case) -> Iterable[Finding]:
        moment = case.known.others_not_before
        if moment is not None:
            until = instant_of(moment)
            shown = local_reading(case.zones[0], until) if case.zones else moment
            yield Finding(Intervals.between(BEGINNING, until), {"until": shown.strftime("%Y-%m-%d %H:%M")})


def read(_given: Parameters) -> OthersFirst:
    """No parameters: how many in how many days is said by the organisation that takes part, with its lawful basis."""
    return OthersFirst()
