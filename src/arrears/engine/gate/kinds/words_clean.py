"""Words in which the checker found something: refused, each finding with its rule and citation."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class WordsClean(Evaluator):
    """Bars words with findings; of words that nobody has read nothing is known."""

    stage = Stage.PERSON
    fact_names = frozenset({"found"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        found = (words.findings if words else None) or ()
        if found:
            yield Finding(ALWAYS, {"found": "; ".join(found)})


def read(_given: Parameters) -> WordsClean:
    """It takes no parameters: what the checker looks for stands in its own pack."""
    return WordsClean()
