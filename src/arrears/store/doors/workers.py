"""Those who work here, as far as verbs need to know: the roles, language and team of the user of the scope."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.store.scope import current
from arrears.store.tables.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A member of staff at work."""

    id: int
    name: str
    organisation: int
    roles: frozenset[str]
    team: str
    language: str
    skills: frozenset[str]
    capacity_minutes: int


def worker(staff_id: int, *, using: str = "default") -> Worker | None:
    """Return a member of staff; None where the scope sees no such one."""
    row = Staff.objects.using(using).filter(pk=staff_id).first()
    if row is None:
        return None
    return Worker(
        id=row.pk,
        name=row.full_name,
        organisation=row.organisation_id,
        roles=frozenset(row.roles),
        team=row.team,
        language=row.language,
        skills=frozenset(row.skills),
        capacity_minutes=row.capacity_minutes,
    )


def own(*, using: str = "default") -> Worker | None:
    """Return the user of the open scope; None for a job of the organisation itself."""
    user = current(using).user
    return None if user is None else worker(user, using=using)


def who_hold(roles: Iterable[str], staff: Iterable[int], *, using: str = "default") -> frozenset[int]:
    """Return those of ``staff`` who work for the scope's organisation now and hold one of ``roles``."""
    own = Staff.objects.using(using).filter(organisation_id=current(using).organisation, is_active=True)
    return frozenset(own.filter(pk__in=set(staff), roles__overlap=list(roles)).values_list("pk", flat=True))
