"""An examiner's pack given out (P65): what was sought, put together whole, and history tells who took it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from arrears.actions import history
from arrears.actions.rule_books import book_for
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.reports.examiner import Pack, gather, pack
from arrears.store.doors import contact_log
from arrears.store.doors import contact_records as records
from arrears.store.doors.contact_log import Logged, Sought
from arrears.store.scope import current

MOST_ON_A_PAGE: Final = 5_000
"""How many contacts a page puts into a pack while somebody waits; the command takes more."""
_TOO_MANY = Text(
    "More than {most} contacts were found.", "Se encontraron más de {most} contactos.", "查到的联系超过 {most} 条。"
)
_NARROW = Text(
    "Narrow the period, or have the pack made by the command “arrears examiner”.",
    "Acorte el período o elabore el expediente con el comando «arrears examiner».",
    "请缩短期间，或使用命令“arrears examiner”制作。",
)


def give_out(
    sought: Sought,
    *,
    language: str,
    now: datetime,
    most: int = contact_log.MOST,
    using: str = "default",
) -> Pack | Problem:
    """Return the pack of the contacts that fit; a Problem where there are more than ``most`` or no font has its words.

    That it was given out, to whom and with which digest, is kept as an event of the organisation.
    """
    if contact_log.count(sought, using=using) > most:
        return Problem("too_many_contacts", _TOO_MANY.filled(most=most), _NARROW)
    contacts: Sequence[Logged] = list(contact_log.every(sought, using=using))
    house = records.house_of(current(using).organisation, using=using)
    name = next((each for number, each in contact_log.callers(using=using) if number == house.id), "")
    book = book_for([house.settings], local_day(now, house.timezone), using=using)
    found = gather(sought, contacts, organisation=house.id, house=name, book=book, using=using)
    made = pack(found, language=language, zone=house.timezone, now=now)
    if isinstance(made, Problem):
        return made
    history.append(
        "examiner_pack_given_out",
        owner=house.id,
        now=now,
        using=using,
        of_person=sought.person,  # a fact, not the event's own: they may be a client's
        of_account=sought.account,
        since=sought.since.isoformat(),
        until=sought.until.isoformat(),
        rule=sought.rule,
        organisation=sought.organisation,
        contacts=made.contacts,
        proofs=made.proofs,
        papers=sorted(found.papers),
        papers_not_as_filed=[one.paper.id for one in found.not_as_filed],
        not_as_sealed=len(made.wrong),
        sha256=made.digest,
    )
    return made
