"""Contacts that another rule does not count: by outcome, or by who was contacted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arrears.domain.contacts import Contact, Outcome, Role
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import Columns, Days, code_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator
from arrears.kernel.intervals import ALWAYS, NEVER, Intervals


@dataclass(frozen=True, slots=True)
class NotCounted(Evaluator):
    """A contact with one of ``outcomes``, or with somebody in one of ``roles``, is left out of the count."""

    outcomes: frozenset[Outcome]
    contacted: frozenset[Role]

    def leaves_out(self, contact: Contact, _case: Case, /) -> bool:
        return contact.outcome in self.outcomes or contact.role in self.contacted

    def lifts(self, case: Case, _barred: Intervals, /) -> Intervals:
        """Return all time for those roles: what does not count towards a number is permitted in excess of it."""
        return ALWAYS if case.proposal.role in self.contacted else NEVER

    def lets_through(self, columns: Columns, _days: Days, /) -> NDArray[np.bool_]:
        return np.isin(columns.rows["role"], [code_of(role) for role in self.contacted])


def read(given: Parameters) -> NotCounted:
    """``outcomes`` and ``contacted`` (roles)."""
    return NotCounted(given.codes("outcomes", Outcome), given.codes("contacted", Role))
