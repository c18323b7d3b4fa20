"""The words of a queued message as they are now: made anew from its template, or given, with their figures proved."""

from datetime import datetime

from arrears.actions.ledger_states import states_at
from arrears.actions.messages.composing import compose, template_of
from arrears.actions.mistakes import filled
from arrears.actions.notices import proving
from arrears.domain.contacts import Channel
from arrears.domain.messages import Figure, Wording
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.letters.message import message_page
from arrears.store.doors import messages as rows
from arrears.store.doors.contact_records import Record
from arrears.store.doors.message_values import Names
from arrears.store.doors.messages import MessageRow

_LEDGER = "ledger:"
NOTICE = "notice"
"""The kind of source by which a notice queues its message."""


def wording_now(
    row: MessageRow, record: Record, names: Names, *, now: datetime, using: str = "night"
) -> Wording | Problem:
    """Return the words as the book has them now; a Problem where they cannot be made, or say what is no longer so.

    ``record`` and ``names`` were read in this transaction, with the person held.
    """
    own = rows.wording_of(row, using=using) if row.is_own_wording else None
    if _is_overtaken([*(own.figures if own else ()), *given_figures(row)], using):
        return _WRONG
    if row.source[0] == NOTICE and proving.is_no_longer_so(row.id, now=now, using=using):
        return _WRONG
    return own or made_anew(row, record, names=names, now=now, using=using)


def made_anew(
    row: MessageRow, record: Record, *, names: Names | None = None, now: datetime, using: str = "default"
) -> Wording | Problem:
    """Return the words that a message would go with at ``now``, whatever has become of the figures it was given."""
    if row.is_own_wording:
        return rows.wording_of(row, using=using)
    template = template_of(row.template, row.channel)
    if isinstance(template, Problem):
        return template
    given = row.given.get("places", {})
    return compose(
        template, record, row.accounts, channel=row.channel, given=given, names=names, now=now, using=using
    )  # fmt: skip


def page_for(row: MessageRow, record: Record, names: Names, wording: Wording, *, now: datetime) -> bytes | Problem:
    """Return the page that goes with a message: its own, or a letter set from its words; empty for other channels."""
    if wording.document or row.channel is not Channel.LETTER:
        return wording.document
    way = record.ways.get(row.contact_point or 0)
    return message_page(
        sender=names.collector,
        name=names.person,
        address=way.value if way else "",
        subject=wording.subject,
        words=wording.words,
        language=wording.language,
        on=local_day(now, record.owner.timezone),
    )


def given_figures(row: MessageRow) -> list[Figure]:
    """Return the amounts that whoever queued a message said its given words name."""
    return [rows.figure_of(one) for one in row.given.get("figures", ())]


def _is_overtaken(figures: list[Figure], using: str) -> bool:
    """Return whether a figure of the ledger is no longer what the ledger says of its day."""
    ours = [(one.account, one) for one in figures if one.source.startswith(_LEDGER) and one.account is not None]
    for day in {one.as_of for _, one in ours}:
        of_day = [(account, one) for account, one in ours if one.as_of == day]
        now = states_at({account: day for account, _ in of_day}, using=using)
        if any(getattr(now.get(a), one.source.removeprefix(_LEDGER), None) != one.minor for a, one in of_day):
            return True
    return False


_WRONG = filled(
    "figures_changed",
    (
        Text(
            "An amount in these words is no longer what the ledger says.",
            "Un importe de este texto ya no coincide con el libro.",
            "文字中的金额与账簿不再一致。",
        ),
        Text("Make the words again.", "Vuelva a redactar el texto.", "请重新拟定文字。"),
    ),
)
