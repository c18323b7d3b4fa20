"""Debts that were bought without their papers: parked, and the papers that are missing asked for by name."""

from typing import Final

from arrears.actions import missing, readiness
from arrears.facts.asked import Bearer
from arrears.jobs.demo.stage import Scene, Stage
from arrears.store.doors import facts_kept, postings

_PLACE, _COUNT = 20, 14
#: In a small demonstration one debt in so many was bought, so that something is left to write letters about.
_ONE_IN: Final = 4
_CHAIN: Final = "bill of sale no. 114, kept with legal"


def play(stage: Stage) -> None:
    """Note that the debts were bought; for a few of them the chain of creditors is there already."""
    bought = list(stage.debts[_PLACE : _PLACE + _COUNT] or stage.debts[-max(1, len(stage.debts) // _ONE_IN) :])
    with stage.acting():
        facts_kept.keep(Bearer.ACCOUNT, bought, {"is_transferred": True})
        facts_kept.keep(Bearer.ACCOUNT, bought[:4], {"chain_of_creditors": _CHAIN})
        readiness.refresh(bought, now=stage.now)
        missing.look(postings.people_of(bought), now=stage.now)


SCENE = Scene(30, play)
