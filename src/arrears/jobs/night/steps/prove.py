"""Prove that positions are what entries and dealings make of them; only a full night asks for it."""

from typing import Final

from arrears.actions import renewal
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import due
from arrears.store.doors.runs import ALIAS

#: Of so many accounts a sample takes one, others each night: in as many nights every one has had its turn.
ONE_IN: Final = {"sample": 100, "all": 1}
BATCH = 10_000
SHOWN = 20


def run(night: Night) -> Figures:
    """Make positions anew without writing them and compare; differing accounts are counted and the first ones named."""
    if night.proof == "none":
        return {"accounts": 0, "differing": 0}
    nth = ONE_IN[night.proof]
    accounts = due.every_nth_account(night.organisation.id, nth, night.on.toordinal() % nth)
    differing: list[int] = []
    for start in range(0, len(accounts), BATCH):
        part = accounts[start : start + BATCH]
        differing += renewal.differing(part, now=night.instant, using=ALIAS).tolist()
    named = {str(account): 1 for account in differing[:SHOWN]}
    return {"accounts": len(accounts), "differing": len(differing), "named": named}


STEP = Step(50, "prove", Text("Prove positions", "Comprobar posiciones", "核验账户状态"), run, at_once=False)
