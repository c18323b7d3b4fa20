"""Taking in files of replies: each reply by itself, one that came before once, what is wrong named."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from arrears.actions.received.receiving import Inbound, receive
from arrears.channels.replies import Came
from arrears.engine.sorting import Model
from arrears.kernel.problems import Problem, Where
from arrears.store.doors import received as rows
from arrears.store.scope import scope


@dataclass(slots=True)
class TakenIn:
    """What came of a file: replies that are new, that were known, whose writer is unknown, effects, what is wrong."""

    new: int = 0
    known: int = 0
    unknown: int = 0
    effects: int = 0
    problems: list[Problem] = field(default_factory=list)


def take_in(
    replies: Sequence[Came | Problem],
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
