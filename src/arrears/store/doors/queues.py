"""Queues that a human empties: payment lines nobody matched, arrangements to approve, incidents; and the permit log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q

from arrears.domain.holds import HoldKind
from arrears.domain.position import Position
from arrears.store.doors.cases import position_of
from arrears.store.tables.account import Account, Note
from arrears.store.tables.contact import Incident, Permit
from arrears.store.tables.feed import PaymentLine
from arrears.store.tables.person import Person
from arrears.store.tables.promise import Hold, Promise
from arrears.store.tables.staff import Staff
from arrears.store.tables.work import AccountPosition

MOST = 100
#: What stands between the account number of a line and its other words, in its one column of words.
BETWEEN: Final = " · "


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
    person_number: str
    name: str
    currency: str
    due_unpaid_minor: int
    pending_minor: int
    is_disputed: bool


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
    words: str = ""


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
    attempt: int | None


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


def accounts_like(
    numbers: Iterable[str], person_ids: list[int], currency: str, at: datetime, most: int = 12
) -> tuple[Candidate, ...]:
    """Return accounts with one of these numbers, and those of these persons; ``at`` is when a dispute is to stand."""
    accounts = Account.objects.filter(currency=currency)
    named = accounts.filter(number__in=[number.strip() for number in numbers])
    found = {row.pk: row for row in (*named[:most], *accounts.filter(person_id__in=person_ids)[:most])}
    return _candidates(list(found.values())[:most], at)


def accounts_owing(amount_minor: int, currency: str, at: datetime, most: int = 6) -> tuple[Candidate, ...]:
    """Return accounts whose unpaid instalments come to just this amount: a line without a reference may be theirs."""
    rows = AccountPosition.objects.filter(due_unpaid_minor=amount_minor, account__currency=currency)
    return _candidates(list(Account.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:most]))), at)


def _candidates(accounts: list[Account], at: datetime) -> tuple[Candidate, ...]:
    people = {row.pk: row for row in Person.objects.filter(pk__in={row.person_id for row in accounts})}
    positions = {row.pk: row for row in AccountPosition.objects.filter(pk__in={row.pk for row in accounts})}
    disputed = _disputed(accounts, at)
    return tuple(
        Candidate(
            account=row.pk,
            number=row.number,
            person=row.person_id,
            person_number=getattr(people.get(row.person_id), "number", ""),
            name=getattr(people.get(row.person_id), "full_name", ""),
            currency=row.currency,
            due_unpaid_minor=getattr(positions.get(row.pk), "due_unpaid_minor", 0),
            pending_minor=getattr(positions.get(row.pk), "pending_minor", 0),
            is_disputed=row.pk in disputed,
        )
        for row in accounts
    )


def _disputed(accounts: list[Account], at: datetime) -> set[int]:
    """Return which accounts are in dispute: by themselves, or with all debts of their person."""
    whole = Q(account=None, person_id__in={row.person_id for row in accounts})
    disputes = Hold.objects.filter(Q(account_id__in={row.pk for row in accounts}) | whole, kind=HoldKind.DISPUTE)
    standing = disputes.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)
    debts = set(standing.filter(account__isnull=False).values_list("account_id", flat=True))
    people = set(standing.filter(account=None).values_list("person_id", flat=True))
    return {row.pk for row in accounts if row.pk in debts or row.person_id in people}


def arrangements_asked(most: int = MOST) -> tuple[Asked, ...]:
    """Return the arrangements that wait for approval, oldest first."""
    return _asked(list(Promise.objects.filter(state="asked").order_by("taken_at")[:most]))


def arrangement(promise_id: int) -> Asked | None:
    """Return what was asked for, waiting or decided; None where this scope sees no such one."""
    found = _asked(list(Promise.objects.filter(pk=promise_id)))
    return found[0] if found else None


def _asked(rows: list[Promise]) -> tuple[Asked, ...]:
    persons = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "full_name"))
    accounts = {row.pk: row for row in Account.objects.filter(pk__in={row.account_id for row in rows})}
    positions = {row.pk: position_of(row) for row in AccountPosition.objects.filter(pk__in=accounts)}
    staff = dict(Staff.objects.filter(pk__in={row.taken_by_id for row in rows}).values_list("pk", "full_name"))
    calls = {row.attempt_id for row in rows if row.attempt_id}
    said = Note.objects.filter(attempt_id__in=calls, erased_at=None).order_by("at")
    notes = dict(said.values_list("attempt_id", "words"))
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
            words=notes.get(row.attempt_id or 0, ""),
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
            attempt=row.attempt_id,
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
