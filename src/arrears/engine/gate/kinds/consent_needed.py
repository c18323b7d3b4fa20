"""Something goes only with a consent of its own: a message by its medium, a writing in electronic form."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.holds import ConsentKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.kinds.disclosed import first_communication
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import BEGINNING, Intervals, union


@dataclass(frozen=True, slots=True)
class ConsentNeeded(Evaluator):
    """``consents``: kinds, any of which will do; ``direct``: only one given to the collector itself.

    ``but_the_first``: what stands in the initial communication itself needs none.
    """

    consents: frozenset[ConsentKind]
    direct: bool
    but_the_first: bool
    stage = Stage.PERSON

    def bars(self, case: Case) -> Iterable[Finding]:
        given = case.consents(*self.consents, only_to_collector=self.direct)
        agreed = union(lasting(consent.at, consent.ends()) for consent in given)
        if self.but_the_first:
            agreed |= Intervals.between(BEGINNING, first_communication(case))
        yield Finding(~agreed)


def read(given: Parameters) -> ConsentNeeded:
    """``consents``: kinds; ``direct``; ``but_the_first``: whether the initial communication is free of it."""
    consents = given.codes("consents", ConsentKind)
    if not consents:
        given.wrong("consents", "names no kind of consent")
    return ConsentNeeded(consents, given.flag("direct"), given.flag("but_the_first"))
