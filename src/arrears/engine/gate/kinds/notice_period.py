"""What words must not speak of while the period that a notice opened still runs (12 CFR 1006.38(b))."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from arrears.domain.notices import Notice, NoticeKind
from arrears.domain.wording import Topic
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import Intervals, instant_of, union


@dataclass(frozen=True, slots=True)
class NoticePeriod(Evaluator):
    """Bars words that mention any of ``banned`` from the sending of a notice to the end of the last day it gives."""

    notices: frozenset[NoticeKind]
    banned: frozenset[Topic]
    stage = Stage.PERSON
    fact_names = frozenset({"mentioned", "ends"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        mentioned = self.banned & ((words.mentions if words else None) or frozenset())
        running = list(self._running(case)) if mentioned else []
        if running:
            facts = {"mentioned": ", ".join(sorted(mentioned)), "ends": max(ends for _, ends in running)}
            yield Finding(union(span for span, _ in running), facts)

    def _running(self, case: Case) -> Iterator[tuple[Intervals, date]]:
        for notice in case.known.notices:
            if self._is_read(notice, case):
                assert notice.period_ends is not None
                until = starts(case, epoch_day(notice.period_ends) + 1, max)
                yield Intervals.between(instant_of(notice.sent_at), until), notice.period_ends

    def _is_read(self, notice: Notice, case: Case) -> bool:
        return (
            notice.kind in self.notices
            and notice.period_ends is not None
            and notice.person == case.proposal.person
            and any(notice.is_about(debt) for debt in case.debt_ids)
        )


def read(given: Parameters) -> NoticePeriod:
    """``notice``: kinds whose period counts; ``banned``: topics, by the codes of ``domain.wording.Topic``."""
    notices = given.codes("notice", NoticeKind)
    if not notices:
        given.wrong("notice", "names no kind of notice")
    return NoticePeriod(notices or frozenset(NoticeKind), given.codes("banned", Topic))
