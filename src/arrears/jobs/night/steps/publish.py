"""Publish: one row makes the night's list the one that people work."""

from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.epoch import epoch_day
from arrears.kernel.texts import Text
from arrears.store.doors import runs


def run(night: Night) -> Figures:
    """Write the row."""
    runs.publish(night.run, epoch_day(night.on), night.clock())
    return {"on_day": epoch_day(night.on)}


STEP = Step(80, "publish", Text("Publish", "Publicar", "发布"), run)
