"""Notices and reminders of the morning: most went, and what may not go says by which rule. One letter came back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

from arrears.actions import notices
from arrears.actions.messages.coming_back import heed
from arrears.actions.messages.queueing import prepare_batch
from arrears.actions.messages.sending import send_due
from arrears.channels.carrying import Carriers, carriers
from arrears.channels.post.returned import returned_letter
from arrears.channels.texts.sandbox import KEY, Sandbox
from arrears.domain.contacts import Channel
from arrears.domain.notices import NoticeKind
from arrears.jobs.demo.stage import Scene, Stage
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem

_NOTICES, _REMINDERS = 5, 60
_SEVERAL = 2
_AFTER_IT_WENT = timedelta(seconds=1)
#: From this debt on none was bought without its papers.
_WITH_PAPERS = 40


def play(stage: Stage) -> None:
    """Issue notices where the law of the place has them, make two batches, and let what is due go."""
    with stage.acting():
        ready = (one for one in stage.some(_WITH_PAPERS, _REMINDERS) if _is_ready(one, stage))
        notices.issue_many(list(islice(ready, _NOTICES)), NoticeKind.VALIDATION, now=stage.now)
    for template, channel in (("arrears_reminder", Channel.LETTER), ("arrears_text", Channel.TEXT)):
        if debts := stage.some(0, _REMINDERS):
            with stage.acting():
                made = prepare_batch(template, channel=channel, now=stage.now, accounts=debts)
            assert not isinstance(made, Problem), made.said_in("en")
    before = _letters(stage)
    with _carrying(stage) as ways:
        send_due(stage.owner.id, ways, clock=lambda: stage.now)
    _one_comes_back(stage, _letters(stage) - before)


def _letters(stage: Stage) -> set[str]:
    """Return the references of the letters that lie in the folder."""
    return {letter.stem for letter in (stage.folder / "post").glob("arrears-*.pdf")}


def _one_comes_back(stage: Stage, went: set[str]) -> None:
    """Let the post bring back one of several letters: whoever was written to has moved."""
    if len(went) < _SEVERAL:
        return
    said = {"returned_on": str(local_day(stage.now, stage.owner.timezone)), "reason": "moved", "reference": min(went)}
    report = returned_letter(said, stage.owner.timezone)
    assert not isinstance(report, str), report
    with stage.acting():
        heeded = heed(report, now=stage.now + _AFTER_IT_WENT)
    assert not isinstance(heeded, Problem), heeded.said_in("en")


def _is_ready(debt: int, stage: Stage) -> bool:
    return not isinstance(notices.drafted(debt, NoticeKind.VALIDATION, now=stage.now), list)


@contextmanager
def _carrying(stage: Stage) -> "Iterator[Carriers]":
    """Have letters laid in a folder, and texts taken by a gateway on this machine that sends nothing."""
    folder = stage.folder / "post"
    folder.mkdir(parents=True, exist_ok=True)
    with Sandbox().serving() as sandbox:
        yield carriers({"post_folder": str(folder), "texts_address": sandbox.address, "texts_key": KEY})


SCENE = Scene(50, play)
