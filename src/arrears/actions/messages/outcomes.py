"""What becomes of a message: refused until the gate lets it, given up, sent, failed, or unknown for good."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final  # Any: JSON of reasons

from arrears.actions import history, positions, told
from arrears.actions.contacts import Taken
from arrears.actions.notices import following as notices
from arrears.channels.carrying import Handed
from arrears.domain.contacts import EFFECTS, Outcome
from arrears.domain.messages import Delivery, MessageState
from arrears.domain.permits import PermitState
from arrears.domain.warnings import with_answers
from arrears.engine.gate import Answer, Effect, Verdict
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store.doors import attempts
from arrears.store.doors import contact_records as records
from arrears.store.doors import messages as rows
from arrears.store.doors.messages import MessageRow

LOOK_AGAIN: Final = timedelta(days=1)
"""When a message is asked about again whose bar has no end of its own: a fact may come, a hold may be released."""
_PAUSE: Final = timedelta(minutes=5)
_AFTER_FAULT: Final = timedelta(hours=1)
_FAULT: Final = Text(
    "The program failed while making it ready.", "El programa falló al prepararlo.", "程序在准备时出错。"
)
_MOST_TRIES: Final = 12
"""After so many times that a channel would not take it a message is given up."""

OUTCOMES: Final = {
    Delivery.ACCEPTED: Outcome.SENT,
    Delivery.DELIVERED: Outcome.DELIVERED,
    Delivery.BOUNCED: Outcome.BOUNCED,
    Delivery.FAILED: Outcome.BOUNCED,
    Delivery.NOT_TAKEN: Outcome.NOT_IN_SERVICE,
    Delivery.UNKNOWN: Outcome.UNKNOWN,
}
"""What each answer of a channel counts as; only what never left gives its permit back."""
STATES: Final = {
    Delivery.ACCEPTED: MessageState.SENT,
    Delivery.DELIVERED: MessageState.SENT,
    Delivery.BOUNCED: MessageState.FAILED,
    Delivery.FAILED: MessageState.FAILED,
    Delivery.NOT_TAKEN: MessageState.QUEUED,
    Delivery.UNKNOWN: MessageState.UNKNOWN,
}


def refuse(row: MessageRow, verdict: Verdict, *, now: datetime, using: str = "night") -> MessageState:
    """Keep why the gate refused a message, and let it come back at the next permitted instant, or give it up.

    Where no instant is known (a named human is asked for, a part is missing, a bar has no end) it is asked about again
    in a day. Answers to warnings stay with it while the warning says the same.
    """
    reasons = with_answers(_reasons(verdict), row.refusing, keeps_others=verdict.answer is Answer.REFUSE)
    following = verdict.next_permitted if verdict.answer is Answer.REFUSE else None
    due = following or now + LOOK_AGAIN
    if due >= row.give_up_at:
        return _give_up(row, reasons, now, using)
    rows.move(
        row.id, state=MessageState.REFUSED, refusing=reasons, due_at=due, next_permitted=following, using=using
    )  # fmt: skip
    if {one["rule"] for one in reasons} != {one["rule"] for one in row.refusing}:
        _tell("message_refused", row, now, using, rules=[one["rule"] for one in reasons], until=due.isoformat())
    return MessageState.REFUSED


def _reasons(verdict: Verdict) -> Iterable[dict[str, Any]]:
    """Yield the rules in the way: all that refuse; where none does, those that ask for a human or for a part."""
    milder = [one for one in verdict.spoken if one.effect is Effect.BARS and one.answer > Answer.ALLOW]
    for spoken in verdict.refusing or milder:
        yield spoken.as_record()


def give_up(row: MessageRow, problems: Sequence[Problem], *, now: datetime, using: str = "night") -> MessageState:
    """Give a message up for good: its words cannot be made, or its last day is over."""
    said: list[Any] = [{"rule": one.code, "reason": one.reason._asdict()} for one in problems]
    return _give_up(row, said or list(row.refusing), now, using)


def put_back(row: MessageRow, *, now: datetime, using: str = "night") -> MessageState:
    """Put a message back that a fault of ours kept from being made ready; it is given up on its last day."""
    if now + _AFTER_FAULT >= row.give_up_at:
        return _give_up(row, [{"rule": "fault", "reason": _FAULT._asdict()}], now, using)
    rows.move(row.id, due_at=now + _AFTER_FAULT, said="fault", using=using)
    return row.state


def _give_up(row: MessageRow, reasons: Sequence[Any], now: datetime, using: str) -> MessageState:
    state = MessageState.GIVEN_UP
    rows.move(row.id, state=state, refusing=list(reasons), next_permitted=None, ended_at=now, using=using)
    notices.followed(row.id, state, None, at=now, using=using)
    _tell("message_given_up", row, now, using, rules=[one["rule"] for one in reasons])
    return state


def keep(row: MessageRow, taken: Taken, handed: Handed, *, now: datetime, using: str = "night") -> MessageState:
    """Keep what the channel said: on the attempt, the permit, the address, and the message itself."""
    outcome = OUTCOMES[handed.delivery]
    _note(row, outcome, now, using)
    if handed.delivery is Delivery.NOT_TAKEN:
        return _again(row, handed, now, using)
    state = STATES[handed.delivery]
    is_sent = state is MessageState.SENT
    rows.move(
        row.id,
        state=state,
        channel_ref=handed.ref,
        said=handed.said,
        ended_at=now,
        sent_at=now if is_sent else None,
        using=using,
    )
    notices.followed(row.id, state, taken.attempt, at=now, using=using)
    if is_sent:
        _tell_amounts(row, now, using)
    under = {"attempt": taken.attempt, "permit": taken.permit, "digest": row.words_digest}
    _tell(f"message_{state.value}", row, now, using, **under)
    return state


def keep_lost(row: MessageRow, *, now: datetime, using: str = "night") -> None:
    """Keep that nobody knows what became of a message that was on its way: it counts, and is never sent again."""
    _note(row, Outcome.UNKNOWN, now, using)
    rows.move(row.id, state=MessageState.UNKNOWN, ended_at=now, using=using)
    notices.followed(row.id, MessageState.UNKNOWN, None, at=now, using=using)
    _tell("message_unknown", row, now, using, attempt=row.attempt, permit=row.permit, digest=row.words_digest)


def _note(row: MessageRow, outcome: Outcome, now: datetime, using: str) -> None:
    assert row.attempt is not None
    assert row.permit is not None
    attempts.end_attempt(
        row.attempt, outcome=outcome, disposition="", at=now, seconds=None, discussed=None, using=using
    )
    is_free = EFFECTS[outcome].gives_permit_back
    state = PermitState.GIVEN_BACK if is_free else PermitState.USED
    attempts.settle_permit(row.permit, state=state, outcome=outcome, at=now, using=using)
    if row.contact_point is not None and outcome is Outcome.BOUNCED:
        attempts.mark_point(row.contact_point, outcome=outcome.value, at=now, is_bad=True, using=using)
    if is_free or outcome is Outcome.BOUNCED:
        positions.refresh(row.accounts, now=now, using=using)


def _again(row: MessageRow, handed: Handed, now: datetime, using: str) -> MessageState:
    """Put back what no channel took, a little later each time; it gets another permit then."""
    due = now + _PAUSE * row.tries
    is_over = row.tries >= _MOST_TRIES or due >= row.give_up_at
    rows.move(
        row.id,
        state=MessageState.QUEUED,
        permit_id=None,
        attempt_id=None,
        said=handed.said,
        due_at=due,
        using=using,
    )
    if not is_over:
        return MessageState.QUEUED
    return _give_up(row, [{"rule": "not_taken", "reason": dict.fromkeys(("en", "es", "zh"), handed.said)}], now, using)


def _tell_amounts(row: MessageRow, now: datetime, using: str) -> None:
    """Keep that amounts of these debts were told, so that one that turns out wrong stands on the list of repairs."""
    if not any(figure["source"].startswith("ledger:") for figure in row.figures):
        return
    zone = records.house_of(row.owner, using=using).timezone
    for account in row.accounts:
        told.tell(
            account,
            "letter",
            local_day(now, zone),
            now=now,
            template=row.template,
            language=row.language,
            document=row.words.encode(),
            using=using,
        )


def _tell(kind: str, row: MessageRow, now: datetime, using: str, **facts: Any) -> None:
    history.append(
        kind,
        owner=row.owner,
        person=row.person,
        now=now,
        using=using,
        message=row.id,
        channel=row.channel.value,
        template=row.template,
        **facts,
    )
