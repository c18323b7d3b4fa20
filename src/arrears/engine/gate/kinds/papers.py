"""A debt whose papers are not complete is not pursued: each missing paper is a missing fact, by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking


@dataclass(frozen=True, slots=True)
class Papers(Evaluator):
    """Refuses by the name of each paper that a debt lacks."""

    def bars(self, case: Case) -> Iterable[Finding]:
        for debt in case.debts:
            for paper in debt.papers_missing:
                yield lacking(f"debt.{paper}")


def read(_given: Parameters) -> Papers:
    """No parameters: which papers a debt needs is known where it is kept."""
    return Papers()
