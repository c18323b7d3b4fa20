"""What the transaction of the open scope holds already, so that a verb made of verbs takes each lock once.

Nothing outlives the scope. What was taken inside a savepoint is forgotten when that savepoint ends: rolled back, it
would be gone from the database too.
"""

from typing import Any, Final, NamedTuple

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_ATTRIBUTE: Final = "arrears_held"


class _Kept(NamedTuple):
    """Something held, and the savepoints inside which it was taken, outermost first."""

    what: Any
    inside: list[Any]


def begin(connection: BaseDatabaseWrapper) -> None:
    """Begin with nothing: a scope opens on ``connection``."""
    setattr(connection, _ATTRIBUTE, {})


def end(connection: BaseDatabaseWrapper) -> None:
    """Forget everything: the scope is over."""
    setattr(connection, _ATTRIBUTE, None)


def recalled(name: str, using: str) -> Any:
    """Return what was kept under ``name`` and is held still; None where nothing is, or no scope is open."""
    connection = connections[using]
    found: _Kept | None = (getattr(connection, _ATTRIBUTE, None) or {}).get(name)
    if found is None or connection.savepoint_ids[: len(found.inside)] != found.inside:
        return None
    return found.what


def keep(name: str, what: Any, using: str) -> None:
    """Keep ``what`` under ``name`` until the transaction, or the savepoint that is open now, is over."""
    connection = connections[using]
    kept: dict[str, _Kept] | None = getattr(connection, _ATTRIBUTE, None)
    if kept is not None:
        kept[name] = _Kept(what, list(connection.savepoint_ids))


def forget(name: str, using: str) -> None:
    """Forget what was kept under ``name``: it is not so any more."""
    (getattr(connections[using], _ATTRIBUTE, None) or {}).pop(name, None)
