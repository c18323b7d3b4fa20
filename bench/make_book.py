"""Make a large book for the benchmarks: so many debts with 24 entries each, seeded, in a database of its own.

Twenty thousand different histories are drawn; each debt takes one of them. Accounts, persons, numbers, entries and
positions are written by the server itself or by COPY, with triggers and foreign keys off while it loads and every index
in place afterwards: what the night reads is what an import would have left.

    ARREARS_HOME=/somewhere/empty python bench/make_book.py 1000000
"""

import sys
import time
from datetime import UTC, date, datetime, timedelta

import numpy as np
import psycopg

DAY = date(2026, 3, 2)
HISTORIES = 20_000
ENTRIES = 24
INSTALMENT = 30_000
TERM = 12
#: Of all debts, so many have so many instalments unpaid.
UNPAID = ((0, 0.62), (1, 0.17), (2, 0.08), (3, 0.05), (4, 0.03), (6, 0.05))
PEOPLE_EACH = 0.85
TERMS = """{"waterfall": "interest_principal_charges", "tolerance_minor": 500, "tolerance_ppm": 10000, "late_charge":
{"rate_ppm": 180000, "rate_cap_ppm": 240000, "day_count": "ACT/365F", "grace_days": 5}, "bank_days": 2}"""
ZONES = (
    "{America/New_York}", "{America/Chicago}", "{America/Denver}", "{America/Los_Angeles}",
    "{America/Chicago,America/New_York}",
)  # fmt: skip
STATES = ("US-NY", "US-IL", "US-CO", "US-CA", "US-TN")


def histories(rng: np.random.Generator) -> np.ndarray:
    """Return HISTORIES x ENTRIES rows of the ledger's ENTRY: an opening, twelve instalments, eleven payments."""
    from arrears.domain.entries import EntryKind
    from arrears.engine.ledger.rebuild import ENTRY
    from arrears.kernel.epoch import epoch_day

    rows = np.zeros((HISTORIES, ENTRIES), ENTRY)
    today = epoch_day(DAY)
    first = today - rng.integers(300, 360, HISTORIES)
    unpaid = rng.choice([n for n, _ in UNPAID], HISTORIES, p=[share for _, share in UNPAID])
    due = first[:, None] + 30 * np.arange(TERM)[None, :]
    fallen = (due < today).sum(axis=1)
    paid = np.maximum(0, fallen - unpaid) * INSTALMENT
    rows["account"] = np.arange(HISTORIES)[:, None]
    rows["book"] = 1
    rows["kind"][:, 0], rows["value"][:, 0] = EntryKind.OPENING, first - 30
    rows["amount"][:, 0] = rows["principal"][:, 0] = INSTALMENT * TERM
    rows["kind"][:, 1 : 1 + TERM], rows["value"][:, 1 : 1 + TERM] = EntryKind.INSTALMENT_DUE, due
    rows["amount"][:, 1 : 1 + TERM] = rows["principal"][:, 1 : 1 + TERM] = INSTALMENT
    payments = ENTRIES - 1 - TERM
    rows["kind"][:, 1 + TERM :] = EntryKind.PAYMENT
    spread = np.sort(rng.random((HISTORIES, payments)), axis=1)
    last = first + 30 * np.maximum(0, fallen - unpaid - 1)
    early = 20  # most pay before the day, so that late charges do not eat into what pays the instalments
    rows["value"][:, 1 + TERM :] = first[:, None] - early + (spread * np.maximum(1, last - first)[:, None]).astype(int)
    share = np.maximum(1, paid // payments)
    rows["amount"][:, 1 + TERM :] = share[:, None]
    rows["amount"][:, -1] += np.maximum(0, paid - share * payments)
    rows["id"] = np.arange(rows.size).reshape(rows.shape) + 1
    return rows.reshape(-1)


def positions_of(entries: np.ndarray) -> np.ndarray:
    """Return the positions of the histories on DAY."""
    import json

    from arrears.domain.terms import read_terms
    from arrears.engine.ledger.rebuild import block_of, rebuild

    return rebuild(block_of(entries), [read_terms(json.loads(TERMS))], np.zeros(HISTORIES, np.int64), DAY)


def main(debts: int) -> None:
    from arrears.config.migrating import migrate
    from arrears.config.start import book_open

    with book_open(is_made=False) as environment:
        migrate(environment, 0)
        from arrears.config.postgres import cluster_at

        server = cluster_at(environment.postgres_home(), environment.postgres_version)
        with psycopg.connect(server.dsn(database=environment.database_name), autocommit=True) as admin:
            admin.execute("SET session_replication_role = replica")
            admin.execute("SET synchronous_commit = off")
            admin.execute("SET maintenance_work_mem = '1GB'")
            load(admin, debts)


def load(admin: "psycopg.Connection[object]", debts: int) -> None:
    from arrears.store import copying
    from arrears.store.layouts import POSITION_ROW

    people = int(debts * PEOPLE_EACH)
    entries = histories(np.random.default_rng(20_260_302))
    stage(admin, "organisation", ORGANISATION, (datetime.combine(DAY, datetime.min.time(), UTC),))
    stage(admin, "persons", PEOPLE, (list(STATES), people))
    stage(admin, "numbers", POINTS, (list(STATES), list(ZONES), people))
    stage(admin, "accounts", ACCOUNTS, (people, people, debts))
    began = time.perf_counter()
    template = positions_of(entries)
    took(began, "histories through the ledger", HISTORIES)
    began = time.perf_counter()
    with admin.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE history "
            "(n int, turn int, kind smallint, value_date date, amount bigint, principal bigint)"
        )
        with cursor.copy("COPY history FROM STDIN") as out:
            for at, row in enumerate(entries):
                on = date(1970, 1, 1) + timedelta(days=int(row["value"]))
                out.write_row(
                    (
                        int(row["account"]), at % ENTRIES, int(row["kind"]), on, int(row["amount"]),
                        int(row["principal"]),
                    )
                )  # fmt: skip
        cursor.execute("CREATE INDEX ON history (n)")
        cursor.execute("ANALYZE history")
    took(began, "histories staged", len(entries))
    stage(admin, "entries", ENTRIES_SQL, (debts,))
    began = time.perf_counter()
    into = f"COPY account_position ({', '.join(POSITION_ROW.names or ())}) FROM STDIN (FORMAT BINARY)"
    with admin.cursor() as cursor, cursor.copy(into) as out:
        out.write(b"PGCOPY\n\xff\r\n\0" + b"\0" * 8)
        for start in range(0, debts, HISTORIES):
            count = min(HISTORIES, debts - start)
            rows = np.zeros(count, POSITION_ROW)
            for name in template.dtype.names or ():
                rows[name] = template[name][:count]
            rows["account"], rows["organisation_id"] = np.arange(start, start + count) + 1, 1
            rows["look_again_on"] = np.minimum(rows["look_again_on"], rows["dealings_look_on"])
            out.write(copying.encode(rows))
        out.write(b"\xff\xff")
    took(began, "positions", debts)
    for sequence, highest in (("account", debts), ("person", people), ("organisation", 2), ("product", 1)):
        admin.execute(f"SELECT setval(pg_get_serial_sequence('public.{sequence}', 'id'), {highest + 1})")
    stage(admin, "statistics", "VACUUM ANALYZE", ())


def stage(admin: "psycopg.Connection[object]", name: str, sql: str, values: tuple[object, ...]) -> None:
    began = time.perf_counter()
    with admin.cursor() as cursor:
        cursor.execute(sql, values or None)
        took(began, name, cursor.rowcount)


def took(began: float, name: str, rows: int) -> None:
    print(f"{name:40} {rows:12,} rows {time.perf_counter() - began:8.1f} s", flush=True)


ORGANISATION = (
    """
WITH house AS (
    INSERT INTO organisation (id, name, kind, country, timezone, language)
    VALUES (1, 'Bench Lenders', 'creditor', 'US', 'America/New_York', 'en') RETURNING id),
product AS (
    INSERT INTO product (id, organisation_id, code, name, debt_kind, consumer_purpose, currency, terms)
    SELECT 1, id, 'loan', 'Instalment loan', 'loan', true, 'USD', '"""
    + TERMS
    + """'::jsonb FROM house),
day AS (INSERT INTO book_day (organisation_id, day, business_date, opened_at)
    SELECT id, 1, date '2026-03-02', %s FROM house)
INSERT INTO staff (username, full_name, organisation_id, roles, team, language, skills, capacity_minutes, password)
SELECT 'collector' || n, 'Collector ' || n, 1, '{collector}',
       (ARRAY['branch', 'branch', 'head_office', 'recovery'])[1 + n %% 4], 'en',
       CASE WHEN n %% 3 = 0 THEN '{es}'::text[] ELSE '{}' END, 400, '!'
FROM generate_series(1, 400) n
"""
)
PEOPLE = """
INSERT INTO person (id, organisation_id, number, kind, full_name, language, country, region)
SELECT n, 1, 'P' || n, 'natural', 'Debtor ' || n, CASE WHEN n %% 9 = 0 THEN 'es' ELSE 'en' END, 'US',
       (%s::text[])[1 + n %% 5]
FROM generate_series(1, %s) n"""
POINTS = """
INSERT INTO contact_point (organisation_id, person_id, kind, use, value, normalised, country, region, timezones, source,
                           basis)
SELECT 1, n, 'phone', 'mobile', '+1212' || n, '+1212' || n, 'US', (%s::text[])[1 + n %% 5],
       ((%s::text[])[1 + n %% 5])::text[], 'contract', 'contract'
FROM generate_series(1, %s) n"""
ACCOUNTS = """
WITH made AS (
    INSERT INTO account (id, organisation_id, number, product_id, person_id, currency, opened_on, original_minor,
                         country, region)
    SELECT n, 1, 'A' || n, 1, CASE WHEN n <= %s THEN n ELSE 1 + n::bigint * 7919 %% %s END, 'USD', date '2025-03-02',
           360000, 'US', 'US-NY'
    FROM generate_series(1, %s) n RETURNING id, person_id)
INSERT INTO account_party (organisation_id, account_id, person_id, role, disclosure_basis, from_on)
SELECT 1, id, person_id, 'debtor', 'liable', date '2025-03-02' FROM made"""
ENTRIES_SQL = """
INSERT INTO entry (organisation_id, account_id, amount_minor, principal_minor, value_date, book_day, kind, source_kind,
                   source_ref)
SELECT 1, debt.n, h.amount, h.principal, h.value_date, 1, h.kind, 'bench', debt.n || '-' || h.turn
FROM generate_series(1, %s) AS debt(n),
     LATERAL (SELECT * FROM history WHERE history.n = (debt.n - 1) %% 20000 ORDER BY turn) h"""

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
