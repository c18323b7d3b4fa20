"""The history of one person over all channels: contacts, notes, promises, payments, holds, newest first (P32)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from arrears.domain.entries import CASH_KINDS, EntryKind
from arrears.store.tables.account import Account, Entry, Note
from arrears.store.tables.contact import Attempt
from arrears.store.tables.promise import Hold, Promise
from arrears.store.tables.staff import Staff

MOST = 60
Kind = Literal["contact", "note", "promise", "payment", "hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened. ``at`` is the instant; a payment has only its day ``on``."""

    kind: Kind
    id: int
    at: datetime | None = None
    on: date | None = None
    channel: str = ""
    origin: str = ""
    outcome: str = ""
    address: str = ""
    by: str = ""
    words: str = ""
    state: str = ""
    amount_minor: int = 0
    currency: str = ""
    due_on: date | None = None
    due_hour: int | None = None
    account: str = ""
    attempt: int | None = None
    until: datetime | None = None

    def day(self) -> date:
        """Return the day on which it happened."""
        found = self.on or (self.at.date() if self.at else None)
        assert found is not None
        return found


def history_of(person_id: int, account_ids: list[int], most: int = MOST) -> tuple[Happening, ...]:
    """Return what happened with a person, newest first."""
    accounts = {row.pk: row for row in Account.objects.filter(pk__in=account_ids)}
    found = [
        *_attempts(person_id, most),
        *_notes(person_id, most),
        *_promises(accounts, most),
        *_payments(accounts, most),
        *_holds(person_id, most),
    ]
    return tuple(sorted(found, key=lambda one: (one.day(), one.at is not None, one.at, one.id), reverse=True)[:most])


def _names(ids: set[int | None]) -> dict[int | None, str]:
    known = {one for one in ids if one is not None}
    return dict(Staff.objects.filter(pk__in=known).values_list("pk", "full_name"))


def _attempts(person_id: int, most: int) -> Iterator[Happening]:
    rows = list(Attempt.objects.filter(person_id=person_id).order_by("-started_at")[:most])
    names = _names({row.staff_id for row in rows})
    for row in rows:
        yield Happening(
            kind="contact",
            id=row.pk,
            at=row.started_at,
            channel=row.channel,
            origin=row.origin,
            outcome=row.outcome,
            state=row.disposition,
            address=row.address,
            by=names.get(row.staff_id, ""),
        )


def _notes(person_id: int, most: int) -> Iterator[Happening]:
    rows = list(Note.objects.filter(person_id=person_id, erased_at=None).order_by("-at")[:most])
    names = _names({row.staff_id for row in rows})
    for row in rows:
        by = names.get(row.staff_id, "")
        yield Happening(kind="note", id=row.pk, at=row.at, words=row.words, by=by, attempt=row.attempt_id)


def _promises(accounts: dict[int, Account], most: int) -> Iterator[Happening]:
    rows = list(Promise.objects.filter(account_id__in=accounts).order_by("-taken_at")[:most])
    names = _names({row.taken_by_id for row in rows})
    for row in rows:
        account = accounts[row.account_id]
        yield Happening(
            kind="promise",
            id=row.pk,
            at=row.taken_at,
            state=row.state,
            channel=row.kind,
            outcome=row.means,
            amount_minor=row.amount_minor,
            currency=account.currency,
            account=account.number,
            due_on=row.due_on,
            due_hour=row.due_hour,
            by=names.get(row.taken_by_id, ""),
        )


def _payments(accounts: dict[int, Account], most: int) -> Iterator[Happening]:
    kinds = [*map(int, CASH_KINDS), int(EntryKind.PAYMENT_SEEN), int(EntryKind.REVERSAL)]
    rows = Entry.objects.filter(account_id__in=accounts, kind__in=kinds).order_by("-value_date", "-pk")[:most]
    for row in rows:
        account = accounts[row.account_id]
        yield Happening(
            kind="payment",
            id=row.pk,
            on=row.value_date,
            state=EntryKind(row.kind).name.lower(),
            outcome=_reason(row),
            amount_minor=row.amount_minor,
            currency=account.currency,
            account=account.number,
        )


def _reason(row: Entry) -> str:
    """Return why a bank took a payment back, as the reversal keeps it; nothing for any other entry."""
    return str((row.instruction or {}).get("reason", "")) if row.kind == EntryKind.REVERSAL else ""


def _holds(person_id: int, most: int) -> Iterator[Happening]:
    rows = Hold.objects.filter(person_id=person_id).order_by("-from_at")[:most]
    for row in rows:
        yield Happening(kind="hold", id=row.pk, at=row.from_at, state=row.kind, until=row.until_at)
