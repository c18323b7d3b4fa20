"""No e-mail to an address that the employer provides, unless the consumer used it with us or agreed to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import PointUse
from arrears.engine.gate import addresses
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage


@dataclass(frozen=True, slots=True)
class EmployerAddress(Evaluator):
    """Bars what is known to be the employer's; what nobody knows to be is left to the rules on a basis."""

    stage = Stage.PERSON

    def bars(self, case: Case) -> Iterable[Finding]:
        said, address = addresses.proof(case), case.proposal.address
        is_work = address is not None and address.use is PointUse.WORK and said.is_employers is not False
        if said.is_employers or is_work:
            yield Finding(~addresses.used_by_consumer(case))


def read(_given: Parameters) -> EmployerAddress:
    """No parameters."""
    return EmployerAddress()
