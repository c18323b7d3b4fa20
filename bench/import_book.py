"""How long an import takes, against COPY of the same rows into the same constrained tables.

Method. One made-up book of DEBTS loans is written as CSV files: debts, their instalments, their payments (by default
4,000 loans with 24 instalments and 24 payments each, 196,000 entries). Three things are timed, each in a migrated
database of its own on the same throw-away server (settings as shipped, fsync on), turn and turn about, RUNS times:

1. **import**: `plan_files` and `bring`, from opening the files to the commit: survey of every column, reading, checks,
   account numbers looked up, entries with digests, first positions by the ledger, touched marks, search pieces.
2. **constrained COPY**: the very rows that the import left in the book (entries, accounts, persons, parties, positions,
   marks, search pieces), taken out beforehand, put by COPY into the same empty tables with all their keys, checks,
   indexes, generated digests and triggers, in one transaction. The rows come ready, in PostgreSQL's own text format.
3. **plain COPY**: the same entry rows into a table of the same columns without any key, index, check or digest.

Medians of the ratios within a round are reported: machines are shared and noisy, so seconds tell little. The aim is an
import at no more than twice the constrained COPY. Search pieces are timed by themselves as well.

    python bench/import_book.py [DEBTS] [MONTHS] [RUNS]

Results go to ``bench/results/import_book.md``.
"""

import io
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

HERE = Path(__file__).resolve().parent
DEBTS = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
MONTHS = int(sys.argv[2]) if len(sys.argv) > 2 else 24
RUNS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
TABLES = ("person", "account", "account_party", "entry", "account_position", "touched", "search_gram")


def write_files(folder: Path) -> list[Path]:
    """Write the book as a lender would send it; every fifth payment is missing."""
    import polars as pl

    loans = pl.DataFrame({"loan number": [f"B-{number:08d}" for number in range(DEBTS)]})
    firsts = pl.date_range(date(2024, 1, 15), interval="1mo", end=date(2024, 1, 15), eager=True)
    months = firsts.dt.offset_by("0mo").to_frame("due date").join(pl.DataFrame({"m": range(MONTHS)}), how="cross")
    months = months.select(pl.col("due date").dt.offset_by(pl.format("{}mo", "m")))
    due = loans.join(months, how="cross").with_columns(pl.lit("310.25").alias("amount"))
    paid = due.rename({"due date": "payment date"}).with_row_index("payment id", offset=1)
    tables = {
        "debts": loans.with_columns(
            (pl.lit("Debtor ") + pl.col("loan number")).alias("name"),
            pl.lit("7446.00").alias("original amount"),
            pl.lit("2023-12-15").alias("opened on"),
        ),
        "schedules": due.with_columns(pl.lit("290.00").alias("principal")),
        "payments": paid.filter(pl.col("payment id") % 5 != 0),
    }
    paths = []
    for name, table in tables.items():
        table.write_csv(path := folder / f"{name}.csv")
        paths.append(path)
    return paths


@contextmanager
def database(cluster: Any) -> Iterator[str]:
    """Make a migrated database and point Django at it."""
    import psycopg
    from django.db import connections

    from arrears.store import migrate

    name = f"bench_{uuid4().hex[:8]}"
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    migrate.run(today=NOW.date(), admin=cluster.dsn())
    try:
        yield name
    finally:
        for alias in connections:
            connections[alias].close()
        with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def owner_of_bench() -> Any:
    from arrears.actions.imports import desk

    return desk.new_owner("Bench", desk.Place("US", "America/New_York", "en"), now=NOW)


def import_all(paths: list[Path]) -> tuple[float, int]:
    """Return the seconds of an import and how many entries it posted."""
    from arrears.actions.imports import desk, run

    owner = owner_of_bench()
    start = perf_counter()
    at = desk.desk(owner, run.Defaults(currency="USD"), mapping_at=None, home=None)
    planned, problems = desk.plan_files(at, paths)
    assert not problems, problems
    results = run.bring(planned, owner, now=NOW)
    took = perf_counter() - start
    assert not any(result.refused for result in results)
    return took, DEBTS + sum(result.new for result in results if result.kind.name != "debts")


def written_columns(table: str) -> list[str]:
    """Return the columns that a writer gives: all but those the database computes."""
    from django.apps import apps

    model = next(each for each in apps.get_app_config("store").get_models() if each._meta.db_table == table)  # noqa: SLF001
    computed = {"salt"}
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented way to columns
    return [f.column for f in fields if not f.generated and f.column not in computed and f.column]


def take_out() -> dict[str, bytes]:
    """Return the rows of the book as COPY text, and the product they need."""
    from django.db import connections

    taken = {}
    with connections["night"].cursor() as cursor:
        for table in ("organisation", "book_day", "product", *TABLES):
            columns = ", ".join(written_columns(table))
            with cursor.copy(f"COPY (SELECT {columns} FROM {table}) TO STDOUT") as out:
                taken[table] = b"".join(bytes(message) for message in out)
    return taken


def put_in(taken: dict[str, bytes], tables: tuple[str, ...]) -> float:
    """Return the seconds of COPY of ready rows into the constrained tables, in one transaction."""
    from django.db import connections, transaction

    start = perf_counter()
    with transaction.atomic(using="night"), connections["night"].cursor() as cursor:
        for table in tables:
            columns = ", ".join(written_columns(table))
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as into:
                stream = io.BytesIO(taken[table])
                while block := stream.read(1 << 20):
                    into.write(block)
    return perf_counter() - start


def put_in_plain(taken: dict[str, bytes], cluster: Any, name: str) -> float:
    """Return the seconds of COPY of the entry rows into a bare table."""
    import psycopg

    columns = ", ".join(written_columns("entry"))
    with psycopg.connect(cluster.dsn(database=name), autocommit=True) as admin:
        admin.execute(f"CREATE TABLE bare AS SELECT {columns} FROM entry WITH NO DATA")
        start = perf_counter()
        with admin.cursor() as cursor, cursor.copy(f"COPY bare ({columns}) FROM STDIN") as into:
            stream = io.BytesIO(taken["entry"])
            while block := stream.read(1 << 20):
                into.write(block)
        return perf_counter() - start


def one_round(cluster: Any, paths: list[Path]) -> dict[str, float]:
    """Time the three, each in a database of its own."""
    with database(cluster):
        took, entries = import_all(paths)
        taken = take_out()
    with database(cluster) as name:
        put_in(taken, ("organisation", "book_day", "product"))
        constrained = {table: put_in(taken, (table,)) for table in TABLES}
        plain = put_in_plain(taken, cluster, name)
    return {"import": took, "constrained": sum(constrained.values()), "plain": plain, "entries": entries, **constrained}


def report(rounds: list[dict[str, float]]) -> str:
    """Return the results as a page."""
    by = [each["import"] / each["constrained"] for each in rounds]
    by_entries = [each["import"] / each["entry"] for each in rounds]
    by_plain = [each["import"] / each["plain"] for each in rounds]
    entries = int(rounds[0]["entries"])
    middle = sorted(rounds, key=lambda each: each["import"] / each["constrained"])[len(rounds) // 2]
    parts = "\n".join(f"| COPY {table} | {middle[table]:.2f} |" for table in TABLES)
    return f"""# Import against COPY

`python bench/import_book.py {DEBTS} {MONTHS} {RUNS}`: {DEBTS:,} loans, {entries:,} entries, {len(rounds)} rounds.
{platform.machine()}, {os.cpu_count()} shared cores, Python {platform.python_version()}, PostgreSQL
{os.environ.get("ARREARS_POSTGRES_VERSION", "18")} embedded. The method stands in the program's first lines.

| ratio (median of rounds) | |
|---|---|
| import / COPY of the same rows into the same constrained tables (aim: 2) | **{median(by):.2f}** |
| import / COPY of its entries alone into the constrained table | {median(by_entries):.2f} |
| import / COPY of its entries into a bare table | {median(by_plain):.2f} |

| of the middle round | seconds |
|---|---|
| import | {middle["import"]:.2f} |
{parts}
| COPY entry, bare table | {middle["plain"]:.2f} |

Entries a second by import in that round: {entries / middle["import"]:,.0f}.
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        os.environ["ARREARS_HOME"] = home
        from arrears.config.environment import current
        from arrears.config.postgres import running
        from arrears.config.start import ready_django

        environment = current()
        files = Path(home) / "files"
        files.mkdir()
        paths = write_files(files)
        with running(environment.postgres_home(), environment.postgres_version) as cluster:
            ready_django()
            rounds = [one_round(cluster, paths) for _ in range(RUNS)]
        page = report(rounds)
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "import_book.md").write_text(page)
    print(page)


if __name__ == "__main__":
    main()
