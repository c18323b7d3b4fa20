"""Start-up: the database up, Django ready. Every command that needs the book passes through here once."""

import contextlib
import os
from collections.abc import Iterator

from arrears.config.environment import Environment, current
from arrears.config.postgres import running


def ready_django() -> None:
    """Point Django at our settings and load the apps; needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arrears.config.settings")
    import django

    django.setup()


@contextlib.contextmanager
def book_open() -> Iterator[Environment]:
    """Keep the book open for the length of a block: the embedded server runs, Django is ready.

    With ``ARREARS_DATABASE_URL`` the server is somebody else's, and only Django is made ready.
    """
    environment = current()
    with contextlib.ExitStack() as stack:
        if not environment.database_url:
            stack.enter_context(running(environment.postgres_home(), environment.postgres_version))
        ready_django()
        stack.callback(_close_connections)
        yield environment


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
