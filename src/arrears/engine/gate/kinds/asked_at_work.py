"""A request not to be called at work: for some days where it was said, until withdrawn where it was written."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import PointUse
from arrears.domain.holds import Preference, PreferenceKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.kinds.kept_for import as_date
from arrears.engine.gate.local import date_of, local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import Intervals, instant_of


@dataclass(frozen=True, slots=True)
class AskedAtWork(Evaluator):
    """``days`` after the day of an oral request, which a written one within ``confirm`` days makes lasting."""

    days: int
    confirm: int
    stage = Stage.PERSON
    fact_names = frozenset({"since", "days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for wish in case.known.preferences:
            is_work = wish.kind is PreferenceKind.PLACE and PointUse.WORK in wish.places
            if is_work and wish.person == case.proposal.person:
                yield Finding(self._bound(wish, case), {"since": date_of(wish.since, case.zones), "days": self.days})

    def _bound(self, wish: Preference, case: Case) -> Intervals:
        lasts = lasting(wish.since, wish.until)
        said_on = max(local_day(zone, instant_of(wish.since)) for zone in case.zones or ("UTC",))
        written = as_date(case.known.facts.get("no_calls_at_work_written_on"))
        if written is not None and (written - date_of(wish.since, case.zones)).days <= self.confirm:
            return lasts
        return lasts & Intervals.between(instant_of(wish.since), starts(case, said_on + self.days + 1, max))


def read(given: Parameters) -> AskedAtWork:
    """``oral`` and ``confirm`` in calendar days."""
    return AskedAtWork(given.whole("oral", "calendar_days"), given.whole("confirm", "calendar_days"))
