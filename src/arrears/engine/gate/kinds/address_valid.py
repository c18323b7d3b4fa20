"""A contact point that is known not to work, or not to be theirs, is not tried again (P19)."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class AddressValid(Evaluator):
    """Refuses a contact point that is marked as failed."""

    stage = Stage.PERSON

    def bars(self, case: Case) -> Iterable[Finding]:
        if case.proposal.address is not None and not case.proposal.address.is_valid:
            yield Finding(ALWAYS)


def read(_given: Parameters) -> AddressValid:
    """No parameters."""
    return AddressValid()
