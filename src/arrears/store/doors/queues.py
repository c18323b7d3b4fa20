"""Queues that a human empties: payment lines nobody matched, arrangements to approve, incidents; and the permit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from arrears.domain.position import Position
from arrears.store.doors.cases import position_of
from arrears.store.tables.account import Account
from arrears.store.tables.contact import Incident, Permit
from arrears.store.tables.feed import PaymentLine
from arrears.store.tables.person import Person
from arrears.store.tables.promise import Promise
from arrears.store.tables.staff import Staff
from arrears.store.tables.work import AccountPosition

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a payment feed that waits for a human."""

    id: int
    value_date: date
    amount_minor: int
    currency: str
    reference: str
    payer: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A debt that a line may be for."""

    account: int
    number: str
    person: int
    name: str
    currency: str
    due_unpaid_minor: int
    pending_minor: int


@dataclass(frozen=True, slots=True)
class Asked:
    """An arrangement that waits for approval."""

    id: int
    person: int
    name: str
    account: int
    number: str
    currency: str
    amount_minor: int
    due_on: date
    due_hour: int
    means: str
    taken_by: str
    taken_at: datetime
    position: Position | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An incident that somebody must look into."""

    id: int
    kind: str
    person: int
    name: str
    facts: Mapping[str, Any]  # JSON
    opened_at: datetime
    closed_at: datetime | None
    finding: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A permit as it was given."""

    id: int
    person: int
    name: str
    staff: str
    channel: str
    address: str
    purpose: str
    verdict: str
    pack_version: str
    reasons: tuple[Mapping[str, Any], ...]  # JSON
    issued_at: datetime
    state: str
    approved_because: str


def unmatched_lines(most: int = MOST) -> tuple[Line, ...]:
    """Return the lines nobody matched, oldest first."""
    rows = PaymentLine.objects.filter(state="unmatched").order_by("value_date", "pk")[:most]
    return tuple(_line(row) for row in rows)


def unmatched_count() -> int:
    """Return how many lines wait."""
    return PaymentLine.objects.filter(state="unmatched").count()


def line_of(line_id: int) -> Line | None:
    """Return one line, or None where there is none that this scope may see."""
    row = PaymentLine.objects.filter(pk=line_id).first()
    return _line(row) if row else None


def _line(row: PaymentLine) -> Line:
    return Line(
        id=row.pk,
        value_date=row.value_date,
        amount_minor=row.amount_minor,
        currency=row.currency,
        reference=row.reference,
        payer=row.payer,
        reason=row.reason,
        state=row.state,
    )


def accounts_like(said: str, person_ids: list[int], currency: str, most: int = 12) -> tuple[Candidate, ...]:
    """Return open accounts with the number ``said``, and those of the persons found for it."""
    accounts = Account.objects.filter(currency=currency)
    found = [*accounts.filter(number=said.strip())[:most], *accounts.filter(person_id__in=person_ids)[:most]]
    by_id = {row.pk: row for row in found}
    names = dict(Person.objects.filter(pk__in={row.person_id for row in found}).values_list("pk", "full_name"))
    positions = {row.pk: row for row in AccountPosition.objects.filter(pk__in=by_id)}
    return tuple(_candidate(row, names, positions.get(row.pk)) for row in list(by_id.values())[:most])


def accounts_owing(amount_minor: int, currency: str, most: int = 6) -> tuple[Candidate, ...]:
    """Return accounts whose unpaid instalments come to just this amount: a line without a reference may be theirs."""
    rows = AccountPosition.objects.filter(due_unpaid_minor=amount_minor, account__currency=currency)[:most]
    positions = {row.pk: row for row in rows}
    accounts = list(Account.objects.filter(pk__in=positions))
    names = dict(Person.objects.filter(pk__in={row.person_id for row in accounts}).values_list("pk", "full_name"))
    return tuple(_candidate(row, names, positions.get(row.pk)) for row in accounts)


def _candidate(row: Account, names: dict[int, str], position: AccountPosition | None) -> Candidate:
    return Candidate(
        account=row.pk,
        number=row.number,
        person=row.person_id,
        name=names.get(row.person_id, ""),
        currency=row.currency,
        due_unpaid_minor=getattr(position, "due_unpaid_minor", 0),
        pending_minor=getattr(position, "pending_minor", 0),
    )


def arrangements_asked(most: int = MOST) -> tuple[Asked, ...]:
    """Return the arrangements that wait for approval, oldest first."""
    rows = list(Promise.objects.filter(state="asked").order_by("taken_at")[:most])
    persons = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "full_name"))
    accounts = {row.pk: row for row in Account.objects.filter(pk__in={row.account_id for row in rows})}
    positions = {row.pk: position_of(row) for row in AccountPosition.objects.filter(pk__in=accounts)}
    staff = dict(Staff.objects.filter(pk__in={row.taken_by_id for row in rows}).values_list("pk", "full_name"))
    return tuple(
        Asked(
            id=row.pk,
            person=row.person_id,
            name=persons.get(row.person_id, ""),
            account=row.account_id,
            number=accounts[row.account_id].number,
            currency=accounts[row.account_id].currency,
            amount_minor=row.amount_minor,
            due_on=row.due_on,
            due_hour=row.due_hour,
            means=row.means,
            taken_by=staff.get(row.taken_by_id or 0, ""),
            taken_at=row.taken_at,
            position=positions.get(row.account_id),
        )
        for row in rows
    )


def incidents(most: int = MOST) -> tuple[Opened, ...]:
    """Return incidents, open ones first, newest first."""
    rows = list(Incident.objects.order_by("closed_at", "-opened_at")[:most])
    rows = sorted(rows, key=lambda row: row.closed_at is not None)
    names = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "full_name"))
    return tuple(
        Opened(
            id=row.pk,
            kind=row.kind,
            person=row.person_id,
            name=names.get(row.person_id, ""),
            facts=row.facts,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            finding=row.finding,
        )
        for row in rows
    )


def permits_issued(most: int = MOST) -> tuple[Issued, ...]:
    """Return the newest permits with what allowed them."""
    rows = list(Permit.objects.order_by("-issued_at")[:most])
    names = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "full_name"))
    staff = dict(Staff.objects.filter(pk__in={row.staff_id for row in rows}).values_list("pk", "full_name"))
    return tuple(
        Issued(
            id=row.pk,
            person=row.person_id,
            name=names.get(row.person_id, ""),
            staff=staff.get(row.staff_id or 0, ""),
            channel=row.channel,
            address=row.address,
            purpose=row.purpose,
            verdict=row.verdict,
            pack_version=row.pack_version,
            reasons=tuple(row.reasons),
            issued_at=row.issued_at,
            state=row.state,
            approved_because=row.approved_because,
        )
        for row in rows
    )
