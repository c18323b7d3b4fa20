"""A writing that law requires goes electronically only after the consent process for electronic records."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.holds import ConsentKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.kinds.disclosed import first_communication
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import BEGINNING, Intervals, union


@dataclass(frozen=True, slots=True)
class Esign(Evaluator):
    """``but_the_first``: what stands in the initial communication itself needs no such consent."""

    but_the_first: bool
    stage = Stage.PERSON

    def bars(self, case: Case) -> Iterable[Finding]:
        agreed = union(
            lasting(consent.at, consent.ends())
            for consent in case.consents(ConsentKind.ELECTRONIC_NOTICES, only_to_collector=False)
        )
        if self.but_the_first:
            agreed |= Intervals.between(BEGINNING, first_communication(case))
        yield Finding(~agreed)


def read(given: Parameters) -> Esign:
    """``but_the_first``: whether the initial communication is free of it."""
    return Esign(given.flag("but_the_first"))
