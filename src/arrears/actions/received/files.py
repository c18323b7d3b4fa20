"""Taking in files of replies: each reply by itself, one that came before once, what is wrong named.

What machines wrote into the same mailbox is no reply: reports on our messages are heeded as such, others passed by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from arrears.actions.messages.coming_back import heed
from arrears.actions.received.receiving import Inbound, receive
from arrears.channels.replies import Came
from arrears.domain.delivery_reports import Report, ReportKind
from arrears.engine.sorting import Model
from arrears.kernel.problems import Problem, Where
from arrears.store.doors import received as rows
from arrears.store.scope import scope


@dataclass(slots=True)
class TakenIn:
    """What came of a file: replies that are new, that were known, whose writer is unknown, effects, what is wrong.

    ``back`` are messages of ours that came back, ``noted`` other reports on them, ``machines`` what is about none of
    them: automatic answers to other mail, bounces of it.
    """

    new: int = 0
    known: int = 0
    unknown: int = 0
    effects: int = 0
    back: int = 0
    noted: int = 0
    machines: int = 0
    problems: list[Problem] = field(default_factory=list)


def take_in(
    replies: Sequence[Came | Report | Problem],
    name: str,
    organisation: int,
    *,
    staff: int | None,
    today: date,
    now: datetime,
    model: Model | None = None,
) -> TakenIn:
    """Receive each reply of a file in a transaction of its own, so that one bad row keeps no other out."""
    taken = TakenIn()
    for number, came in enumerate(replies, 1):
        if isinstance(came, Problem):
            taken.problems.append(came)
            continue
        if isinstance(came, Report):
            with scope(organisation, staff, today=today):
                _heed(came, taken, Where(name, number), now=now)
            continue
        with scope(organisation, staff, today=today):
            kept = receive(_inbound(came), now=now, model=model)
        if isinstance(kept, Problem):
            taken.problems.append(replace(kept, where=Where(name, number, kept.where.field)))
            continue
        taken.new += kept.is_new
        taken.known += not kept.is_new
        taken.unknown += kept.person is None
        taken.effects += kept.effects
    return taken


def _heed(report: Report, taken: TakenIn, where: Where, *, now: datetime) -> None:
    """Heed a report. One from a mailbox that is about nothing of ours is passed by; one that was typed is wrong."""
    done = heed(report, now=now)
    if not isinstance(done, Problem):
        taken.back += done.came_back
        taken.known += not done.is_new
        taken.noted += done.is_new and not done.came_back
    elif report.kind is ReportKind.RETURNED:
        taken.problems.append(replace(done, where=replace(where, field=done.where.field)))
    else:
        taken.machines += 1


def _inbound(came: Came) -> Inbound:
    """Return the reply with its person: the only one of that number, else whoever the address tells."""
    return Inbound(
        channel=came.channel,
        words=came.words,
        at=came.at,
        source=("file", came.ref),
        address=came.address,
        person=rows.numbered(came.person) if came.person else None,
        language=came.language,
    )
