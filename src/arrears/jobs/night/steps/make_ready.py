"""Make ready: the months of the big tables exist, and the rules to decide under are kept in the book."""

from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store import partitions
from arrears.store.doors import runs


def run(night: Night) -> Figures:
    """Make partitions ahead and name the version of the rules; both change nothing when done again."""
    made = partitions.make_ahead(night.on, using=runs.ALIAS)
    desk = night.desk()
    runs.name_pack(night.run, desk.pack_version)
    return {"months_made": made, "pack_version": desk.pack_version}


STEP = Step(20, "make_ready", Text("Make ready", "Preparar", "准备"), run)
