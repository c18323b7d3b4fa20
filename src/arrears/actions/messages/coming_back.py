"""Heeding what is told of a message after it went: it came back, it is late, a machine answered it.

What came back did not reach anybody: the contact then counts as one that bounced, a notice that went with it as not
provided, and an address that is gone for good is not used again (P19). What is late, or was answered by a machine, is
only noted: nobody was reached and nobody wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.actions import cases, history, people, positions
from arrears.actions.mistakes import filled
from arrears.actions.notices import following as notices
from arrears.domain.case_files import CaseKind
from arrears.domain.contacts import Channel, Outcome
from arrears.domain.delivery_reports import KIND_WORDS, RETURN_WORDS, UNDELIVERABLE, Report, ReportKind, ReturnReason
from arrears.domain.messages import MessageState
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store import locks
from arrears.store.doors import attempts, case_files
from arrears.store.doors import delivery_reports as reports
from arrears.store.doors import messages as rows
from arrears.store.doors.messages import MessageRow
from arrears.store.scope import current

LONGEST: Final = 500
MAIL: Final = "mail"
POST: Final = "post"
_KINDS: Final = {
    ReportKind.FAILED: "message_came_back",
    ReportKind.RETURNED: "message_came_back",
    ReportKind.DELAYED: "message_delayed",
    ReportKind.ARRIVED: "message_arrived",
    ReportKind.MACHINE: "message_met_a_machine",
}


@dataclass(frozen=True, slots=True)
class Heeded:
    """A report that was taken in: about which message, whether it is new, whether the message came back by it."""

    message: int
    kind: ReportKind
    is_new: bool
    came_back: bool


def heed(report: Report, *, now: datetime, using: str = "default") -> Heeded | Problem:
    """Take in what was told of a message of the scope's organisation; the same report counts once.

    A Problem where none of the report's references is one that this organisation made.
    """
    found = next(_meant(report, using), None)
    if found is None:
        return filled("report_of_nothing", _SAID["report_of_nothing"], "reference", said=_shown(report))
    if (report.kind is ReportKind.RETURNED) != (found.channel is Channel.LETTER):
        return filled("report_unfit", _SAID["report_unfit"], "reference")
    locks.lock_person(found.person, using=using)
    kept = rows.message(found.id, using=using)
    assert kept is not None
    source = POST if report.kind is ReportKind.RETURNED else MAIL
    is_gone = report.is_address_gone()
    if reports.add(kept, report, source_kind=source, is_address_gone=is_gone, now=now, using=using) is None:
        return Heeded(kept.id, report.kind, is_new=False, came_back=False)
    came_back = report.kind in UNDELIVERABLE and _came_back(kept, report, now, using)
    if is_gone and kept.contact_point is not None:
        attempts.mark_point(kept.contact_point, outcome=Outcome.BOUNCED.value, at=now, is_bad=True, using=using)
    _tell(kept, report, now, using, is_address_gone=is_gone)
    if report.reason is ReturnReason.DECEASED:
        _said_dead(kept, report, now, using)
    if came_back or is_gone:
        others = case_files.all_accounts(kept.person, using=using) if is_gone else ()
        positions.refresh({*kept.accounts, *others}, now=now, using=using)
        people.redecide([kept.person], now=now, using=using)
    return Heeded(kept.id, report.kind, is_new=True, came_back=came_back)


def _meant(report: Report, using: str) -> Iterator[MessageRow]:
    """Yield the messages of ours that a report may be about."""
    for said in report.references:
        named = reports.read_reference(said)
        found = None if named is None else rows.message(named[0], using=using)
        if named is None or found is None or found.attempt != named[1]:
            continue
        if found.by_organisation == current(using).organisation:
            yield found


def _came_back(row: MessageRow, report: Report, now: datetime, using: str) -> bool:
    """Note on contact, message and notice that it came back; False where that is noted already."""
    assert row.attempt is not None
    if not reports.bounce(row.attempt, at=now, using=using):
        return False
    said = said_of(report)
    if row.state is MessageState.SENT:
        rows.move(row.id, state=MessageState.FAILED, said=said, ended_at=now, using=using)
    notices.bounced(row.attempt, because=said, at=now, using=using)
    return True


def _said_dead(row: MessageRow, report: Report, now: datetime, using: str) -> None:
    """Open a case of a death that the post tells of, which stops contact until a human has looked (P38)."""
    cases.open_case(
        CaseKind.DECEASED,
        person=row.person,
        received_at=min(report.at, now),
        now=now,
        source=(POST, report.ref),
        proof={"message": row.id, "by": POST},
        using=using,
    )


def said_of(report: Report) -> str:
    """Return a report in one line: the post's reason, or code and words of the server."""
    if report.reason is not None:
        return " ".join(filter(None, (RETURN_WORDS[report.reason].en, report.said)))[:LONGEST]
    return " ".join(dict.fromkeys(filter(None, (report.status, report.said))))[:LONGEST] or KIND_WORDS[report.kind].en


def _shown(report: Report) -> str:
    return next(iter(report.references), report.said or report.ref)[:80]


def _tell(row: MessageRow, report: Report, now: datetime, using: str, *, is_address_gone: bool) -> None:
    history.append(
        _KINDS[report.kind],
        owner=row.owner,
        person=row.person,
        now=now,
        using=using,
        message=row.id,
        attempt=row.attempt,
        channel=row.channel.value,
        status=report.status,
        reason=report.reason.value if report.reason else "",
        is_address_gone=is_address_gone,
    )


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "report_of_nothing": (
        Text(
            "“{said}” is about no message that went out from here.",
            "«{said}» no corresponde a ningún mensaje enviado desde aquí.",
            "“{said}”与此处发出的任何信息都不符。",
        ),
        Text(
            "Give the reference as it stands on the message: arrears-…",
            "Indique la referencia tal como figura en el mensaje: arrears-…",
            "请按信息上所载填写编号：arrears-…",
        ),
    ),
    "report_unfit": (
        Text(
            "Only letters are returned by the post, and letters by nobody else.",
            "El correo postal solo devuelve cartas, y nadie más las devuelve.",
            "邮政只退回信件，信件也只由邮政退回。",
        ),
        Text("Look at the reference again.", "Revise la referencia.", "请核对编号。"),
    ),
}
