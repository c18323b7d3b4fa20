"""Close the book day: what came in so far is what this night reads; work goes on in the day that opens."""

from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store import bookday
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Close the day the run was made for; where a killed try did so already the next day is simply open."""
    opened = bookday.opened(night.organisation.id, using=ALIAS)
    if opened is None or opened.business_date < night.on:
        opened = bookday.close(night.organisation.id, night.on, now=night.clock(), using=ALIAS)
    return {"closed": night.run.book_day, "opened": opened.day}


STEP = Step(10, "close_day", Text("Close the book day", "Cerrar el día contable", "关闭记账日"), run)
