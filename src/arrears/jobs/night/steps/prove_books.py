"""Prove the books: once a week, and in a full night, the general ledger is compared with the debts."""

from typing import Final

from arrears.actions import books_proof
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors.runs import ALIAS

#: Of so many debts one is derived again from its entries; sums are always those of all.
ONE_IN: Final = {"none": 100, "sample": 100, "all": 1}
SUNDAY: Final = 6


def run(night: Night) -> Figures:
    """Compare sums of all debts with the general ledger, and a sample from its entries."""
    if night.proof == "none" and night.on.weekday() != SUNDAY:
        return {"accounts": 0, "differing": 0}
    nth = ONE_IN[night.proof]
    with night.scope():
        found = books_proof.prove(night.organisation.id, one_in=nth, nth=night.on.toordinal() % nth, using=ALIAS)
    return books_proof.named(found)


STEP = Step(52, "prove_books", Text("Prove the books", "Comprobar la contabilidad", "核验账簿"), run, at_once=False)
