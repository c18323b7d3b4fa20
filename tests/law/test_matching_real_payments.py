"""Real payments, written as a bank's file with damaged references, find their debts: how many, and how rightly."""

import csv
import importlib
import sys
from math import sqrt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from arrears.channels import bank
from arrears.domain.statements import ReferenceKind
from arrears.engine.matching.index import build
from arrears.engine.matching.match import LINES, Matched, match
from arrears.kernel.epoch import epoch_day

pytestmark = pytest.mark.real_data

BENCH = Path(__file__).parents[2] / "bench"
COUNT = 3_000
Answer = dict[str, int]


@pytest.fixture(scope="module")
def maker() -> Any:
    sys.path.insert(0, str(BENCH))
    try:
        return importlib.import_module("make_statements")
    finally:
        sys.path.remove(str(BENCH))


def lower_bound(right: int, of: int) -> float:
    """The lower bound of Wilson's interval at 95 %."""
    z, share = 1.959964, right / of
    return (share + z * z / (2 * of) - z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def made(maker: Any, folder: Path, form: str, seed: int, damage: float) -> tuple[Path, dict[str, Answer], pl.DataFrame]:
    """A file of real payments, what each of its lines is for, and the book."""
    file, key, book = folder / "file", folder / "key.csv", folder / "book.csv"
    maker.make_statements(form, COUNT, file, key, rates=maker.Rates(damage=damage), seed=seed)
    maker.write_book("auto_loans", 0, book)
    with key.open(encoding="utf-8") as rows:
        said = {row["line"]: row["debts"] for row in csv.DictReader(rows)}
    truth = {
        line: {number: int(cents) for number, cents in (each.split("=") for each in debts.split(";") if each)}
        for line, debts in said.items()
    }
    return file, truth, pl.read_csv(book, infer_schema=False)


def matched(file: Path, book: pl.DataFrame) -> tuple[list[Any], Matched]:
    """The lines of money in, as the product reads them, and what the matching says of each."""
    read = bank.read(file.read_bytes(), file.name)
    assert isinstance(read, tuple)
    items = [item for one in read for item in one.items if item.amount_minor > 0]
    rows = [
        (
            place, item.amount_minor, epoch_day(item.value_on or item.booked_on),
            [each.text for each in item.references if each.kind is not ReferenceKind.BANK], item.remittance,
            item.payer_name, item.payer_account,
        )
        for place, item in enumerate(items)
    ]  # fmt: skip
    debts = book.with_row_index("debt").with_columns(pl.col("debt").cast(pl.Int64))
    none = [pl.lit(0).alias(name) for name in ("due", "balance", "promise", "promise_day", "last")]
    figures = debts.select("debt", pl.col("instalment_minor").cast(pl.Int64).alias("instalment"), *none)
    index = build(figures, debts.select("debt", pl.col("number").alias("text")), debts.select("debt", "name"))
    return items, match(index, pl.DataFrame(rows, schema=LINES, orient="row"))


@pytest.mark.parametrize(("form", "seed", "damage", "share"), [("camt053", 3, 0.10, 0.93), ("bai2", 8, 0.30, 0.55)])
def test_nearly_all_real_payments_are_posted_and_hardly_one_wrongly(
    maker: Any,
    real_data: Path,
    tmp_path: Path,
    form: str,
    seed: int,
    damage: float,
    share: float,
    record_property: Any,
) -> None:
    assert (real_data / "auto_loans_monthly").is_dir()
    file, truth, book = made(maker, tmp_path, form, seed, damage)
    items, found = matched(file, book)
    numbers = book["number"].to_list()
    parts: dict[int, Answer] = {}
    for line, debt, amount in found.parts.select("line", "debt", "amount").iter_rows():
        parts.setdefault(line, {})[numbers[debt]] = amount
    posted = right = 0
    for line, decision, debt in found.answers.select("line", "decision", "debt").iter_rows():
        if decision == "wait":
            continue
        said = parts[line] if decision == "split" else {numbers[debt]: items[line].amount_minor}
        posted, right = posted + 1, right + (said == truth[items[line].id])
    told = f"{len(items)} lines, {posted} posted, {posted - right} wrong, at least {lower_bound(right, posted):.3%}"
    record_property("matching", told)
    assert len(items) > COUNT * 0.9, told
    assert posted >= share * len(items), told
    assert posted - right <= 1, told
    assert lower_bound(right, posted) >= 0.997, told
