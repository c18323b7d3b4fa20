"""Locks by name, held to the end of the transaction; the database grants them, so machines agree."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from arrears.store import answers, held

#: A lock's number is made from its name by the server, so that two uses cannot choose the same number by hand.
_KEY = "hashtextextended(%s, 0)"


def lock_person(person_id: int, *, using: str = "default") -> None:
    """Wait until nobody else holds this person, and hold them: permits and limits are decided one at a time."""
    _lock("pg_advisory_xact_lock", f"person {person_id}", using)


@contextmanager
def letting_person_go(kept: list[int], *, using: str = "default") -> Iterator[None]:
    """Let go, at the end of a block, of everybody in ``kept`` who was taken by `keep_person` meanwhile."""
    try:
        yield
    finally:
        connection = connections[using]
        if kept and connection.connection is not None and not connection.connection.closed:
            for person in kept:
                answers.prepared(f"SELECT pg_advisory_unlock({_KEY})", [f"person {person}"], using=using)


def keep_person(person_id: int, kept: list[int], *, using: str = "default") -> None:
    """Wait until nobody else holds this person, and hold them beyond this transaction, until `letting_person_go`.

    For talking to the world outside between two transactions while nobody else decides about the person. The lock is
    the connection's: it ends with it, should the process die.
    """
    _lock("pg_advisory_lock", f"person {person_id}", using)
    kept.append(person_id)


def lock_book(organisation_id: int, *, using: str = "default") -> None:
    """Hold an organisation's book day alone: wait for its writers to commit, let none begin."""
    _lock("pg_advisory_xact_lock", f"book {organisation_id}", using)


def share_book(organisation_id: int, *, using: str = "default") -> None:
    """Hold an organisation's book day together with other writers: it cannot close before we commit."""
    name = f"book {organisation_id}"
    if held.recalled(name, using) is None:
        _lock("pg_advisory_xact_lock_shared", name, using)
        held.keep(name, name, using)


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
    answers.prepared(f"SELECT {function}({_KEY})", [name], using=using)
