"""Contacts that nobody had leave for, told by an agency or read off the exchange: each opens an incident."""

from datetime import timedelta
from typing import Final

from arrears.actions import elsewhere
from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
from arrears.jobs.demo.stage import Scene, Stage
from arrears.kernel.problems import Problem
from arrears.store.doors import postings
from arrears.store.doors.attempts import Told

_TOLD: Final = (
    (Channel.CALL, Outcome.NO_ANSWER, "exchange", 21),
    (Channel.CALL, Outcome.RIGHT_PARTY, "agency", 35),
    (Channel.TEXT, Outcome.DELIVERED, "agency", 49),
)
_PLACE: Final = 36


def play(stage: Stage) -> None:
    """Tell of each contact."""
    for debt, (channel, outcome, source, minutes) in zip(stage.some(_PLACE, len(_TOLD)), _TOLD, strict=False):
        with stage.acting():
            owed = postings.owed(debt)
            assert owed is not None
            told = Told(
                owner=owed.owner, person=owed.person, accounts=(debt,), contact_point=None, role=Role.DEBTOR,
                channel=channel, origin=Origin.AGENCY_REPORTED, direction=Direction.TO_PERSON, outcome=outcome,
                at=stage.now - timedelta(minutes=minutes), source_kind=source, source_ref=f"told-{debt}",
            )  # fmt: skip
            done = elsewhere.record_elsewhere(told, now=stage.now)
            assert not isinstance(done, Problem), done.said_in("en")


SCENE = Scene(40, play)
