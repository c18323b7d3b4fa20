"""The figures of an itemisation add up: what was owed, plus what came on top, less what was paid, is what is owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS

_SIGNS: Final = (
    ("start_minor", 1),
    ("interest_minor", 1),
    ("fees_minor", 1),
    ("payments_minor", -1),
    ("credits_minor", -1),
)


@dataclass(frozen=True, slots=True)
class AddsUp(Evaluator):
    """Every line has to be there, and be 0 where nothing happened; amounts in minor units."""

    stage = Stage.PERSON
    fact_names = frozenset({"sum", "current"})

    def bars(self, case: Case) -> Iterable[Finding]:
        said = case.proposal.facts
        absent = [
            name for name in (*(name for name, _ in _SIGNS), "current_minor") if not isinstance(said.get(name), int)
        ]
        if absent:
            yield from (lacking(f"proposal.{name}") for name in absent)
            return
        total = sum(sign * int(str(said[name])) for name, sign in _SIGNS)
        if total != said["current_minor"]:
            yield Finding(ALWAYS, {"sum": total, "current": said["current_minor"]})


def read(_given: Parameters) -> AddsUp:
    """No parameters: amounts stand in the facts of the proposal."""
    return AddsUp()
