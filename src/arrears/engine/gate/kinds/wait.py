"""After a telephone conversation about a debt, no call about it for so many calendar days, its own day being day 1."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from arrears.domain.contacts import Contact, Id
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import Columns, Days
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.local import local_day, local_reading
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.intervals import FOREVER, Intervals, union


@dataclass(frozen=True, slots=True)
class Wait(Evaluator):
    """Whoever began the conversation, and whoever raised the debt in it, it starts the wait."""

    days: int
    only_inbound: bool = False
    stage = Stage.COUNT
    fact_names = frozenset({"talked", "days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        if not case.zones:
            yield lacking("person.timezones")
            return
        for at, contact in case.lately(self.days):
            if any(self._starts(contact, case, key) for key in case.keys):
                yield self._wait(case, at)

    def free_day(self, columns: Columns, days: Days) -> Days | None:
        if self.only_inbound:
            return None
        talked = columns.rows["last_conversation"]
        over = np.where(talked == NO_DATE, days, talked.astype(np.int64) + self.days)
        waits = (talked != NO_DATE) & (talked <= days) & (over > days)
        return np.where(waits, over, days).astype(np.int32)

    def _wait(self, case: Case, talked: int) -> Finding:
        first_days = {zone: local_day(zone, talked) for zone in case.zones}
        closed = union(local_days(zone, day, day + self.days - 1) for zone, day in first_days.items())
        spoken_on = local_reading(case.zones[0], talked).date()
        return Finding(closed & Intervals.between(talked, FOREVER), {"talked": spoken_on, "days": self.days})

    def _starts(self, contact: Contact, case: Case, key: Id) -> bool:
        return (
            contact.is_telephone_conversation()
            and (contact.is_from_person() or not self.only_inbound)
            and contact.person == case.proposal.person
            and contact.collector == case.proposal.collector.organisation
            and case.talked_of(contact, key)
        )


def read(given: Parameters) -> Wait:
    """``wait`` in calendar days, that of the conversation being the first; ``only_inbound``: those that they began."""
    return Wait(given.whole("wait", "calendar_days"), given.flag("only_inbound"))
