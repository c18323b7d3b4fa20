"""Interest and charges rest while a moratorium runs, on the debts that are in it and on no others."""

from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import entries
from arrears.actions.cases import running
from arrears.domain.case_files import Moratorium
from arrears.domain.entries import EntryKind
from arrears.kernel.epoch import epoch_day
from arrears.kernel.problems import Problem
from arrears.store.doors import case_files as rows
from arrears.store.doors.case_files import Kept
from arrears.store.scope import current

SOURCE: Final = "case_file"
NO_END_YET: Final = timedelta(days=3_650)
"""How far ahead charges are frozen while nobody knows the end: a house assumption, ended by the case itself."""


def freeze(found: Kept, days: Moratorium, *, now: datetime, using: str = "default") -> Problem | None:
    """Freeze charges on the listed debts for the days of a moratorium; who does not own the debts asks the owner to.

    A freeze holds from the end of its value date to the end of its last day; so it is dated the day before the first.
    """
    if current(using).organisation != found.owner:
        rows.start_clock(found, running.FREEZE, counted_from=days.first, due_on=None, using=using)
        return None
    return _post(found, days.first - timedelta(days=1), days.last or days.first + NO_END_YET, now=now, using=using)


def end_on(found: Kept, last: date, *, now: datetime, using: str = "default") -> Problem | None:
    """Let charges rest until ``last`` and no longer: the end of a moratorium became known."""
    if current(using).organisation != found.owner:
        rows.start_clock(found, running.FREEZE, counted_from=last, due_on=None, about=last.isoformat(), using=using)
        return None
    days = running.moratorium_of(found)
    assert days is not None
    return _post(found, min(last, max(days.first, _today(found, now, using))), last, now=now, using=using)


def _post(found: Kept, value_date: date, last: date, *, now: datetime, using: str) -> Problem | None:
    for account in found.accounts:
        posted = entries.post_entry(
            account,
            EntryKind.CHARGE_FREEZE,
            value_date=value_date,
            detail=epoch_day(last),
            reason=f"case_file/{found.id}",
            source_kind=SOURCE,
            source_ref=f"{found.id}:{account}:{epoch_day(last)}",
            now=now,
            using=using,
        )
        if isinstance(posted, Problem):
            return posted
    return None


def _today(found: Kept, now: datetime, using: str) -> date:
    from arrears.kernel.hours import local_day
    from arrears.store.doors import contact_records as records

    return local_day(now, records.house_of(found.owner, using=using).timezone)
