"""Payment is asked of nobody but who is liable, or acts for them (P39, R16)."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from arrears.domain.contacts import DisclosureBasis, Purpose, Role
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import Columns, Days, code_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class AskedToPay(Evaluator):
    """``asking``: purposes that ask for money; ``acting_for``: roles that handle the debtor's own money."""

    asking: frozenset[Purpose]
    acting_for: frozenset[Role]
    stage = Stage.PERSON
    fact_names = frozenset({"role"})

    def bars(self, case: Case) -> Iterable[Finding]:
        proposal = case.proposal
        if (
            proposal.purpose in self.asking
            and proposal.basis is not DisclosureBasis.LIABLE
            and proposal.role not in self.acting_for
        ):
            yield Finding(ALWAYS, {"role": proposal.role or Role.UNKNOWN})

    def free_day(self, columns: Columns, days: Days) -> Days:
        may = np.isin(columns.rows["role"], [code_of(role) for role in self.acting_for])
        may |= columns.rows["basis"] == code_of(DisclosureBasis.LIABLE)
        may |= columns.purpose not in self.asking
        return np.where(may, days, NO_DATE).astype(np.int32)


def read(given: Parameters) -> AskedToPay:
    """``asking``: purposes; ``acting_for``: roles."""
    return AskedToPay(given.codes("asking", Purpose), given.codes("acting_for", Role))
