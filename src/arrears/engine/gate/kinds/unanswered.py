"""A dispute, or a request, that nobody answered within its days: what it then stops stays stopped until the answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.holds import Hold, HoldKind
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.kinds.hold import is_on
from arrears.engine.gate.local import date_of, local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding
from arrears.kernel.intervals import FOREVER, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class Unanswered(Evaluator):
    """Speaks from the day after ``days`` local days on, the day on which it came not counted."""

    holds: frozenset[HoldKind]
    answers: frozenset[NoticeKind]
    days: int
    fact_names = frozenset({"since", "days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for hold in case.known.holds:
            if hold.kind in self.holds and (is_on(hold, case) or not hold.debts.isdisjoint(case.debt_ids)):
                came = min(local_day(zone, instant_of(hold.since)) for zone in case.zones or ("UTC",))
                late = Intervals.between(starts(case, came + self.days + 1, min), self._until(hold, case))
                yield Finding(late, {"since": date_of(hold.since, case.zones), "days": self.days})

    def _until(self, hold: Hold, case: Case) -> int:
        ends = [FOREVER if hold.until is None else instant_of(hold.until)]
        for notice in case.known.notices:
            is_answer = notice.kind in self.answers and notice.undeliverable_at is None
            if is_answer and notice.sent_at >= hold.since and any(map(notice.is_about, hold.debts or case.debt_ids)):
                ends.append(instant_of(notice.sent_at))
        return min(ends)


def read(given: Parameters) -> Unanswered:
    """``holds``; ``answers``: kinds of notice that end them; ``within`` in calendar days."""
    return Unanswered(
        given.codes("holds", HoldKind), given.codes("answers", NoticeKind), given.whole("within", "calendar_days")
    )
