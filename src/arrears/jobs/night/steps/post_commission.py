"""Post the commission of placements: what payments earn by now, less what is posted, in the books of both sides."""

from arrears.actions import commission
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Post placement by placement, each side in a transaction of its own; what is posted is not posted again."""
    done = commission.post_all(night.organisation.id, night.on, now=night.instant, using=ALIAS)
    return {"placements": len(done), "moved": sum(1 for each in done if each.creditor or each.holder)}


STEP = Step(47, "post_commission", Text("Post commission", "Contabilizar comisiones", "计提佣金"), run, at_once=False)
