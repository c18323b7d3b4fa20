"""Post to the books what time alone has changed: late charges that ran, and debts that are behind."""

from arrears.actions import books_accrual, renewal, suspense
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.epoch import epoch_day
from arrears.kernel.texts import Text
from arrears.store.doors import books
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Post in batches, each a transaction and a journal of its own; what is posted is not found again."""
    owner, day = night.organisation.id, epoch_day(night.on)
    behind = books.behind(owner, day, night.touched_since, using=ALIAS)
    for part in books_accrual.in_batches(behind):
        with night.scope():
            renewal.renew(part, now=night.instant, using=ALIAS)
    running = books.running(owner, day, using=ALIAS)
    moved = 0
    for part in books_accrual.in_batches(running):
        with night.scope():
            moved += books_accrual.accrue_charges(part, night.on, owner=owner, now=night.instant, using=ALIAS)
    with night.scope():
        suspense.post_suspense(now=night.instant, using=ALIAS)
    return {"behind": len(behind), "running": len(running), "accrued": moved}


STEP = Step(45, "post_books", Text("Post the books", "Contabilizar", "过账"), run, at_once=False)
