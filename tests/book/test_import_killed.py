"""An import killed in the middle leaves nothing behind, and run again gives the same book."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest

DEBTS, MONTHS = 2_000, 24
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def write_files(folder: Path) -> list[Path]:
    """A made-up book of equal loans, every other one a payment behind."""
    numbers = [f"K-{i:05d}" for i in range(DEBTS)]
    firsts = [date(2024, 3, 1) + timedelta(days=30 * month) for month in range(MONTHS)]
    due = pl.DataFrame({"loan number": numbers}).join(pl.DataFrame({"due date": firsts}), how="cross")
    debts = pl.DataFrame({"loan number": numbers, "name": numbers, "opened on": [date(2024, 2, 1)] * DEBTS})
    debts = debts.with_columns(pl.lit("2400.00").alias("original amount"))
    schedules = due.with_columns(pl.lit("100.00").alias("amount"))
    payments = due.filter(
        (pl.col("loan number").str.slice(-1).cast(pl.Int64) % 2 == 0) | (pl.col("due date") < firsts[-1])
    )
    payments = payments.rename({"due date": "payment date"}).with_columns(
        pl.lit("100.00").alias("amount"),
        (pl.col("loan number") + "/" + pl.col("payment date").cast(pl.String)).alias("payment id"),
    )
    paths = []
    for name, frame in (("debts", debts), ("schedules", schedules), ("payments", payments)):
        frame.write_csv(path := folder / f"{name}.csv")
        paths.append(path)
    return paths


@pytest.fixture
def lenders(book: str) -> tuple[str, Any, Any]:
    """The database's name and two creditors with an open book each."""
    from arrears.actions.imports import desk

    place = desk.Place("US", "America/New_York", "en")
    return book, desk.new_owner("Killed", place, now=NOW), desk.new_owner("Left alone", place, now=NOW)


def begun(database: str, owner: Any, paths: list[Path]) -> "subprocess.Popen[str]":
    """Start the real program on this test's database."""
    surroundings = {**os.environ, "ARREARS_DATABASE_NAME": database, "LANG": "en"}
    arguments = [sys.executable, "-m", "arrears", "import", *map(str, paths), "--organisation", owner.name]
    return subprocess.Popen(arguments, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_for(admin: "psycopg.Connection[Any]", question: str, answer: int) -> None:
    """Wait until a count in the server's own tables is ``answer``; the test's time limit is the judge."""
    for _ in range(6_000):
        if admin.execute(question).fetchone() == (answer,):
            return
        time.sleep(0.01)
    pytest.fail(f"never {answer}: {question}")


def everything(owner: Any) -> dict[str, list[tuple[Any, ...]]]:
    """What the owner's book says, without ids and instants."""
    from arrears.domain.position import LEDGER_COLUMNS
    from arrears.store.doors import intake
    from arrears.store.scope import scope

    columns = ", ".join(f"p.{name}" for name in LEDGER_COLUMNS if name != "account")
    entries = (
        "SELECT a.number, e.kind, e.value_date, e.amount_minor, e.principal_minor, e.source_kind, e.source_ref "
        "FROM entry e JOIN account a ON a.id = e.account_id WHERE e.organisation_id = %s ORDER BY 1, 2, 3, 7"
    )
    positions = (
        f"SELECT a.number, {columns} FROM account_position p JOIN account a ON a.id = p.account "
        "WHERE a.organisation_id = %s ORDER BY 1"
    )
    persons = "SELECT number, full_name, country FROM person WHERE organisation_id = %s ORDER BY 1"
    marks = (
        "SELECT a.number FROM touched t JOIN account a ON a.id = t.account_id WHERE t.organisation_id = %s ORDER BY 1"
    )
    with scope(owner.id, None, using="night"):
        return {
            name: intake.read_frame(query, [owner.id], dict.fromkeys(map(str, range(width)), pl.String)).rows()
            for name, query, width in (
                ("entries", entries, 7),
                ("positions", positions, len(LEDGER_COLUMNS)),
                ("persons", persons, 3),
                ("marks", marks, 1),
            )
        }


def test_killed_while_entries_go_in_it_is_simply_run_again(
    lenders: tuple[str, Any, Any], cluster: Any, tmp_path: Path
) -> None:
    database, killed, left_alone = lenders
    paths = write_files(tmp_path)
    copying = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE 'COPY \"entry\"%'"
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        process = begun(database, killed, paths)
        wait_for(admin, copying, 1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        wait_for(admin, copying, 0)
    assert everything(killed) == {"entries": [], "positions": [], "persons": [], "marks": []}
    for owner in (killed, left_alone):
        again = begun(database, owner, paths)
        said, _ = again.communicate()
        assert again.returncode == 0, said
    book = everything(killed)
    assert {name: len(rows) for name, rows in book.items()} == {
        "entries": DEBTS * (1 + MONTHS) + DEBTS * MONTHS - DEBTS // 2,
        "positions": DEBTS,
        "persons": DEBTS,
        "marks": DEBTS,
    }
    assert book == everything(left_alone)
