"""A contact point is used only if it comes from where it may come from, and still works (R06, R07, R13, P19)."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import Source
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class AddressSource(Evaluator):
    """``allowed`` sources: a list of what is lawful, so that a source nobody thought of is not.

    ``banned``: one law's own list instead, which says nothing of the others.
    """

    allowed: frozenset[Source]
    banned: frozenset[Source] = frozenset()
    stage = Stage.PERSON
    fact_names = frozenset({"source"})

    def bars(self, case: Case) -> Iterable[Finding]:
        address = case.proposal.address
        if self.banned:
            if address is not None and address.source in self.banned:
                yield Finding(ALWAYS, {"source": address.source})
        elif address is None:
            yield lacking("address")
        elif address.source is None:
            yield lacking("address.source")
        elif address.source not in self.allowed:
            yield Finding(ALWAYS, {"source": address.source})


def read(given: Parameters) -> AddressSource:
    """``allowed``: sources; or ``banned``: sources."""
    return AddressSource(given.codes("allowed", Source), given.codes("banned", Source))
