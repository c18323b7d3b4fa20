"""A postdated instrument: not deposited early, and one dated far ahead only some business days after a notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.calendars import Place, add_business_days
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import BEGINNING, Intervals

_INSTRUMENTS: Final = frozenset({"postdated_check", "postdated_instrument"})
_US: Final = Place("US")


@dataclass(frozen=True, slots=True)
class Postdated(Evaluator):
    """``ahead``: dated more than so many days after it was accepted, a written notice must go first.

    The deposit lies from ``least`` to ``most`` business days after that notice.
    """

    ahead: int
    least: int
    most: int
    fact_names = frozenset({"dated", "least", "most"})

    def bars(self, case: Case) -> Iterable[Finding]:
        said = case.proposal.facts
        if said.get("instrument") not in _INSTRUMENTS:
            return
        dated, accepted = (_date(said.get(name)) for name in ("instrument_date", "accepted_on"))
        if dated is None or accepted is None:
            yield lacking("proposal.instrument_date" if dated is None else "proposal.accepted_on")
            return
        facts = {"dated": dated, "least": self.least, "most": self.most}
        yield Finding(Intervals.between(BEGINNING, starts(case, epoch_day(dated), max)), facts)
        if (dated - accepted).days > self.ahead:
            noticed = _date(said.get("deposit_notice_on"))
            yield Finding(~self._after(noticed, case), facts)

    def _after(self, noticed: date | None, case: Case) -> Intervals:
        if noticed is None:
            return Intervals()
        first, last = (add_business_days(noticed, count, _US) for count in (self.least, self.most))
        return Intervals.between(starts(case, epoch_day(first), max), starts(case, epoch_day(last) + 1, min))


def _date(value: object) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))


def read(given: Parameters) -> Postdated:
    """``ahead`` in calendar days; ``least`` and ``most`` in business days between notice and deposit."""
    return Postdated(
        given.whole("ahead", "calendar_days"),
        given.whole("least", "business_days"),
        given.whole("most", "business_days"),
    )
