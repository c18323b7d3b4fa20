"""``arrears migrate``: roles, database, tables, and everything declared beside them; as often as you like."""

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
from django.core.management import call_command
from django.db import connections

from arrears.store import partitions
from arrears.store.furnish import furnish
from arrears.store.roles import OWNER, START_LOCK, Passwords, close_database, ensure_database, ensure_roles


def run(*, today: date, admin: str = "", passwords: Passwords | None = None, verbosity: int = 0) -> None:
    """Bring the database of the alias ``owner`` to what the code declares.

    ``admin`` is a connection string of somebody who may create roles and databases (the embedded server's superuser);
    without it the owner itself tries, and :class:`~arrears.store.roles.RolesMissingError` says what to run where it
    may not. Two starts at once wait for each other. ``today`` says for which days parts are made ahead.
    """
    database = str(connections["owner"].settings_dict["NAME"])
    if admin:
        _found(admin, database, passwords)
    with _alone(connections["owner"].alias):
        if not admin:
            _check_roles(database, passwords)
        call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
        furnish(connections["owner"])
        partitions.make_ahead(today - timedelta(days=31), today, using="owner")


def _found(admin: str, database: str, passwords: Passwords | None) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [START_LOCK])
        ensure_roles(connection, passwords)
        ensure_database(connection, database)
        close_database(connection, database)


def _check_roles(database: str, passwords: Passwords | None) -> None:
    owner = connections["owner"]
    owner.ensure_connection()
    ensure_roles(owner.connection, passwords, but=(OWNER,))
    close_database(owner.connection, database)


@contextlib.contextmanager
def _alone(alias: str) -> Iterator[None]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [START_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [START_LOCK])
