"""Calls of other collectors about the same debt: they do not count here, but somebody should know of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import FOREVER, Intervals


@dataclass(frozen=True, slots=True)
class OthersCalled(Evaluator):
    """Speaks for ``days`` calendar days after a call by another collector about one of the debts."""

    days: int
    stage = Stage.COUNT
    fact_names = frozenset({"days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for called, contact in case.lately(self.days):
            if (
                contact.is_call_placed()
                and contact.person == case.proposal.person
                and contact.collector != case.proposal.collector.organisation
                and any(case.is_about(contact, key) for key in case.keys)
                and case.zones
            ):
                zone = case.zones[0]
                day = local_day(zone, called)
                recent = local_days(zone, day, day + self.days - 1) & Intervals.between(called, FOREVER)
                yield Finding(recent, {"days": self.days})


def read(given: Parameters) -> OthersCalled:
    """``window`` in calendar days."""
    return OthersCalled(given.whole("window", "calendar_days"))
