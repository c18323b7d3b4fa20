"""Under which name a contact is made: a registered one of the organisation, and no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class NamedAs(Evaluator):
    """Refuses a name that is not among the collector's; who gives none uses the organisation's own."""

    stage = Stage.PERSON
    fact_names = frozenset({"name"})

    def bars(self, case: Case) -> Iterable[Finding]:
        name = case.proposal.facts.get("name_used")
        own = case.proposal.collector.facts.get("names", ())
        if name and (not isinstance(own, list | tuple) or name not in own):
            yield Finding(ALWAYS, {"name": name})


def read(_given: Parameters) -> NamedAs:
    """No parameters: which names an organisation has is a fact of it."""
    return NamedAs()
