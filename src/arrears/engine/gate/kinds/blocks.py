"""Parts that words have to carry: as a notice while nobody has read the words, as a bar once a part is not there."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class Blocks(Evaluator):
    """Speaks until the words carry every part of ``needed``."""

    needed: frozenset[Block]
    stage = Stage.PERSON
    fact_names = frozenset({"lacking"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        carried = (words.blocks if words else None) or frozenset()
        absent = sorted(block.value for block in self.needed - carried)
        if absent:
            yield Finding(ALWAYS, {"lacking": ", ".join(absent)})


def read(given: Parameters) -> Blocks:
    """``needed``: parts of a message, by the codes of ``domain.wording.Block``."""
    return Blocks(given.codes("needed", Block))
