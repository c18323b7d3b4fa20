"""The schema itself: every table has an owner and declared rights, and the database holds exactly those."""

from typing import Any

import psycopg
import pytest
from django.db import connections


@pytest.fixture(scope="module")
def admin(shared_book: str, cluster: Any) -> Any:
    with psycopg.connect(cluster.dsn(database=shared_book), autocommit=True) as connection:
        yield connection


def models() -> list[Any]:
    from arrears.store.furnish import tables

    return list(tables())


def test_every_model_of_the_store_is_a_table_with_rights(admin: Any) -> None:
    from django.apps import apps

    from arrears.store.columns import Table
    from arrears.store.rights import Rights

    for model in apps.get_app_config("store").get_models():
        assert issubclass(model, Table), model
        assert isinstance(model.rights, Rights), model


def test_every_table_names_its_organisation(admin: Any) -> None:
    without = {
        model._meta.db_table
        for model in models()
        if model.owner_column not in {field.column for field in model._meta.concrete_fields}
    }
    assert without == {"organisation"}


def test_every_table_is_under_row_level_security_even_for_its_owner(admin: Any) -> None:
    open_tables = admin.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s) "
        "AND NOT (relrowsecurity AND relforcerowsecurity)",
        [[model._meta.db_table for model in models()]],
    ).fetchall()
    assert open_tables == []


def test_no_other_table_is_readable_by_the_web_role_but_the_frameworks_own(admin: Any) -> None:
    from arrears.store.functions import VIEWS
    from arrears.store.furnish import FRAMEWORK_TABLES_READ, FRAMEWORK_TABLES_WRITTEN

    readable = admin.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') "
        "AND has_table_privilege('arrears_web', oid, 'SELECT')"
    ).fetchall()
    ours = {model._meta.db_table for model in models()} | set(VIEWS)
    assert {row[0] for row in readable} <= ours | set(FRAMEWORK_TABLES_READ) | set(FRAMEWORK_TABLES_WRITTEN)


POLICIES = "SELECT policyname, cmd, roles::text[], qual, with_check FROM pg_policies WHERE tablename = %s ORDER BY 1"


def test_the_policies_of_every_table_are_the_declared_ones(admin: Any) -> None:
    """Each declared policy is made again on the same table, so that the server writes both in its own words."""
    from arrears.store.furnish import policies

    for model in models():
        table = model._meta.db_table
        there = admin.execute(POLICIES, [table]).fetchall()
        with admin.transaction(force_rollback=True):
            admin.execute("SET LOCAL ROLE arrears_owner")
            for name, *_ in there:
                admin.execute(f"DROP POLICY {name} ON {table}")
            for statement in policies(table, model.rights).values():
                admin.execute(statement)
            assert admin.execute(POLICIES, [table]).fetchall() == there, table
        assert there, table


@pytest.mark.parametrize("role", ["arrears_web", "arrears_night", "arrears_report"])
def test_a_role_may_do_with_a_table_what_its_rights_say(admin: Any, role: str) -> None:
    for model in models():
        table, rights = model._meta.db_table, model.rights
        writes = {"arrears_web": rights.adds(table) is not None, "arrears_night": True, "arrears_report": False}[role]
        allowed = {
            "SELECT": True,
            "INSERT": writes,
            "DELETE": rights.deletes and role != "arrears_report",
            "TRUNCATE": False,
            "REFERENCES": False,
            "TRIGGER": False,
        }
        for verb, may in allowed.items():
            found = admin.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, verb]).fetchone()[0]
            assert found is may, (table, verb)


def test_the_web_role_may_change_only_the_named_columns(admin: Any) -> None:
    for model in models():
        table, changes = model._meta.db_table, model.rights.changes
        columns = {field.column for field in model._meta.concrete_fields}
        found = {
            row[0]
            for row in admin.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
                "AND has_column_privilege('arrears_web', attrelid, attnum, 'UPDATE')",
                [table],
            ).fetchall()
        }
        assert found == (columns if changes == "*" else set(changes)), table


def test_every_foreign_key_is_validated_and_deletes_nothing_along(admin: Any) -> None:
    assert (
        admin.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace "
            "AND (NOT convalidated OR confdeltype <> 'a')"
        ).fetchall()
        == []
    )


def test_every_link_of_a_model_is_a_foreign_key_of_the_database(admin: Any) -> None:
    keyed = {
        (row[0], column)
        for row in admin.execute(
            "SELECT conrelid::regclass::text, array(SELECT attname FROM pg_attribute WHERE attrelid = conrelid "
            "AND attnum = ANY(conkey))::text[] FROM pg_constraint WHERE contype = 'f'"
        ).fetchall()
        for column in row[1]
    }
    linked = {
        (model._meta.db_table, field.column)
        for model in models()
        for field in model._meta.concrete_fields
        if field.remote_field is not None
    }
    assert linked - keyed == set()


def test_a_row_and_what_it_belongs_to_have_the_same_owner_by_a_key_over_both(admin: Any) -> None:
    """Whatever points at a row that has an owner shares it, save for links between organisations and to staff."""
    unowned = {"organisation", "staff", "pack_version", "entry"}
    for model in models():
        for field in model._meta.concrete_fields:
            target = field.related_model and field.related_model._meta.db_table
            if target is None or target in unowned or (model._meta.db_table, field.name) in BY_THE_SEARCHER:
                continue
            assert field.name in model.same_owner, (model._meta.db_table, field.name)


#: A searcher's pieces belong to the searcher, whoever owns the person; a note's contact is found through its person; a
#: batch is of who sends it, whoever owns the people, and a key over batch and sender holds that.
BY_THE_SEARCHER = {("search_gram", "person"), ("note", "attempt"), ("message", "batch")}


def test_every_function_of_ours_pins_where_it_looks_names_up(admin: Any) -> None:
    """Bodies in standard SQL are bound when made; all others must set the path, definers above all."""
    loose = admin.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosqlbody IS NULL "
        "AND NOT coalesce(proconfig::text LIKE '%search_path=%', false)"
    ).fetchall()
    assert loose == []


def test_four_functions_run_by_the_owners_right_and_pages_may_call_two_of_them(admin: Any) -> None:
    """One tells an instant and nothing else; one keeps a version of the rules for an owner whose accounts are held."""
    found = admin.execute(
        "SELECT proname, has_function_privilege('arrears_web', oid, 'EXECUTE'), "
        "has_function_privilege('arrears_night', oid, 'EXECUTE') "
        "FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY proname"
    ).fetchall()
    assert found == [
        ("across_not_before", True, True),
        ("keep_pack_version", True, False),
        ("make_partitions", False, True),
        ("refresh_statistics", False, True),
    ]


def test_the_migrations_are_those_of_the_models(admin: Any) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0, skip_checks=True)


def test_no_extension_is_needed(admin: Any) -> None:
    assert admin.execute("SELECT extname FROM pg_extension").fetchall() == [("plpgsql",)]


def test_nothing_is_left_undone_by_the_owner(admin: Any) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_index WHERE NOT indisvalid OR NOT indisready")
        assert cursor.fetchone() == (0,)
