"""Payments direct to the creditor, as others report them, until somebody confirms them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.store.doors.concessions import Cuttable, note_words, staff_names
from arrears.store.scope import current
from arrears.store.tables.account import Account
from arrears.store.tables.concession import ReportedPayment
from arrears.store.tables.person import Person

MOST: Final = 200
_SOURCE: Final = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A payment direct to the creditor as somebody reported it."""

    id: int
    owner: int
    account: int
    person: int
    number: str
    name: str
    currency: str
    amount_minor: int
    value_date: date
    state: str
    reported_by: int | None
    reporter: str
    reported_at: datetime
    words: str
    source_ref: str


def report_payment(
    debt: Cuttable,
    *,
    amount_minor: int,
    value_date: date,
    note: int | None,
    at: datetime,
    book_day: int,
    key: str,
    source_kind: str = _SOURCE,
    using: str = "default",
) -> int:
    """Keep what somebody reports to have been paid to the creditor itself; told twice under one key it is kept once.

    A correction of an entry, which waits for a second human in the same way, has a ``source_kind`` of its own.
    """
    row, _ = ReportedPayment.objects.using(using).get_or_create(
        organisation_id=debt.owner,
        source_kind=source_kind,
        source_ref=key,
        defaults={
            "by_organisation_id": current(using).organisation,
            "account_id": debt.id,
            "reported_by_id": current(using).user,
            "note_id": note,
            "amount_minor": amount_minor,
            "value_date": value_date,
            "reported_at": at,
            "book_day": book_day,
        },
    )
    return int(row.pk)


def reported(report_id: int, *, source_kind: str = _SOURCE, using: str = "default") -> Reported | None:
    """Return what was reported; None where the scope sees no such one."""
    found = _reported(list(ReportedPayment.objects.using(using).filter(pk=report_id, source_kind=source_kind)), using)
    return found[0] if found else None


def reported_waiting(*, source_kind: str = _SOURCE, using: str = "default") -> tuple[Reported, ...]:
    """Return what was reported and nobody has confirmed yet, oldest first."""
    rows = ReportedPayment.objects.using(using).filter(state="reported", source_kind=source_kind)
    rows = rows.order_by("reported_at", "pk")
    return _reported(list(rows[:MOST]), using)


def decide_reported(report_id: int, state: str, *, entry: int | None, at: datetime, using: str = "default") -> bool:
    """Confirm or refuse what was reported; False where somebody has done so already."""
    rows = ReportedPayment.objects.using(using).filter(pk=report_id, state="reported")
    return rows.update(state=state, decided_by_id=current(using).user, decided_at=at, entry_id=entry) == 1


def _reported(rows: Sequence[ReportedPayment], using: str) -> tuple[Reported, ...]:
    accounts = {row.pk: row for row in Account.objects.using(using).filter(pk__in={one.account_id for one in rows})}
    people = {row.person_id for row in accounts.values()}
    persons = dict(Person.objects.using(using).filter(pk__in=people).values_list("pk", "full_name"))
    names = staff_names({row.reported_by_id for row in rows}, using)
    notes = note_words({row.note_id for row in rows}, using)
    return tuple(
        Reported(
            id=row.pk,
            owner=row.organisation_id,
            account=row.account_id,
            person=accounts[row.account_id].person_id,
            number=accounts[row.account_id].number,
            name=persons.get(accounts[row.account_id].person_id, ""),
            currency=accounts[row.account_id].currency,
            amount_minor=row.amount_minor,
            value_date=row.value_date,
            state=row.state,
            reported_by=row.reported_by_id,
            reporter=names.get(row.reported_by_id or 0, ""),
            reported_at=row.reported_at,
            words=notes.get(row.note_id or 0, ""),
            source_ref=row.source_ref,
        )
        for row in rows
        if row.account_id in accounts
    )
