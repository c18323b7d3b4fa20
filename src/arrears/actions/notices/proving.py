"""The amounts of a notice asked of the ledger once more, at the moment it goes."""

from datetime import date, datetime

from arrears.actions import positions
from arrears.engine.notices.figures import is_overtaken, of_the_ledger
from arrears.kernel.hours import local_day
from arrears.store.doors import contact_records as records
from arrears.store.doors import notices as rows
from arrears.store.doors import positions as bases
from arrears.store.doors import promises
from arrears.store.scope import current


def is_no_longer_so(message: int, *, now: datetime, using: str = "night") -> bool:
    """Return whether a message carries a notice whose amounts are not, to the cent, what the ledger says.

    Asked of the day that the notice names, by all that is known now; and whoever has paid since is sent no notice of
    what they owed before. A notice of several debts is never made.
    """
    notice = rows.by_message(str(message), using=using)
    if notice is None or not of_the_ledger([*notice.facts]):
        return False
    held = bases.bases_of(positions.ids(notice.accounts), using=using)
    if len(held) != 1:
        return True
    zone = records.house_of(current(using).organisation, using=using).timezone
    said = notice.facts.get("as_of")
    as_of = date.fromisoformat(str(said)) if said else local_day(notice.made_at, zone)
    entries = promises.facts_of(notice.accounts, using=using)[held[0].account]
    terms = positions.terms_of(held[0])
    return is_overtaken(notice.facts, terms, entries, as_of, local_day(now, zone), currency=held[0].currency)
