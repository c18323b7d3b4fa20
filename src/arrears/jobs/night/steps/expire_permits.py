"""Let permits expire that nobody said anything about: each counts as used, for somebody may have dialled (R09)."""

from arrears.actions import history
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import attempts
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Close those whose time is over by the clock, whatever day the night is for; leave one event of how many."""
    now = night.clock()
    expired = attempts.expire_permits(now, using=ALIAS)
    if expired:
        owner = night.organisation.id
        history.append("permits_expired", owner=owner, now=now, using=ALIAS, run=night.run.id, permits=expired)
    return {"expired": expired}


STEP = Step(25, "expire_permits", Text("Let permits expire", "Vencer permisos sin usar", "使未用许可过期"), run)
