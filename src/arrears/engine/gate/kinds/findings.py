"""Words with which the checker found something wrong of a kind that this law forbids."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class Findings(Evaluator):
    """Bars words with a finding by a rule of the checker with one of ``names`` in its id; unread words have none."""

    names: frozenset[str]
    stage = Stage.PERSON
    fact_names = frozenset({"found"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        found = [name for name in (words.findings if words else None) or () if self._is_meant(name)]
        if found:
            yield Finding(ALWAYS, {"found": ", ".join(found)})

    def _is_meant(self, name: str) -> bool:
        return not self.names.isdisjoint(re.split(r"[./:]", name))


def read(given: Parameters) -> Findings:
    """``of``: parts of the ids of the checker's rules ("checker.core.arrest")."""
    return Findings(frozenset(given.names("of")))
