"""The one confirmation of a stop belongs to it only within some minutes; later it is a message like any other."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.holds import PreferenceKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import MINUTE, Intervals, instant_of, union


@dataclass(frozen=True, slots=True)
class SoonAfterStop(Evaluator):
    """``minutes`` after the stop, the last of them included, it still is its confirmation."""

    minutes: int
    stage = Stage.PERSON
    fact_names = frozenset({"minutes"})

    def bars(self, case: Case) -> Iterable[Finding]:
        in_time = union(
            Intervals.between(instant_of(wish.since), instant_of(wish.since) + self.minutes * MINUTE + 1)
            for wish in case.preferences(PreferenceKind.STOP_MEDIUM)
        )
        yield Finding(~in_time, {"minutes": self.minutes})


def read(given: Parameters) -> SoonAfterStop:
    """``within`` in minutes."""
    return SoonAfterStop(given.whole("within", "minutes"))
