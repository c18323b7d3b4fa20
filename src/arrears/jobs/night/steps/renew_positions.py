"""Renew the positions that time alone has changed: an instalment fell due, a hold or a window ended."""

from arrears.actions import renewal
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import due
from arrears.store.doors.runs import ALIAS

BATCH = 10_000


def run(night: Night) -> Figures:
    """Make them anew in batches, each a transaction of its own; a renewed one is not found again.

    They are not marked as touched: nothing happened to them, and this night reads them anyway.
    """
    accounts = due.positions_to_renew(night.organisation.id, night.on)
    for start in range(0, len(accounts), BATCH):
        with night.scope():
            renewal.renew(accounts[start : start + BATCH], now=night.instant, using=ALIAS)
    return {"accounts": len(accounts)}


STEP = Step(40, "renew_positions", Text("Renew positions", "Renovar posiciones", "更新账户状态"), run, at_once=False)
