"""Parts that words have to carry: as a notice while nobody has read the words, as a bar once a part is not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import Test, applying, tests_in
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS

SPEAK: Final = "speak"
LET_GO: Final = "let_go"


@dataclass(frozen=True, slots=True)
class Blocks(Evaluator):
    """Speaks until the words carry every part of ``needed``, or with ``one_will_do`` any of them.

    ``unread``: what words come to that nobody has read. ``when``: only where these facts are true of a debt at
    hand; one of which nobody has said anything is taken to be so, as the part can be given all the same.
    """

    needed: frozenset[Block]
    one_will_do: bool = False
    unread: str = SPEAK
    when: tuple[Test, ...] = ()
    stage = Stage.PERSON
    fact_names = frozenset({"lacking"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        read = words.blocks if words else None
        if read is None and self.unread == LET_GO:
            return
        absent = sorted(block.value for block in self.needed - (read or frozenset()))
        is_enough = self.one_will_do and len(absent) < len(self.needed)
        if absent and not is_enough and self._applies(case):
            yield Finding(ALWAYS, {"lacking": ", ".join(absent)})

    def _applies(self, case: Case) -> bool:
        return not self.when or any(applying(self.when, debt, case) is not False for debt in case.debts)


def read(given: Parameters) -> Blocks:
    """``needed``: parts of a message, by the codes of ``domain.wording.Block``; ``one_will_do``.

    ``unread``: speak (usual) or let_go; ``when``: as in ``facts_hold``.
    """
    return Blocks(
        given.codes("needed", Block),
        given.flag("one_will_do"),
        given.word("unread", SPEAK, LET_GO) if given.has("unread") else SPEAK,
        tuple(tests_in(given, "when")),
    )
