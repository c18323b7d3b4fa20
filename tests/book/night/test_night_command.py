"""`arrears night`, as typed at a prompt, on a book that is there."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

TODAY = date(2026, 3, 2)
TOMORROW = (TODAY + timedelta(days=1)).isoformat()


@pytest.fixture
def arrears(book, people, night_book):
    """Run the program on this test's book; one debtor of the lender's owes."""
    night_book.owe(people.lender, people.kept, instalments=(3, 33))
    night_book.can_be_called(people.lender, people.kept_debtor)

    def run(*words):
        surroundings = {**os.environ, "ARREARS_DATABASE_NAME": book, "COLUMNS": "140"}
        command = [sys.executable, "-m", "arrears", *words]
        return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

    return run


def test_a_night_shows_its_figures_and_a_second_call_says_that_the_day_is_ready(arrears):
    first = arrears("night", "--organisation", "Meadow Loans", "--date", TOMORROW)
    assert first.returncode == 0, first.stderr
    assert f"Meadow Loans: {TOMORROW}" in first.stdout
    for said in ("debts: 1", "persons: 1", "changed: 1", "listed: 1", "refused: 0", "MiB"):
        assert said in first.stdout
    second = arrears("night", "--organisation", "Meadow Loans", "--date", TOMORROW)
    assert (second.returncode, second.stdout) == (0, f"Meadow Loans: {TOMORROW} is ready already.\n")


def test_an_organisation_that_is_not_there_is_named(arrears):
    done = arrears("night", "--organisation", "Nobody & Sons", "--date", TOMORROW)
    assert (done.returncode, done.stderr) == (1, "Error: There is no organisation called 'Nobody & Sons'.\n")


def test_catching_up_shows_a_table_for_each_missed_day(arrears):
    later = (TODAY + timedelta(days=3)).isoformat()
    done = arrears("night", "--organisation", "Meadow Loans", "--date", later, "--catch-up")
    assert done.returncode == 0, done.stderr
    for days in (1, 2, 3):
        assert f"Meadow Loans: {(TODAY + timedelta(days=days)).isoformat()}" in done.stdout
