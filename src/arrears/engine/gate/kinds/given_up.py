"""Once a person was told that a debt is not collected, it is not, unless another notice takes that back."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import Case, Debt
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding
from arrears.kernel.intervals import FOREVER, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class GivenUp(Evaluator):
    """Bars from a notice of ``notices`` until one of ``reopened_by`` that follows it."""

    notices: frozenset[NoticeKind]
    reopened_by: frozenset[NoticeKind]
    fact_names = frozenset({"since"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for debt in case.debts:
            for sent in self._sent(self.notices, debt, case):
                again = min((at for at in self._sent(self.reopened_by, debt, case) if at > sent), default=FOREVER)
                yield Finding(Intervals.between(sent, again), {"since": self._day(sent, case)})

    def _sent(self, kinds: frozenset[NoticeKind], debt: Debt, case: Case) -> list[int]:
        return [instant_of(n.sent_at) for n in case.known.notices if n.kind in kinds and n.is_about(debt.id)]

    def _day(self, sent: int, case: Case) -> object:
        return next(date_of(n.sent_at, case.zones) for n in case.known.notices if instant_of(n.sent_at) == sent)


def read(given: Parameters) -> GivenUp:
    """``notices`` after which nothing is collected; ``reopened_by``: those that take it back."""
    return GivenUp(given.codes("notices", NoticeKind), given.codes("reopened_by", NoticeKind))
