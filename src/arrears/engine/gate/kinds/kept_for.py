"""Records are kept for some years after the last activity on the debt, recordings for some years after the call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.epoch import epoch_day, sure_date
from arrears.kernel.intervals import BEGINNING, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class KeptFor(Evaluator):
    """Bars a purge until ``years`` after the latest of: what the proposal says, what the debt says, any contact."""

    years: int
    fact_names = frozenset({"last", "kept_until"})

    def bars(self, case: Case) -> Iterable[Finding]:
        last = self._recorded(case) if case.proposal.facts.get("what") == "recording" else self._active(case)
        if last is None:
            is_recording = case.proposal.facts.get("what") == "recording"
            yield lacking("proposal.recorded_on" if is_recording else "debt.last_activity_on")
            return
        until = years_after(last, self.years)
        barred = Intervals.between(BEGINNING, starts(case, epoch_day(until) + 1, max))
        yield Finding(barred, {"last": last, "kept_until": until})

    def _recorded(self, case: Case) -> date | None:
        return as_date(case.proposal.facts.get("recorded_on"))

    def _active(self, case: Case) -> date | None:
        said = [as_date(debt.facts.get("last_activity_on")) for debt in case.debts]
        zones = case.zones or ("UTC",)
        made = [
            sure_date(max(local_day(zone, instant_of(contact.at)) for zone in zones))
            for contact in case.known.contacts
            if any(case.is_about(contact, key) for key in case.keys)
        ]
        return max([*(day for day in said if day is not None), *made], default=None)


def as_date(value: object) -> date | None:
    """Return the date a fact says; None for nothing."""
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value)[:10])


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 28 February's next day for one that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)


def read(given: Parameters) -> KeptFor:
    """``keep`` in years."""
    return KeptFor(given.whole("keep", "years"))
