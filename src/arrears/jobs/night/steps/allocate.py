"""Allocate: hand out the people on the list within everybody's minutes (P15), sort them into rounds (P13), append."""

from arrears.jobs.night.deciding import DecidedNight, decided_night
from arrears.jobs.night.handing_out import handed_out
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import lists
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Append the list in one transaction. What the step before left in memory is found again where it was killed."""
    found = night.carried.pop("decided", None)
    if not isinstance(found, DecidedNight):
        found = decided_night(night, writing=False)
    given = handed_out(night, found.people())
    lists.append(given.rows(), using=ALIAS)
    return given.figures


STEP = Step(70, "allocate", Text("Hand out the list", "Repartir la lista", "分配清单"), run)
