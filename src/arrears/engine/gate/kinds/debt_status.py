"""A debt that is paid, settled, sold or taken back is not collected."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from arrears.engine.gate.asking import Case, DebtStatus
from arrears.engine.gate.columns import Columns, Days, code_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class OverDebt(Evaluator):
    """Refuses a debt in one of ``statuses``."""

    statuses: frozenset[DebtStatus]
    fact_names = frozenset({"debt", "status"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for debt in case.debts:
            if debt.status is None:
                yield lacking("debt.status")
            elif debt.status in self.statuses:
                yield Finding(ALWAYS, {"debt": debt.number or debt.id, "status": debt.status})

    def free_day(self, columns: Columns, days: Days) -> Days:
        over = np.isin(columns.rows["status"], [-1, *map(code_of, self.statuses)])
        return np.where(over, NO_DATE, days).astype(np.int32)


def read(given: Parameters) -> OverDebt:
    """``statuses`` in which the debt is over for us."""
    return OverDebt(given.codes("statuses", DebtStatus))
