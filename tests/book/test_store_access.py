"""Who sees and writes what, asked of the database itself, table by table, as the role that serves pages."""

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connections, transaction

TODAY = date(2026, 3, 2)
TABLES = sorted(
    {
        "access", "account", "account_party", "account_position", "assignment", "attempt", "attempt_account", "book_day",
        "consent", "contact_point", "decision", "entry", "event", "hold", "import_batch", "incident", "note",
        "organisation", "pack_version", "payment_line", "permit", "person", "preference", "product", "promise",
        "published_run", "run", "run_step", "seal", "search_gram", "skip", "staff", "touched", "verification",
        "work_hold", "worklist",
    }
    | {"told", "told_repair", "across_contact"}
    | {"message", "message_batch", "message_page", "delivery_report"}
    | {"notice", "missing_fact"}
    | {"received", "transcript"}
    | {"rule_pack", "rule_proposal", "rule_setting"}
    | {"case_file", "case_step", "case_clock", "case_paper", "case_paper_content", "care_need", "care_reason"}
    | {"concession", "concession_step", "reported_payment"}
    | {"bank_account", "statement", "statement_line", "line_match", "line_candidate"}
    | {"budget", "budget_line", "plan", "plan_version", "plan_debt", "plan_instalment"}
    | {"gl_account", "period", "journal", "journal_line", "account_posted", "placement", "placed_account"}
    | {"commission_posted", "trust_account", "trust_client", "trust_line", "trust_bank_line"}
    | {"pay_link", "mandate", "debit", "taking_notice", "payment_trace", "receipt", "receipt_part"}
)  # fmt: skip
#: Besides its own row, an organisation has its people, its book day, and nothing of anybody else's.
REFUSALS = "row-level security|permission denied|same_owner|is not there to be used|begins as issued|begins undecided"
#: Seen by named roles alone; test_cases_care asks for each of them.
SEEN_BY_ROLE = {"care_reason"}
OWN_ROWS = {"organisation": 1, "staff": 1, "book_day": 1}


@contextlib.contextmanager
def seen_by(organisation: int, today: date = TODAY) -> Iterator[Any]:
    """A cursor in the web role inside the organisation's scope; everything is rolled back."""
    from arrears.store.scope import scope

    with scope(organisation, None, today=today), connections["default"].cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


def count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def test_every_table_of_the_book_is_asked(full_book: Any) -> None:
    from arrears.store.furnish import tables

    assert [model._meta.db_table for model in tables()] == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_empty_for_its_owner(full_book: Any, table: str) -> None:
    with seen_by(full_book.lender) as cursor:
        assert (count(cursor, table) >= 1) == (table not in SEEN_BY_ROLE)


@pytest.mark.parametrize("table", TABLES)
def test_without_a_scope_there_are_no_rows(full_book: Any, table: str) -> None:
    with connections["default"].cursor() as cursor:
        assert count(cursor, table) == 0


@pytest.mark.parametrize("table", TABLES)
def test_a_hostile_organisation_reads_nothing_of_others(full_book: Any, table: str) -> None:
    with seen_by(full_book.hostile) as cursor:
        assert count(cursor, table) == OWN_ROWS.get(table, 0)


@pytest.mark.parametrize("table", TABLES)
def test_a_hostile_organisation_changes_and_takes_away_nothing(full_book: Any, table: str) -> None:
    from arrears.store.furnish import tables

    model = next(each for each in tables() if each._meta.db_table == table)
    free = [field.column for field in model._meta.concrete_fields if not field.generated]
    column = free[-1] if model.rights.changes in {(), "*"} else model.rights.changes[0]
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with seen_by(full_book.hostile) as cursor, contextlib.suppress(ProgrammingError), transaction.atomic():
            cursor.execute(statement)
            assert cursor.rowcount <= OWN_ROWS.get(table, 0)


@pytest.fixture(scope="module")
def without_uniqueness(full_book: Any, cluster: Any) -> Any:
    """The full book without unique constraints, so that a refusal is one of access and not of a second copy."""
    with psycopg.connect(cluster.dsn(database=connections["night"].settings_dict["NAME"]), autocommit=True) as admin:
        for table, name in admin.execute(FREE_UNIQUE_CONSTRAINTS).fetchall():
            admin.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for (index,) in admin.execute(FREE_UNIQUE_INDEXES).fetchall():
            admin.execute(f"DROP INDEX {index}")
    return full_book


FREE_UNIQUE_CONSTRAINTS = """
    SELECT conrelid::regclass, conname FROM pg_constraint c
    WHERE contype IN ('u', 'p') AND conparentid = 0 AND connamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)"""
FREE_UNIQUE_INDEXES = """
    SELECT indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE indisunique AND relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)"""
#: Tables in which one may write a row of one's own that has nothing to do with anybody else's.
OWN_WRITING = {
    "across_contact",
    "bank_account",
    "gl_account",
    "period",
    "placement",
    "trust_account",
    "taking_notice",
    "message_batch",
    "staff",
    "organisation",
    "book_day",
    "product",
    "import_batch",
    "pack_version",
    "rule_pack",
    "seal",
    "person",
}


@pytest.mark.parametrize("table", TABLES)
def test_a_hostile_organisation_adds_nothing_about_others(without_uniqueness: Any, table: str) -> None:
    """Each row of another is offered again but for its key: as it is, as made by us, and as ours."""
    from arrears.store.furnish import tables

    model = next(each for each in tables() if each._meta.db_table == table)
    own_key = () if model._meta.pk.name == "pk" or model._meta.pk.remote_field else (model._meta.pk.column,)
    columns = [str(f.column) for f in model._meta.concrete_fields if not f.generated and f.column not in own_key]
    with connections["report"].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'{column}::text' for column in columns)} FROM {table}")
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    us = str(without_uniqueness.hostile)
    others = [row for row in rows if row.get("organisation_id") != us]
    assert others
    for row in others:
        made_here = row | {name: us for name in ("by_organisation_id",) if name in row}
        ours = made_here | {name: us for name in ("organisation_id",) if name in row}
        for offered in (row, made_here, *([] if table in OWN_WRITING else [ours])):
            holes = ", ".join(["%s"] * len(offered))
            statement = f"INSERT INTO {table} ({', '.join(offered)}) VALUES ({holes})"
            with seen_by(without_uniqueness.hostile) as cursor, pytest.raises(DatabaseError, match=REFUSALS):
                cursor.execute(statement, list(offered.values()))


# --- What is placed, and what is left after a recall ---


def ids(cursor: Any, table: str, column: str = "account_id") -> set[int]:
    cursor.execute(f"SELECT {column} FROM {table}")
    return {int(row[0]) for row in cursor.fetchall()}


def recall(people: Any, cursor: Any) -> None:
    """What an owner writes when it takes an account back: the holder's time ends, the rest begins."""
    cursor.execute("UPDATE access SET until_on = %s WHERE account_id = %s", [TODAY, people.placed])
    cursor.execute(
        "INSERT INTO access (account_id, owner_id, organisation_id, scope, from_on) VALUES (%s, %s, %s, 'after_recall', %s)",
        [people.placed, people.lender, people.agency, TODAY],
    )


def become(organisation: int) -> None:
    """Turn the open transaction into another organisation's; only tests do."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('arrears.organisation', %s, true)", [str(organisation)])


def test_a_holder_sees_the_placed_account_and_its_debtor_and_no_other(full_book: Any) -> None:
    with seen_by(full_book.agency) as cursor:
        assert ids(cursor, "account", "id") == {full_book.placed}
        assert ids(cursor, "person", "id") == {full_book.placed_debtor}
        assert ids(cursor, "entry") == {full_book.placed}


def test_a_holder_sees_nothing_before_the_placement_begins(full_book: Any) -> None:
    with seen_by(full_book.agency, today=TODAY - timedelta(days=11)) as cursor:
        assert ids(cursor, "account", "id") == set()
    with seen_by(full_book.agency, today=TODAY - timedelta(days=10)) as cursor:
        assert ids(cursor, "account", "id") == {full_book.placed}


def test_a_holder_records_a_contact_but_posts_no_money(full_book: Any) -> None:
    attempt = (
        "INSERT INTO attempt (organisation_id, by_organisation_id, person_id, origin, direction, role, channel, "
        "started_at, book_day, source_kind, source_ref) "
        "VALUES (%s, %s, %s, 'inbound', 'from_person', 'debtor', 'call', now(), 1, 'test', 'in') RETURNING id"
    )
    entry = (
        "INSERT INTO entry (organisation_id, account_id, kind, value_date, book_day, amount_minor, source_kind, source_ref) "
        "VALUES (%s, %s, 80, '2026-03-02', 1, 100, 'test', 'p')"
    )
    with seen_by(full_book.agency) as cursor:
        cursor.execute(attempt, [full_book.lender, full_book.agency, full_book.placed_debtor])
        assert cursor.fetchone() is not None
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(entry, [full_book.lender, full_book.placed])


def test_a_holder_cannot_record_a_contact_as_the_owner(full_book: Any) -> None:
    with seen_by(full_book.agency) as cursor, pytest.raises(DatabaseError, match="row-level security"):
        cursor.execute(
            "INSERT INTO attempt_account (organisation_id, by_organisation_id, account_id, attempt_id) VALUES (%s, %s, %s, 1)",
            [full_book.lender, full_book.lender, full_book.placed],
        )


def test_after_recall_an_agency_keeps_what_it_did_itself_and_nothing_else(full_book: Any) -> None:
    kept = {"attempt", "attempt_account", "promise", "note", "incident", "verification", "permit", "consent",
            "preference", "hold", "skip", "assignment", "event", "told",
            "budget", "budget_line", "plan", "plan_version", "plan_debt", "plan_instalment",
            "concession", "concession_step", "reported_payment", "notice", "received", "transcript"}  # fmt: skip
    gone = {"account", "account_party", "account_position", "contact_point", "decision", "entry", "person", "product",
            "touched", "work_hold", "payment_line", "published_run", "pack_version", "told_repair",
            "missing_fact"}  # fmt: skip
    with seen_by(full_book.lender) as cursor:
        recall(full_book, cursor)
        become(full_book.agency)
        assert {table for table in kept if count(cursor, table) == 0} == set()
        assert {table for table in gone if count(cursor, table) > 0} == set()


def test_after_recall_an_agency_adds_and_changes_nothing(full_book: Any) -> None:
    with seen_by(full_book.lender) as cursor:
        recall(full_book, cursor)
        become(full_book.agency)
        cursor.execute("UPDATE promise SET state = 'kept'")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO note (organisation_id, by_organisation_id, person_id, at, words) VALUES (%s, %s, %s, now(), 'x')",
                [full_book.lender, full_book.agency, full_book.placed_debtor],
            )


def test_what_the_owner_did_is_not_the_agencys_to_see_after_recall(full_book: Any) -> None:
    with seen_by(full_book.lender) as cursor:
        cursor.execute(
            "INSERT INTO note (organisation_id, by_organisation_id, person_id, at, words) VALUES (%s, %s, %s, now(), 'ours')",
            [full_book.lender, full_book.lender, full_book.placed_debtor],
        )
        become(full_book.agency)
        assert count(cursor, "note") == 2
        become(full_book.lender)
        recall(full_book, cursor)
        become(full_book.agency)
        cursor.execute("SELECT words FROM note")
        assert cursor.fetchall() == [("rings on Friday",)]


def test_the_owner_sees_what_its_agency_did(full_book: Any) -> None:
    with seen_by(full_book.lender) as cursor:
        assert ids(cursor, "attempt", "by_organisation_id") == {full_book.agency}


def test_nobody_places_an_account_that_is_not_theirs(full_book: Any) -> None:
    with seen_by(full_book.hostile) as cursor, pytest.raises(DatabaseError, match="same_owner"):
        cursor.execute(
            "INSERT INTO access (account_id, owner_id, organisation_id, scope, from_on) VALUES (%s, %s, %s, 'holder', %s)",
            [full_book.placed, full_book.hostile, full_book.hostile, TODAY],
        )


# --- The roles themselves ---


def roles_connection(cluster: Any, role: str) -> Any:
    return psycopg.connect(cluster.dsn(role, connections["night"].settings_dict["NAME"]), autocommit=True)


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE arrears_owner",
        "SET ROLE arrears_night",
        "SET SESSION AUTHORIZATION postgres",
        "SET session_replication_role = replica",
        "ALTER TABLE account DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "DROP POLICY web_sees ON account",
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE account (id int)",
        "CREATE FUNCTION scope_organisation() RETURNS bigint LANGUAGE sql RETURN 1",
        "ALTER ROLE arrears_web BYPASSRLS",
        "TRUNCATE account",
        "SELECT make_partitions(1, 2)",
        "COPY person TO PROGRAM 'cat'",
        "SELECT * FROM decision_202603",
    ],
)
def test_the_web_role_cannot_leave_row_level_security(full_book: Any, cluster: Any, statement: str) -> None:
    with roles_connection(cluster, "arrears_web") as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(statement)
    assert refused.value.sqlstate == "42501"


def test_asking_for_row_security_off_is_an_error_and_shows_nothing(full_book: Any, cluster: Any) -> None:
    with roles_connection(cluster, "arrears_web") as connection:
        connection.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM person")


def test_the_report_role_reads_all_and_writes_nothing(full_book: Any, cluster: Any) -> None:
    with roles_connection(cluster, "arrears_report") as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (3,)
        for statement in ("UPDATE account SET region = ''", "DELETE FROM note", "INSERT INTO touched VALUES (1, 1, 1)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


APPEND_ONLY = sorted(
    {"entry", "event", "seal", "decision", "worklist", "pack_version", "published_run", "attempt_account",
     "verification", "skip", "told", "told_repair", "taking_notice", "receipt_part"}
    | {"journal", "journal_line", "trust_line", "commission_posted"}
    | {"plan_version", "plan_debt", "plan_instalment", "concession_step"}
    | {"statement", "line_candidate"}
    | {"rule_pack", "rule_setting"}
    | {"case_step", "case_paper", "message_page", "delivery_report"}
)  # fmt: skip


def test_the_tables_that_only_grow_are_the_ones_we_think(full_book: Any) -> None:
    from arrears.store.furnish import tables

    assert [model._meta.db_table for model in tables() if model.rights.append_only] == APPEND_ONLY


@pytest.mark.parametrize("role", ["arrears_owner", "arrears_web", "arrears_night", "arrears_report", "postgres"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_is_not_changed_by_anybody(full_book: Any, cluster: Any, table: str, role: str) -> None:
    with roles_connection(cluster, role) as connection:
        column = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 LIMIT 1", [table]
        ).fetchone()[0]
        for statement in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege)):
                connection.execute(statement)


@pytest.mark.parametrize("table", ["decision_202603", "worklist_202603"])
def test_history_is_not_changed_part_by_part_either(full_book: Any, cluster: Any, table: str) -> None:
    with roles_connection(cluster, "arrears_owner") as connection:
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"UPDATE {table} SET tier = 1"):
            with pytest.raises(psycopg.errors.RestrictViolation):
                connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attempt SET channel = 'text'",
        "UPDATE attempt SET permit_id = NULL, origin = 'inbound'",
        "UPDATE permit SET address = '+12125550199'",
        "UPDATE promise SET amount_minor = 1",
        "UPDATE hold SET from_at = now()",
        "UPDATE access SET organisation_id = owner_id",
        "DELETE FROM attempt",
        "DELETE FROM access",
    ],
)
@pytest.mark.parametrize("role", ["arrears_web", "arrears_night", "postgres"])
def test_what_was_written_stands(full_book: Any, cluster: Any, role: str, statement: str) -> None:
    with roles_connection(cluster, role) as connection:
        connection.execute("SELECT set_config('arrears.organisation', %s, false)", [str(full_book.lender)])
        with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege)):
            connection.execute(statement)


def test_an_outbound_attempt_needs_a_permit_and_a_permit_serves_once(people: Any) -> None:
    from arrears.store.tables.contact import Attempt, AttemptAccount

    common = {
        "organisation_id": people.lender, "by_organisation_id": people.lender, "person_id": people.kept_debtor,
        "direction": "to_person", "role": "debtor", "channel": "call", "started_at": f"{TODAY}T10:00:00Z",
        "book_day": 1, "source_kind": "test", "purpose": "collect",
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="attempt_outbound_has_permit"):
        Attempt(**common, origin="outbound", source_ref="1").save(using="night")
    with transaction.atomic(using="night"), connections["night"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO permit (organisation_id, by_organisation_id, person_id, accounts, role, channel, purpose, "
            "verdict, pack_version, issued_at, expires_at) VALUES (%s, %s, %s, %s, 'debtor', 'call', 'collect', 'allow', "
            "'2026.3+0123456789ab', %s::timestamptz, %s::timestamptz + interval '5 minutes') RETURNING id",
            [people.lender, people.lender, people.kept_debtor, [people.kept], *[f"{TODAY}T10:00:00Z"] * 2],
        )
        permit = cursor.fetchone()[0]
        received = {**common, "direction": "from_person"}
        with pytest.raises(DatabaseError, match="attempt_outbound_has_permit"), transaction.atomic(using="night"):
            Attempt(**received, origin="inbound", permit_id=permit, source_ref="2").save(using="night")
        made = Attempt(**common, origin="outbound", permit_id=permit, source_ref="3")
        made.save(using="night")
        own = {"organisation_id": people.lender, "by_organisation_id": people.lender}
        AttemptAccount(**own, account_id=people.kept, attempt=made).save(using="night", force_insert=True)
    with pytest.raises(DatabaseError, match="attempt_uses_permit_once"):
        Attempt(**common, origin="outbound", permit_id=permit, source_ref="4").save(using="night")


def test_the_views_of_what_may_be_reached_show_only_the_callers_own(full_book: Any) -> None:
    with seen_by(full_book.agency) as cursor:
        assert ids(cursor, "reached") == {full_book.placed}
        assert ids(cursor, "reached_person", "person_id") == {full_book.placed_debtor}
    for organisation in (full_book.hostile, full_book.bank):
        with seen_by(organisation) as cursor:
            assert (count(cursor, "reached"), count(cursor, "reached_ever"), count(cursor, "reached_person")) == (
                0,
                0,
                0,
            )


def test_the_owner_of_the_tables_reads_no_row_but_who_may_reach_what(full_book: Any, cluster: Any) -> None:
    with roles_connection(cluster, "arrears_owner") as connection:
        found = {table for table in TABLES if connection.execute(f"SELECT count(*) FROM {table}").fetchone() != (0,)}
    assert found == {"access", "account_party", "across_contact"}
