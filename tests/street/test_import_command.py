"""``arrears import`` as somebody at a terminal meets it: shown, asked, set aside, mended, learnt."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

HEAD = "loan number,customer id,name,mobile,opened on,original amount\n"
DEBTS = (
    HEAD
    + 'A-1,C-1,Ana Torres,(212) 555-0101,2025-10-01,"1,200.00"\nA-2,C-2,Ben Ochoa,555,2025-11-01,600.00\nA-3,C-3,Cai Rowan,,soon,1\n'
)


@pytest.fixture
def place(book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a debts file, and a creditor in the book."""
    from arrears.actions.imports import desk
    from arrears.config import clock

    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setenv("LANG", "en")
    shutil.rmtree(Path(os.environ["ARREARS_HOME"]) / "mappings", ignore_errors=True)  # learnt by another test
    desk.new_owner("Meadow Loans", desk.Place("US", "America/New_York", "en"), now=clock.now())
    (tmp_path / "debts.csv").write_text(DEBTS)
    return tmp_path


def typed(*arguments: Any) -> Result:
    import importlib

    command = importlib.import_module("arrears.cli.import").command
    return CliRunner().invoke(command, [str(each) for each in arguments], catch_exceptions=False)


def accounts() -> list[str]:
    from arrears.store.tables.account import Account

    return list(Account.objects.using("night").order_by("number").values_list("number", flat=True))


def test_a_rehearsal_shows_how_columns_are_read_and_keeps_nothing(place: Path) -> None:
    said = typed(place / "debts.csv", "--dry-run")
    assert said.exit_code == 0
    assert "Original amount  original amount  1,234.50" in said.output
    assert "1200.00" in said.output
    assert re.search(r"debts\.csv: 3 .*not a date in the format of its column", said.output)
    assert "A rehearsal: nothing was kept." in said.output
    assert accounts() == []
    assert not (place / "debts.set-aside.csv").exists()


def test_bad_rows_are_set_aside_mended_and_brought_in(place: Path) -> None:
    from arrears.store.tables.person import ContactPoint

    said = typed(place / "debts.csv", "--language", "zh")
    assert "debts.csv：搁置 1 行，部分搁置 1 行" in said.output
    assert accounts() == ["A-1", "A-2"]
    aside = place / "debts.set-aside.csv"
    assert [line.split(",")[:3] for line in aside.read_text(encoding="utf-8-sig").splitlines()] == [
        ["! 行", "! 字段", "! 值"],
        ["2", "mobile", "555"],
        ["3", "opened_on", "soon"],
    ]
    aside.write_text(aside.read_text().replace(",555,2025", ",7135550102,2025").replace(",soon,1", ",2025-12-01,1"))
    assert typed(aside).exit_code == 0
    assert accounts() == ["A-1", "A-2", "A-3"]
    numbers = ContactPoint.objects.using("night").order_by("normalised").values_list("normalised", flat=True)
    assert list(numbers) == ["+12125550101", "+17135550102"]


def test_what_would_be_a_guess_is_asked_and_answered(place: Path) -> None:
    typed(place / "debts.csv")
    (feed := place / "payments.csv").write_text("loan number,payment date,amount\nA-1,03/04/2026,1.500\n")
    asked = typed(feed)
    assert asked.exit_code == 1
    assert "--day-first or --month-first" in asked.output
    assert "--decimal . or" in asked.output
    assert asked.output.endswith("Nothing was imported.\n")
    answered = typed(feed, "--day-first", "--decimal", ",")
    assert answered.exit_code == 0
    assert entries() == [("2026-04-03", 150_000)]


def entries() -> list[tuple[str, int]]:
    from arrears.store.tables.account import Entry

    rows = Entry.objects.using("night").filter(source_kind="payment").order_by("id")
    return [(row.value_date.isoformat(), row.amount_minor) for row in rows]


def test_a_mapping_is_learnt_kept_beside_its_file_and_used_again(place: Path) -> None:
    typed(place / "debts.csv")
    kept = place / "debts.mapping.yaml"
    assert "account_number: loan number" in kept.read_text()
    kept.write_text(kept.read_text().replace("mobile: mobile\n", "work_phone: mobile\n"))
    (place / "debts.csv").write_text(HEAD + "A-7,C-7,Eve Lark,2125550107,2025-10-01,5.00\n")
    assert "by its mapping" in typed(place / "debts.csv").output
    (other := place / "sub").mkdir()
    (other / "more.csv").write_text(HEAD + "A-8,C-8,Kim Lee,2125550108,2025-10-01,5.00\n")
    assert "by its mapping" in typed(other / "more.csv").output
    from arrears.store.tables.person import ContactPoint

    uses = ContactPoint.objects.using("night").order_by("normalised").values_list("normalised", "use")
    assert list(uses) == [("+12125550101", "mobile"), ("+12125550107", "work"), ("+12125550108", "mobile")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--organisation", "Nobody"], "Whose book is it?"),
        (["--user", "nobody"], "Nobody of this organisation is called so."),
        (
            ["--organisation", "New", "--new-organisation", "--timezone", "Mars/Base"],
            "A new creditor has a name and a time zone.",
        ),
    ],
)
def test_what_cannot_be_done_says_why_and_leaves_nothing(place: Path, arguments: list[str], words: str) -> None:
    said = typed(place / "debts.csv", *arguments)
    assert (said.exit_code, words in said.output) == (1, True)
    assert accounts() == []


def kept() -> list[int]:
    """How many organisations, files and lines of payment feeds the book holds."""
    from django.apps import apps

    tables = ("Organisation", "ImportBatch", "PaymentLine", "Person")
    return [apps.get_model("store", name).objects.using("night").count() for name in tables]


def test_a_rehearsal_counts_a_payment_without_a_debt_as_waiting_and_keeps_none(place: Path) -> None:
    typed(place / "debts.csv")
    (feed := place / "payments.csv").write_text("loan number,payment date,amount\nA-9,2026-04-03,15.00\n")
    before = kept()
    said = typed(feed, "--dry-run")
    assert (said.exit_code, "wait on the page Payments: 1" in said.output) == (0, True)
    assert kept() == before


def test_a_rehearsal_with_a_new_organisation_makes_none(place: Path) -> None:
    before = kept()
    said = typed(place / "debts.csv", "-o", "Harbour Loans", "--new-organisation", "--dry-run")
    assert (said.exit_code, "Harbour Loans" in said.output, "1200.00" in said.output) == (0, True, True)
    assert kept() == before
    assert typed(place / "debts.csv", "-o", "Harbour Loans", "--new-organisation").exit_code == 0
    assert [now - then for now, then in zip(kept(), before, strict=True)] == [1, 1, 0, 2]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", 1, "payments.csv: The file is empty."),
        ("loan number,payment date,amount\n", 0, "payments.csv: no rows below the header."),
        ("loan number,payment date\nA-1,2026-04-03\n", 1, "payments.csv, amount: No column gives this field"),
    ],
)
def test_a_file_without_what_it_needs_is_told_what(place: Path, text: str, code: int, words: str) -> None:
    (feed := place / "payments.csv").write_text(text)
    said = typed(feed)
    assert (said.exit_code, words in said.output) == (code, True), said.output
