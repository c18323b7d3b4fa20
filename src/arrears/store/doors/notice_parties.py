"""Who a notice about a debt goes to, and what went to those who owe it together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q, QuerySet

from arrears.domain.contacts import Role
from arrears.domain.notices import Notice as Gone
from arrears.domain.notices import NoticeKind
from arrears.store.tables.account import AccountParty
from arrears.store.tables.notice import Notice

OWING: Final = frozenset({Role.DEBTOR, Role.CO_OBLIGOR})
"""Who owes a debt as a debtor does, alone or together."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to whom a notice goes, and what they are to the debt; ``is_main`` where it stands in their name."""

    person: int
    name: str
    role: Role
    is_main: bool


def addressees(account: int, roles: Collection[Role], on: date, *, using: str = "default") -> tuple[Addressee, ...]:
    """Return those who are liable for a debt in one of ``roles`` on a day, its main debtor first."""
    found = _parties([account], roles, on, using).values_list(
        "person_id", "person__full_name", "role", "account__person_id"
    )
    made = [Addressee(person, name, Role(role), person == main) for person, name, role, main in found]
    return tuple(sorted(made, key=lambda one: (not one.is_main, one.person)))


def joint(accounts: Sequence[int], on: date, *, using: str = "default") -> dict[int, tuple[int, ...]]:
    """Return by debt the people who owe it together with its main debtor; nothing for a debt that nobody shares."""
    found: dict[int, tuple[int, ...]] = {}
    parties = _parties(accounts, OWING, on, using).exclude(person_id=F("account__person_id"))
    for account, person in parties.order_by("account_id", "person_id").values_list("account_id", "person_id"):
        found[account] = (*found.get(account, ()), person)
    return found


def _parties(accounts: Sequence[int], roles: Collection[Role], on: date, using: str) -> "QuerySet[AccountParty]":
    rows = AccountParty.objects.using(using).filter(account_id__in=accounts, from_on__lte=on)
    mine = Q(role__in=[role.value for role in roles]) & Q(disclosure_basis="liable")
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=on)).filter(
        mine | Q(person_id=F("account__person_id"))
    )


def gone_to(people: Collection[int], kinds: Collection[NoticeKind], *, using: str = "default") -> tuple[Gone, ...]:
    """Return the notices of ``kinds`` that went to people, as the gate knows them."""
    found = Notice.objects.using(using).filter(
        person_id__in=sorted(people), kind__in=[kind.value for kind in kinds], sent_at__isnull=False
    )
    return tuple(
        Gone(
            kind=NoticeKind(row.kind),
            person=row.person_id,
            sent_at=row.sent_at,
            by=row.by_organisation_id,
            debts=frozenset(row.accounts),
            received_on=row.received_on,
            period_ends=row.period_ends,
            opt_out_by=row.opt_out_by,
            undeliverable_at=row.undeliverable_at,
            address=row.contact_point_id,
            answers=row.answers_id,
            facts=row.facts,
        )
        for row in found.order_by("sent_at", "pk")
        if row.sent_at is not None
    )
