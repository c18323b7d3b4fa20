"""The number shown must be shown, ours, and answer when called back (R04)."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class CallerNumber(Evaluator):
    """``refuses``: withheld, unverified, or both."""

    refuses: frozenset[str]
    stage = Stage.PERSON
    fact_names = frozenset({"number"})

    def bars(self, case: Case) -> Iterable[Finding]:
        number = case.proposal.from_number
        if number is None:
            yield lacking("from_number")
        elif number.is_withheld and "withheld" in self.refuses:
            yield Finding(ALWAYS, {"number": number.value})
        elif "unverified" in self.refuses and not number.is_verified:
            missing = number.is_verified is None
            yield lacking("from_number.is_verified") if missing else Finding(ALWAYS, {"number": number.value})


def read(given: Parameters) -> CallerNumber:
    """``refuses``: withheld, unverified."""
    return CallerNumber(given.words("refuses", "withheld", "unverified"))
