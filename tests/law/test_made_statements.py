"""The made statements that matching is measured on: every line of a file is in its key, and the key says the truth."""

import csv
import importlib
import sys
from pathlib import Path

import pytest

from arrears.channels.bank import read
from arrears.domain.statements import Line, ReferenceKind
from arrears.kernel.problems import Problem

ROOT = Path(__file__).resolve().parents[2]


def made(folder: Path, form: str, seed: int, lines: int = 400) -> tuple[dict[str, dict[str, str]], dict[str, Line]]:
    out, key = folder / "file", folder / "key.csv"
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        maker = importlib.import_module("make_statements")
    finally:
        sys.path.remove(str(ROOT / "bench"))
    maker.make_statements(form, lines, out, key, rates=maker.Rates(), seed=seed, source="made", debts=5000)
    found = read(out.read_bytes(), "file")
    assert not isinstance(found, Problem), found.said_in("en")
    with key.open(encoding="utf-8") as answers:
        told = {row["line"]: row for row in csv.DictReader(answers)}
    return told, {item.id: item for statement in found for item in statement.items}


@pytest.mark.parametrize(
    ("form", "seed"),
    [("camt053", 1), ("camt053", 2), ("mt940", 1), ("mt940", 2), ("mt940", 3), ("bai2", 1), ("bai2", 2)],
)
def test_a_made_file_reads_whole_and_its_key_tells_each_line(tmp_path, form, seed):
    told, items = made(tmp_path, form, seed)
    assert told.keys() == items.keys()
    for number, item in items.items():
        debts = [pair.split("=") for pair in told[number]["debts"].split(";") if pair]
        if told[number]["kind"] in {"payment", "duplicate"}:
            assert sum(int(amount) for _, amount in debts) == item.amount_minor
        elif told[number]["kind"] == "return":
            assert item.is_return
            assert item.return_reason
            assert sum(int(amount) for _, amount in debts) >= item.amount_minor
        else:
            assert debts == []


def test_a_share_of_payments_is_damaged_as_asked_and_in_many_ways(tmp_path):
    told, _ = made(tmp_path, "bai2", 5, 1500)
    payments = [row for row in told.values() if row["kind"] == "payment"]
    damaged = [row for row in payments if row["damage"] not in {"", "joined"}]
    assert 0.05 < len(damaged) / len(payments) < 0.13
    assert len({row["damage"] for row in damaged}) == 7


def test_the_same_seed_makes_the_same_file_and_what_comes_back_names_what_it_takes_back(tmp_path):
    told, items = made(tmp_path, "camt053", 7)
    again, _ = made(tmp_path, "camt053", 7)
    assert told == again
    banks = {row["bank"] for row in told.values()}
    back = [row for row in told.values() if row["kind"] in {"return", "duplicate"}]
    assert back
    assert all(row["of"] in banks for row in back)
    booked = [reference for item in items.values() for reference in item.references_of(ReferenceKind.BANK)]
    assert booked
