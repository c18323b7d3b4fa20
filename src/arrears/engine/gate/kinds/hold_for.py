"""A hold that bars for so many days, and longer where progress was shown; or that speaks once those days are over."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.holds import Hold, HoldKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.local import date_of, local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding
from arrears.kernel.intervals import FOREVER, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class HoldFor(Evaluator):
    """From the hold to the end of the ``days``-th local day after it, ``more`` on where ``longer_if`` is true of it.

    ``afterwards``: speaks from that end on instead, while the hold stands.
    """

    holds: frozenset[HoldKind]
    days: int
    more: int
    longer_if: str
    afterwards: bool
    fact_names = frozenset({"since", "days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for hold in case.known.holds:
            if hold.kind in self.holds and hold.is_on(case.proposal.person, case.debt_ids):
                yield self._found(hold, case)

    def _found(self, hold: Hold, case: Case) -> Finding:
        days = self.days + (self.more if self.longer_if and hold.facts.get(self.longer_if) else 0)
        since, until = instant_of(hold.since), FOREVER if hold.until is None else instant_of(hold.until)
        day = max(local_day(zone, since) for zone in case.zones or ("UTC",))
        end = starts(case, day + days + 1, max)
        span = Intervals.between(end, until) if self.afterwards else Intervals.between(since, min(end, until))
        return Finding(span, {"since": date_of(hold.since, case.zones), "days": days})


def read(given: Parameters) -> HoldFor:
    """``holds``; ``days`` and ``more`` in calendar days; ``longer_if``: a fact of the hold; ``afterwards``."""
    return HoldFor(
        given.codes("holds", HoldKind),
        given.whole("days", "calendar_days"),
        given.whole("more", "calendar_days") if given.has("more") else 0,
        given.text("longer_if") or "",
        given.flag("afterwards"),
    )
