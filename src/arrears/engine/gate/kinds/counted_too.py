"""Channels that count as those another rule names, though they are called something else."""

from dataclasses import dataclass

from arrears.domain.contacts import Channel, Contact
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator


@dataclass(frozen=True, slots=True)
class CountedToo(Evaluator):
    """Brings ``channels`` under the rules on calls it speaks to: they count there, and are counted before they go."""

    channels: frozenset[Channel]

    def counts_too(self, contact: Contact) -> bool:
        return contact.channel in self.channels

    def stands_for(self, channel: Channel) -> Channel:
        """A way that counts as a call is held to the numbers of calls when it is about to be used, not only after."""
        return Channel.CALL if channel in self.channels else channel


def read(given: Parameters) -> CountedToo:
    """``channels`` that count too."""
    return CountedToo(given.codes("channels", Channel))
