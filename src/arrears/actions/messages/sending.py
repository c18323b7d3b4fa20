"""Send what is queued, one message at a time, each under a permit asked for as it goes.

First transaction: take the message, hold its person, make its words anew, ask the gate, write permit and attempt
``started``. Then, with nobody else deciding about the person, hand it to the channel. Second transaction: what came of
it. A crash in between leaves a message that may have left: it counts, and `settle_lost` calls it unknown for good.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from arrears.actions import contacts
from arrears.actions.contacts import Refused, Taken
from arrears.actions.gatekeeping import Approach
from arrears.actions.messages import outcomes
from arrears.actions.messages.answering import as_answered
from arrears.actions.messages.reading import read
from arrears.actions.messages.wording import given_figures, page_for, wording_now
from arrears.actions.mistakes import mistake
from arrears.channels.carrying import Carriers, Handed, Outgoing
from arrears.domain.messages import Delivery, MessageState, Wording
from arrears.kernel.problems import Problem
from arrears.store import locks
from arrears.store.doors import contact_records as records
from arrears.store.doors import delivery_reports as reports
from arrears.store.doors import message_values as values
from arrears.store.doors import messages as rows
from arrears.store.doors.messages import MessageRow
from arrears.store.scope import scope

__all__ = ["LOST_AFTER", "Turn", "send_due", "send_next", "settle_lost"]

_LOG: Final = logging.getLogger(__name__)
LOST_AFTER: Final = timedelta(minutes=15)
"""After so long a message of which nobody said what came of it is unknown: far longer than any channel takes."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a message in its turn; ``said`` is the channel's word, or why it could not be made."""

    message: int
    state: MessageState
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A message with its leave, about to be handed over."""

    row: MessageRow
    outgoing: Outgoing
    taken: Taken


def send_next(
    organisation: int, carriers: Carriers, *, clock: Clock, only: int | None = None, using: str = "night"
) -> Turn | None:
    """Let the next due message of ``organisation`` go, or ``only`` that one; None where none is due.

    Opens its own scopes and must not be called inside one. Any number of senders may work at once, on any machines:
    each message is one sender's, and each person is one sender's while a message to them is on its way.
    """
    held: list[int] = []
    with locks.letting_person_go(held, using=using):
        ready = _begun(organisation, carriers, clock, only, held, using)
        if ready is None or isinstance(ready, Turn):
            return ready
        handed = _hand_over(ready, carriers, clock)
        with scope(organisation, None, using=using):
            state = outcomes.keep(ready.row, ready.taken, handed, now=clock(), using=using)
        return Turn(ready.row.id, state, handed.said)


def _begun(
    organisation: int, carriers: Carriers, clock: Clock, only: int | None, held: list[int], using: str
) -> _Ready | Turn | None:
    """Do the first transaction. A fault of ours puts the message back, so that it keeps nobody else from going."""
    row = None
    try:
        with scope(organisation, None, using=using):
            row = rows.take_due(list(carriers), now=clock(), only=only, using=using)
            if row is None:
                return None
            locks.keep_person(row.person, held, using=using)
            return _prepared(row, clock(), using)
    except Exception:
        if row is None:
            raise
        _LOG.exception("message %s could not be made ready", row.id)
    with scope(organisation, None, using=using):
        return Turn(row.id, outcomes.put_back(row, now=clock(), using=using), "fault")


def send_due(
    organisation: int, carriers: Carriers, *, clock: Clock, most: int | None = None, using: str = "night"
) -> Counter[MessageState]:
    """Let all due messages of ``organisation`` go, at most so many; return how many came to which state.

    One that fails by a fault of ours is put back an hour and written down; the others go on.
    """
    done: Counter[MessageState] = Counter()
    settle_lost(organisation, now=clock(), using=using)
    try:
        while most is None or done.total() < most:
            turn = send_next(organisation, carriers, clock=clock, using=using)
            if turn is None:
                break
            done[turn.state] += 1
    finally:
        for carrier in carriers.values():
            carrier.rest()
    return done


def settle_lost(organisation: int, *, now: datetime, using: str = "night") -> int:
    """Call messages unknown of which nobody said what came of them; return how many. They count, and stay unsent."""
    count = 0
    with scope(organisation, None, using=using):
        for lost in rows.stale(now - LOST_AFTER, using=using):
            locks.lock_person(lost.person, using=using)
            found = rows.message(lost.id, using=using)
            if found is not None and found.state is MessageState.SENDING:
                outcomes.keep_lost(found, now=now, using=using)
                count += 1
    return count


def _prepared(row: MessageRow, now: datetime, using: str) -> _Ready | Turn:
    """Make the words, ask the gate, and write permit, attempt and words; or say why it does not go now."""
    row = as_answered(row, using=using)
    if now >= row.give_up_at:
        return Turn(row.id, outcomes.give_up(row, (), now=now, using=using))
    record = records.record_of(row.person, now, using=using)
    if record is None:
        unknown = mistake("person_not_found", "person")
        return Turn(row.id, outcomes.give_up(row, (unknown,), now=now, using=using), unknown.code)
    names = values.names(row.person, row.owner, row.by_organisation, using=using)
    made = _worded(row, record, names, now, using)
    if isinstance(made, Problem):
        return Turn(row.id, outcomes.give_up(row, (made,), now=now, using=using), made.code)
    wording, page = made
    found = read(
        wording, record, names, accounts=row.accounts, channel=row.channel, figures=given_figures(row), now=now,
        using=using,
    )  # fmt: skip
    approach = Approach(
        person=row.person,
        contact_point=row.contact_point,
        channel=row.channel,
        purpose=row.purpose,
        accounts=row.accounts,
        template=row.template,
        words_digest=wording.digest,
        reveals_debt=found.reveals_debt,
        language=wording.language,
        blocks=found.blocks,
        mentions=found.mentions,
        findings=found.findings,
        is_automated=True,
        facts=found.facts,
    )
    taken = contacts.take_permit(approach, now=now, answered=row.refusing, is_complete=True, using=using)
    if isinstance(taken, Problem):
        return Turn(row.id, outcomes.give_up(row, (taken,), now=now, using=using), taken.code)
    if isinstance(taken, Refused):
        return Turn(row.id, outcomes.refuse(row, taken.verdict, now=now, using=using))
    point = record.ways[row.contact_point or 0]
    return _leave(row, wording, page, taken, names, point.value, now, using)


def _worded(
    row: MessageRow, record: records.Record, names: values.Names, now: datetime, using: str
) -> tuple[Wording, bytes] | Problem:
    """Return the words of now with the page that goes with them; a Problem where there are none to send."""
    wording = wording_now(row, record, names, now=now, using=using)
    if isinstance(wording, Problem):
        return wording
    page = page_for(row, record, names, wording, now=now)
    return page if isinstance(page, Problem) else (wording, page)


def _leave(
    row: MessageRow,
    wording: Wording,
    page: bytes,
    taken: Taken,
    names: values.Names,
    address: str,
    now: datetime,
    using: str,
) -> _Ready:
    """Write that the message is on its way under its permit, with words and page; return what is handed over."""
    rows.move(
        row.id,
        wording=wording,
        state=MessageState.SENDING,
        permit_id=taken.permit,
        attempt_id=taken.attempt,
        tries=row.tries + 1,
        refusing=[],
        next_permitted=None,
        using=using,
    )
    if page:
        rows.keep_page(row.id, row.owner, row.person, page, at=now, using=using)
    return _Ready(
        rows.message(row.id, using=using) or row,
        Outgoing(
            reference=reports.reference_of(row.id, taken.attempt),
            permit=taken.permit,
            channel=row.channel,
            address=address,
            name=names.person,
            sender=names.collector,
            from_number=next(iter(names.settings.get("from_numbers", ())), ""),
            language=wording.language,
            subject=wording.subject,
            words=wording.words,
            at=now,
            page=page,
        ),
        taken,
    )


def _hand_over(ready: _Ready, carriers: Carriers, clock: Clock) -> Handed:
    """Hand the message to its channel while its permit is good; whatever goes wrong there may have let it leave."""
    if clock() >= ready.taken.expires_at:
        return Handed(Delivery.NOT_TAKEN, said="the permit expired")
    try:
        return carriers[ready.row.channel].send(ready.outgoing)
    except Exception:  # noqa: BLE001 - a channel that breaks must not stop the others, and nobody knows what left
        _LOG.exception("message %s: the channel broke", ready.row.id)
        return Handed(Delivery.UNKNOWN, said="the channel broke")
