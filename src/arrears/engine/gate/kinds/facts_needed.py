"""Facts without which no rule can be relied on; who asks without them is refused by their names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from arrears.domain.contacts import Role
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import Columns, Days, code_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.epoch import NO_DATE

_KNOWN: Final[dict[str, Callable[[Case], bool]]] = {
    "clock": lambda case: case.known.is_clock_sure,
    "collector.kind": lambda case: case.proposal.collector.kind is not None,
    "debts": lambda case: bool(case.proposal.debts),
    "party.role": lambda case: case.proposal.role not in {None, Role.UNKNOWN},
    "person.places": lambda case: bool(case.places),
    "person.timezones": lambda case: bool(case.zones),
    "purpose": lambda case: case.proposal.purpose is not None,
}
_UNKNOWN_IN_ROWS: Final = {
    "collector.kind": ("collector_kind", (-1,)),
    "party.role": ("role", (-1, code_of(Role.UNKNOWN))),
    "person.places": ("place", (-1,)),
    "person.timezones": ("zones", (-1,)),
}


@dataclass(frozen=True, slots=True)
class FactsNeeded(Evaluator):
    """Refuses by the name of each fact in ``needed`` that nobody has given."""

    needed: frozenset[str]
    stage = Stage.FACTS

    def bars(self, case: Case) -> Iterable[Finding]:
        for name in sorted(self.needed):
            if not _KNOWN[name](case):
                yield lacking(name)

    def free_day(self, columns: Columns, days: Days) -> Days:
        free = days.copy()
        for name, (column, unknown) in _UNKNOWN_IN_ROWS.items():
            if name in self.needed:
                free[np.isin(columns.rows[column], unknown)] = NO_DATE
        return free


def read(given: Parameters) -> FactsNeeded:
    """``needed``: names of facts."""
    return FactsNeeded(given.words("needed", *_KNOWN))
