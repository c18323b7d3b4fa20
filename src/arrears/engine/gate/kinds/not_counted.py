"""Contacts that another rule does not count: by outcome, or by who was contacted."""

from dataclasses import dataclass

from arrears.domain.contacts import Contact, Outcome, Role
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator


@dataclass(frozen=True, slots=True)
class NotCounted(Evaluator):
    """A contact with one of ``outcomes``, or with somebody in one of ``roles``, is left out of the count."""

    outcomes: frozenset[Outcome]
    contacted: frozenset[Role]

    def leaves_out(self, contact: Contact, _case: Case, /) -> bool:
        return contact.outcome in self.outcomes or contact.role in self.contacted


def read(given: Parameters) -> NotCounted:
    """``outcomes`` and ``contacted`` (roles)."""
    return NotCounted(given.codes("outcomes", Outcome), given.codes("contacted", Role))
