"""An e-mail address that a procedure opens: used by the consumer, noticed by the creditor, used by the one before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from arrears.engine.gate import addresses
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator
from arrears.kernel.intervals import Intervals

CONSUMER: Final = "consumer"
CREDITOR: Final = "creditor"
PRIOR: Final = "prior_collector"
_HELD: Final[Mapping[str, Callable[[Case], Intervals]]] = {
    CONSUMER: addresses.used_by_consumer,
    PRIOR: addresses.used_before,
}


@dataclass(frozen=True, slots=True)
class EmailBasis(Evaluator):
    """Lifts the rule that wants a basis while ``holds`` does."""

    holds: Callable[[Case], Intervals]

    def lifts(self, case: Case, _barred: Intervals, /) -> Intervals:
        return self.holds(case)


def read(given: Parameters) -> EmailBasis:
    """``procedure``: consumer, creditor (with ``opt_out`` in calendar days) or prior_collector."""
    procedure = given.word("procedure", CONSUMER, CREDITOR, PRIOR)
    if procedure == CREDITOR:
        return EmailBasis(partial(addresses.noticed, days=given.whole("opt_out", "calendar_days")))
    return EmailBasis(_HELD[procedure])
