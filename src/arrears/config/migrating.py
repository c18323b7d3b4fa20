"""Bring the database to what the code declares, whichever server it is on."""

from arrears.config import clock
from arrears.config.environment import Environment
from arrears.config.postgres import cluster_at


def migrate(environment: Environment, verbosity: int = 0) -> None:
    """Make roles, database, tables, policies and grants; repeatable, and two at once wait for each other.

    Positions that an older ledger made are made anew, which takes about a minute for a million of them.

    Needs :func:`arrears.config.start.book_open` around it. Raises ``store.roles.RolesMissingError`` where a server of
    your own lacks the roles and its owner may not make them.
    """
    from arrears.store import ledger_shape
    from arrears.store import migrate as tables

    now = clock.now()
    today = now.date()
    if environment.database_url:
        tables.run(today=today, passwords=environment.role_password, verbosity=verbosity)
    else:
        admin = cluster_at(environment.postgres_home(), environment.postgres_version).dsn()
        tables.run(today=today, admin=admin, verbosity=verbosity)
    if not ledger_shape.is_of_today():
        from arrears.actions.remaking import remake_all

        remake_all(now)
        ledger_shape.keep()
