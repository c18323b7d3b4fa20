"""Organisations as the night sees them: whose book it is, whose calendar it keeps, who works there and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet

from arrears.store.tables.organisation import Access, Organisation
from arrears.store.tables.staff import Staff

ALIAS = "night"
WORKING_ROLES = ("collector", "senior", "agency", "field")


@dataclass(frozen=True, slots=True)
class NightOrganisation:
    """An organisation: its id, name, kind, time zone, language and settings (JSON)."""

    id: int
    name: str
    kind: str
    timezone: str
    language: str
    settings: Mapping[str, Any]  # JSON


def with_a_book(*, using: str = ALIAS) -> tuple[NightOrganisation, ...]:
    """Return the organisations that own accounts, by id."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT o.id FROM organisation o WHERE EXISTS (SELECT 1 FROM account a WHERE a.organisation_id = o.id)"
        )
        ids = [row[0] for row in cursor.fetchall()]
    return organisations(ids, using=using)


def organisations(ids: Sequence[int], *, using: str = ALIAS) -> tuple[NightOrganisation, ...]:
    """Return the organisations with these ids, by id."""
    return _read(Organisation.objects.using(using).filter(pk__in=list(ids)))


def every(*, using: str = ALIAS) -> tuple[NightOrganisation, ...]:
    """Return all organisations, by id."""
    return _read(Organisation.objects.using(using).all())


def _read(rows: "QuerySet[Organisation, Organisation]") -> tuple[NightOrganisation, ...]:
    columns = rows.order_by("pk").values_list("pk", "name", "kind", "timezone", "language", "settings")
    return tuple(NightOrganisation(*row) for row in columns)


def working_for(owner: int, *, using: str = ALIAS) -> tuple[NightOrganisation, ...]:
    """Return the owner and every organisation that holds or held accounts of its, by id."""
    holders = Access.objects.filter(owner_id=owner, scope="holder").values("organisation_id")
    return _read(Organisation.objects.using(using).filter(Q(pk=owner) | Q(pk__in=holders)))


def named(name: str, *, using: str = ALIAS) -> NightOrganisation | None:
    """Return the organisation called ``name``, or with that id; None where there is none."""
    rows = Organisation.objects.using(using)
    found = rows.filter(pk=int(name)).first() if name.isdecimal() else rows.filter(name__iexact=name).first()
    return organisations([found.pk], using=using)[0] if found else None


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works cases: team, language and skills in words, minutes a day."""

    id: int
    organisation: int
    team: str
    language: str
    skills: tuple[str, ...]
    minutes: int


def workers(organisation_ids: Sequence[int], *, using: str = ALIAS) -> tuple[Worker, ...]:
    """Return who works cases in these organisations, by id."""
    rows = Staff.objects.using(using).filter(
        organisation_id__in=list(organisation_ids), is_active=True, capacity_minutes__gt=0
    )
    return tuple(
        Worker(row.pk, row.organisation_id, row.team, row.language, tuple(row.skills), row.capacity_minutes)
        for row in rows.order_by("pk")
        if set(row.roles) & set(WORKING_ROLES)
    )
