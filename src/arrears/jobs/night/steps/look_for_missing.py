"""Look at papers and missing facts again, of whoever something happened to and of whoever waits in the queue.

The whole book is looked at when it is brought in and on command; a night looks at what may have changed.
"""

from arrears.actions import missing, readiness
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import missing_facts
from arrears.store.doors.runs import ALIAS

BATCH = 500


def run(night: Night) -> Figures:
    """Refresh the papers of all debts, then look at persons in batches, each a transaction of its own."""
    with night.scope():
        looked = readiness.refresh(now=night.instant, using=ALIAS)
        persons = missing_facts.to_look_at(night.run.book_day - 1, using=ALIAS)
    found = 0
    for start in range(0, len(persons), BATCH):
        with night.scope():
            found += missing.look(persons[start : start + BATCH], now=night.instant, using=ALIAS).missing
    return {"parked": looked.parked, "ready": looked.ready, "people": len(persons), "missing": found}


STEP = Step(
    55,
    "look_for_missing",
    Text("Look for missing facts", "Buscar datos que faltan", "查找缺失事实"),
    run,
    at_once=False,
)
