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


NOT_MADE = (
    "There is no book here yet: make it with `arrears migrate`. "
    "(The demonstration's own book is opened with ARREARS_DATABASE_NAME=arrears_demo.)"
)


@contextlib.contextmanager
def book_open(*, is_made: bool = True) -> Iterator[Environment]:
    """Keep the book open for the length of a block: the embedded server runs, Django is ready.

    With ``ARREARS_DATABASE_URL`` the server is somebody else's, and only Django is made ready. Where the tables are
    not there yet the program ends with one sentence; ``is_made=False`` is for the commands that make them.
    """
    environment = current()
    with contextlib.ExitStack() as stack:
        if not environment.database_url:
            stack.enter_context(running(environment.postgres_home(), environment.postgres_version))
        ready_django()
        stack.callback(_close_connections)
        if is_made and not _has_tables():
            raise SystemExit(NOT_MADE)
        yield environment


def _has_tables() -> bool:
    from django.db import OperationalError, connections

    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT to_regclass('public.organisation') IS NOT NULL")
            found = cursor.fetchone()
    except OperationalError:
        return False
    return bool(found and found[0])


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
