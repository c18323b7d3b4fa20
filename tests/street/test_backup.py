"""A copy of the whole book and its return, by the commands a person types."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from arrears.config.postgres import cluster_at, remove, running


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A migrated book of its own, kept up for this module."""
    folder = tmp_path_factory.mktemp("book")
    with running(folder / "postgres-18"):
        done = arrears(folder, "migrate")
        assert done.returncode == 0, done.stderr
        yield folder
    remove(folder / "postgres-18")


def arrears(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ARREARS_")}
    return subprocess.run(
        [sys.executable, "-m", "arrears", *words],
        env={**surroundings, "ARREARS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def ask(home: Path, question: str, database: str = "arrears") -> list[tuple[object, ...]]:
    with psycopg.connect(cluster_at(home / "postgres-18").dsn("postgres", database), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def organisations(home: Path) -> set[object]:
    return {row[0] for row in ask(home, "select name from organisation")}


def found(home: Path, name: str) -> None:
    ask(
        home,
        "insert into organisation (name, kind, country, timezone, language, settings) "
        f"values ('{name}', 'creditor', 'US', 'America/New_York', 'en', '{{}}')",
    )


def test_what_was_in_the_book_at_the_copy_is_the_book_after_the_restore(home, tmp_path):
    found(home, "Before")
    copy = tmp_path / "book.dump"
    assert arrears(home, "backup", str(copy)).returncode == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    found(home, "After")
    restored = arrears(home, "restore", "--yes", str(copy))
    assert restored.returncode == 0, restored.stderr
    assert "Before" in organisations(home)
    assert "After" not in organisations(home)
    kept = restored.stdout.split("the database ")[1].split(".")[0]
    assert ("After",) in ask(home, "select name from organisation", kept)


def test_the_pages_role_is_bound_by_policies_again_after_a_restore(home, tmp_path):
    found(home, "Hidden from pages without a scope")
    copy = tmp_path / "book.dump"
    arrears(home, "backup", str(copy))
    arrears(home, "restore", "--yes", str(copy))
    with psycopg.connect(cluster_at(home / "postgres-18").dsn("arrears_web", "arrears")) as web:
        assert web.execute("select count(*) from organisation").fetchone() == (0,)


def test_a_broken_copy_changes_nothing(home, tmp_path):
    found(home, "Still here")
    copy = tmp_path / "book.dump"
    arrears(home, "backup", str(copy))
    broken = tmp_path / "broken.dump"
    broken.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    refused = arrears(home, "restore", "--yes", str(broken))
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert "Still here" in organisations(home)
    assert not ask(home, "select 1 from pg_database where datname like '%restoring'")


def test_a_copy_is_never_written_over(home, tmp_path):
    copy = tmp_path / "book.dump"
    copy.write_text("the only copy of last year")
    refused = arrears(home, "backup", str(copy))
    assert refused.returncode == 1
    assert "exists" in refused.stderr
    assert copy.read_text() == "the only copy of last year"
