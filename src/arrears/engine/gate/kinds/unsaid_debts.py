"""Calls of which nobody wrote down the debts: they count for each debt, and should be put right."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import Medium
from arrears.engine.gate.asking import Case
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import FOREVER, Intervals, union


@dataclass(frozen=True, slots=True)
class UnsaidDebts(Evaluator):
    """Points out calls and conversations of the last ``days`` days that name no debt."""

    days: int
    stage = Stage.COUNT
    fact_names = frozenset({"days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for at, contact in case.lately(self.days):
            is_nameless = not contact.debts or contact.discussed == frozenset()
            if is_nameless and contact.person == case.proposal.person and contact.medium() is Medium.TELEPHONE:
                window = union(
                    local_days(zone, local_day(zone, at), local_day(zone, at) + self.days - 1)
                    for zone in case.zones or ("UTC",)
                )
                yield Finding(window & Intervals.between(at, FOREVER), {"days": self.days})


def read(given: Parameters) -> UnsaidDebts:
    """``window`` in calendar days."""
    return UnsaidDebts(given.whole("window", "calendar_days"))
