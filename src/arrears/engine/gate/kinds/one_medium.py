"""After the person was reached by one medium, no other in the same calendar week (Monday to Sunday)."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import FOREVER, Intervals, union

_MONDAY = 4  # epoch day 4 was a Monday
_WEEK = 7


@dataclass(frozen=True, slots=True)
class OneMedium(Evaluator):
    """Refuses other media from the instant the person was reached until their week is over."""

    stage = Stage.COUNT
    fact_names = frozenset({"medium"})

    def bars(self, case: Case) -> Iterable[Finding]:
        if not case.zones:
            yield lacking("person.timezones")
            return
        for at, contact in case.lately(_WEEK):
            if (
                contact.effect().is_reached
                and contact.person == case.proposal.person
                and contact.collector == case.proposal.collector.organisation
                and contact.medium() is not case.proposal.medium
            ):
                yield Finding(self._rest_of_week(case, at), {"medium": contact.medium()})

    def _rest_of_week(self, case: Case, reached: int) -> Intervals:
        weeks = []
        for zone in case.zones:
            day = local_day(zone, reached)
            weeks.append(local_days(zone, day, day + _WEEK - 1 - (day - _MONDAY) % _WEEK))
        return union(weeks) & Intervals.between(reached, FOREVER)


def read(_given: Parameters) -> OneMedium:
    """No parameters: the week is the calendar's."""
    return OneMedium()
