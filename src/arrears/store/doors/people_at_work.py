"""The people who work here, as pages name them."""

from dataclasses import dataclass

from arrears.store.scope import current
from arrears.store.tables.staff import Staff


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff."""

    id: int
    username: str
    full_name: str
    roles: tuple[str, ...]
    team: str
    language: str
    is_active: bool


def name_of(staff_id: int | None) -> str:
    """Return the full name of a member of staff in sight; empty for one of another organisation."""
    if staff_id is None:
        return ""
    return Staff.objects.filter(pk=staff_id).values_list("full_name", flat=True).first() or ""


def members(using: str = "default") -> tuple[Member, ...]:
    """Return the staff of the organisation in scope, by name."""
    rows = Staff.objects.using(using).filter(organisation_id=current(using).organisation).order_by("full_name")
    return tuple(
        Member(row.pk, row.username, row.full_name, tuple(row.roles), row.team, row.language, row.is_active)
        for row in rows
    )


def set_active(username: str, *, is_active: bool, using: str) -> int | None:
    """Let a member of the organisation in scope sign in, or no more; return the id, None where there is no such one."""
    rows = Staff.objects.using(using).filter(username=username, organisation_id=current(using).organisation)
    rows.update(is_active=is_active)
    return rows.values_list("pk", flat=True).first()


def is_taken(username: str, using: str) -> bool:
    """Return whether somebody, of whatever organisation, has this user name; ask it of a role that sees all."""
    return Staff.objects.using(using).filter(username=username).exists()
