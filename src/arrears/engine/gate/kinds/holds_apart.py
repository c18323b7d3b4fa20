"""A second hold of a kind within some time of the first: noticed, since a law grants it only so often."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from arrears.domain.holds import HoldKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.hold import may_live_in
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding
from arrears.kernel.epoch import sure_date
from arrears.kernel.intervals import FOREVER, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class HoldsApart(Evaluator):
    """Speaks from the start of a hold that began within ``days`` of the one before; ``places`` narrow it."""

    holds: frozenset[HoldKind]
    days: int
    places: tuple[str, ...] = ()
    fact_names = frozenset({"first", "second"})

    def bars(self, case: Case) -> Iterable[Finding]:
        if self.places and not may_live_in(self.places, case):
            return
        begun = sorted(
            instant_of(hold.since)
            for hold in case.known.holds
            if hold.kind in self.holds and hold.is_on(case.proposal.person, case.debt_ids)
        )
        zone = (*case.zones, "UTC")[0]
        for first, second in pairwise(begun):
            one, other = local_day(zone, first), local_day(zone, second)
            if other - one < self.days:
                days = {"first": sure_date(one), "second": sure_date(other)}
                yield Finding(Intervals.between(second, FOREVER), days)


def read(given: Parameters) -> HoldsApart:
    """``holds``; ``apart`` in calendar days; ``places``: regions to which the law keeps."""
    return HoldsApart(given.codes("holds", HoldKind), given.whole("apart", "calendar_days"), given.names("places"))
