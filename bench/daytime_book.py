"""A working day on the book that bench/make_book.py made: contacts behind it, a list handed out, people at their desks.

In a copy of the book: everybody past due was called a dozen times in the last two months, by nobody who answered;
everybody can be searched for; one night has made Tuesday's list for 400 collectors. The clock of the day is
`NOON`: what the site and the benchmark are told is the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import psycopg

NAME = "bench_daytime"
ORGANISATION = 1
LAST_DAY = date(2026, 3, 2)
DAY = date(2026, 3, 3)
#: Ten in the morning where the collectors sit; a working hour wherever the debtors live.
NOON = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
NIGHT_AT = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
BATCH = 10_000


@contextmanager
def superuser(database: str = NAME) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Connect past row-level security; the server must run already."""
    from arrears.config.environment import current
    from arrears.config.postgres import cluster_at

    environment = current()
    server = cluster_at(environment.postgres_home(), environment.postgres_version)
    with psycopg.connect(server.dsn(database=database), autocommit=True) as admin:
        yield admin


def is_made() -> bool:
    """Return whether the copy is there and its list is published."""
    with superuser("postgres") as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            return False
    with superuser() as admin:
        return bool(admin.execute("SELECT 1 FROM published_run").fetchone())


def copy_book() -> None:
    """Copy the book under another name; the server must run, and nobody be connected to the book."""
    from arrears.store.roles import close_database

    with superuser("postgres") as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {NAME} TEMPLATE arrears OWNER arrears_owner STRATEGY FILE_COPY")
        close_database(admin, NAME)


def make_day() -> None:
    """Fill the copy; Django must point to it."""
    from arrears.store import migrate

    with superuser() as admin:
        migrate.run(today=LAST_DAY, admin=admin.info.dsn)
        admin.execute("SET session_replication_role = replica")
        admin.execute(SETTINGS)
        admin.execute(MANAGER)
        admin.execute(CALLS, {"day": LAST_DAY})
        admin.execute("SELECT setval(pg_get_serial_sequence('public.attempt', 'id'), max(id)) FROM attempt")
        admin.execute(SPOKEN)
        admin.execute("SELECT make_partitions(%s, %s)", [(DAY - date(1970, 1, 1)).days - 31, 20_700])
    _make_findable()
    _renew()
    _night()
    with superuser() as admin:
        admin.execute("VACUUM ANALYZE")


def _make_findable() -> None:
    from arrears.store import search
    from arrears.store.scope import scope
    from arrears.store.tables.person import Person

    people = list(Person.objects.using("night").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(people), BATCH):
        with scope(ORGANISATION, None, today=DAY, using="night"):
            search.index(people[start : start + BATCH], using="night")


def _renew() -> None:
    import numpy as np

    from arrears.actions import renewal
    from arrears.store.scope import scope
    from arrears.store.tables.account import Account

    accounts = np.fromiter(Account.objects.using("night").order_by("pk").values_list("pk", flat=True), np.int64)
    for start in range(0, len(accounts), BATCH):
        with scope(ORGANISATION, None, today=LAST_DAY, using="night"):
            renewal.renew(accounts[start : start + BATCH], now=NIGHT_AT - timedelta(hours=12), using="night")


def _night() -> None:
    from arrears.jobs.night.nights import run_nights
    from arrears.store.doors import organisations_at_night

    [owner] = organisations_at_night.organisations([ORGANISATION])
    for report in run_nights(owner, DAY, clock=lambda: NIGHT_AT):
        print(f"night of {report.on}: {report.seconds:.1f} s")


SETTINGS = """UPDATE organisation SET settings = '{"from_numbers": ["+12125550100"]}' WHERE id = 1"""
MANAGER = """
INSERT INTO staff (username, full_name, organisation_id, roles, team, language, skills, capacity_minutes, password)
VALUES ('manager', 'Mary Manager', 1, '{manager}', '', 'en', '{}', 0, '!')"""
CALLS = """
INSERT INTO attempt (organisation_id, by_organisation_id, person_id, contact_point_id, origin, direction, role, channel,
    address, purpose, started_at, book_day, source_kind, source_ref, outcome, disposition, outcome_at)
SELECT 1, 1, w.person_id, w.id, 'historic', 'to_person', 'debtor', 'call', w.value, 'collect', called.at, 1, 'bench',
    w.person_id || '-' || n, 'no_answer', 'no_answer', called.at
FROM (SELECT DISTINCT a.person_id FROM account a JOIN account_position p ON p.account = a.id
      WHERE p.oldest_unpaid_day <= %(day)s::date - date '1970-01-01') late
JOIN contact_point w ON w.person_id = late.person_id, generate_series(1, 12) n,
LATERAL (SELECT (%(day)s::date - 5 * n) + time '17:00' AT TIME ZONE 'UTC' AS at) called"""
SPOKEN = """
INSERT INTO attempt_account (organisation_id, by_organisation_id, account_id, attempt_id)
SELECT 1, 1, a.id, t.id FROM attempt t JOIN account a ON a.person_id = t.person_id"""
