"""Databases of the embedded server by name: is one there and whole, mark it, drop it."""

import psycopg
from psycopg import sql

from arrears.config.environment import Environment
from arrears.config.postgres import cluster_at


def mark_of(environment: Environment, name: str) -> str | None:
    """Return what :func:`mark` wrote on a database; None where there is no such database, "" where it has no mark."""
    with _server(environment) as server:
        found = server.execute(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    return str(found[0]) if found else None


def mark(environment: Environment, name: str, words: str) -> None:
    """Write a remark on a database: the last act of building it, so that one without it is known to be half-made."""
    with _server(environment) as server:
        server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(words)))


def drop(environment: Environment, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    with _server(environment) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _server(environment: Environment) -> psycopg.Connection:
    cluster = cluster_at(environment.postgres_home(), environment.postgres_version)
    return psycopg.connect(cluster.dsn(), autocommit=True)
