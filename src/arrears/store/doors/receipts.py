"""Receipts: one payment of a person over several debts, and the entries it became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from arrears.domain.holds import HoldKind
from arrears.store.doors.takings import MOST, read_as
from arrears.store.scope import current
from arrears.store.tables.account import Account
from arrears.store.tables.promise import Hold
from arrears.store.tables.taking import Receipt, ReceiptPart


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """A receipt as it stands. See `arrears.store.tables.taking.Receipt`."""

    id: int
    organisation: int
    person: int
    reference: str
    amount_minor: int
    currency: str
    value_date: date
    rule: str
    directed: Mapping[str, int]
    posted_at: datetime
    reversed_at: datetime | None
    reversed_because: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """What of a receipt went to one debt."""

    account: int
    number: str
    amount_minor: int
    said_minor: int
    credit_minor: int
    entry: int


@dataclass(frozen=True, slots=True)
class SharingDebt:
    """A debt of a person that may take a share of a payment."""

    account: int
    number: str
    owner: int
    currency: str
    debt_kind: str
    is_disputed: bool


def debts_sharing(person: int, *, now: datetime, using: str = "default") -> tuple[SharingDebt, ...]:
    """Return the debts of a person that take payments, by id, and whether each is disputed now."""
    found = Account.objects.using(using).filter(person_id=person, status__in=["open", "written_off"]).order_by("pk")
    disputes = Hold.objects.using(using).filter(kind=HoldKind.DISPUTE, from_at__lte=now).exclude(until_at__lte=now)
    whole = disputes.filter(person_id=person, account__isnull=True).exists()
    some = set(disputes.filter(account__person_id=person).values_list("account_id", flat=True))
    columns = found.values_list("pk", "number", "organisation_id", "currency", "product__debt_kind")
    return tuple(SharingDebt(*row, is_disputed=whole or row[0] in some) for row in columns)


def add_receipt(*, using: str = "default", **columns: Any) -> ReceiptRow:
    """Write a receipt, posted by the scope's user."""
    row = Receipt(posted_by_id=current(using).user, **columns)
    row.save(using=using, force_insert=True)
    return read_as(row, ReceiptRow)


def add_parts(receipt: ReceiptRow, parts: Sequence[Mapping[str, int]], *, using: str = "default") -> None:
    """Write what went where."""
    about = {"organisation_id": receipt.organisation, "receipt_id": receipt.id}
    ReceiptPart.objects.using(using).bulk_create([ReceiptPart(**about, **part) for part in parts])


def receipt(receipt_id: int, *, hold: bool = False, using: str = "default") -> ReceiptRow | None:
    """Return a receipt; with ``hold`` other hands wait until the transaction ends."""
    rows = Receipt.objects.using(using)
    row = (rows.select_for_update(of=("self",)) if hold else rows).filter(pk=receipt_id).first()
    return None if row is None else read_as(row, ReceiptRow)


def receipt_referred(owner: int, reference: str, *, using: str = "default") -> ReceiptRow | None:
    """Return the receipt of a reference."""
    row = Receipt.objects.using(using).filter(organisation_id=owner, reference=reference).first()
    return None if row is None else read_as(row, ReceiptRow)


def parts_of(receipt_id: int, *, using: str = "default") -> tuple[PartRow, ...]:
    """Return what went where, by debt."""
    rows = ReceiptPart.objects.using(using).filter(receipt_id=receipt_id).select_related("account").order_by("account")
    return tuple(
        PartRow(row.account_id, row.account.number, row.amount_minor, row.said_minor, row.credit_minor, row.entry_id)
        for row in rows
    )


def mark_reversed(receipt_id: int, *, at: datetime, because: str, using: str = "default") -> None:
    """Note that a receipt was taken back."""
    Receipt.objects.using(using).filter(pk=receipt_id).update(reversed_at=at, reversed_because=because)


def latest_receipts(*, most: int = MOST, using: str = "default") -> tuple[tuple[ReceiptRow, str], ...]:
    """Return receipts with the payer's name, the newest first."""
    rows = Receipt.objects.using(using).select_related("person").order_by("-pk")[:most]
    return tuple((read_as(row, ReceiptRow), row.person.full_name) for row in rows)
