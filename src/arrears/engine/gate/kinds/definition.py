"""What a law's words mean, kept as a rule of its own: it never answers, its cases show that the others go by it."""

from dataclasses import dataclass

from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator


@dataclass(frozen=True, slots=True)
class Definition(Evaluator):
    """Says nothing itself."""


def read(_given: Parameters) -> Definition:
    """No parameters: the meaning is built into the rules that the cases name."""
    return Definition()
