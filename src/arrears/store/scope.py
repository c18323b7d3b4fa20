"""Who asks: one transaction in which the database knows the organisation, the user and the date.

Outside a scope the web role sees no row. What is set lasts exactly as long as the transaction, so a pooled connection
carries nothing over to the next request.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connections, transaction

from arrears.store import answers, held


@dataclass(frozen=True, slots=True)
class Scope:
    """An open scope: whose rows, on behalf of whom (None: a job of the organisation itself), over which connection."""

    organisation: int
    user: int | None
    using: str = "default"


class ScopeError(RuntimeError):
    """A scope was opened inside another organisation's, or something that needs one was called without."""


_ATTRIBUTE = "arrears_scope"


@contextlib.contextmanager
def scope(
    organisation_id: int, user_id: int | None, *, today: date | None = None, using: str = "default"
) -> Iterator[Scope]:
    """Open a transaction that sees what ``organisation_id`` may see, for the length of a block.

    ``today`` is the date on which access is judged; without it the database's own date counts. The same scope may be
    opened again inside itself; another raises :class:`ScopeError`. Leaving by an exception rolls everything back.
    """
    opened = Scope(organisation_id, user_id, using)
    connection = connections[using]
    if (around := getattr(connection, _ATTRIBUTE, None)) is not None:
        if around != opened:
            raise ScopeError(f"{opened} cannot open inside {around}: it would see with the other's eyes")
        yield opened
        return
    with transaction.atomic(using=using):
        _say(using, organisation=organisation_id, user=user_id, today=today)
        setattr(connection, _ATTRIBUTE, opened)
        held.begin(connection)
        try:
            yield opened
        finally:
            setattr(connection, _ATTRIBUTE, None)
            held.end(connection)


def undo(using: str = "default") -> None:
    """Let the open scope end without a trace of what was written in it, though no exception is raised."""
    transaction.set_rollback(True, using=using)


@contextlib.contextmanager
def rehearsal(using: str = "night") -> Iterator[None]:
    """Open a transaction around whole scopes, of which nothing stays: what was written can be seen until it ends."""
    with transaction.atomic(using=using):
        yield
        transaction.set_rollback(True, using=using)


@contextlib.contextmanager
def signing_in(username: str, *, using: str = "default") -> Iterator[None]:
    """Open a transaction that sees one thing: the staff row of the user name that was typed."""
    with transaction.atomic(using=using):
        _say(using, signing_in=username)
        yield
        _say(using, signing_in=None)


@contextlib.contextmanager
def session_of(user_id: int, *, using: str = "default") -> Iterator[None]:
    """Open a transaction that sees one thing: the signed-in user's own row, to learn the organisation from."""
    with transaction.atomic(using=using):
        _say(using, user=user_id)
        yield
        _say(using, user=None)


def current(using: str = "default") -> Scope:
    """Return the scope that is open on a connection; raises :class:`ScopeError` where there is none."""
    opened = getattr(connections[using], _ATTRIBUTE, None)
    if not isinstance(opened, Scope):
        raise ScopeError("this needs a scope: open one with store.scope.scope(organisation, user)")
    return opened


def _say(using: str, **settings: int | str | date | None) -> None:
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    values = [said for name, value in settings.items() for said in (f"arrears.{name}", _text(value))]
    answers.prepared(f"SELECT {calls}", values, using=using)


def _text(value: int | str | date | None) -> str:
    return "" if value is None else str(value)


def close_all() -> None:
    """Close the connections of this thread, which is about to end."""
    for alias in connections:
        connections[alias].close()
