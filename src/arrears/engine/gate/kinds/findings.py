"""Words with which the checker found something wrong: anything at all, or what this law forbids."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, is_named
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class Findings(Evaluator):
    """Bars words with a finding by a rule of the checker with one of ``names`` in its id; without names, by any.

    Words that nobody has read have none.
    """

    names: frozenset[str]
    stage = Stage.PERSON
    fact_names = frozenset({"found"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        found = [name for name in (words.findings if words else None) or () if self._is_meant(name)]
        if found:
            yield Finding(ALWAYS, {"found": "; ".join(found)})

    def _is_meant(self, name: str) -> bool:
        if not self.names:
            return True
        dotted = name.partition(" ")[0].replace("/", ".").removeprefix("checker.")
        return is_named(dotted, self.names) or not self.names.isdisjoint(dotted.split("."))


def read(given: Parameters) -> Findings:
    """``of``: rules of the checker, folders of them ("us.fdcpa.1692d") or a part of their ids ("arrest"); none: any."""
    return Findings(frozenset(given.names("of")))
