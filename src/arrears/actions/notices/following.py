"""What becomes of a notice once it is queued: it goes, arrives, comes back, or is dropped."""

from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import history
from arrears.actions.mistakes import filled
from arrears.actions.notices.making import POST_DAYS
from arrears.domain.messages import MessageState
from arrears.domain.notices import NoticeKind
from arrears.engine.notices.remedy import gives_enough_days
from arrears.engine.notices.validation import assumed_receipt, period_ends
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store.doors import contact_records as records
from arrears.store.doors import notices as rows
from arrears.store.doors.notices import Row
from arrears.store.scope import current

NOT_TAKEN: Final = "the message was given up"


def followed(message: int, state: MessageState, attempt: int | None, *, at: datetime, using: str = "default") -> None:
    """Note what became of the notice that a message carries, if it carries one.

    One that went counts from then on; one that bounced at once has gone and come back; one of which nobody knows, or
    that was given up, was not provided and has to be issued anew.
    """
    notice = rows.by_message(str(message), using=using)
    if notice is None or notice.sent_at is not None or notice.dropped_at is not None:
        return
    if state in {MessageState.SENT, MessageState.FAILED} and attempt is not None:
        _went(notice, attempt, at, using)
        if state is MessageState.FAILED:
            came_back(notice.id, "bounced", now=at, using=using)
    elif state in {MessageState.UNKNOWN, MessageState.GIVEN_UP, MessageState.STOPPED}:
        rows.learn(notice.id, using, dropped_at=at, dropped_because=state.value)
        _tell(notice, "notice_dropped", at, using, because=state.value)


def bounced(attempt: int, *, because: str, at: datetime, using: str = "default") -> None:
    """Note that what went by ``attempt`` came back, if it was a notice, in the words of who brought it back."""
    notice = rows.by_attempt(attempt, using=using)
    if notice is not None and notice.undeliverable_at is None:
        came_back(notice.id, because, now=at, using=using)


def _went(notice: Row, attempt: int, at: datetime, using: str) -> None:
    """Note that a notice has gone. Receipt of a validation notice is assumed on the fifth day of the mail.

    The period then ends thirty days later, and never before the day that the notice prints. A default notice counts as
    served once a letter has had time to arrive, until there is proof of the day; the last day to put the breach right
    is the one before the day that it names.
    """
    sent_on = local_day(at, records.house_of(current(using).organisation, using=using).timezone)
    learnt: dict[str, object] = {"sent_at": max(at, notice.made_at), "attempt_id": attempt}
    if notice.kind is NoticeKind.VALIDATION:
        learnt["received_on"] = assumed_receipt(sent_on)
        learnt["period_ends"] = period_ends(sent_on, printed=notice.printed_ends)
    if notice.kind is NoticeKind.DEFAULT:
        learnt["received_on"] = sent_on + timedelta(days=POST_DAYS)
        learnt["period_ends"] = _last_day(notice)
    rows.learn(notice.id, using, **learnt)
    _tell(notice, "notice_sent", at, using, attempt=attempt)


def _last_day(notice: Row) -> date | None:
    said = notice.facts.get("remedy_by")
    return date.fromisoformat(str(said)) - timedelta(days=1) if said else None


def came_back(notice_id: int, because: str, *, now: datetime, using: str = "default") -> int | Problem:
    """Note that a notice could not be delivered: it counts as not provided from then on, and has to go again."""
    notice = rows.one(notice_id, using=using)
    if notice is None or notice.sent_at is None:
        return filled("notice_not_sent", _SAID["notice_not_sent"])
    if notice.undeliverable_at is not None:
        return filled("notice_back_already", _SAID["notice_back_already"])
    if not because.strip():
        return filled("reason_needed", _SAID["reason_needed"], "because")
    rows.learn(notice_id, using, undeliverable_at=max(now, notice.sent_at), undeliverable_because=because.strip())
    _tell(notice, "notice_came_back", now, using)
    return notice_id


def received(notice_id: int, on: date, *, now: datetime, using: str = "default") -> int | Problem:
    """Note proof of the day a notice arrived: the period then runs from it, and never ends before what it prints.

    A default notice that arrived too late to leave the days that law gives counts as none from then on.
    """
    notice = rows.one(notice_id, using=using)
    if notice is None or notice.sent_at is None:
        return filled("notice_not_sent", _SAID["notice_not_sent"])
    sent_on = local_day(notice.sent_at, records.house_of(current(using).organisation, using=using).timezone)
    if on < sent_on or on > local_day(now, "UTC") + timedelta(days=1):
        return filled("received_before_sent", _SAID["received_before_sent"], "on")
    learnt: dict[str, object] = {"received_on": on}
    if notice.kind is NoticeKind.VALIDATION:
        learnt["period_ends"] = period_ends(sent_on, received_on=on, printed=notice.printed_ends)
    rows.learn(notice_id, using, **learnt)
    remedy_by = notice.facts.get("remedy_by")
    is_late = bool(remedy_by) and not gives_enough_days(on, date.fromisoformat(str(remedy_by)))
    _tell(notice, "notice_received", now, using, on=on.isoformat(), is_too_late=is_late)
    return notice_id


def _tell(notice: Row, event: str, now: datetime, using: str, **facts: object) -> None:
    history.append(
        event,
        owner=notice.owner,
        account=notice.accounts[0] if notice.accounts else None,
        person=notice.person,
        now=now,
        using=using,
        notice=notice.id,
        notice_kind=notice.kind.value,
        **facts,
    )


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "notice_not_sent": (
        Text("This notice has not gone.", "Este aviso no ha salido.", "该通知尚未发出。"),
        Text("Look at the list of notices again.", "Vuelva a la lista de avisos.", "请重新查看通知列表。"),
    ),
    "notice_back_already": (
        Text("It is noted as come back already.", "Ya consta como devuelto.", "已登记为退回。"),
        Text("Issue a new one.", "Emita uno nuevo.", "请重新签发。"),
    ),
    "reason_needed": (
        Text("Say why it came back.", "Indique por qué se devolvió.", "请说明退回原因。"),
        Text("For example: moved, unknown.", "Por ejemplo: se mudó, desconocido.", "例如：已搬迁、查无此人。"),
    ),
    "received_before_sent": (
        Text("It cannot have arrived on that day.", "No pudo llegar ese día.", "不可能在该日送达。"),
        Text("Look at the receipt again.", "Revise el acuse.", "请核对回执。"),
    ),
}
