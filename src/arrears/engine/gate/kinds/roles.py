"""Only certain people may be contacted about a debt."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from arrears.domain.contacts import DisclosureBasis, Role
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import Columns, Days, code_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class Roles(Evaluator):
    """``allowed`` roles, or a basis in ``or_basis`` whatever the role."""

    allowed: frozenset[Role]
    or_basis: frozenset[DisclosureBasis]
    stage = Stage.PERSON
    fact_names = frozenset({"role"})

    def bars(self, case: Case) -> Iterable[Finding]:
        proposal = case.proposal
        if proposal.role is None or proposal.role is Role.UNKNOWN:
            yield lacking("party.role")
        elif proposal.role not in self.allowed and proposal.basis not in self.or_basis:
            yield Finding(ALWAYS, {"role": proposal.role})

    def free_day(self, columns: Columns, days: Days) -> Days:
        known = np.isin(columns.rows["role"], [code_of(role) for role in self.allowed])
        known |= np.isin(columns.rows["basis"], [code_of(basis) for basis in self.or_basis]) & (
            ~np.isin(columns.rows["role"], [-1, code_of(Role.UNKNOWN)])
        )
        return np.where(known, days, NO_DATE).astype(np.int32)


def read(given: Parameters) -> Roles:
    """``allowed``: roles; ``or_basis``: bases of disclosure that open it too."""
    return Roles(given.codes("allowed", Role), given.codes("or_basis", DisclosureBasis))
