"""While a signed instalment plan is kept, collection stops."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.columns import Columns, Days
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.epoch import NO_DATE


@dataclass(frozen=True, slots=True)
class KeptPlan(Evaluator):
    """Refuses from the signature until the plan ends or breaks."""

    fact_names = frozenset({"signed"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for plan in case.known.plans:
            if plan.debts.isdisjoint(case.debt_ids):
                continue
            if plan.is_kept is None:
                yield lacking("plan.is_kept")
            elif plan.is_kept:
                yield Finding(lasting(plan.signed_at, plan.ended_at), {"signed": date_of(plan.signed_at, case.zones)})

    def free_day(self, columns: Columns, days: Days) -> Days:
        return np.where(columns.rows["plan"] != 0, NO_DATE, days).astype(np.int32)


def read(_given: Parameters) -> KeptPlan:
    """No parameters: signing and keeping say it all."""
    return KeptPlan()
