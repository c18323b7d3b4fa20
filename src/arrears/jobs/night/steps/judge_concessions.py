"""Judge the settlements and waivers that time alone moves (P37): missed, cleared and booked, expired unanswered.

Before promises and decisions, so that a debt that stands whole again is worked this very morning.
"""

from arrears.actions import concessions
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import concessions as rows
from arrears.store.doors.runs import ALIAS

BATCH = 1_000


def run(night: Night) -> Figures:
    """Judge in batches, each a transaction of its own; a second try finds only what is left."""
    with night.scope():
        expired = concessions.expire(night.organisation.id, night.on, now=night.instant, using=ALIAS)
        accounts = sorted({one.account for one in rows.to_look_at(night.organisation.id, night.on, using=ALIAS)})
    changed = 0
    for start in range(0, len(accounts), BATCH):
        with night.scope():
            changed += len(concessions.judge(accounts[start : start + BATCH], now=night.instant, using=ALIAS))
    return {"accounts": len(accounts), "judged": changed, "expired": expired}


STEP = Step(28, "judge_concessions", Text("Judge concessions", "Evaluar quitas", "评定减免方案"), run, at_once=False)
