"""What a plan asks of the debts it is about: their latest entry, when they were opened and aged anew."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from arrears.domain.entries import EntryKind
from arrears.store.standing import Stands
from arrears.store.tables.account import Account, Entry


def latest_entry(accounts: Iterable[int], *, using: str = "default") -> int:
    """Return the highest id of an entry on ``accounts``, 0 where there is none: only later money counts for a plan."""
    rows = Entry.objects.using(using).filter(account_id__in=list(accounts))
    return rows.aggregate(latest=Max("pk"))["latest"] or 0


def opened_on(account_id: int, *, using: str = "default") -> date:
    """Return the day on which an account was opened."""
    found: date = Account.objects.using(using).values_list("opened_on", flat=True).get(pk=account_id)
    return found


def re_aged_on(account_id: int, *, using: str = "default") -> list[date]:
    """Return the days of the re-ages of an account that were not taken back."""
    rows = Entry.objects.using(using).filter(account_id=account_id, kind=int(EntryKind.RE_AGE))
    return list(rows.filter(Stands("pk")).values_list("value_date", flat=True))
