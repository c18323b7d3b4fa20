"""Judge the promises and the instalments of plans that fell due (P35, P36), by the payments in the ledger.

Before deciding, so that what was broken is answered this very morning.
"""

import numpy as np

from arrears.actions import promises
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import due, plans
from arrears.store.doors.runs import ALIAS

BATCH = 5_000


def run(night: Night) -> Figures:
    """Judge in batches, each a transaction of its own; a second try finds only what is left."""
    promised = due.promises_to_judge(night.organisation.id, night.on)
    accounts = np.union1d(promised, np.array(plans.due_to_judge(night.organisation.id, night.on), np.int64))
    changed = 0
    for start in range(0, len(accounts), BATCH):
        with night.scope():
            changed += len(promises.judge(accounts[start : start + BATCH].tolist(), now=night.instant, using=ALIAS))
    return {"accounts": len(accounts), "judged": changed}


STEP = Step(30, "judge_promises", Text("Judge promises", "Evaluar promesas", "评定承诺"), run, at_once=False)
