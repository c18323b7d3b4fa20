"""A text goes to a number that the consumer texted from or agreed to, freshly proven to be theirs still."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate import addresses
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking


@dataclass(frozen=True, slots=True)
class TextBasis(Evaluator):
    """``days``: how old the freshest proof may be: a new text, a renewed consent, a clean check of reassignment."""

    days: int
    stage = Stage.PERSON
    fact_names = frozenset({"days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        if case.proposal.address is None:
            yield lacking("address")
        else:
            yield Finding(~addresses.fresh_number(case, self.days), {"days": self.days})


def read(given: Parameters) -> TextBasis:
    """``fresh``: calendar days."""
    return TextBasis(given.whole("fresh", "calendar_days"))
