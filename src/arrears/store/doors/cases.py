"""The case of one person: everything a collector must see before dialling (P06, P21), as the open scope lets it see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from arrears.domain.entries import Entry as Fact
from arrears.domain.entries import EntryKind
from arrears.domain.position import COLUMNS, Position
from arrears.store.tables.account import Account, AccountParty, Entry
from arrears.store.tables.feed import ImportBatch
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person
from arrears.store.tables.work import AccountPosition


@dataclass(frozen=True, slots=True)
class Who:
    """A person as the pages show one; what is sealed stays sealed."""

    id: int
    organisation: int
    owner_name: str
    number: str
    kind: str
    name: str
    given_name: str
    family_name: str
    language: str
    country: str
    region: str
    has_national_id: bool
    has_birth_date: bool
    facts: Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True)
class Point:
    """A way to reach the person, with what came of it last."""

    id: int
    kind: str
    use: str
    value: str
    country: str
    region: str
    timezones: tuple[str, ...]
    is_valid: bool
    source: str
    basis: str
    last_outcome: str
    last_outcome_at: datetime | None


@dataclass(frozen=True, slots=True)
class Debt:
    """An account of the person with its product's terms, its position, and the person's part in it."""

    id: int
    number: str
    person: int
    person_name: str
    currency: str
    status: str
    opened_on: date
    original_minor: int
    country: str
    region: str
    product: str
    debt_kind: str
    consumer: bool | None
    terms: Mapping[str, Any]  # JSON, read by domain.terms
    role: str
    disclosure_basis: str
    facts: Mapping[str, Any]  # JSON
    position: Position | None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as history and ledger show it."""

    fact: Fact
    source_kind: str
    source_ref: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One person, how they are reached, and their debts."""

    who: Who
    points: tuple[Point, ...]
    debts: tuple[Debt, ...]


def case_of(person_id: int, on: date) -> Case | None:
    """Return the case of a person, or None where there is none that this scope may see."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return None
    parties = AccountParty.objects.filter(person_id=person_id, from_on__lte=on)
    debts = _debts([row for row in parties if row.until_on is None or row.until_on > on])
    return Case(_who(person), tuple(map(_point, _points(person_id))), debts)


def debt_of(account_id: int, on: date) -> Debt | None:
    """Return one debt with its main debtor's part in it, or None where there is none that this scope may see."""
    row = Account.objects.filter(pk=account_id).first()
    parties = AccountParty.objects.filter(account_id=account_id, from_on__lte=on).order_by("role", "pk")
    own = [party for party in parties if row and party.person_id == row.person_id]
    return next(iter(_debts(own[:1])), None)


def owner_of(account_id: int) -> tuple[int, str]:
    """Return the organisation that owns an account, and its name; empty where the scope does not see that."""
    owner = Account.objects.filter(pk=account_id).values_list("organisation_id", flat=True).get()
    return owner, Organisation.objects.filter(pk=owner).values_list("name", flat=True).first() or ""


def _who(row: Person) -> Who:
    owner = Organisation.objects.filter(pk=row.organisation_id).values_list("name", flat=True).first()
    return Who(
        id=row.pk,
        organisation=row.organisation_id,
        owner_name=owner or "",
        number=row.number,
        kind=row.kind,
        name=row.full_name,
        given_name=row.given_name,
        family_name=row.family_name,
        language=row.language,
        country=row.country,
        region=row.region,
        has_national_id=row.national_id_sealed is not None,
        has_birth_date=row.birth_date_sealed is not None,
        facts=row.facts,
    )


_USES = {"mobile": 0, "home": 1, "work": 2, "other": 3}
_KINDS = {"phone": 0, "email": 1, "address": 2}


def _points(person_id: int) -> list[ContactPoint]:
    """Return valid ones first, phones before the rest, the debtor's own before work."""
    rows = list(ContactPoint.objects.filter(person_id=person_id))
    return sorted(rows, key=lambda row: (_KINDS[row.kind], not row.is_valid, _USES[row.use], row.pk))


def _point(row: ContactPoint) -> Point:
    return Point(
        id=row.pk,
        kind=row.kind,
        use=row.use,
        value=row.value,
        country=row.country,
        region=row.region,
        timezones=tuple(row.timezones),
        is_valid=row.is_valid,
        source=row.source,
        basis=row.basis,
        last_outcome=row.last_outcome,
        last_outcome_at=row.last_outcome_at,
    )


def _debts(parties: list[AccountParty]) -> tuple[Debt, ...]:
    by_account = {party.account_id: party for party in parties}
    accounts = Account.objects.filter(pk__in=by_account).select_related("product", "person").order_by("pk")
    positions = {row.pk: position_of(row) for row in AccountPosition.objects.filter(pk__in=by_account)}
    return tuple(_debt(row, by_account[row.pk], positions.get(row.pk)) for row in accounts)


def position_of(row: AccountPosition) -> Position:
    """Return a stored row as the plain position the ledger speaks of."""
    return Position(**{name: row.pk if name == "account" else getattr(row, name) for name in COLUMNS})


def _debt(row: Account, party: AccountParty, position: Position | None) -> Debt:
    return Debt(
        id=row.pk,
        number=row.number,
        person=row.person_id,
        person_name=row.person.full_name,
        currency=row.currency,
        status=row.status,
        opened_on=row.opened_on,
        original_minor=row.original_minor,
        country=row.country,
        region=row.region,
        product=row.product.name,
        debt_kind=row.product.debt_kind,
        consumer=row.product.consumer_purpose,
        terms=row.product.terms,
        role=party.role,
        disclosure_basis=party.disclosure_basis,
        facts=row.facts,
        position=position,
    )


def entries_of(account_id: int) -> tuple[Line, ...]:
    """Return the entries of an account, by value date."""
    rows = Entry.objects.filter(account_id=account_id).order_by("value_date", "kind", "pk")
    return tuple(Line(_fact(row), row.source_kind, row.source_ref, _reason(row)) for row in rows)


def _reason(row: Entry) -> str:
    """Return the code that an entry keeps of its reason; words are kept as notes."""
    return str((row.instruction or {}).get("reason", ""))


def _fact(row: Entry) -> Fact:
    return Fact(
        id=row.pk,
        kind=EntryKind(row.kind),
        value_date=row.value_date,
        book_day=row.book_day,
        amount=row.amount_minor,
        principal=row.principal_minor,
        reverses=row.reverses_id or 0,
        detail=row.detail,
    )


def last_feed_at(organisation_id: int) -> datetime | None:
    """Return when payments of an owner came in last; None where none did or the feed is not this scope's to see."""
    batches = ImportBatch.objects.filter(organisation_id=organisation_id, kind="payments", state="done")
    last = batches.aggregate(last=Max("finished_at"))["last"]
    return last if isinstance(last, datetime) else None
