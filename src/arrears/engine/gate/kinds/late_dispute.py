"""A dispute that stops nothing by this law, since it was only said or came late: it is remembered all the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from arrears.domain.holds import Hold, HoldKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.kinds.answered import in_period
from arrears.engine.gate.kinds.hold import is_on
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding

ORAL: Final = "oral"
LATE: Final = "late"


@dataclass(frozen=True, slots=True)
class LateDispute(Evaluator):
    """Speaks while such a dispute is open: one that was ``oral``, one in writing that came ``late``."""

    which: frozenset[str]
    fact_names = frozenset({"since"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for hold in case.known.holds:
            if hold.kind is HoldKind.DISPUTE and is_on(hold, case) and self._is_meant(hold, case):
                yield Finding(lasting(hold.since, hold.until), {"since": date_of(hold.since, case.zones)})

    def _is_meant(self, hold: Hold, case: Case) -> bool:
        if hold.written is False:
            return ORAL in self.which
        return LATE in self.which and in_period(hold, case) is False


def read(given: Parameters) -> LateDispute:
    """``which``: oral, late."""
    return LateDispute(given.words("which", ORAL, LATE))
