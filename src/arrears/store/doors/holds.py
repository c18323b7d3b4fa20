"""Holds: why contact stops, since when, on which proof, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from arrears.domain.holds import HoldKind
from arrears.store.scope import current
from arrears.store.tables.account import Account, AccountParty
from arrears.store.tables.promise import Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A hold as it stands."""

    id: int
    owner: int
    person: int | None
    account: int | None
    kind: HoldKind
    since: datetime
    until: datetime | None
    facts: Mapping[str, Any]  # JSON
    proof: Mapping[str, Any]  # JSON
    source_kind: str


def add(
    kind: HoldKind,
    *,
    owner: int,
    person: int | None,
    account: int | None,
    since: datetime,
    until: datetime | None,
    facts: Mapping[str, Any],
    proof: Mapping[str, Any],
    source: tuple[str, str],
    using: str = "default",
) -> int:
    """Add a hold, return its id; the same source starts it once."""
    source_kind, source_ref = source
    row, _ = Hold.objects.using(using).get_or_create(
        organisation_id=owner,
        source_kind=source_kind,
        source_ref=source_ref,
        defaults={
            "by_organisation_id": current(using).organisation,
            "person_id": person,
            "account_id": account,
            "kind": kind,
            "from_at": since,
            "until_at": until,
            "facts": dict(facts),
            "proof": dict(proof),
            "made_by_id": current(using).user,
        },
    )
    return int(row.pk)


def hold(hold_id: int, *, using: str = "default") -> Placed | None:
    """Return a hold; None where the scope sees no such one."""
    row = Hold.objects.using(using).filter(pk=hold_id).first()
    return None if row is None else placed(row)


def standing(person_id: int, accounts: list[int], at: datetime, *, using: str = "default") -> tuple[Placed, ...]:
    """Return the holds in force at an instant on a person or accounts, oldest first."""
    about = Q(person_id=person_id) | Q(account_id__in=accounts)
    in_force = Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))
    return tuple(placed(row) for row in Hold.objects.using(using).filter(about & in_force).order_by("from_at", "pk"))


def placed(row: Hold) -> Placed:
    """Return a hold from its row."""
    return Placed(
        id=row.pk,
        owner=row.organisation_id,
        person=row.person_id,
        account=row.account_id,
        kind=HoldKind(row.kind),
        since=row.from_at,
        until=row.until_at,
        facts=row.facts,
        proof=row.proof,
        source_kind=row.source_kind,
    )


def end(hold_id: int, *, at: datetime, because: str, proof: Mapping[str, Any], using: str = "default") -> bool:
    """End a hold that is in force; False where it has ended already."""
    rows = Hold.objects.using(using).filter(pk=hold_id).filter(Q(until_at__isnull=True) | Q(until_at__gt=at))
    found = rows.first()
    if found is None:
        return False
    changed = rows.update(
        until_at=max(at, found.from_at),
        released_by_id=current(using).user,
        released_because=because,
        proof={**found.proof, **proof},
    )
    return changed == 1


def say(
    hold_id: int, facts: Mapping[str, Any], *, until: datetime | None, at: datetime, using: str = "default"
) -> bool:
    """Add facts to a hold that is in force, and set its end where ``until`` names one; False where it has ended."""
    rows = Hold.objects.using(using).filter(pk=hold_id).filter(Q(until_at__isnull=True) | Q(until_at__gt=at))
    found = rows.first()
    if found is None:
        return False
    ends = found.until_at if until is None else max(until, found.from_at)
    return rows.update(facts={**found.facts, **facts}, until_at=ends) == 1


def people_on(hold: Placed, *, using: str = "default") -> list[int]:
    """Return the people whom a hold concerns: its own, or the main debtor of its account."""
    if hold.person is not None:
        return [hold.person]
    assert hold.account is not None
    return list(Account.objects.using(using).filter(pk=hold.account).values_list("person_id", flat=True))


def people_under(person: int | None, account: int | None, *, using: str = "default") -> list[int]:
    """Return everybody whose contact a hold may stop, by id: its person, and all parties to its account."""
    found = {person} if person is not None else set()
    if account is not None:
        rows = AccountParty.objects.using(using).filter(account_id=account)
        found |= set(rows.values_list("person_id", flat=True))
    return sorted(found)


def accounts_under(person: int | None, account: int | None, *, using: str = "default") -> list[int]:
    """Return the accounts whose position a hold changes: its own, or all of the person's."""
    if account is not None:
        return [account]
    assert person is not None
    return list(Account.objects.using(using).filter(person_id=person).values_list("pk", flat=True))


def standing_kinds(owner: int, at: datetime, *, using: str = "default") -> dict[HoldKind, int]:
    """Return how many holds of an owner's book are in force at an instant, by kind."""
    rows = Hold.objects.using(using).filter(organisation_id=owner, from_at__lte=at)
    counted = rows.filter(Q(until_at__isnull=True) | Q(until_at__gt=at)).values_list("kind")
    return {HoldKind(kind): number for kind, number in counted.annotate(number=Count("pk"))}
