"""One contact point as the scope sees it: whose it is, and of which kind."""

from dataclasses import dataclass

from arrears.store.tables.person import ContactPoint


@dataclass(frozen=True, slots=True)
class Point:
    """A number or an address: its id, the owner of the person, the person, and phone, email or address."""

    id: int
    owner: int
    person: int
    kind: str


def point(point_id: int, *, using: str = "default") -> Point | None:
    """Return the contact point; None where the scope sees no such one."""
    row = ContactPoint.objects.using(using).filter(pk=point_id).first()
    return None if row is None else Point(row.pk, row.organisation_id, row.person_id, row.kind)
