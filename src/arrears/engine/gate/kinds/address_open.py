"""By what right a message goes to an address: the consumer used it, a creditor gave notice, the collector before did.

As a bar it speaks while the address is not open; as an exception it lifts, while it is, the rule that wants a right.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from arrears.engine.gate import addresses
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import Intervals

CONSUMER: Final = "consumer"
CREDITOR: Final = "creditor"
PRIOR: Final = "prior_collector"
FRESH: Final = "fresh_number"
_PLAIN: Final[Mapping[str, Callable[[Case], Intervals]]] = {
    CONSUMER: addresses.used_by_consumer,
    PRIOR: addresses.used_before,
}


@dataclass(frozen=True, slots=True)
class AddressOpen(Evaluator):
    """``opened``: while when the address at hand is open; ``days``: the number that this turns on, for the words."""

    opened: Callable[[Case], Intervals]
    days: int
    stage = Stage.PERSON
    fact_names = frozenset({"days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        yield lacking("address") if case.proposal.address is None else Finding(~self.opened(case), {"days": self.days})

    def lifts(self, case: Case, _barred: Intervals, /) -> Intervals:
        return self.opened(case)


def read(given: Parameters) -> AddressOpen:
    """``procedure``: consumer, prior_collector, creditor (with ``opt_out``) or fresh_number (with ``fresh``).

    ``opt_out`` and ``fresh`` in calendar days: how long the time to opt out has to be, how old the freshest proof may
    be that a number is still theirs (a new text, a renewed consent, a clean check of reassignment).
    """
    procedure = given.word("procedure", CONSUMER, CREDITOR, PRIOR, FRESH)
    if procedure == CREDITOR:
        days = given.whole("opt_out", "calendar_days")
        return AddressOpen(partial(addresses.noticed, days=days), days)
    if procedure == FRESH:
        days = given.whole("fresh", "calendar_days")
        return AddressOpen(partial(addresses.fresh_number, days=days), days)
    return AddressOpen(_PLAIN[procedure], 0)
