"""Locks by name, held to the end of the transaction; the database grants them, so machines agree."""

from django.db import connections

#: A lock's number is made from its name by the server, so that two uses cannot choose the same number by hand.
_KEY = "hashtextextended(%s, 0)"


def lock_person(person_id: int, *, using: str = "default") -> None:
    """Wait until nobody else holds this person, and hold them: permits and limits are decided one at a time."""
    _lock("pg_advisory_xact_lock", f"person {person_id}", using)


def lock_book(organisation_id: int, *, using: str = "default") -> None:
    """Hold an organisation's book day alone: wait for its writers to commit, let none begin."""
    _lock("pg_advisory_xact_lock", f"book {organisation_id}", using)


def share_book(organisation_id: int, *, using: str = "default") -> None:
    """Hold an organisation's book day together with other writers: it cannot close before we commit."""
    _lock("pg_advisory_xact_lock_shared", f"book {organisation_id}", using)


def lock_statements(organisation_id: int, *, using: str = "default") -> None:
    """Hold an organisation's bank statements alone: two imports at once come in one after the other."""
    _lock("pg_advisory_xact_lock", f"statements {organisation_id}", using)


def lock_suspense(organisation_id: int, *, using: str = "default") -> None:
    """Let nobody else bring an organisation's suspense account up to date meanwhile."""
    _lock("pg_advisory_xact_lock", f"suspense {organisation_id}", using)


def _lock(function: str, name: str, using: str) -> None:
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError(f"a lock on {name} outside a transaction would be over at once")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({_KEY})", [name])
