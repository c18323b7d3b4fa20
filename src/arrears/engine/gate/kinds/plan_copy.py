"""Who agreed to a plan gets it in writing: until the copy has gone, that is said with every contact."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import FOREVER, Intervals, instant_of


@dataclass(frozen=True, slots=True)
class PlanCopy(Evaluator):
    """Speaks from the signing of a plan about a debt at hand until its copy was sent, or the plan ended."""

    stage = Stage.PERSON
    fact_names = frozenset({"since"})

    def bars(self, case: Case) -> Iterable[Finding]:
        copies = [n for n in case.known.notices if n.kind is NoticeKind.PLAN_COPY and n.undeliverable_at is None]
        for plan in case.known.plans:
            if not plan.debts.isdisjoint(case.debt_ids):
                sent = [instant_of(n.sent_at) for n in copies if n.sent_at >= plan.signed_at]
                ends = [FOREVER if plan.ended_at is None else instant_of(plan.ended_at), *sent]
                facts = {"since": date_of(plan.signed_at, case.zones)}
                yield Finding(Intervals.between(instant_of(plan.signed_at), min(ends)), facts)


def read(_given: Parameters) -> PlanCopy:
    """No parameters."""
    return PlanCopy()
