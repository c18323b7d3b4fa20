"""A named human answers what the gate warned about: the message may go at its next turn, or is declined for good.

The answer is kept with each warning, by name and with a reason. When the message goes it is asked about again; while
every warning says what it said, the answer goes into the permit. Another or a changed warning asks a human again, and
so does an answer that has fallen.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from arrears.actions import approvals, history
from arrears.actions.history import Happened
from arrears.actions.messages.wording import made_anew
from arrears.actions.mistakes import filled, mistake
from arrears.actions.notices import following as notices
from arrears.domain.messages import MessageState, Wording
from arrears.domain.permits import ANSWERING_ROLES
from arrears.domain.warnings import ANSWERED, is_open, without_fallen
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.messages import templates
from arrears.store.doors import contact_records as records
from arrears.store.doors import message_warnings as rows
from arrears.store.doors import workers
from arrears.store.doors.message_warnings import Warned
from arrears.store.doors.messages import MessageRow
from arrears.store.scope import current

LONGEST: Final = 500
"""Characters of a reason: a house assumption, enough for a few sentences."""

Seen = tuple[int, str]
"""A message and the likeness of the warnings that whoever answers has seen."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How many messages were answered, and how many had changed since they were looked at."""

    count: int
    changed: int


def let_go(seen: Sequence[Seen], because: str, *, now: datetime, using: str = "default") -> Answered | Problem:
    """Answer the warnings of messages, as they were ``seen``: each may go at its next turn, which is now."""
    return _answer(seen, because, lets_go=True, now=now, using=using)


def decline(seen: Sequence[Seen], because: str, *, now: datetime, using: str = "default") -> Answered | Problem:
    """Stop messages about which the gate warned, as they were ``seen``, for good."""
    return _answer(seen, because, lets_go=False, now=now, using=using)


def fingerprint(found: Sequence[Warned]) -> str:
    """Return what changes when one of the messages, or what is asked of it, does."""
    said = ",".join(sorted(f"{one.id}:{one.likeness}" for one in found))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def all_seen(group: str, as_seen: str, *, using: str = "default") -> list[Seen] | Problem:
    """Return all messages of a group if it is as it was seen; a Problem where one came, went or asks something else."""
    found = next((one for one in rows.groups(using=using) if one.key == group), None)
    items = rows.all_of(found, using=using) if found else ()
    if not items or fingerprint(items) != as_seen:
        return filled("warnings_changed", _SAID["warnings_changed"], "message")
    return [(one.id, one.likeness) for one in items]


def words_now(row: MessageRow, *, now: datetime, using: str = "default") -> Wording | Problem:
    """Return the words that a message would go with at ``now``, for whoever decides about it to read."""
    record = records.record_of(row.person, now, using=using)
    if record is None:
        return mistake("person_not_found", "person")
    return made_anew(row, record, now=now, using=using)


def as_answered(row: MessageRow, *, using: str = "default") -> MessageRow:
    """Return a message without the answers that have fallen: a human is asked about it again.

    An answer falls with the leave of whoever gave it (they left, or may not answer any more), and with the words of
    the template that they read.
    """
    answers = [one[ANSWERED] for one in row.refusing if not is_open(one)]
    if not answers:
        return row
    able = workers.who_hold(ANSWERING_ROLES, {int(one["by"]) for one in answers}, using=using)
    words = _digest(row.template, is_own=row.is_own_wording)
    return replace(
        row,
        refusing=without_fallen(
            row.refusing,
            lambda one: int(one["by"]) in able and one.get("words", {}).get(row.template) == words,
        ),
    )


def _digest(template: str, *, is_own: bool) -> str:
    """Return what changes with the words of a template; nothing does where words were made elsewhere."""
    found = None if is_own else templates().get(template)
    return found.digest if found else ""


def _answer(seen: Sequence[Seen], because: str, *, lets_go: bool, now: datetime, using: str) -> Answered | Problem:
    if not approvals.may_answer(using=using):
        return mistake("may_not_decide")
    if not because.strip():
        return mistake("reason_missing", "because")
    if not seen:
        return filled("none_ticked", _SAID["none_ticked"], "message")
    asked = dict(seen)
    found = rows.named(list(asked), is_held=True, using=using)
    same = [one for one in found if asked[one.id] == one.likeness]
    if not same:
        return filled("warnings_changed", _SAID["warnings_changed"], "message")
    _keep(same, because.strip()[:LONGEST], lets_go=lets_go, now=now, using=using)
    return Answered(len(same), len(asked) - len(same))


def _keep(found: Sequence[Warned], because: str, *, lets_go: bool, now: datetime, using: str) -> None:
    own = workers.own(using=using)
    assert own is not None
    said = {"by": own.id, "name": own.name, "because": because, "at": now.isoformat(), "lets_go": lets_go}
    said |= {"words": {one.template: _digest(one.template, is_own=one.is_own_wording) for one in found}}
    rows.answer([one.id for one in found], said, lets_go=lets_go, at=now, using=using)
    if not lets_go:
        for one in found:
            if one.is_own_wording:
                notices.followed(one.id, MessageState.STOPPED, None, at=now, using=using)
    kind = "message_warning_answered" if lets_go else "message_declined"
    history.append_all([_event(kind, one, using) for one in found], now=now, using=using)


def _event(kind: str, one: Warned, using: str) -> Happened:
    facts = {"message": one.id, "rules": [warning["rule"] for warning in one.warnings]}
    return Happened(kind=kind, owner=one.owner, person=one.person, staff=current(using).user, facts=facts)


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "none_ticked": (
        Text("No message is ticked.", "No ha marcado ningún mensaje.", "没有勾选任何消息。"),
        Text("Tick some, or choose all.", "Marque alguno o elija todos.", "请勾选或选择全部。"),
    ),
    "warnings_changed": (
        Text(
            "These messages, or what is asked about them, have changed since you looked.",
            "Estos mensajes, o lo que se pregunta sobre ellos, han cambiado desde que los miró.",
            "自您查看后，这些消息或其待决事项已有变化。",
        ),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请重新查看列表。"),
    ),
}
