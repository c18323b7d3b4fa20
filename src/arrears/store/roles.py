"""The four database roles: who migrates, who serves pages, who runs the night, who reports.

``arrears_web`` is bound by row-level security and cannot leave it. ``arrears_night`` passes it by, because PostgreSQL
refuses COPY FROM under it; its doors filter. ``arrears_report`` reads everything and writes nothing.
"""

from collections.abc import Callable

import psycopg
from psycopg import sql

OWNER, WEB, NIGHT, REPORT = "arrears_owner", "arrears_web", "arrears_night", "arrears_report"
#: What each role is made with. Nothing else is ever granted to a role as a whole.
ATTRIBUTES = {
    OWNER: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT",
    WEB: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT",
    NIGHT: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS NOINHERIT",
    REPORT: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT",
}
Passwords = Callable[[str], str]
#: One number for all of Arrears' start-up work in a database.
START_LOCK = 4_202_601


class RolesMissingError(RuntimeError):
    """The database roles are missing and this connection may not make them; the message gives the SQL to run."""


def ensure_roles(
    connection: "psycopg.Connection[object]", passwords: Passwords | None = None, *, but: tuple[str, ...] = ()
) -> None:
    """Make the roles that are missing. Raises :class:`RolesMissingError` where the connection may not.

    ``but`` are roles that somebody else plays, such as an owner by another name. ``passwords`` gives each role's
    password where the server asks for one; on the private socket there is none.
    """
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ATTRIBUTES)]).fetchall()
    there = {str(row[0]) for row in rows}  # type: ignore[index]
    missing = [role for role in ATTRIBUTES if role not in there and role not in but]
    try:
        for role in missing:
            connection.execute(_creation(role, passwords))
    except psycopg.errors.InsufficientPrivilege as refusal:
        raise RolesMissingError(_remedy(missing)) from refusal


def _creation(role: str, passwords: Passwords | None) -> sql.Composed:
    secret = sql.SQL(" PASSWORD {}").format(sql.Literal(passwords(role))) if passwords else sql.SQL("")
    return sql.SQL("CREATE ROLE {} {}{}").format(sql.Identifier(role), sql.SQL(ATTRIBUTES[role]), secret)


def _remedy(missing: list[str]) -> str:
    lines = "\n".join(f"  CREATE ROLE {role} {ATTRIBUTES[role]} PASSWORD '…';" for role in missing)
    return (
        f"The database's owner may not create roles; have an administrator run this once, then migrate again:\n{lines}"
    )


def ensure_database(connection: "psycopg.Connection[object]", name: str) -> None:
    """Make the database, owned by the owner role, unless it is there; ``connection`` is in autocommit."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(OWNER)
            )
        )


def close_database(connection: "psycopg.Connection[object]", name: str) -> None:
    """Let only our roles in, and pin where unqualified names are looked up; a copy of a database needs it anew."""
    database = sql.Identifier(name)
    everyone = sql.SQL(", ").join(map(sql.Identifier, (WEB, NIGHT, REPORT)))
    for statement in (
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, everyone),
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(NIGHT)),
        sql.SQL("ALTER DATABASE {} SET search_path = public, pg_temp").format(database),
    ):
        connection.execute(statement)
