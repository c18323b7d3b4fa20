"""Sealed identifiers of a person, opened for the one who asks; the verb that asks records it."""

from dataclasses import dataclass

from arrears.store.sealed import unseal
from arrears.store.tables.person import Person


@dataclass(frozen=True, slots=True)
class Opened:
    """An identifier in the open, and whose book it comes from."""

    owner: int
    said: str


def unsealed(person: int, kind: str, *, using: str = "default") -> Opened | None:
    """Return the identifier ``kind`` (a sealed column's name without its ending); None where there is none in sight."""
    row = Person.objects.using(using).filter(pk=person).first()
    sealed = getattr(row, f"{kind}_sealed", None)
    if row is None or sealed is None:
        return None
    return Opened(row.organisation_id, unseal(bytes(sealed), f"person.{kind} {row.pk}"))
