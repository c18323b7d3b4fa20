"""Numbers that cost more to call back than they should: known by how they begin."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class NumberClass(Evaluator):
    """Refuses a shown number, or one given to be called back, that begins with any of ``prefixes``."""

    prefixes: tuple[str, ...]
    stage = Stage.PERSON
    fact_names = frozenset({"number"})

    def bars(self, case: Case) -> Iterable[Finding]:
        shown = case.proposal.from_number
        given = case.proposal.facts.get("call_back_number")
        for number in filter(None, (shown.value if shown else None, str(given) if given else None)):
            if number.replace(" ", "").startswith(self.prefixes):
                yield Finding(ALWAYS, {"number": number})


def read(given: Parameters) -> NumberClass:
    """``prefixes``: beginnings of numbers in international form."""
    return NumberClass(given.names("prefixes"))
