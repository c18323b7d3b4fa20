"""A dispute, or a request for the original creditor, within its period: collection stops until the answer was sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arrears.domain.holds import Hold, HoldKind
from arrears.domain.notices import Notice, NoticeKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.hold import is_on
from arrears.engine.gate.local import date_of, local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import FOREVER, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class Answered(Evaluator):
    """``in_writing_in_time``: only what came so. ``brief``: a short answer does for the same dispute made again.

    Collection of the debt stops whoever is asked to pay it. A dispute of a part leaves the rest, where the proposal is
    about no more than that.
    """

    holds: frozenset[HoldKind]
    answers: frozenset[NoticeKind]
    in_writing_in_time: bool
    brief: bool
    fact_names = frozenset({"since", "hold"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for hold in case.known.holds:
            if hold.kind in self.holds and self._is_about(hold, case) and not _leaves_the_rest(hold, case):
                yield from self._stand(hold, case)

    def _is_about(self, hold: Hold, case: Case) -> bool:
        return is_on(hold, case) or not hold.debts.isdisjoint(case.debt_ids)

    def _stand(self, hold: Hold, case: Case) -> Iterator[Finding]:
        in_time = in_period(hold, case)
        since = instant_of(hold.since)
        open_ = Intervals.between(since, self._until(hold, case))
        if self.in_writing_in_time:
            if hold.written is False or in_time is False:
                return
            if hold.written is None or in_time is None:
                # Once it is answered, or released, nobody needs to know how and when it came.
                yield Finding(open_, missing="dispute.written" if hold.written is None else "dispute.in_period")
                return
        day = date_of(hold.since, case.zones)
        yield Finding(open_, {"since": day, "hold": hold.kind})

    def _until(self, hold: Hold, case: Case) -> int:
        """Return when it was answered, or released."""
        ends = [FOREVER if hold.until is None else instant_of(hold.until)]
        ends.extend(instant_of(notice.sent_at) for notice in case.known.notices if self._answers(notice, hold))
        return min(ends)

    def _answers(self, notice: Notice, hold: Hold) -> bool:
        is_brief = notice.facts.get("is_brief") is True
        return (
            notice.kind in self.answers
            and notice.sent_at >= hold.since
            and notice.undeliverable_at is None
            and (not hold.debts or not notice.debts or hold.debts <= notice.debts)
            and (not is_brief or (self.brief and hold.facts.get("is_duplicative") is True))
        )


def in_period(hold: Hold, case: Case) -> bool | None:
    """Return whether a hold began within the validation period, as said, or by the notice that opened the period."""
    if hold.in_period is not None:
        return hold.in_period
    ends = [
        notice.period_ends
        for notice in case.known.notices
        if notice.kind is NoticeKind.VALIDATION
        and notice.period_ends is not None
        and notice.by in {None, case.proposal.collector.organisation}
        and notice.undeliverable_at is None
        and any(notice.is_about(debt) for debt in (hold.debts or case.debt_ids))
    ]
    if not ends:
        return None
    received = min(local_day(zone, instant_of(hold.since)) for zone in case.zones or ("UTC",))
    return received <= epoch_day(max(ends))


def _leaves_the_rest(hold: Hold, case: Case) -> bool:
    return hold.facts.get("disputed_minor") is not None and case.proposal.facts.get("undisputed_part_only") is True


def read(given: Parameters) -> Answered:
    """``holds``; ``answers``: kinds of notice that end them; ``in_writing_in_time``; ``brief_for_the_same``."""
    return Answered(
        given.codes("holds", HoldKind),
        given.codes("answers", NoticeKind),
        given.flag("in_writing_in_time"),
        given.flag("brief_for_the_same"),
    )
