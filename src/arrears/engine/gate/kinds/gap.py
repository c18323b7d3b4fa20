"""A pause between one call and the next, in minutes; the last of them still belongs to the pause."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import Channel, Medium
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
                and contact.channel is not Channel.VOICEMAIL_DROP
                and not contact.is_from_person()
            ):
                yield Finding(Intervals.between(at, at + self.minutes * MINUTE + 1), {"minutes": self.minutes})


def read(given: Parameters) -> Gap:
    """``gap`` in minutes."""
    return Gap(given.whole("gap", "minutes"))
