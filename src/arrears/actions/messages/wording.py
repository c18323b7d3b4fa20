"""The words of a queued message as they are now: made anew from its template, or given, with their figures proved."""

from datetime import datetime

from arrears.actions import positions
from arrears.actions.messages.composing import compose, template_of
from arrears.actions.mistakes import filled
from arrears.domain.contacts import Channel
from arrears.domain.messages import Figure, Wording
from arrears.engine.ledger.state import state
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.letters.message import message_page
from arrears.store.doors import messages as rows
from arrears.store.doors import positions as bases
from arrears.store.doors import promises
from arrears.store.doors.contact_records import Record
from arrears.store.doors.message_values import Names
from arrears.store.doors.messages import MessageRow

_LEDGER = "ledger:"


def wording_now(
    row: MessageRow, record: Record, names: Names, *, now: datetime, using: str = "night"
) -> Wording | Problem:
    """Return the words as the book has them now; a Problem where they cannot be made, or say what is no longer so.

    ``record`` and ``names`` were read in this transaction, with the person held.
    """
    if row.is_own_wording:
        own = rows.wording_of(row, using=using)
        return _WRONG if _is_overtaken([*own.figures, *given_figures(row)], using) else own
    template = template_of(row.template, row.channel)
    if isinstance(template, Problem):
        return template
    if _is_overtaken(given_figures(row), using):
        return _WRONG
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
    ours = [one for one in figures if one.source.startswith(_LEDGER) and one.account is not None]
    accounts = sorted({one.account for one in ours if one.account is not None})
    if not accounts:
        return False
    facts = promises.facts_of(accounts, using=using)
    held = {basis.account: basis for basis in bases.bases_of(positions.ids(accounts), using=using)}
    for one in ours:
        assert one.account is not None
        if one.account not in held:
            return True
        now = state(positions.terms_of(held[one.account]), facts[one.account], one.as_of)
        if getattr(now, one.source.removeprefix(_LEDGER), None) != one.minor:
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
