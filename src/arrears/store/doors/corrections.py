"""Entries that a downward adjustment may correct, and how much of each other adjustments have taken already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from arrears.domain.entries import EntryKind
from arrears.store.standing import Stands
from arrears.store.tables.account import Entry

_ADDS = (EntryKind.OPENING, EntryKind.ADJUSTMENT, EntryKind.FEE, EntryKind.COST, EntryKind.INSTALMENT_DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """An entry that counts and adds to a debt; ``left_minor`` is what of it no correction has taken off yet."""

    id: int
    account: int
    kind: EntryKind
    left_minor: int
    posted_by: int | None
    book_day: int
    source_kind: str
    value_date: date


def correctable(entry_id: int, source_kind: str, *, using: str = "default") -> Correctable | None:
    """Return an entry that may be corrected downwards; None where it does not count or adds nothing.

    Corrections are the entries of ``source_kind``; each names what it corrects first in its reference. Of an instalment
    only the interest adds to the debt, its principal did so at the opening.
    """
    row = Entry.objects.using(using).filter(Stands("pk"), pk=entry_id, kind__in=[int(kind) for kind in _ADDS]).first()
    if row is None:
        return None
    kind = EntryKind(row.kind)
    adds = row.amount_minor - (row.principal_minor if kind is EntryKind.INSTALMENT_DUE else 0)
    made = Entry.objects.using(using).filter(source_kind=source_kind, source_ref__startswith=f"{row.pk}:")
    taken = made.filter(Stands("pk"), organisation_id=row.organisation_id).aggregate(sum=Sum("amount_minor"))["sum"]
    return Correctable(
        id=row.pk,
        account=row.account_id,
        kind=kind,
        left_minor=max(0, adds + (taken or 0)),
        posted_by=row.posted_by_id,
        book_day=row.book_day,
        source_kind=row.source_kind,
        value_date=row.value_date,
    )


def correctable_of(entries: Iterable[int], source_kind: str, *, using: str = "default") -> tuple[Correctable, ...]:
    """Return those of ``entries`` of which something may still be corrected, in their order."""
    found = (correctable(entry, source_kind, using=using) for entry in entries)
    return tuple(one for one in found if one is not None and one.left_minor > 0)
