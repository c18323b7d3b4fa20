"""Channels that count as those another rule names, though they are called something else."""

from dataclasses import dataclass

from arrears.domain.contacts import Channel, Contact
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator


@dataclass(frozen=True, slots=True)
class CountedToo(Evaluator):
    """Brings ``channels`` into the counts it speaks to."""

    channels: frozenset[Channel]

    def counts_too(self, contact: Contact) -> bool:
        return contact.channel in self.channels


def read(given: Parameters) -> CountedToo:
    """``channels`` that count too."""
    return CountedToo(given.codes("channels", Channel))
