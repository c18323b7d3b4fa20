"""What was agreed is confirmed in writing within some business days; after them every contact is reminded of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.kinds.kept_for import as_date
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.calendars import Place, add_business_days
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import FOREVER, Intervals


@dataclass(frozen=True, slots=True)
class ConfirmedIn(Evaluator):
    """``agreed`` and ``confirmed`` are dates among the facts of a debt; holidays are those of the United States."""

    agreed: str
    confirmed: str
    days: int
    stage = Stage.PERSON
    fact_names = frozenset({"since", "due"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for debt in case.debts:
            since, done = as_date(debt.facts.get(self.agreed)), as_date(debt.facts.get(self.confirmed))
            if since is not None:
                due = add_business_days(since, self.days, Place("US"))
                until = FOREVER if done is None else starts(case, epoch_day(done), max)
                late = Intervals.between(starts(case, epoch_day(due) + 1, min), until)
                yield Finding(late, {"since": since, "due": due})


def read(given: Parameters) -> ConfirmedIn:
    """``of`` and ``confirmed``: names of dates of the debt; ``within`` in business days."""
    return ConfirmedIn(given.text("of") or "", given.text("confirmed") or "", given.whole("within", "business_days"))
