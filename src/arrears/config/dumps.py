"""Copies of the whole book by ``pg_dump``: made whole or not at all; put back beside the book, then swapped."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from arrears.config.environment import Environment
from arrears.config.postgres import cluster_at

FRESH = "_restoring"


class DumpFailedError(RuntimeError):
    """The copy could not be made or put back; nothing was changed. The message carries the program's own words."""


def make_dump(environment: Environment, file: Path) -> int:
    """Write the whole database to ``file`` (mode 0600) and return its size in bytes.

    The file appears only when it is whole. It holds no roles and not the secret key: encrypted identifiers can be
    read again only with the key that wrote them.
    """
    partial = file.with_name(f"{file.name}.partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.touch(mode=0o600)
    try:
        _run(environment, "pg_dump", "--format=custom", "--no-password", f"--file={partial}", _dsn(environment))
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return file.stat().st_size


def put_back(environment: Environment, file: Path, now: datetime) -> str:
    """Restore ``file`` in place of the present database and return the name under which the present one is kept.

    The copy is read into a database beside the present one; only when it is whole are the names swapped.
    """
    name = _database(environment)
    fresh, kept = f"{name}{FRESH}", f"{name}_before_{now:%Y%m%d_%H%M%S_%f}"
    with _maintenance(environment) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(fresh)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(fresh)))
        try:
            _run(
                environment, "pg_restore", "--exit-on-error", "--no-password",
                f"--dbname={_dsn(environment, fresh)}", str(file),
            )  # fmt: skip
        except DumpFailedError:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(fresh)))
            raise
        _swap(server, name, fresh, kept)
    return kept


def _swap(server: psycopg.Connection, name: str, fresh: str, kept: str) -> None:
    owner = server.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]).fetchone()
    if owner:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )
        _rename(server, name, kept)
        server.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(fresh), sql.Identifier(owner[0])))
    _rename(server, fresh, name)


def _rename(server: psycopg.Connection, old: str, new: str) -> None:
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


@contextlib.contextmanager
def _maintenance(environment: Environment) -> Iterator[psycopg.Connection]:
    with psycopg.connect(_dsn(environment, "postgres"), autocommit=True) as server:
        yield server


def _database(environment: Environment) -> str:
    if not environment.database_url:
        return environment.database_name
    return urlsplit(environment.database_url).path.lstrip("/")


def _dsn(environment: Environment, database: str = "") -> str:
    """Return the connection that may read and write everything: the private socket's superuser, or your owner."""
    database = database or _database(environment)
    if not environment.database_url:
        return cluster_at(environment.postgres_home(), environment.postgres_version).dsn("postgres", database)
    if not environment.owner_url:
        raise DumpFailedError("A database of your own is copied as its owner: set ARREARS_OWNER_URL.")
    url = urlsplit(environment.owner_url)
    user, port = unquote(url.username or ""), url.port or 5432
    return psycopg.conninfo.make_conninfo(host=url.hostname or "", port=port, user=user, dbname=database)


def _run(environment: Environment, program: str, *arguments: str) -> None:
    programs = cluster_at(environment.postgres_home(), environment.postgres_version).programs
    password = unquote(urlsplit(environment.owner_url).password or "")
    surroundings = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(
        [str(programs / program), *arguments], capture_output=True, text=True, env=surroundings, check=False
    )
    if done.returncode:
        raise DumpFailedError(f"{program}: {done.stderr.strip()}")
