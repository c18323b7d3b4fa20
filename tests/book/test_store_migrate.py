"""``arrears migrate``: repeatable, safe for two at once, and plain about what it may not do."""

import os
import subprocess
import sys
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connections

TODAY = date(2026, 3, 2)


def admin(cluster: Any, database: str = "postgres") -> "psycopg.Connection[Any]":
    return psycopg.connect(cluster.dsn(database=database), autocommit=True)


def test_a_second_run_changes_nothing(book: str, cluster: Any) -> None:
    from arrears.store import furnish, migrate

    migrate.run(today=TODAY, admin=cluster.dsn())
    assert furnish.furnish(connections["owner"]) is False


def test_what_somebody_took_away_by_hand_comes_back_when_the_mark_is_gone(book: str, cluster: Any) -> None:
    from arrears.store import furnish

    with admin(cluster, book) as connection:
        connection.execute("DROP POLICY web_sees ON account")
        connection.execute("COMMENT ON FUNCTION scope_organisation() IS NULL")
    assert furnish.furnish(connections["owner"]) is True
    with admin(cluster, book) as connection:
        assert connection.execute("SELECT count(*) FROM pg_policies WHERE tablename = 'account'").fetchone() == (4,)


def test_two_first_starts_at_once_make_one_book(cluster: Any) -> None:
    name = "two_starts"
    code = (
        "import datetime, sys\n"
        "from arrears.config.start import ready_django\n"
        "ready_django()\n"
        "from arrears.store import migrate\n"
        "migrate.run(today=datetime.date(2026, 3, 2), admin=sys.argv[1])\n"
    )
    environment = os.environ | {"ARREARS_DATABASE_NAME": name}
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code, cluster.dsn()], env=environment, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        for start in starts:
            _, said = start.communicate()
            assert start.returncode == 0, said
        with admin(cluster, name) as connection:
            assert connection.execute("SELECT count(*) FROM account").fetchone() == (0,)
    finally:
        with admin(cluster) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_an_owner_that_may_not_make_roles_is_told_the_sql_to_run(book: str, cluster: Any) -> None:
    """A server of one's own: the roles are missing, and the connection is the owner's, who may not make any."""
    from arrears.store import roles

    with psycopg.connect(cluster.dsn("arrears_owner", book), autocommit=True) as connection:
        roles.ensure_roles(connection)
        connection.execute("SET ROLE arrears_owner")
        original = dict(roles.ATTRIBUTES)
        roles.ATTRIBUTES["arrears_missing"] = "LOGIN"
        try:
            with pytest.raises(roles.RolesMissingError, match="CREATE ROLE arrears_missing LOGIN PASSWORD"):
                roles.ensure_roles(connection, str.upper)
        finally:
            roles.ATTRIBUTES.clear()
            roles.ATTRIBUTES.update(original)


@pytest.fixture
def landlord(cluster: Any) -> Any:
    """Somebody's own database: its owner has another name and no more rights than an owner has."""
    with admin(cluster) as connection:
        connection.execute("CREATE ROLE landlord LOGIN")
        connection.execute("CREATE DATABASE landlords OWNER landlord TEMPLATE template0")
        owner = connections["owner"].settings_dict
        before = {"NAME": owner["NAME"], "USER": owner["USER"]}
        owner.update(NAME="landlords", USER="landlord")
        try:
            yield "landlord"
        finally:
            connections["owner"].close()
            owner.update(before)
            connection.execute("DROP DATABASE landlords WITH (FORCE)")
            connection.execute("DROP ROLE landlord")


def test_a_plain_owner_of_a_database_migrates_it_once_the_roles_are_there(landlord: str, cluster: Any) -> None:
    from arrears.store import migrate

    for _ in range(2):
        migrate.run(today=TODAY)
    with psycopg.connect(cluster.dsn("arrears_web", "landlords")) as web:
        assert web.execute("SELECT count(*) FROM account").fetchone() == (0,)
        assert web.execute("SELECT count(*) FROM reached").fetchone() == (0,)
    with psycopg.connect(cluster.dsn("arrears_night", "landlords")) as night:
        assert night.execute("SELECT make_partitions(1, 2)").fetchone() == (2,)


def test_only_our_roles_may_connect(book: str, cluster: Any) -> None:
    with admin(cluster) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(cluster.dsn("stranger", book))
    finally:
        with admin(cluster) as connection:
            connection.execute("DROP ROLE stranger")


@pytest.mark.parametrize("role", ["arrears_web", "arrears_night", "arrears_report"])
def test_no_role_is_a_member_of_another_or_more_than_it_needs(book: str, cluster: Any, role: str) -> None:
    with admin(cluster) as connection:
        found = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = %s", [role]
        ).fetchone()
        assert found == (False, False, False, role == "arrears_night")
        members = connection.execute(
            "SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole OR roleid = %s::regrole", [role, role]
        ).fetchone()
        assert members == (0,)


def test_unqualified_names_are_looked_up_in_public_only(book: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("public, pg_temp",)


@pytest.mark.parametrize(
    ("first", "last", "made"),
    [(date(2030, 1, 31), date(2030, 1, 31), 2), (date(2030, 1, 31), date(2030, 2, 1), 4), (TODAY, TODAY, 0)],
)
def test_parts_are_made_ahead_by_month_once(book: str, first: date, last: date, made: int) -> None:
    from arrears.store.partitions import make_ahead

    assert make_ahead(first, last, ahead=0) == made
    assert make_ahead(first, last, ahead=0) == 0


def test_a_decision_falls_into_the_part_of_its_month(people: Any) -> None:
    import numpy as np

    from arrears.kernel.epoch import epoch_day
    from arrears.store import copying, layouts

    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    rows = np.zeros(len(days), layouts.DECISION)
    rows["on_day"], rows["decided_at"] = [epoch_day(day) for day in days], np.datetime64("2026-03-02", "us")
    copying.write("decision", rows)
    with connections["night"].cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text, count(*) FROM decision GROUP BY 1 ORDER BY 1")
        assert cursor.fetchall() == [("decision_202602", 1), ("decision_202603", 2), ("decision_202604", 1)]
