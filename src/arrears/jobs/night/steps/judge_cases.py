"""Judge the clocks of case files: a duty whose day is over is missed, and shows first in the morning."""

from arrears.actions import cases
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Go the round of the owner's clocks, each case a transaction of its own; a second try finds what is left."""
    return dict(cases.go_round(night.organisation.id, now=night.instant, using=ALIAS))


STEP = Step(
    29, "judge_cases", Text("Judge case clocks", "Revisar plazos de expedientes", "核对个案期限"), run, at_once=False
)
