"""Words about a debt too old to sue on carry the part that says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import FOREVER, Intervals


@dataclass(frozen=True, slots=True)
class BarredPart(Evaluator):
    """Speaks from the day after the last one to sue, until the words carry all of ``needed``."""

    needed: frozenset[Block]
    stage = Stage.PERSON
    fact_names = frozenset({"debt", "last_day"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        if self.needed <= ((words.blocks if words else None) or frozenset()):
            return
        for debt in case.debts:
            last = debt.limitation.last_day if debt.limitation else None
            if last is not None:
                over = Intervals.between(starts(case, epoch_day(last) + 1, min), FOREVER)
                yield Finding(over, {"debt": debt.number or debt.id, "last_day": last})


def read(given: Parameters) -> BarredPart:
    """``needed``: parts of a message, by the codes of ``domain.wording.Block``."""
    return BarredPart(given.codes("needed", Block))
