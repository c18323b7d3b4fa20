"""What must happen only once the database has kept what was written: talking to somebody outside."""

from collections.abc import Callable

from django.db import transaction


def after_commit(do: Callable[[], object], *, using: str = "default") -> None:
    """Call ``do`` once the open transaction has been committed, outside of any scope; never where it is undone."""
    transaction.on_commit(do, using=using)
