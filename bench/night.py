"""Measure nights over the book that bench/make_book.py made: by step, peak memory, and against raw COPY.

    ARREARS_HOME=/the/same python bench/night.py

Each night runs in a process of its own, so that its peak of memory is its own. The yardstick is psql of the same server
copying the same columns of the same rows out to nothing, and the same decisions in from a file.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

RESULTS = Path(__file__).parent / "results" / "night.md"
DAY = date(2026, 3, 2)
COPY = "bench_night"
NIGHTS = {
    "first": ("first night: reads all, writes every decision", 1, {"full": True}),
    "delta": ("daily night: 5 % touched", 2, {}),
    "idle": ("daily night: nothing touched", 3, {}),
    "full": ("full night: reads all, proves one in a hundred", 4, {"full": True, "proof": "sample"}),
}


def run_one(name: str) -> None:
    """Run one night and print its report as JSON."""
    from arrears.config import clock
    from arrears.config.start import book_open

    title, offset, options = NIGHTS[name]
    with book_open():
        from arrears.jobs.night.nights import run_nights
        from arrears.store.doors import organisations_at_night

        [owner] = organisations_at_night.with_a_book()
        [report] = run_nights(owner, DAY + timedelta(days=offset), clock=clock.now, **options)
    steps = [{"name": s.step.name, "seconds": s.seconds, "peak": s.peak, "figures": s.figures} for s in report.steps]
    print(
        json.dumps({"title": title, "steps": steps, "seconds": report.seconds, "load": os.getloadavg()[0]}, default=str)
    )


def fresh_copy() -> None:
    """Run on a copy of the book, so that the benchmark can be repeated."""
    from arrears.store.roles import close_database

    with (
        server() as (_, dsn),
        psycopg.connect(dsn.replace("dbname=arrears", "dbname=postgres"), autocommit=True) as admin,
    ):
        admin.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {COPY} TEMPLATE arrears OWNER arrears_owner STRATEGY FILE_COPY")
        close_database(admin, COPY)
    os.environ["ARREARS_DATABASE_NAME"] = COPY


def touch(share: float) -> int:
    """Mark a share of all accounts, drawn with a seed, as touched on the open day."""
    with superuser() as admin:
        [debts] = admin.execute("SELECT count(*) FROM account").fetchone()
        drawn = random.Random(5).sample(range(1, debts + 1), int(debts * share))
        admin.execute(
            "INSERT INTO touched (organisation_id, book_day, account_id) SELECT 1, max(d.day), a FROM book_day d, "
            "unnest(%s::bigint[]) a WHERE d.closed_at IS NULL GROUP BY a ON CONFLICT DO NOTHING",
            [drawn],
        )
    return len(drawn)


def raw() -> dict[str, float]:
    """Return the seconds psql takes to copy what a full night reads out, and what the first night wrote in."""
    from arrears.config.start import ready_django

    ready_django()
    from arrears.domain.position import POSITION
    from arrears.store.doors.readings import READING

    columns = ", ".join(name for name in READING.names or () if name in (POSITION.names or ()))
    file = Path(os.environ["ARREARS_HOME"]) / "decisions.bin"
    out = timed(f"\\copy (SELECT {columns} FROM account_position) TO '/dev/null' (FORMAT BINARY)")
    first = "SELECT * FROM decision WHERE on_day = (SELECT min(on_day) FROM decision)"
    timed(f"\\copy ({first}) TO '{file}' (FORMAT BINARY)")
    timed("CREATE TABLE IF NOT EXISTS bench_decision (LIKE decision INCLUDING INDEXES)")
    timed("TRUNCATE bench_decision")
    into = timed(f"\\copy bench_decision FROM '{file}' (FORMAT BINARY)")
    timed("DROP TABLE bench_decision")
    file.unlink()
    return {"out": out, "in": into}


def timed(command: str) -> float:
    with server() as (binaries, dsn):
        began = time.perf_counter()
        subprocess.run([str(binaries / "psql"), "-q", "-d", dsn, "-c", command], check=True)
        return time.perf_counter() - began


@contextmanager
def server() -> Iterator[tuple[Path, str]]:
    from arrears.config.environment import current
    from arrears.config.postgres import running

    environment = current()
    with running(environment.postgres_home(), environment.postgres_version) as cluster:
        yield cluster.programs, cluster.dsn(database=environment.database_name)


@contextmanager
def superuser() -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    with server() as (_, dsn), psycopg.connect(dsn, autocommit=True) as admin:
        yield admin


def child(name: str) -> dict:
    done = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    with server():  # one server for all of it: starting and stopping is no part of a night
        fresh_copy()
        nights = {"first": child("first")}
        copies = [raw() for _ in range(3)]
        touch(0.05)
        nights |= {name: child(name) for name in ("delta", "idle", "full")}
        with superuser() as admin:
            [debts] = admin.execute("SELECT count(*) FROM account").fetchone()
            [entries] = admin.execute("SELECT count(*) FROM entry").fetchone()
            [version] = admin.execute("SHOW server_version").fetchone()
    text = written(nights, copies, debts, entries, version)
    RESULTS.write_text(text)
    print(text)


def written(nights: dict, copies: list[dict[str, float]], debts: int, entries: int, version: str) -> str:
    out, into = (statistics.median(one[way] for one in copies) for way in ("out", "in"))
    lines = [
        f"# A night of {debts:,} debts, {entries / debts:.0f} entries each",
        "",
        __doc__.split("\n\n", 1)[1].strip() if __doc__ else "",
        "",
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, PostgreSQL {version}, bench/make_book.py.",
        "One run of each night, the yardstick the median of three. The machine is shared: the load of all work on it",
        "stands beside each night.",
        "",
        f"Raw psql COPY out {out:.1f} s, in {into:.1f} s: **{out + into:.1f} s**.",
        "",
    ]
    for night in nights.values():
        lines += ["", f"## {night['title']}", "", f"Load at its end: {night['load']:.1f}.", ""]
        lines += ["| step | s | peak MiB | figures |", "| --- | ---: | ---: | --- |"]
        for step in night["steps"]:
            said = ", ".join(f"{name} {said_figure(value)}" for name, value in step["figures"].items() if value)
            lines.append(f"| {step['name']} | {step['seconds']:.2f} | {step['peak'] / 2**20:,.0f} | {said} |")
        ratio = night["seconds"] / (out + into)
        lines.append(f"| **all** | **{night['seconds']:.1f}** | | {ratio:.2f} times raw COPY out and in |")
    return "\n".join(lines) + "\n"


def said_figure(value: object) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{name} {number:,}" for name, number in value.items()) + ")"
    return f"{value:,}" if isinstance(value, int) else str(value)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_one(sys.argv[1])
    else:
        main()
