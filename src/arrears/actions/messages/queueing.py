"""Queue messages: one for a person, or one each for many from one template. Nothing leaves here.

What is queued is asked of the gate when its turn comes, not now: days may pass, and a cease may arrive.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final  # Any: values for places of words, kept as JSON

from arrears.actions import history, people
from arrears.actions.gatekeeping import Approach, brief_on
from arrears.actions.messages.composing import compose, template_of
from arrears.actions.mistakes import filled, mistake
from arrears.domain.contacts import Channel, Purpose
from arrears.domain.messages import CHANNELS, LONGEST_TRIED, TRIED_FOR, Figure, Wording
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.messages import Template
from arrears.store.doors import contact_records as records
from arrears.store.doors import message_batches as batches
from arrears.store.doors import message_values as values
from arrears.store.doors import messages as rows
from arrears.store.doors.message_batches import Chosen, Recipient
from arrears.store.doors.messages import Queued
from arrears.store.scope import current

__all__ = ["MOST_IN_A_BATCH", "Chosen", "Prepared", "count_of", "may_send", "prepare_batch", "queue_one", "stop_batch"]

SENDERS: Final = frozenset({"supervisor", "manager", "compliance", "agency"})
MOST_IN_A_BATCH: Final = 100_000
"""A house assumption: more would be a campaign that somebody splits and watches."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch that was made: how many messages wait, and how many debts have no address for the channel."""

    batch: int
    queued: int
    without_address: int


def may_send(*, using: str = "default") -> bool:
    """Return whether the user of the scope may make and stop batches; a job may."""
    return current(using).user is None or not SENDERS.isdisjoint(people.own_roles(using=using))


def queue_one(
    person: int,
    template: str,
    *,
    channel: Channel,
    now: datetime,
    accounts: tuple[int, ...] = (),
    contact_point: int | None = None,
    given: Mapping[str, str] | None = None,
    figures: Sequence[Figure] = (),
    wording: Wording | None = None,
    purpose: Purpose | None = None,
    source: tuple[str, str] | None = None,
    not_before: datetime | None = None,
    tried_for: timedelta = TRIED_FOR,
    using: str = "default",
) -> int | Problem:
    """Queue one message and return its id; a Problem where it can not be made, or its ``source`` queued it before.

    Its words are those of ``template`` (filled now to see that they can be, and again as it goes, if figures changed),
    with ``given`` for the places that the template leaves open; or ``wording``, words made elsewhere, with their own
    page: then ``template`` is only their name and ``purpose`` must be said. ``figures`` are further amounts that the
    given words name. ``accounts`` empty means all debts of the person that are not over, ``contact_point`` None the
    best of the channel. ``source`` is (kind, reference). It waits from ``not_before`` on, and comes back for
    ``tried_for`` where the gate refuses it.
    """
    found = None if wording is not None else template_of(template, channel)
    if isinstance(found, Problem):
        return found
    meant = purpose or (found.purpose if found else None)
    if meant is None:
        return filled("purpose_missing", _SAID["purpose_missing"], "purpose")
    asked = _asked(person, channel, meant, accounts, contact_point, now, using)
    if isinstance(asked, Problem):
        return asked
    record, about, point = asked
    words = _words(wording, found, record, about, channel, given or {}, now, using)
    if isinstance(words, Problem):
        return words
    first = max(now, not_before or now)
    queued = Queued(
        owner=record.person.owner,
        person=person,
        accounts=about,
        contact_point=point,
        channel=channel,
        purpose=meant,
        template=template,
        source=source or ("one", f"{person}:{template}:{now.isoformat()}"),
        due_at=first,
        give_up_at=first + min(tried_for, LONGEST_TRIED),
        made_at=now,
        given={"places": dict(given or {}), "figures": [rows.said_figure(figure) for figure in figures]},
        wording=words,
        is_own_wording=wording is not None,
    )
    return _keep(queued, now, using)


def _asked(
    person: int,
    channel: Channel,
    purpose: Purpose,
    accounts: tuple[int, ...],
    contact_point: int | None,
    now: datetime,
    using: str,
) -> tuple[records.Record, tuple[int, ...], int] | Problem:
    """Return the person's record, the debts it will be about, and where it goes."""
    if channel not in CHANNELS:
        return filled("not_sent_by_machine", _SAID["not_sent_by_machine"], "channel", said=channel.value)
    record = records.record_of(person, now, using=using)
    if record is None:
        return mistake("person_not_found", "person")
    point = contact_point or values.best_point(person, channel, using=using)
    if point is None:
        return filled("no_address", _SAID["no_address"], "contact_point", said=channel.value)
    approach = Approach(person=person, contact_point=point, channel=channel, purpose=purpose, accounts=accounts)
    asked = brief_on(record, approach, now=now, using=using)
    return asked if isinstance(asked, Problem) else (record, asked.asked.accounts, point)


def _words(
    wording: Wording | None,
    template: Template | None,
    record: records.Record,
    accounts: tuple[int, ...],
    channel: Channel,
    given: Mapping[str, Any],
    now: datetime,
    using: str,
) -> Wording | Problem:
    if wording is not None:
        return wording
    assert template is not None
    return compose(template, record, accounts, channel=channel, given=given, now=now, using=using)


def _keep(queued: Queued, now: datetime, using: str) -> int | Problem:
    made = rows.add(queued, using=using)
    if made is None:
        return filled("queued_before", _SAID["queued_before"], "source")
    history.append(
        "message_queued",
        owner=queued.owner,
        person=queued.person,
        now=now,
        using=using,
        message=made,
        channel=queued.channel.value,
        template=queued.template,
        accounts=list(queued.accounts),
    )
    return made


def prepare_batch(
    template: str,
    *,
    channel: Channel,
    now: datetime,
    accounts: Sequence[int] | None = None,
    chosen: Chosen | None = None,
    name: str = "",
    not_before: datetime | None = None,
    tried_for: timedelta = TRIED_FOR,
    using: str = "default",
) -> Prepared | Problem:
    """Queue a message of ``template`` for each person who owes one of ``accounts``, or a debt as ``chosen`` says.

    A person gets one message about all their debts of one currency that were chosen. Who has no address for the channel
    is counted and left out. The words are made when each one's turn comes. A Problem where the user may not send, the
    template or the choice is none, or the batch is too great.
    """
    found = _template_for_many(template, channel, using)
    if isinstance(found, Problem):
        return found
    recipients = _recipients(accounts, chosen, channel, using)
    if isinstance(recipients, Problem):
        return recipients
    reached = [one for one in recipients if one.contact_point is not None]
    lacking = len(recipients) - len(reached)
    batch = batches.add(
        name=name.strip() or found.title.said_in(people.own_language(using=using)),
        template=found.name,
        channel=channel,
        chosen=chosen.as_record() if chosen else {"accounts": len(accounts or ())},
        asked=len(recipients),
        left_out={"no_address": lacking},
        at=now,
        using=using,
    )
    first = max(now, not_before or now)
    until = first + min(tried_for, LONGEST_TRIED)
    count = rows.add_all(_queued(reached, found, channel, batch, first, until, now), using=using)
    history.append(
        "message_batch_prepared",
        owner=current(using).organisation,
        now=now,
        using=using,
        batch=batch,
        template=found.name,
        channel=channel.value,
        queued=count,
        left_out=lacking,
    )
    return Prepared(batch, count, lacking)


def count_of(template: str, *, channel: Channel, chosen: Chosen, using: str = "default") -> tuple[int, int] | Problem:
    """Return for how many people a batch would be, and how many more have no address; it makes nothing."""
    found = _template_for_many(template, channel, using)
    if isinstance(found, Problem):
        return found
    recipients = _recipients(None, chosen, channel, using)
    if isinstance(recipients, Problem):
        return recipients
    lacking = sum(one.contact_point is None for one in recipients)
    return len(recipients) - lacking, lacking


def _template_for_many(name: str, channel: Channel, using: str) -> Template | Problem:
    if not may_send(using=using):
        return mistake("may_not_decide")
    found = template_of(name, channel)
    if not isinstance(found, Problem) and found.given:
        return filled("template_needs_words", _SAID["template_needs_words"], "template", said=", ".join(found.given))
    return found


def _recipients(
    accounts: Sequence[int] | None, chosen: Chosen | None, channel: Channel, using: str
) -> list[Recipient] | Problem:
    is_said_once = (accounts is None) != (chosen is None)
    found = batches.recipients(accounts, chosen, channel, using=using) if is_said_once else []
    if not found:
        return filled("nobody_chosen", _SAID["nobody_chosen"], "chosen")
    if len(found) > MOST_IN_A_BATCH:
        return filled("batch_too_great", _SAID["batch_too_great"], "chosen", most=f"{MOST_IN_A_BATCH:,}")
    return found


def _queued(
    recipients: Sequence[Recipient],
    template: Template,
    channel: Channel,
    batch: int,
    first: datetime,
    until: datetime,
    now: datetime,
) -> Iterable[Queued]:
    for one in recipients:
        yield Queued(
            owner=one.owner,
            person=one.person,
            accounts=one.accounts,
            contact_point=one.contact_point,
            channel=channel,
            purpose=template.purpose,
            template=template.name,
            source=("batch", f"{batch}:{one.person}:{one.accounts[0]}"),
            due_at=first,
            give_up_at=until,
            made_at=now,
            batch=batch,
        )


def stop_batch(batch: int, because: str, *, now: datetime, using: str = "default") -> int | Problem:
    """Stop a batch for a reason: nothing of it that still waits goes out. Returns how many messages were stopped.

    One that is just being handed over has its permit and goes; it is waited for.
    """
    if not may_send(using=using):
        return mistake("may_not_decide")
    if not because.strip():
        return mistake("reason_missing", "because")
    if not batches.stop(batch, because=because.strip(), at=now, using=using):
        return filled("batch_stopped", _SAID["batch_stopped"], "batch")
    count = batches.stop_messages(batch, at=now, using=using)
    owner = current(using).organisation
    history.append("message_batch_stopped", owner=owner, now=now, using=using, batch=batch, stopped=count)
    return count


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "not_sent_by_machine": (
        Text(
            "Nothing is sent by machine over that channel ({said}).",
            "Por ese canal ({said}) no se envía nada de forma automática.",
            "该渠道（{said}）不支持自动发送。",
        ),
        Text("Choose e-mail, text or letter.", "Elija correo, mensaje o carta.", "请选择电子邮件、短信或信函。"),
    ),
    "no_address": (
        Text(
            "The person has no good address for that channel ({said}).",
            "La persona no tiene una dirección válida para ese canal ({said}).",
            "此人没有可用于该渠道（{said}）的有效地址。",
        ),
        Text(
            "Add one, or choose another channel.",
            "Añada una o elija otro canal.",
            "请补充地址或选择其他渠道。",
        ),
    ),
    "purpose_missing": (
        Text("It is not said what the message is for.", "Falta decir para qué es el mensaje.", "未说明消息的用途。"),
        Text("Say its purpose.", "Indique el propósito.", "请说明用途。"),
    ),
    "queued_before": (
        Text(
            "This message has been queued already.",
            "Este mensaje ya está en la cola.",
            "该消息已在队列中。",
        ),
        Text("Look at the messages of this person.", "Mire los mensajes de la persona.", "请查看此人的消息。"),
    ),
    "template_needs_words": (
        Text(
            "This template needs words for each person ({said}), so it is not sent to many.",
            "Esta plantilla necesita texto propio para cada persona ({said}); no se envía a muchas.",
            "该模板需要为每个人单独填写（{said}），不能批量发送。",
        ),
        Text("Choose another template.", "Elija otra plantilla.", "请选择其他模板。"),
    ),
    "nobody_chosen": (
        Text("Nobody is chosen.", "No se ha elegido a nadie.", "没有选中任何人。"),
        Text("Widen the choice.", "Amplíe la selección.", "请放宽选择条件。"),
    ),
    "batch_too_great": (
        Text(
            "That is more than {most} messages at once.",
            "Son más de {most} mensajes de una vez.",
            "一次超过 {most} 条消息。",
        ),
        Text("Narrow the choice.", "Reduzca la selección.", "请缩小选择范围。"),
    ),
    "batch_stopped": (
        Text("This batch is stopped already.", "Este envío ya está detenido.", "该批次已停止。"),
        Text("Look at it again.", "Vuelva a mirarlo.", "请刷新查看。"),
    ),
}
