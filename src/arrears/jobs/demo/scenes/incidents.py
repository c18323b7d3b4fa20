"""Contacts that nobody had leave for, told by an agency or read off the exchange; the words of one are there."""

from datetime import timedelta
from typing import Final

from arrears.actions import elsewhere, transcripts
from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
from arrears.domain.transcripts import turns_of
from arrears.jobs.demo.stage import Scene, Stage
from arrears.kernel.problems import Problem
from arrears.store.doors import postings
from arrears.store.doors.attempts import Told

_TOLD: Final = (
    (Channel.CALL, Outcome.NO_ANSWER, "exchange", 21),
    (Channel.CALL, Outcome.RIGHT_PARTY, "agency", 35),
    (Channel.TEXT, Outcome.DELIVERED, "agency", 49),
)
_TALKS: Final = {
    "northfield": """[00:02] Agent: Good morning, this is Ridgeline Recovery. This call may be recorded.
[00:09] Customer: I told you I get paid on the 30th.
[00:15] Agent: If you do not pay today we will have you arrested.
[00:21] Customer: Please send me something in writing.""",
    "qinghe": """[00:02] 催收员: 您好，这里是清禾消费金融，本次通话将被录音。
[00:09] 客户: 我月底发工资再还。
[00:15] 催收员: 今天不还就让你坐牢。
[00:21] 客户: 请给我发书面材料。""",
}
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
            if outcome is Outcome.RIGHT_PARTY:
                _heard(stage, done)


def _heard(stage: Stage, attempt: int) -> None:
    """Bring the talk of a contact: its words are read, and what may not be said is found."""
    turns = turns_of(_TALKS[stage.lender.code])
    assert not isinstance(turns, Problem), turns.said_in("en")
    kept = transcripts.keep(attempt, turns, source="demo", language=stage.lender.language, now=stage.now)
    assert not isinstance(kept, Problem), kept.said_in("en")


SCENE = Scene(40, play)
