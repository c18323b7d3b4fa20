"""A pause between one call and the next, in minutes; the last of them still belongs to the pause."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import Channel, Contact, Medium
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import MINUTE, Intervals


@dataclass(frozen=True, slots=True)
class Gap(Evaluator):
    """Between calls of one collector to one person, whatever number or debt."""

    minutes: int
    stage = Stage.COUNT
    fact_names = frozenset({"minutes"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for at, contact in case.lately(self.minutes // 1440 + 1):
            if (
                contact.person == case.proposal.person
                and contact.collector == case.proposal.collector.organisation
                and contact.medium() is Medium.TELEPHONE
                and self._is_call(contact, case)
                and not contact.is_from_person()
            ):
                yield Finding(Intervals.between(at, at + self.minutes * MINUTE + 1), {"minutes": self.minutes})

    def _is_call(self, contact: Contact, case: Case) -> bool:
        """Return whether it rang: a message dropped into a mailbox did not, unless a rule says that it counts."""
        is_drop = contact.channel is Channel.VOICEMAIL_DROP
        return not is_drop or any(modifier.counts_too(contact) for modifier in case.modifiers)


def read(given: Parameters) -> Gap:
    """``gap`` in minutes."""
    return Gap(given.whole("gap", "minutes"))
